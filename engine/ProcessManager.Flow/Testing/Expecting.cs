using System.Diagnostics;
using System.Globalization;
using ProcessManager.Language;
using ProcessManager.Language.Time;
using static System.FormattableString;

namespace ProcessManager.Flow.Testing;

/// <summary>What a test wanted and what was there instead, in words.</summary>
internal sealed record Mismatch(string Expected, string Found);

/// <summary>Compares what a test expects with what is.</summary>
internal sealed class Expecting(TestRun run)
{
    private readonly Deeds deeds = new(run);
    private readonly Sentences sentences = new(run.Rehearsal.Calendar.Zone);

    private ProjectState State => run.State;

    private IEnumerable<FlowEvent> Events => run.Log.Select(e => e.Event);

    /// <returns>Null where it is so.</returns>
    public Mismatch? Check(Expectation expected) => expected switch
    {
        Expectation.Stage e => Same("stage", e.Id, State.Stage),
        Expectation.Probability e => Same("probability", e.Percent, State.Probability),
        Expectation.Status e => Same("status", e.Id ?? "none", State.Status ?? "none"),
        Expectation.Closed e => Same("closed", Of(e.Result, "no"), Of(State.Closed, "no")),
        Expectation.Reason e => Same("reason", e.Id ?? "none", State.CloseReason ?? "none"),
        Expectation.Standing e => Standing(e),
        Expectation.Due e => Due(e),
        Expectation.Assigned e => Assigned(e),
        Expectation.PriorityOf e => Priority(e),
        Expectation.Field e => FieldValues.Same(e.Value, State.Fields.GetValueOrDefault(e.Id)) ? null
            : new Mismatch($"{e.Id}: {Words.Value(e.Value)}", $"{e.Id}: {Words.Value(State.Fields.GetValueOrDefault(e.Id))}"),
        Expectation.Sent e => Among("sent", e.What, Events.OfType<FlowEvent.MailRequested>().SelectMany(m => new[] { m.Template, m.Step })),
        Expectation.Filed e => Among("filed", e.What, Events.OfType<FlowEvent.DocumentFiled>().SelectMany(f => new[] { TemplateOf(f.Step), f.Step })),
        Expectation.Started e => Among("started", e.What, Events.OfType<FlowEvent.ChildStarted>().SelectMany(c => new[] { PlanOf(c.Step), c.Step })),
        Expectation.Called e => Among("called", e.Step, Events.OfType<FlowEvent.HttpRequested>().Select(h => h.Step)),
        Expectation.Alerted e => Alerted(e),
        Expectation.Reminded e => Same($"reminders of {e.What}", e.Count, RemindersOf(e.What)),
        Expectation.Times e => Same($"{e.Step} opened", e.Count, State.FindStep(e.Step)?.Occurrence ?? State.Past.GetValueOrDefault(e.Step)?.Occurrences ?? 0),
        Expectation.Child e => Child(e),
        Expectation.Faulted e => Faulted(e),
        _ => throw new UnreachableException($"Nothing compares {expected.GetType().Name}."),
    };

    private static Mismatch? Same<T>(string what, T expected, T found) => EqualityComparer<T>.Default.Equals(expected, found) ? null
        : new Mismatch(Invariant($"{what}: {expected}"), Invariant($"{what}: {found}"));

    private static Mismatch? Among(string what, string expected, IEnumerable<string> found)
    {
        string[] all = [.. found.Distinct()];
        return all.Contains(expected) ? null : new Mismatch($"{what}: {expected}", $"{what}: {(all.Length == 0 ? "nothing" : string.Join(", ", all))}");
    }

    private static string Of(CloseResult? result, string none) => result is { } known ? Words.Of(known) : none;

    private string TemplateOf(string step) => run.Rehearsal.Plan.FindStep(step)?.Kind is LetterKind letter ? letter.Template : step;

    private string PlanOf(string step) => run.Rehearsal.Plan.FindStep(step)?.Kind is StartKind start ? start.Plan : step;

    private Mismatch? Standing(Expectation.Standing expected)
    {
        if (expected.As == ExpectedStanding.Overdue) { return Overdue(expected.Step); }
        var here = State.FindStep(expected.Step);
        var past = here is null ? State.Past.GetValueOrDefault(expected.Step) : null;
        var phase = here?.Phase ?? past?.Phase;
        var outcome = here is null ? past?.Outcome : here.Outcome;
        var met = expected.As switch
        {
            ExpectedStanding.Open => phase == StepPhase.Open,
            ExpectedStanding.NotOpen => phase != StepPhase.Open,
            ExpectedStanding.Done => phase == StepPhase.Done,
            ExpectedStanding.Passed => phase == StepPhase.Passed,
            ExpectedStanding.Dead => phase == StepPhase.Dead,
            ExpectedStanding.Cancelled => phase == StepPhase.Cancelled,
            _ => throw new UnreachableException($"Nothing compares {expected.As}."),
        } && (expected.Outcome is null || expected.Outcome == outcome);
        if (met) { return null; }
        var wanted = expected.As == ExpectedStanding.NotOpen ? "not open" : expected.As.ToString().ToLowerInvariant();
        var found = phase is { } known ? Words.Of(known) : $"not reached (the project is in the stage {State.Stage})";
        return new Mismatch(
            $"{expected.Step} is {wanted}{(expected.Outcome is null ? "" : $" as {expected.Outcome}")}",
            $"{expected.Step} is {found}{(outcome is null or "done" ? "" : $" as {outcome}")}{(expected.As == ExpectedStanding.Open ? OpenNow() : "")}");
    }

    private string OpenNow()
    {
        string[] open = [.. State.Steps.Where(s => s.Phase == StepPhase.Open).Select(s => s.Id)];
        return open.Length == 0 ? "; nothing is open" : $"; open: {string.Join(", ", open)}";
    }

    private Mismatch? Overdue(string what)
    {
        var due = DueOf(what);
        return due < run.Rehearsal.Now ? null : new Mismatch($"{what} is overdue", $"{what} is due {sentences.Moment(due)}, and it is {sentences.Moment(run.Rehearsal.Now)}");
    }

    private DateTimeOffset? DueOf(string what) =>
        OpenTasks(what).Select(t => t.Due).Min() ?? (State.Stage == what ? State.StageDue : null);

    private Mismatch? Due(Expectation.Due expected)
    {
        var found = DueOf(expected.Step);
        var opened = OpenTasks(expected.Step).Select(t => (DateTimeOffset?)t.OpenedAt).Min() ?? State.StageEnteredAt;
        var wanted = expected.At is null ? null : deeds.Resolve(expected.At, MomentUse.Due, opened);
        if (expected.WholeDay && found is { } at && expected.At?.Anchor is Anchor.Fixed day)
        {
            var local = run.Rehearsal.Calendar.LocalTime(at);
            return local.Date == day.Local.Date ? null : Of($"{day.Local.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture)}");
        }

        return wanted == found ? null : Of(expected.At is null ? "unset" : sentences.Moment(wanted));
        Mismatch Of(string text) => new($"{expected.Step} is due {text}", $"{expected.Step} is due {sentences.Moment(found)}");
    }

    private Mismatch? Assigned(Expectation.Assigned expected)
    {
        var open = OpenTasks(expected.Step);
        var met = expected.To.StartsWith("group:", StringComparison.Ordinal)
            ? open.Any(t => t.Group == expected.To["group:".Length..])
            : open.Any(t => t.Assignee is { } person && person == deeds.Name(expected.To, null));
        string[] found = [.. open.Select(t => t.Assignee ?? $"group:{t.Group}")];
        return met ? null : new Mismatch(
            $"{expected.Step} is assigned to {expected.To}", $"{expected.Step} is assigned to {(found.Length == 0 ? "nobody: it has nothing open" : string.Join(", ", found))}");
    }

    private Mismatch? Priority(Expectation.PriorityOf expected)
    {
        var found = OpenTasks(expected.Step).FirstOrDefault()?.Priority;
        return found == expected.Priority ? null
            : new Mismatch($"priority of {expected.Step}: {Lower(expected.Priority)}", $"priority of {expected.Step}: {(found is { } known ? Lower(known) : "none, it has nothing open")}");
    }

    private static string Lower(Priority priority) => priority.ToString().ToLowerInvariant();

    private TaskState[] OpenTasks(string step) => [.. State.FindStep(step)?.Tasks.Where(t => t.Phase == TaskPhase.Open) ?? []];

    private IEnumerable<(DateTimeOffset At, FlowEvent.AlertRaised Alert)> AlertsOf(string what) =>
        run.Log.Where(e => e.Event is FlowEvent.AlertRaised a && (a.Step ?? e.Stage) == what && (a.Step is not null || run.Rehearsal.Plan.FindStage(what) is not null))
            .Select(e => (e.At, (FlowEvent.AlertRaised)e.Event));

    /// <summary>What comes of one rule at one moment is one reminder, however many people vote or have a part.</summary>
    private int RemindersOf(string what) => AlertsOf(what).Where(a => a.Alert.Cause == AlertCause.Reminder)
        .Select(a => (a.At, Rule: a.Alert.Key[..a.Alert.Key.LastIndexOf(':')])).Distinct().Count();

    private Mismatch? Alerted(Expectation.Alerted expected)
    {
        var told = AlertsOf(expected.What).Where(a => a.Alert.Cause != AlertCause.Reminder).SelectMany(a => a.Alert.To).ToHashSet();
        return PeopleOf(expected).Any(told.Contains) ? null : new Mismatch(
            $"{expected.What} told {expected.Who}", $"{expected.What} told {(told.Count == 0 ? "nobody" : string.Join(", ", told))}");
    }

    private IEnumerable<string> PeopleOf(Expectation.Alerted expected)
    {
        var who = expected.Who;
        if (who.StartsWith("group:", StringComparison.Ordinal)) { return run.Rehearsal.Facts.Directory.MembersOf(who["group:".Length..]); }
        if (who.StartsWith("role:", StringComparison.Ordinal)) { return State.Roles.GetValueOrDefault(who["role:".Length..], []); }
        if (who != "manager") { return [deeds.Name(who, null) ?? who]; }
        var responsible = Events.SelectMany(e => e switch
        {
            FlowEvent.TaskOpened opened when opened.Step == expected.What => new[] { opened.Task.Assignee },
            FlowEvent.TaskAssigned assigned when assigned.Step == expected.What => [assigned.ToPerson, assigned.FromPerson],
            _ => [],
        });
        return responsible.Append(State.Owner).Distinct().Select(p => deeds.Name("manager", p)).OfType<string>();
    }

    private Mismatch? Child(Expectation.Child expected)
    {
        var started = Events.OfType<FlowEvent.ChildStarted>().LastOrDefault(c => c.Step == expected.Step);
        if (started is null) { return new Mismatch($"the project of {expected.Step}: {Of(expected.Result, "open")}", $"{expected.Step} has started none"); }
        var closed = Events.OfType<FlowEvent.ChildClosed>().LastOrDefault(c => c.Child == started.Child)?.Result
            ?? (Events.OfType<FlowEvent.ChildDropped>().Any(c => c.Child == started.Child) ? CloseResult.Cancelled : null);
        return Same($"the project of {expected.Step}", Of(expected.Result, "open"), Of(closed, "open"));
    }

    private Mismatch? Faulted(Expectation.Faulted expected)
    {
        var met = expected.Yes ? State.Fault is { } fault && (expected.Words is null || fault.Contains(expected.Words, StringComparison.OrdinalIgnoreCase)) : State.Fault is null;
        return met ? null : new Mismatch($"faulted: {expected.Words ?? (expected.Yes ? "yes" : "no")}", $"faulted: {State.Fault ?? "no"}");
    }
}
