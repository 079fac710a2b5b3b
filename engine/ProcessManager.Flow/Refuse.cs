using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>Refusals in words: what is so, who did it, and when.</summary>
internal static class Refuse
{
    public static Decision.Refused Invalid(string message) => new(Refusal.Invalid, message);

    public static Decision.Refused NotFound(string message) => new(Refusal.NotFound, message);

    public static Decision.Refused Conflict(string message) => new(Refusal.Conflict, message);

    public static Decision.Refused Forbidden(string message) => new(Refusal.Forbidden, message);

    public static string Settled(Run run, TaskState task)
    {
        var when = task.SettledAt is { } at ? $" {Words.At(run, at)}" : "";
        return task.Phase == TaskPhase.Done
            ? $"Task {task.Number} was completed{(task.By is { } by ? $" by {Words.Person(run.Facts, by)}" : "")}{when}."
            : $"Task {task.Number} was cancelled{when}.";
    }

    public static string Settled(Run run, Step step, StepState state)
    {
        var when = state.SettledAt is { } at ? $" {Words.At(run, at)}" : "";
        var by = state.By is { } name ? $" by {Words.Person(run.Facts, name)}" : "";
        return $"“{step.Name}” is settled already: {Words.Of(state.Phase)}{by}{when}.";
    }

    public static string Closed(Run run) =>
        $"The project was closed as {Words.Of(run.State.Closed!.Value)}{(run.State.ClosedAt is { } at ? $" {Words.At(run, at)}" : "")}.";

    public static string OnHold(Run run) => $"The project was put on hold {Words.At(run, run.State.Hold!.Since)}: {run.State.Hold.Reason}";

    public static string Faulted(Run run) => $"The project stopped and waits for an administrator: {run.State.Fault}";
}
