using System.Collections.Immutable;
using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Binding;

/// <summary>Looks up what a test names in the compiled plan, and says what was probably meant where there is no such thing.</summary>
internal sealed class TestNames(Definitions definitions, Plan plan, List<Diagnostic> diagnostics)
{
    private readonly BindingContext context = new(definitions, diagnostics);

    public Plan Plan { get; } = plan;
    public Definitions Definitions { get; } = definitions;
    public List<Diagnostic> Diagnostics { get; } = diagnostics;

    /// <summary>Everybody who works in the test at hand.</summary>
    public IReadOnlyList<string> People { get; set; } = [];

    public void Report(ErrorDefinition error, SourceSpan span, string message) => context.Report(error, span, message);

    public Step? Step(YamlScalar? name)
    {
        if (name is null) { return null; }
        if (Plan.FindStep(name.Value) is { } step) { return step; }
        Unknown(Errors.UnknownStep, name, "step", Plan.Steps.Select(s => s.Id));
        return null;
    }

    /// <summary>A step whose kind the verb takes.</summary>
    public Step? Step(YamlScalar? name, string verb, Func<Step, bool> fits, string expected)
    {
        var step = Step(name);
        if (step is null || fits(step)) { return step; }
        var others = Plan.Steps.Where(fits).Select(s => s.Id).ToList();
        Report(Errors.StepNotForVerb, name!.Span,
            $"“{step.Id}” is a step of kind `{step.Kind.Key}`; `{verb}` takes {expected}{(others.Count == 0 ? ", and the plan has none." : $": expected {Words.Or(others)}.")}");
        return null;
    }

    /// <summary>A step or a stage.</summary>
    public string? StepOrStage(YamlScalar name)
    {
        if (Plan.FindStep(name.Value) is not null || Plan.FindStage(name.Value) is not null) { return name.Value; }
        Unknown(Errors.UnknownStep, name, "step or stage", Plan.Steps.Select(s => s.Id).Concat(Plan.Stages.Select(s => s.Id)));
        return null;
    }

    public string? Stage(YamlScalar? name)
    {
        if (name is null || Plan.FindStage(name.Value) is not null) { return name?.Value; }
        Unknown(Errors.UnknownStage, name, "stage", Plan.Stages.Select(s => s.Id));
        return null;
    }

    /// <summary>An outcome of a step, or of one member of a step with <c>each</c>.</summary>
    public string? Outcome(YamlScalar? name, Step step)
    {
        if (name is null) { return null; }
        var known = step.Outcomes.Concat(step.Each?.Choices ?? []).Select(o => o.Id).Distinct().ToList();
        if (known.Contains(name.Value)) { return name.Value; }
        context.Unknown(Errors.UnknownOutcome, name.Span, name.Value, $"“{step.Id}” has no outcome “{name.Value}”", known, "it has none");
        return null;
    }

    public string? Status(YamlScalar? name)
    {
        var known = Definitions.Organisation?.FindType(Plan.Type)?.Statuses.Keys.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>();
        if (name is null || known.Contains(name.Value)) { return name?.Value; }
        Unknown(Errors.UnknownStatus, name, "status", known);
        return null;
    }

    public string? Reason(YamlScalar? name)
    {
        var known = Definitions.Organisation?.CloseReasons.Keys.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>();
        if (name is null || known.Contains(name.Value)) { return name?.Value; }
        Unknown(Errors.UnknownReason, name, "close reason", known);
        return null;
    }

    /// <summary>Somebody of the test, or <c>owner</c>, <c>creator</c>, <c>manager</c>.</summary>
    public string? Person(YamlScalar? name)
    {
        if (name is null || name.Value is "owner" or "creator" or "manager" || People.Contains(name.Value)) { return name?.Value; }
        Unknown(Errors.UnknownPerson, name, "person", People.Concat(["owner", "creator", "manager"]).Distinct());
        return null;
    }

    /// <summary>A person, <c>group:x</c>, and where roles are asked for <c>role:x</c>.</summary>
    public string? Somebody(YamlScalar name, bool roles)
    {
        var text = name.Value;
        if (text.StartsWith("group:", StringComparison.Ordinal))
        {
            return Part(name, 6, Errors.UnknownGroup, "group", Definitions.Organisation?.Groups.Keys ?? []);
        }

        if (roles && text.StartsWith("role:", StringComparison.Ordinal))
        {
            return Part(name, 5, Errors.UnknownRole, "role", Plan.Roles.Select(r => r.Id));
        }

        return text.StartsWith("user:", StringComparison.Ordinal)
            ? Part(name, 5, Errors.UnknownPerson, "person", People)?[5..] : Person(name);
    }

    public void Unknown(ErrorDefinition error, YamlScalar name, string what, IEnumerable<string> known) =>
        context.Unknown(error, name.Span, name.Value, $"There is no {what} “{name.Value}”", known, "there is none");

    private string? Part(YamlScalar name, int prefix, ErrorDefinition error, string what, IEnumerable<string> known)
    {
        var id = name.Value[prefix..].Trim();
        if (known.Contains(id)) { return name.Value[..prefix] + id; }
        context.Unknown(error, name.Text.At(prefix, name.Value.Length - prefix), id, $"There is no {what} “{id}”", known.Order(StringComparer.Ordinal), "there is none");
        return null;
    }

    /// <summary>The groups that somebody is in, each of them known.</summary>
    public ImmutableArray<string> Groups(YamlNode? node)
    {
        var groups = ImmutableArray.CreateBuilder<string>();
        foreach (var scalar in node.Scalars())
        {
            if (Definitions.Organisation?.Groups.ContainsKey(scalar.Value) == true) { groups.Add(scalar.Value); }
            else { Unknown(Errors.UnknownGroup, scalar, "group", Definitions.Organisation?.Groups.Keys.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>()); }
        }

        return groups.ToImmutable();
    }
}
