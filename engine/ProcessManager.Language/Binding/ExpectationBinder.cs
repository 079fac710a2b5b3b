using System.Collections.Immutable;
using ProcessManager.Language.Reading;
using ProcessManager.Language.Time;

namespace ProcessManager.Language.Binding;

/// <summary>Binds what a test expects: one expectation for each thing that is named, so that a failure points to it.</summary>
internal sealed class ExpectationBinder(TestNames names, TestValues values)
{
    public ImmutableArray<Expectation> Bind(YamlMapping map) => [.. map.Entries.SelectMany(Of).OfType<Expectation>()];

    private IEnumerable<Expectation?> Of(YamlEntry entry)
    {
        var scalar = (entry.Value as YamlScalar).Written();
        var span = entry.Span;
        switch (entry.Name)
        {
            case "stage": return [names.Stage(scalar) is { } stage ? new Expectation.Stage(stage) { Span = span } : null];
            case "probability": return [Nodes.Count(scalar?.Value) is { } percent ? new Expectation.Probability(percent) { Span = span } : null];
            case "status": return [new Expectation.Status(names.Status(scalar)) { Span = span }];
            case "closed": return [new Expectation.Closed(Kinds.Close(scalar?.Value)) { Span = span }];
            case "reason": return [new Expectation.Reason(names.Reason(scalar)) { Span = span }];
            case "faulted": return [scalar is null ? null : Faulted(scalar)];
            case "open": return Standing(entry, ExpectedStanding.Open);
            case "not-open": return Standing(entry, ExpectedStanding.NotOpen);
            case "done": return Standing(entry, ExpectedStanding.Done);
            case "passed": return Standing(entry, ExpectedStanding.Passed);
            case "dead": return Standing(entry, ExpectedStanding.Dead);
            case "cancelled": return Standing(entry, ExpectedStanding.Cancelled);
            case "overdue": return Standing(entry, ExpectedStanding.Overdue);
            case "sent": return entry.Value.Scalars().Select(s => Template<EmailKind>(s, k => k.Template) ? new Expectation.Sent(s.Value) { Span = s.Span } : null);
            case "filed": return entry.Value.Scalars().Select(s => Template<LetterKind>(s, k => k.Template) ? new Expectation.Filed(s.Value) { Span = s.Span } : null);
            case "started": return entry.Value.Scalars().Select(s => Template<StartKind>(s, k => k.Plan) ? new Expectation.Started(s.Value) { Span = s.Span } : null);
            case "called":
                return entry.Value.Scalars().Select(s => names.Step(s, "called", k => k.Kind is HttpKind, "requests (`http`)") is { } step
                    ? new Expectation.Called(step.Id) { Span = s.Span } : null);
            default: return (entry.Value as YamlMapping)?.Entries.SelectMany(e => ByName(entry.Name, e)) ?? [];
        }
    }

    private IEnumerable<Expectation?> ByName(string key, YamlEntry entry)
    {
        var scalar = (entry.Value as YamlScalar).Written();
        switch (key)
        {
            case "fields": return [values.KindOf(entry.Key) is { } kind ? new Expectation.Field(entry.Name, values.Value(entry, kind, loose: false)) { Span = entry.Span } : null];
            case "alerted":
                return names.Somebody(entry.Key, roles: true) is not { } who ? [] : entry.Value.Scalars()
                    .Select(s => names.StepOrStage(s) is { } what ? new Expectation.Alerted(who, what) { Span = s.Span } : null);
            case "due": return [names.StepOrStage(entry.Key) is { } due ? Due(due, scalar, entry.Span) : null];
            case "reminded":
                return [names.StepOrStage(entry.Key) is { } reminded && Nodes.Count(scalar?.Value) is { } count ? new Expectation.Reminded(reminded, count) { Span = entry.Span } : null];
        }

        return names.Step(entry.Key) is not { } step || scalar is null ? [] : [OfStep(key, step, scalar, entry.Span)];
    }

    private Expectation? OfStep(string key, Step step, YamlScalar scalar, SourceSpan span) => key switch
    {
        "assigned" => names.Somebody(scalar, roles: false) is { } who ? new Expectation.Assigned(step.Id, who) { Span = span } : null,
        "priority" => Kinds.Priority(scalar.Value) is { } priority ? new Expectation.PriorityOf(step.Id, priority) { Span = span } : null,
        "times" => Nodes.Count(scalar.Value) is { } times ? new Expectation.Times(step.Id, times) { Span = span } : null,
        "children" => new Expectation.Child(step.Id, Kinds.Close(scalar.Value)) { Span = span },
        _ => null,
    };

    private Expectation.Due? Due(string step, YamlScalar? scalar, SourceSpan span)
    {
        if (scalar is null) { return new Expectation.Due(step, null, false) { Span = span }; }
        return values.Moment(scalar, MomentUse.Due, out var wholeDay) is { } at ? new Expectation.Due(step, at, wholeDay) { Span = span } : null;
    }

    private static Expectation.Faulted Faulted(YamlScalar scalar) => scalar.Value switch
    {
        "yes" or "true" => new Expectation.Faulted(true, null) { Span = scalar.Span },
        "no" or "false" => new Expectation.Faulted(false, null) { Span = scalar.Span },
        _ => new Expectation.Faulted(true, scalar.Value) { Span = scalar.Span },
    };

    private IEnumerable<Expectation?> Standing(YamlEntry entry, ExpectedStanding standing)
    {
        foreach (var scalar in entry.Value.Scalars())
        {
            if (standing == ExpectedStanding.Overdue)
            {
                yield return names.StepOrStage(scalar) is { } late ? new Expectation.Standing(standing, late, null) { Span = scalar.Span } : null;
                continue;
            }

            yield return Way(scalar, standing);
        }
    }

    private Expectation.Standing? Way(YamlScalar scalar, ExpectedStanding standing)
    {
        var dot = standing is ExpectedStanding.Done or ExpectedStanding.Passed ? scalar.Value.IndexOf('.', StringComparison.Ordinal) : -1;
        if (dot < 0) { return names.Step(scalar) is { } plain ? new Expectation.Standing(standing, plain.Id, null) { Span = scalar.Span } : null; }
        var (id, outcome) = (scalar.Value[..dot], scalar.Value[(dot + 1)..]);
        if (names.Plan.FindStep(id) is not { } step)
        {
            names.Unknown(Errors.UnknownStep, scalar, "step", names.Plan.Steps.Select(s => s.Id));
            return null;
        }

        if (step.FindOutcome(outcome) is not null) { return new Expectation.Standing(standing, id, outcome) { Span = scalar.Span }; }
        names.Unknown(Errors.UnknownOutcome, scalar, "outcome", step.Outcomes.Select(o => $"{id}.{o.Id}"));
        return null;
    }

    /// <summary>Whether a template, plan or step of a kind is named.</summary>
    private bool Template<TKind>(YamlScalar name, Func<TKind, string> target) where TKind : StepKind
    {
        var steps = names.Plan.Steps.Where(s => s.Kind is TKind).ToList();
        var known = steps.Select(s => target((TKind)s.Kind)).Concat(steps.Select(s => s.Id)).Distinct().ToList();
        if (known.Contains(name.Value)) { return true; }
        names.Unknown(typeof(TKind) == typeof(StartKind) ? Errors.UnknownPlan : Errors.UnknownTemplate, name, "template or step", known);
        return false;
    }
}
