using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>Who may act on a task. What else a person may do is decided by the host.</summary>
internal static class Rights
{
    /// <summary>The sentence that refuses; null where the actor may complete or hand over the task.</summary>
    /// <param name="step">Null for a task that a person added.</param>
    public static string? Refusal(Run run, Step? step, TaskState task)
    {
        if (run.Actor is not { } actor || task.Assignee == actor) { return null; }
        if (LeftOut(run, step, task, actor) is { } left) { return left; }
        if (step?.Kind is ApprovalKind)
        {
            return IsSubstituteOf(run, task.Assignee) || IsAdministrator(run) ? null
                : $"{Named(run, task)} is the vote of {Words.Person(run.Facts, task.Assignee ?? task.Member ?? "nobody")}.";
        }

        if (IsAdministrator(run) || actor == run.State.Owner || IsSubstituteOf(run, task.Assignee)) { return null; }
        if (task.Assignee is null && task.Group is { } group && IsInQueue(run, group)) { return null; }
        if (task.Assignee is { } assignee && People.ManagerOf(run, assignee) == actor) { return null; }
        return $"{Named(run, task)} is {Holder(run, task)}.";
    }

    /// <param name="step">Null for a task that a person added.</param>
    public static string? ClaimRefusal(Run run, Step? step, TaskState task)
    {
        if (run.Actor is not { } actor) { return "Only a person can claim a task."; }
        return LeftOut(run, step, task, actor) ?? (IsInQueue(run, task.Group!) ? null
            : $"{Named(run, task)} is for {GroupName(run, task.Group!)}, and {Words.Person(run.Facts, actor)} isn't one of them.");
    }

    /// <summary>Four eyes: the sentence for somebody whom the rule leaves out; null for everybody else.</summary>
    private static string? LeftOut(Run run, Step? step, TaskState task, string person) =>
        step is not null && Assignment.Excepted(run, step.Kind.Work!.Assign).Contains(person)
            ? $"{Named(run, task)} has to be done by somebody else: {Words.Person(run.Facts, person)} is left out of it." : null;

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
