using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ProcessManager.Language;
using static System.FormattableString;

namespace ProcessManager.Flow;

/// <summary>Says events and commands in plain sentences, with local times and the ids of the plan.</summary>
internal sealed class Sentences(TimeZoneInfo zone)
{
    public string Of(FlowEvent happened) => happened switch
    {
        FlowEvent.ProjectStarted e => $"the project starts, owned by {e.Owner}",
        FlowEvent.OwnerChanged e => $"owner {e.From ?? "nobody"} → {e.To}",
        FlowEvent.RoleFilled e => $"role {e.Role}: {People(e.People)}",
        FlowEvent.StageEntered e => $"stage {e.To} is entered{(e.From is null ? "" : $" from {e.From}")}",
        FlowEvent.MilestoneReached e => $"milestone {e.Step ?? e.Stage}",
        FlowEvent.ProbabilityChanged e => Invariant($"probability {e.From} → {e.To} %"),
        FlowEvent.StatusChanged e => $"status {e.From ?? "none"} → {e.To ?? "none"}",
        FlowEvent.FieldChanged e => $"field {e.Field}: {Value(e.From)} → {Value(e.To)}",
        FlowEvent.StepReady e => $"{Step(e.Step, e.Occurrence)} is ready",
        FlowEvent.StepOpened e => $"{Step(e.Step, e.Occurrence)} opens",
        FlowEvent.StepSettled e => $"{Step(e.Step, e.Occurrence)} is {Phase(e.Phase)}{Outcome(e.Outcome)}",
        FlowEvent.StepSetBack e => $"{Step(e.Step, e.Occurrence)} is set back by {e.By}",
        FlowEvent.TaskOpened e => OfTask(e),
        FlowEvent.TaskAssigned e => Invariant($"task {e.Number}{Of(e.Step)}: {Who(e.FromPerson, e.FromGroup)} → {Who(e.ToPerson, e.ToGroup)}"),
        FlowEvent.TaskDueChanged e => Invariant($"task {e.Number}{Of(e.Step)} is due {Moment(e.To)} instead of {Moment(e.From)}{(e.ByHand ? ", set by hand" : "")}"),
        FlowEvent.TaskPriorityChanged e => Invariant($"task {e.Number}{Of(e.Step)}: priority {Word(e.From)} → {Word(e.To)}"),
        FlowEvent.TaskSettled e => Invariant($"task {e.Number}{Of(e.Step)} is {Word(e.Phase)}{Outcome(e.Outcome)}"),
        FlowEvent.TimerSet e => $"{Timer(e.Timer)} is set for {Moment(e.Timer.Due)}",
        FlowEvent.TimerMoved e => $"{Timer(e.Timer)} moves from {Moment(e.From)} to {Moment(e.Timer.Due)}",
        FlowEvent.TimerCancelled e => $"{Timer(e.Timer)} is cancelled",
        FlowEvent.TimerFired e => $"{Timer(e.Timer)} comes",
        FlowEvent.AlertRaised e => $"{Word(e.Cause)} to {People(e.To)}: {e.Text}{(e.Acknowledge ? " (asks for a receipt)" : "")}",
        FlowEvent.MailRequested e => $"mail {e.Template} to {People(e.To)}: {e.Subject}",
        FlowEvent.MemberOpened e => $"{Step(e.Step, e.Occurrence)} opens for {e.Member}",
        FlowEvent.MemberSettled e => $"{Step(e.Step, e.Occurrence)} is {Phase(e.Phase)} for {e.Member}{Outcome(e.Outcome)}",
        FlowEvent.LetterRequested e => $"letter {e.Template} of {Part(e.Step, e.Occurrence, e.Member)}{Holding(e.Values)}",
        FlowEvent.DocumentFiled e => $"{Part(e.Step, e.Occurrence, e.Member)} files {e.Name}",
        FlowEvent.HttpRequested e => $"{Part(e.Step, e.Occurrence, e.Member)} calls {e.Method} {e.Url}{(e.Body is null ? "" : $" with {e.Body}")}",
        FlowEvent.HttpAnswered e => $"{Part(e.Step, e.Occurrence, e.Member)} {(e.Succeeded ? "is answered" : $"fails: {e.Error}")}",
        FlowEvent.MessageReceived e => e.Step is null ? $"message {e.Message} is kept" : $"message {e.Message} is taken by {e.Step}",
        FlowEvent.MessageTaken e => $"the kept message {e.Message} is taken by {e.Step}",
        FlowEvent.ChildRequested e => $"{Part(e.Step, e.Occurrence, e.Member)} starts a project of {e.Plan}{With(e.Fields)}{(e.Awaited ? " and waits for it" : "")}",
        FlowEvent.ChildStarted e => $"the project {e.Child} of {Part(e.Step, e.Occurrence, e.Member)} has started",
        FlowEvent.ChildClosed e => $"the project {e.Child} of {Part(e.Step, e.Occurrence, e.Member)} has closed as {Word(e.Result)}",
        FlowEvent.ChildDropped e => $"the project {e.Child} of {Part(e.Step, e.Occurrence, e.Member)} is to be closed: nobody waits for it any more",
        FlowEvent.RotationAdvanced e => Invariant($"the next turn in {e.Group} is {e.Next}"),
        FlowEvent.HoldChanged e => e.OnHold ? $"the project is put on hold: {e.Reason}" : "the project goes on",
        FlowEvent.ProjectClosed e => $"the project closes as {Word(e.Result)}{(e.Reason is null ? "" : $", reason {e.Reason}")}",
        FlowEvent.ProjectReopened e => $"the project is opened again in stage {e.Stage}: {e.Reason}",
        FlowEvent.ProjectFaulted e => $"the project stops: {e.Reason}",
        FlowEvent.FaultResolved e => $"the fault is resolved: {e.Reason}",
        FlowEvent.BypassNoted e => $"{e.Step} will be bypassed{(e.As is null ? "" : $" as {e.As}")} when its turn comes: {e.Reason}",
        _ => throw new UnreachableException($"No sentence for {happened.GetType().Name}."),
    };

    public string Of(Command asked, ProjectState? before)
    {
        var said = What(asked, before);
        return asked.Actor is null ? said : $"{asked.Actor}{(asked.OnBehalfOf is null ? "" : $" for {asked.OnBehalfOf}")}: {said}";
    }

    public string Moment(DateTimeOffset? at) => at is null
        ? "unset"
        : TimeZoneInfo.ConvertTime(at.Value, zone).ToString("ddd d MMM yyyy HH:mm", CultureInfo.InvariantCulture);

    /// <summary>What a step is doing, for a person who expected something else of it.</summary>
    public static string Standing(StepState? step) => step is null ? "in a stage that the project is not in" : Phase(step.Phase);

    private string What(Command asked, ProjectState? before) => asked switch
    {
        Command.Start c => $"start{(c.Owner is null ? "" : $", owner {c.Owner}")}{With(c.Fields)}",
        Command.Complete c => $"complete {StepOf(before, c.Task)}{(c.Outcome is null ? "" : $" as {c.Outcome}")}{With(c.Fields)}",
        Command.Vote c => $"{(c.Approve ? "approve" : "reject")} {StepOf(before, c.Task)}{With(c.Fields)}",
        Command.Claim c => $"claim {StepOf(before, c.Task)}",
        Command.Release c => $"release {StepOf(before, c.Task)}",
        Command.Assign c => $"assign {StepOf(before, c.Task)} to {Who(c.Person, c.Group)}",
        Command.SetDue c => $"set due of {StepOf(before, c.Task)} to {Moment(c.Due)}",
        Command.SetPriority c => $"set priority of {StepOf(before, c.Task)} to {Word(c.Priority)}",
        Command.SetFields c => $"set{With(c.Fields)}",
        Command.SetOwner c => $"make {c.Owner} the owner",
        Command.SetRole c => $"fill role {c.Role} with {People(c.People)}",
        Command.FireTimers => "fire timers",
        Command.Open c => $"open {Step(c.Step, c.Occurrence)}",
        Command.Delivered c => $"mail of {Step(c.Step, c.Occurrence)} {(c.Sent ? "was delivered" : $"failed: {c.Error}")}",
        Command.Receive c => $"message {c.Message}{With(c.Fields)}",
        Command.Filed c => $"{c.Name} of {Part(c.Step, c.Occurrence, c.Member)} was made",
        Command.Failed c => $"{Part(c.Step, c.Occurrence, c.Member)} could not be done: {c.Error}",
        Command.Answered c => $"{Part(c.Step, c.Occurrence, c.Member)} {(c.Succeeded ? $"was answered{(c.Response is null ? "" : $" with {Value(c.Response)}")}" : $"failed: {c.Error}")}",
        Command.ChildStarted c => $"the project {c.Child} of {Part(c.Step, c.Occurrence, c.Member)} started",
        Command.ChildClosed c => $"the project {c.Child} of {Part(c.Step, c.Occurrence, c.Member)} closed as {Word(c.Result)}",
        Command.AddTask c => $"add the task “{c.Title}” for {(c.Person is null && c.Group is null ? "the owner" : Who(c.Person, c.Group))}{(c.Due is null ? "" : $", due {Moment(c.Due)}")}",
        Command.Close c => $"close as {Word(c.Result)}{(c.Reason is null ? "" : $", reason {c.Reason}")}",
        Command.Bypass c => $"bypass {c.Step}{(c.As is null ? "" : $" as {c.As}")}: {c.Why}",
        Command.Reopen c => $"reopen {c.Step}: {c.Why}",
        Command.MoveTo c => $"move to stage {c.Stage}: {c.Why}",
        Command.ReopenProject c => $"reopen the project{(c.Stage is null ? "" : $" in stage {c.Stage}")}: {c.Why}",
        Command.PutOnHold c => $"put on hold: {c.Why}",
        Command.Resume => "resume",
        Command.OverrideProbability c => c.To is { } to ? Invariant($"show {to} % in place of the plan's probability") : "show the plan's probability again",
        Command.ResolveFault c => $"resolve the fault: {c.Why}",
        _ => throw new UnreachableException($"No sentence for {asked.GetType().Name}."),
    };

    private string OfTask(FlowEvent.TaskOpened e) => Invariant(
        $"task {e.Task.Number}{Of(e.Step)} for {Who(e.Task.Assignee, e.Task.Group)}: {e.Title}{(e.Task.Due is null ? "" : $", due {Moment(e.Task.Due)}")}");

    private static string Timer(FlowTimer timer)
    {
        var of = timer.Step ?? "the stage";
        return timer.Kind switch
        {
            TimerKind.Expire => $"the expiry of {of}",
            TimerKind.Wait => $"the end of {of}",
            TimerKind.Open => $"the opening of {of}",
            TimerKind.Escalate or TimerKind.StageEscalate => Invariant($"escalation {timer.Rule + 1} of {of}"),
            TimerKind.Overdue => $"the notice that {of} is overdue",
            TimerKind.Remind or TimerKind.StageRemind => Invariant($"reminder {timer.Rule + 1} of {of}{(timer.Count > 0 ? $" (no. {timer.Count + 1})" : "")}"),
            _ => throw new UnreachableException($"No sentence for {timer.Kind}."),
        };
    }

    private static string StepOf(ProjectState? before, int task) =>
        before?.Steps.FirstOrDefault(s => s.Tasks.Any(t => t.Number == task))?.Id
        ?? before?.Extra.FirstOrDefault(t => t.Number == task)?.Title ?? Invariant($"task {task}");

    /// <summary>The step of a task; nothing for one that a person added.</summary>
    private static string Of(string step) => step.Length == 0 ? "" : $" ({step})";

    private static string Step(string id, int occurrence) => occurrence > 1 ? Invariant($"{id} ({occurrence})") : id;

    /// <summary>A step, or one member's part of it.</summary>
    private static string Part(string id, int occurrence, string? member) => member is null ? Step(id, occurrence) : $"{Step(id, occurrence)} for {member}";

    private static string Holding(ImmutableSortedDictionary<string, string> values) =>
        values.Count == 0 ? "" : $" with {string.Join(", ", values.Select(v => $"{v.Key} “{v.Value}”"))}";

    private static string Outcome(string? outcome) => outcome is null or "done" ? "" : $" as {outcome}";

    private static string Phase(StepPhase phase) => Word(phase);

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Who(string? person, string? group) => (person, group) switch
    {
        (null, null) => "nobody",
        (null, _) => $"group {group}",
        (_, null) => person,
        _ => $"{person} of {group}",
    };

    private static string People(IEnumerable<string> people) => string.Join(", ", people) is { Length: > 0 } names ? names : "nobody";

    private static string With(ImmutableSortedDictionary<string, object?> fields) =>
        fields.Count == 0 ? "" : $" with {string.Join(", ", fields.Select(f => $"{f.Key} {Value(f.Value)}"))}";

    private static string Value(object? value) => value switch
    {
        null => "nothing",
        bool yes => yes ? "yes" : "no",
        string text => $"“{text}”",
        IReadOnlyDictionary<string, object?> context => $"{{ {string.Join(", ", context.Select(c => $"{c.Key}: {Value(c.Value)}"))} }}",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IEnumerable several => string.Join(", ", several.Cast<object?>().Select(Value)),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
