using System.Collections.Immutable;
using ProcessManager.Language.Expressions;
using ProcessManager.Language.Reading;
using ProcessManager.Language.Time;

namespace ProcessManager.Language.Binding;

/// <summary>Binds <c>start</c> of a plan: what starts a project besides a person.</summary>
internal sealed class StartRuleBinder(BindingContext context, AssigneeBinder assignees, FieldBinder fields, OtherPlans others)
{
    private const string Segment = "segment:";

    private readonly Dictionary<string, int> forms = [];

    public ImmutableArray<StartRule> Bind(YamlMapping root)
    {
        var rules = ImmutableArray.CreateBuilder<StartRule>();
        foreach (var map in root.ItemsOf("start").OfType<YamlMapping>())
        {
            var scope = Scope(map);
            var owner = assignees.Bind(map["owner"], AssigneeUse.Owner);
            var values = fields.Assignments(map["fields"], scope);
            var when = map.Scalar("when") is { } text ? ExpressionCompiler.Compile(text.Text, scope, FeelType.YesNoType, context.Diagnostics) : null;
            if (Kind(map, root.Text("plan") ?? "") is { } rule)
            {
                if (rule is StartRule.Form form) { CanBeSent(form, values, map); }
                rules.Add(rule with { Owner = owner, Fields = values, When = when });
            }
        }

        return rules.ToImmutable();
    }

    /// <summary>What expressions see before there is a project: the prospect, and what the rule brings.</summary>
    private TypeScope Scope(YamlMapping map)
    {
        var names = new Dictionary<string, FeelType>();
        if (map.Find("every") is null || map.Find("for") is not null)
        {
            names[BuiltIns.Prospect] = BuiltIns.Fields[BuiltIns.Prospect];
        }

        if (map.Find("message") is not null)
        {
            names["message"] = FeelType.AnyType;
        }

        foreach (var asked in map.Find("form") is null ? [] : map["ask"].Scalars().Select(s => s.Value.TrimEnd('!')))
        {
            if (context.Fields.ContainsKey(asked) || BuiltIns.Writable.Contains(asked))
            {
                names[asked] = fields.TypeOf(asked);
            }
        }

        return new TypeScope(names);
    }

    private StartRule? Kind(YamlMapping map, string plan)
    {
        if (map.Entries.FirstOrDefault(e => e.Name is "message" or "form" or "segment" or "response" or "every") is not { } entry
            || (entry.Value as YamlScalar).Written() is not { } value)
        {
            return null;
        }

        return entry.Name switch
        {
            "message" => new StartRule.Message(value.Value) { Span = map.Span },
            "form" => Form(map, value, plan),
            "segment" => new StartRule.Segment(value.Value) { Span = map.Span },
            "response" => new StartRule.Response(value.Value) { Span = map.Span },
            _ => Every(map, value),
        };
    }

    private StartRule.Form Form(YamlMapping map, YamlScalar id, string plan)
    {
        if (!forms.TryAdd(id.Value, id.Span.StartLine))
        {
            context.Report(Errors.FormTaken, id.Span, $"The form “{id.Value}” is there already, in line {forms[id.Value]}: its id is part of its address, so choose another one.");
        }
        else if (others.WithForm(id.Value, plan) is { } other)
        {
            context.Report(Errors.FormTaken, id.Span, $"The plan {other} has a form “{id.Value}” already: its id is part of its address, so choose another one.");
        }

        return new StartRule.Form(id.Value, fields.Form(map["ask"])) { Span = map.Span };
    }

    /// <summary>A field that must be filled and that the form doesn't show would refuse whatever is sent.</summary>
    private void CanBeSent(StartRule.Form form, ImmutableArray<FieldAssignment> set, YamlMapping map)
    {
        foreach (var field in context.Fields.Values.OrderBy(f => f.Span.Start))
        {
            var asked = form.Ask.FirstOrDefault(f => f.Field == field.Id);
            var always = field.RequiredFrom == "always" && field.Default is null && !set.Any(a => a.Field == field.Id);
            var shown = asked is not null && StartRule.Form.Shows(field.Kind);
            if (shown || !(always || asked is { Required: true })) { continue; }
            var span = (map["ask"].Scalars().FirstOrDefault(s => s.Value.TrimEnd('!') == field.Id) ?? map.Scalar("form"))!.Span;
            var (why, remedy) = StartRule.Form.Shows(field.Kind)
                ? ($"doesn't ask for “{field.Id}”, which every project needs from its start", "Add it to `ask`, or set it under the rule's `fields`.")
                : ($"doesn't show “{field.Id}”, which is of kind {Kinds.Name(field.Kind)} and must be filled",
                    always ? "Set it under the rule's `fields`, or don't require it from the start." : "Remove the `!`, and ask for it in the first task.");
            context.Report(Errors.NotForStrangers, span, $"The public form {why}: nobody could send it. {remedy}");
        }
    }

    private StartRule.Every? Every(YamlMapping map, YamlScalar text)
    {
        var schedule = ScheduleParser.Parse(text.Text, context.Diagnostics);
        var segment = map.Scalar("for");
        if (segment is not null && !(segment.Value.StartsWith(Segment, StringComparison.Ordinal) && Words.IsId(segment.Value[Segment.Length..])))
        {
            var mended = Words.IsId(segment.Value) ? Segment + segment.Value : null;
            context.Report(Errors.UnknownAssignee, segment.Span,
                $"It isn't clear for whom “{segment.Value}” is: expected a segment, such as segment:hot-leads{(mended is null ? "." : $"; did you mean “{mended}”?")}",
                mended is null ? null : BindingContext.Replace(segment.Span, mended));
            return null;
        }

        return schedule is null ? null : new StartRule.Every(schedule, segment?.Value[Segment.Length..]) { Span = map.Span };
    }
}
