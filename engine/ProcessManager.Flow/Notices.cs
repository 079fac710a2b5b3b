using System.Globalization;
using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>Tells those who asked for it (<c>notify</c>) what happens to a piece of work.</summary>
internal static class Notices
{
    /// <summary>A task opened: tells of it, and sets the clock for those who want to hear when it is overdue.</summary>
    public static void Opened(Run run, int index, TaskState task)
    {
        var due = task.Due is { } at ? $", due {Words.At(run, at)}" : "";
        Tell(run, index, task, WorkMoment.Opened, $"{Texts.Title(run, index)}: for {Texts.Holder(run, task)}{due}");
        var rules = run.Step(index).Kind.Work!.Notify;
        for (var rule = 0; rule < rules.Length; rule++)
        {
            if (rules[rule].On == WorkMoment.Overdue) { SetOverdue(run, index, rule, task); }
        }
    }

    public static void Claimed(Run run, int index, TaskState task) => Tell(
        run, index, task, WorkMoment.Claimed, $"{Texts.Title(run, index)}: claimed by {Words.Person(run.Facts, task.Assignee!)}");

    /// <param name="number">The task that was done.</param>
    public static void Done(Run run, int index, int number, string outcome)
    {
        if (run[index].Tasks.FirstOrDefault(t => t.Number == number) is not { } task) { return; }
        var by = task.By is { } person ? $" by {Words.Person(run.Facts, person)}" : "";
        Tell(run, index, task, WorkMoment.Done, $"{Texts.Title(run, index)}: done{by}{Label(run, index, outcome)}");
    }

    /// <summary>An approval is decided, or nobody acted in time.</summary>
    public static void Settled(Run run, int index, string? outcome)
    {
        var task = run[index].Tasks.FirstOrDefault();
        Tell(run, index, task, WorkMoment.Done, $"{Texts.Title(run, index)}: done{Label(run, index, outcome)}");
    }

    public static void Overdue(Run run, int index, FlowTimer timer)
    {
        var rules = run.Step(index).Kind.Work!.Notify;
        if (timer.Rule >= rules.Length || Tasks.Find(run, index, timer.Task) is not { } task) { return; }
        Raise(run, index, task, rules[timer.Rule], timer.Key, Texts.Overdue(run, index, task));
    }

    /// <summary>The due date moved: what was told stays told, and a later date can be missed again.</summary>
    public static void DueMoved(Run run, int index, TaskState task, DateTimeOffset? from)
    {
        var rules = run.Step(index).Kind.Work!.Notify;
        for (var rule = 0; rule < rules.Length; rule++)
        {
            if (rules[rule].On != WorkMoment.Overdue) { continue; }
            if (run.Timers.FirstOrDefault(t => t.Kind == TimerKind.Overdue && t.Task == task.Number && t.Rule == rule) is { } pending)
            {
                Timers.Move(run, pending, task.Due, Because(rules[rule]));
            }
            else if (from is null || task.Due > from) { SetOverdue(run, index, rule, task); }
        }
    }

    private static void SetOverdue(Run run, int index, int rule, TaskState task) => Timers.Set(
        run, TimerKind.Overdue, index, rule, task.Number, Moments.Later(task.Due, task.OpenedAt), Because(run.Step(index).Kind.Work!.Notify[rule]));

    private static void Tell(Run run, int index, TaskState? task, WorkMoment moment, string text)
    {
        foreach (var rule in run.Step(index).Kind.Work!.Notify)
        {
            if (rule.On != moment) { continue; }
            var number = run.State.NextTimer;
            run.State = run.State with { NextTimer = number + 1 };
            var key = string.Create(CultureInfo.InvariantCulture, $"notify:{run.State.Visit}:{run.Step(index).Id}:{run[index].Occurrence}:{number}");
            Raise(run, index, task, rule, key, text);
        }
    }

    private static void Raise(Run run, int index, TaskState? task, Notification rule, string key, string text)
    {
        var told = Assignment.Told(run, rule.To, task?.Assignee);
        run.Emit(new FlowEvent.AlertRaised(key, AlertCause.Notice, run.Step(index).Id, task?.Number, told.People, text, false)
        {
            Why = Because(rule) with { Note = told.Note },
        });
    }

    private static string Label(Run run, int index, string? outcome) => outcome is null or "done" ? ""
        : $" ({run.Step(index).Choices.FirstOrDefault(o => o.Id == outcome)?.Label ?? outcome})";

    private static Why Because(Notification rule) => new($"notify: {Of(rule.On)}: {rule.To.Text}", rule.Span);

    private static string Of(WorkMoment moment) => moment switch
    {
        WorkMoment.Opened => "opened",
        WorkMoment.Claimed => "claimed",
        WorkMoment.Overdue => "overdue",
        WorkMoment.Done => "done",
        _ => throw new InvalidOperationException($"Unknown moment {moment}."),
    };
}
