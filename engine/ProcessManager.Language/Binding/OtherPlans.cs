using ProcessManager.Language.Reading;
using ProcessManager.Language.Shaping;

namespace ProcessManager.Language.Binding;

/// <summary>What a plan has to know of the others: the fields of those that it starts, and the ids of public forms.</summary>
internal sealed class OtherPlans(Definitions definitions)
{
    private readonly Dictionary<string, BindingContext?> read = [];

    /// <summary>The files that were asked for.</summary>
    public IEnumerable<string> Paths => read.Keys.Select(Definitions.PathOfPlan);

    public IEnumerable<string> Ids => definitions.PlanIds;

    /// <summary>The fields of another plan, whatever else is wrong with it; null where its file is no plan at all.</summary>
    public BindingContext? FieldsOf(string plan)
    {
        if (!read.TryGetValue(plan, out var known))
        {
            read[plan] = known = Root(plan) is { } root ? Fields(root) : null;
        }

        return known;
    }

    /// <summary>Another plan whose public form has this id; null where there is none.</summary>
    public string? WithForm(string form, string except)
    {
        var (key, name) = ("form"u8.ToArray(), System.Text.Encoding.UTF8.GetBytes(form));
        foreach (var plan in definitions.PlanIds.Where(p => p != except))
        {
            // Most plans have no such form, which needs no reading of them.
            var text = definitions.Files[Definitions.PathOfPlan(plan)].Content.Span;
            if (text.IndexOf(key) >= 0 && text.IndexOf(name) >= 0
                && Root(plan) is { } root && root.ItemsOf("start").OfType<YamlMapping>().Any(r => r.Text("form") == form))
            {
                return plan;
            }
        }

        return null;
    }

    private YamlMapping? Root(string plan) =>
        definitions.Files.TryGetValue(Definitions.PathOfPlan(plan), out var file) ? PlanFile.Read(file, PlanShape.Plan, []) : null;

    private BindingContext Fields(YamlMapping root)
    {
        // Its own mistakes are told when it is compiled itself.
        var context = new BindingContext(definitions, []);
        new FieldBinder(context).Bind(root, [.. root.EntriesOf("stages").Select(s => s.Name)]);
        return context;
    }
}
