using ProcessManager.Language.Expressions;
using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Binding;

/// <summary>What all parts of the binder share: the definitions, the plan's names, and where mistakes are left.</summary>
internal sealed class BindingContext(Definitions definitions, List<Diagnostic> diagnostics)
{
    private readonly Dictionary<string, (string What, YamlScalar Key)> taken = [];
    private readonly Dictionary<string, StepDraft> stepsById = [];

    public Definitions Definitions { get; } = definitions;
    public Organisation? Organisation => Definitions.Organisation;
    public List<Diagnostic> Diagnostics { get; } = diagnostics;

    /// <summary>Null where the type is unknown.</summary>
    public ProjectType? Type { get; set; }
    public Dictionary<string, Field> Fields { get; } = [];

    /// <summary>Fields that are there but could not be bound: named without a further word.</summary>
    public HashSet<string> BrokenFields { get; } = [];
    public HashSet<string> Roles { get; } = [];
    public List<StageDraft> Stages { get; } = [];
    public List<StepDraft> Steps { get; } = [];
    public TypeScope Scope
    {
        get;
        set
        {
            field = value;
            ScopeWithItem = value.With(BuiltIns.Item, FeelType.TextType);
        }
    } = TypeScope.Empty;

    /// <summary>The names that a step with <c>each</c> may use in its texts.</summary>
    public TypeScope ScopeWithItem { get; private set; } = TypeScope.Empty;

    /// <summary>The names that a step may use in its texts.</summary>
    public TypeScope ScopeOf(StepDraft step) => step.Each is null ? Scope : ScopeWithItem;

    /// <summary>Where <c>starts</c> and <c>wait</c> count from a step: whether it lies before is known once all ways are (rule 5).</summary>
    public List<(StepDraft Step, StepDraft Anchor, SourceSpan Span)> AnchorUses { get; } = [];

    public void Report(ErrorDefinition definition, SourceSpan span, string message, QuickFix? fix = null) =>
        Diagnostics.Add(definition.At(span, message, fix));

    /// <summary>Says that a name leads nowhere, what is expected, and what was probably meant.</summary>
    /// <param name="said">Such as <c>There is no group “sale”</c>.</param>
    /// <param name="none">What is said where nothing can be named, such as <c>the plan declares no roles</c>.</param>
    public void Unknown(
        ErrorDefinition definition, SourceSpan span, string found, string said, IEnumerable<string> candidates, string none)
    {
        var names = candidates.ToList();
        if (names.Count == 0)
        {
            Report(definition, span, $"{said}: {none}.");
            return;
        }

        var near = Shaping.Words.Nearest(found, names);
        Report(definition, span,
            $"{said}: expected {Words.Or(names)}{(near is null ? "." : $"; did you mean “{near}”?")}",
            near is null ? null : Replace(span, near));
    }

    /// <summary>Compiles a text with <c>{{…}}</c>, which must not show sensitive fields.</summary>
    public TextTemplate? Text(SourceText text, TypeScope scope)
    {
        var template = TextTemplate.Compile(text, scope, Diagnostics);
        foreach (var field in template is null or { Uses.IsEmpty: true } ? [] : Sensitive(template.Uses))
        {
            Report(Errors.SensitiveInText, text.Span, $"“{field}” is sensitive and can't be shown in this text: let people look it up in the project.");
        }

        return template;
    }

    /// <summary>The sensitive fields among names and paths that are used.</summary>
    public IEnumerable<string> Sensitive(IEnumerable<string> uses) =>
        uses.Select(u => u.Split('.')[0]).Distinct().Where(f => Fields.TryGetValue(f, out var known) && known.Sensitive);

    public static QuickFix Replace(SourceSpan span, string text) => new($"Change to “{text}”", [new TextEdit(span, text)]);

    /// <summary>Takes a name of the plan's one name space.</summary>
    /// <param name="what">Such as <c>a field</c>.</param>
    public bool Declare(YamlScalar key, string what)
    {
        var id = key.Value;
        if (BuiltIns.Anchors.Contains(id) || BuiltIns.Words.Contains(id))
        {
            var meaning = BuiltIns.Anchors.Contains(id) ? "times are counted from it" : "it is a word of the expression language";
            Report(Errors.NameReserved, key.Span, $"“{id}” can't be the name of {what}: {meaning}. Choose another name.");
            return false;
        }

        if (BuiltIns.Fields.ContainsKey(id) && !(id == "amount" && what == "a field"))
        {
            Report(Errors.NameReserved, key.Span, $"“{id}” can't be the name of {what}: every project has a field of this name. Choose another name.");
            return false;
        }

        if (!taken.TryAdd(id, (what, key)))
        {
            var (other, first) = taken[id];
            Report(Errors.NameTaken, key.Span,
                $"“{id}” can't be the name of {what}: line {first.Span.StartLine} gives it to {other}. Fields, roles and steps share one name space.");
            return false;
        }

        return true;
    }

    public void Add(StepDraft step)
    {
        Steps.Add(step);
        stepsById.TryAdd(step.Id, step);
    }

    public StepDraft? FindStep(string id) => stepsById.GetValueOrDefault(id);

    public StageDraft? FindStage(string id) => Stages.Find(s => s.Id == id);

    /// <summary>The names of all fields, the plan's own first.</summary>
    public IEnumerable<string> FieldNames => Fields.Keys.Concat(BuiltIns.Fields.Keys.Where(b => !Fields.ContainsKey(b)));

    /// <summary>A step of the same stage, or a diagnostic.</summary>
    public StepDraft? StepOfStage(SourceSpan span, string id, StageDraft stage, string key)
    {
        if (FindStep(id) is not { } step)
        {
            Unknown(Errors.UnknownStep, span, id, $"There is no step “{id}”", stage.Steps.Select(s => s.Id), "this stage has no steps");
            return null;
        }

        if (step.Stage == stage)
        {
            return step;
        }

        var place = step.Stage is { } other ? $"of the stage {other.Name}" : "of on-close";
        Report(Errors.StepOfOtherStage, span, $"“{id}” is a step {place}; `{key}` names steps of the same stage: expected {Words.Or(stage.Steps.Select(s => s.Id))}.");
        return null;
    }

    public StageDraft? Stage(YamlScalar name)
    {
        var stage = FindStage(name.Value);
        if (stage is null)
        {
            Unknown(Errors.UnknownStage, name.Span, name.Value, $"There is no stage “{name.Value}”", Stages.Select(s => s.Id), "the plan has no stages");
        }

        return stage;
    }
}
