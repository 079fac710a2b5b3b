namespace ProcessManager.Flow;

/// <summary>The sentences that people are told, in plain English.</summary>
internal static class Texts
{
    public static string Title(Run run, int index) =>
        run.Step(index).Kind.Work is { } work ? work.Title.Render(run.TextContext) : run.Step(index).Name;

    public static string Reminder(Run run, int index, TaskState task) => task.Due is { } due
        ? due < run.Now ? $"{Title(run, index)}: was due {Words.At(run, due)}" : $"{Title(run, index)}: due {Words.At(run, due)}"
        : $"{Title(run, index)}: still open";

    public static string Escalation(Run run, int index, TaskState task) => $"{Reminder(run, index, task)} (with {Holder(run, task)})";

    public static string Overdue(Run run, int index, TaskState task) =>
        $"{Title(run, index)}: was due{(task.Due is { } due ? $" {Words.At(run, due)}" : "")} (with {Holder(run, task)})";

    /// <summary>Who has a task: a person, a group, or nobody.</summary>
    public static string Holder(Run run, TaskState task) => task.Assignee is { } person ? Words.Person(run.Facts, person)
        : task.Group is { } group ? Rights.GroupName(run, group) : "nobody";

    public static string StageReminder(Run run, Language.Stage stage) => run.State.StageDue is { } due
        ? $"The stage “{stage.Name}” {(due < run.Now ? "was due" : "is due")} {Words.At(run, due)}"
        : $"The stage “{stage.Name}” is still open";

    public static string StageOverdue(Run run, Language.Stage stage) =>
        $"{StageReminder(run, stage)} (with {Words.Person(run.Facts, run.State.Owner)})";
}
