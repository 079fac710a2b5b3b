using ProcessManager.Language;

namespace ProcessManager.Flow.Steps;

/// <summary>Work for one person or a group's queue: a task, or a note to be read and acknowledged.</summary>
internal static class TaskStep
{
    public static void Open(Run run, int index)
    {
        Tasks.Open(run, index, Assignment.Resolve(run, run.Step(index).Kind.Work!.Assign, run.Turn), voter: null);
        Tasks.SetExpiry(run, index);
    }

    public static void Complete(Run run, int index, TaskState task, string outcome)
    {
        Tasks.Finish(run, index, task, outcome);
        Parts.Settle(run, index, outcome, run.Actor, null);
    }
}
