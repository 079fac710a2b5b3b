using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>Who may act on a task. What else a person may do is decided by the host.</summary>
internal static class Rights
{
    /// <summary>The sentence that refuses; null where the actor may complete or hand over the task.</summary>
    public static string? Refusal(Run run, Step step, TaskState task)
    {
        if (run.Actor is not { } actor || task.Assignee == actor) { return null; }
        if (Assignment.Excepted(run, step.Kind.Work!.Assign).Contains(actor))
        {
            return $"{Named(run, task)} has to be done by somebody else: {Words.Person(run.Facts, actor)} is left out of it.";
        }

        if (task.Member is not null)
        {
            return IsSubstituteOf(run, task.Assignee) || IsAdministrator(run) ? null
                : $"{Named(run, task)} is the vote of {Words.Person(run.Facts, task.Assignee ?? task.Member)}.";
        }

        if (IsAdministrator(run) || actor == run.State.Owner || IsSubstituteOf(run, task.Assignee)) { return null; }
        if (task.Assignee is null && task.Group is { } group && IsInQueue(run, group)) { return null; }
        if (task.Assignee is { } assignee && People.ManagerOf(run, assignee) == actor) { return null; }
        return $"{Named(run, task)} is {Holder(run, task)}.";
    }

    public static string? ClaimRefusal(Run run, Step step, TaskState task)
    {
        if (run.Actor is not { } actor) { return "Only a person can claim a task."; }
        if (Assignment.Excepted(run, step.Kind.Work!.Assign).Contains(actor))
        {
            return $"{Named(run, task)} has to be done by somebody else: {Words.Person(run.Facts, actor)} is left out of it.";
        }

        return IsInQueue(run, task.Group!) ? null
            : $"{Named(run, task)} is for {GroupName(run, task.Group!)}, and {Words.Person(run.Facts, actor)} isn't one of them.";
    }

    public static string Named(Run run, TaskState task) => $"Task {task.Number}";

    public static string GroupName(Run run, string group) => run.Facts.Organisation.Groups.GetValueOrDefault(group, group);

    private static string Holder(Run run, TaskState task) => task.Assignee is { } person
        ? $"with {Words.Person(run.Facts, person)}" : $"for {GroupName(run, task.Group ?? "nobody")}";

    private static bool IsAdministrator(Run run) =>
        run.Facts.Directory.People.TryGetValue(run.Actor!, out var member) && member.IsAdministrator && !member.Disabled;

    /// <summary>A member, or the substitute of a member who is away.</summary>
    private static bool IsInQueue(Run run, string group) =>
        run.Facts.Directory.MembersOf(group).Any(m => m == run.Actor || (People.IsAway(run, m) && People.OrSubstitute(run, m) == run.Actor));

    private static bool IsSubstituteOf(Run run, string? person) =>
        person is not null && People.IsAway(run, person) && People.OrSubstitute(run, person) == run.Actor;
}
