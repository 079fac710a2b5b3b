using System.Collections.Immutable;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;

namespace ProcessManager.Engine.Store;

/// <summary>What a project's columns, tasks and timers are, told by its state: the one answer for writing and for verifying.</summary>
internal static class Projection
{
    /// <summary>Fills the columns that follow from the state.</summary>
    /// <returns>True where any but those that every command changes is different from before.</returns>
    public static bool Fill(ProjectRow row, ProjectState state, string fallbackTitle)
    {
        var before = Columns(row);
        row.Title = state.Fields.GetValueOrDefault("title") as string is { Length: > 0 } title ? title : fallbackTitle;
        row.Owner = state.Owner;
        row.Stage = state.Stage;
        row.StageEnteredAt = state.StageEnteredAt;
        row.Status = state.Status;
        row.Result = state.Closed;
        row.CloseReason = state.CloseReason;
        row.ClosedAt = state.ClosedAt;
        row.Probability = state.Probability;
        row.ProbabilityOverride = state.ProbabilityOverride;
        row.AmountMinor = state.Fields.GetValueOrDefault("amount") is decimal amount ? Currency.ToMinor(amount, row.Currency) : null;
        row.ExpectedClose = state.Fields.GetValueOrDefault("expected-close") as DateOnly?;
        row.SourceCode = state.Fields.GetValueOrDefault("source-code") as string;
        row.HoldReason = state.Hold?.Reason;
        row.Fault = state.Fault;
        row.OpenTasks = TasksOf(state).Count(t => t.Task.Phase == TaskPhase.Open);
        return before != Columns(row);
    }

    /// <summary>The step of tasks that people added by hand.</summary>
    public const string NoStep = "";

    /// <summary>The tasks of the current visit with their steps, then those that people added.</summary>
    public static IEnumerable<(string Step, TaskState Task)> TasksOf(ProjectState state)
    {
        foreach (var step in state.Steps)
        {
            foreach (var task in step.Tasks) { yield return (step.Id, task); }
        }

        foreach (var task in state.Extra) { yield return (NoStep, task); }
    }

    /// <summary>
    /// The timers that have a row: those with a moment, while the project is not stopped. On hold and at a fault time does not count, so nothing waits in
    /// <c>work</c>; what is left when it goes on gets its rows back.
    /// </summary>
    public static IEnumerable<FlowTimer> WaitingTimers(ProjectState? state) =>
        state is null || state.Hold is not null || state.Fault is not null ? [] : state.Timers.Where(t => t.Due is not null);

    public static string TimerKey(long project, FlowTimer timer) => $"timer/{project}/{timer.Key}";

    /// <summary>What stands in the member column of a second task that a member has in one occurrence.</summary>
    public static string MemberAgain(TaskState task) => FormattableString.Invariant($"{task.Member}#{task.Number}");

    /// <summary>Writes what can change of a task into its row.</summary>
    public static void Fill(TaskRow row, TaskState task)
    {
        row.Assignee = task.Assignee;
        row.Group = task.Group;
        row.Due = task.Due;
        row.DueByHand = task.DueByHand;
        row.InboxOrder = task.Due?.ToUnixTimeMilliseconds() ?? TaskRow.NoDue;
        row.Priority = task.Priority;
        row.State = task.Phase;
        row.Outcome = task.Outcome;
        row.SettledAt = task.SettledAt;
        row.SettledBy = task.By;
    }

    private static (string, string, string?, DateTimeOffset, string?, object?, string?, DateTimeOffset?, (int, int?, long?, DateOnly?, string?, string?, string?)) Columns(ProjectRow r) =>
        (r.Title, r.Owner, r.Stage, r.StageEnteredAt, r.Status, r.Result, r.CloseReason, r.ClosedAt,
            (r.Probability, r.ProbabilityOverride, r.AmountMinor, r.ExpectedClose, r.SourceCode, r.HoldReason, r.Fault));
}
