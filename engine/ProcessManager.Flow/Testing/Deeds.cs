using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ProcessManager.Language;
using ProcessManager.Language.Time;

namespace ProcessManager.Flow.Testing;

/// <summary>What a test does, as commands: told by step and name instead of by the number of a task.</summary>
internal sealed class Deeds(TestRun run)
{
    private readonly Sentences sentences = new(run.Rehearsal.Calendar.Zone);
    private int messages;

    private ProjectState State => run.State;

    /// <summary>The words of the test for an action, for "expected to …".</summary>
    public static string Describe(TestAction action) => action switch
    {
        TestAction.Complete a => $"complete {string.Join(", ", a.Steps)}{(a.Outcome is null ? "" : $" as {a.Outcome}")}",
        TestAction.Vote a => $"{(a.Approve ? "approve" : "reject")} {a.Step}",
        TestAction.Acknowledge a => $"acknowledge {a.Step}",
        TestAction.Receive a => $"receive {a.Message}",
        TestAction.Answer a => $"answer {a.Step}",
        TestAction.Child a => $"close the child of {a.Step}",
        TestAction.Bypass a => $"bypass {a.Step}",
        TestAction.Reopen a => $"reopen {a.Step}",
        TestAction.ReopenProject => "reopen the project",
        TestAction.Set => "set fields",
        TestAction.Due a => $"set the due date of {a.Step}",
        TestAction.Assign a => $"assign {a.Step} to {a.To}",
        TestAction.Move a => $"move to {a.Stage}",
        TestAction.Hold => "put the project on hold",
        TestAction.Resume => "resume the project",
        TestAction.Close => "close the project",
        TestAction.Pass => "let time pass",
        TestAction.Until => "let time pass",
        TestAction.Refuse a => Describe(a.Action),
        TestAction.Expect => "expect",
        _ => throw new UnreachableException($"No words for {action.GetType().Name}."),
    };

    /// <returns>The refusal, or the last decision; null for what nobody decides.</returns>
    public Decision? Do(TestAction action)
    {
        var by = Name(action.By, null);
        switch (action)
        {
            case TestAction.Complete a: return Complete(a, by);
            case TestAction.Vote a: return Vote(a);
            case TestAction.Acknowledge a: return Acknowledge(a, by);
            case TestAction.Receive a: return run.Do(new Command.Receive(a.Message, string.Create(CultureInfo.InvariantCulture, $"test-{++messages}-{run.Log.Count}"), a.With) { Actor = by });
            case TestAction.Answer a: return Answer(a);
            case TestAction.Child a: return Child(a);
            case TestAction.Bypass a: return run.Do(new Command.Bypass(a.Step, a.As, a.Why) { Actor = by ?? State.Owner });
            case TestAction.Reopen a: return run.Do(new Command.Reopen(a.Step, a.Why) { Actor = by ?? State.Owner });
            case TestAction.ReopenProject a: return run.Do(new Command.ReopenProject(a.Stage, a.Why) { Actor = by ?? State.Owner });
            case TestAction.Set a: return Set(a, by);
            case TestAction.Due a: return OfTask(a.Step, t => new Command.SetDue(t.Number, a.To is { } to ? Resolve(to, MomentUse.Due) : null), by);
            case TestAction.Assign a: return OfTask(a.Step, t => AssignTo(t, a.To), by);
            case TestAction.Move a: return run.Do(new Command.MoveTo(a.Stage, a.Why) { Actor = by ?? State.Owner });
            case TestAction.Hold a: return run.Do(new Command.PutOnHold(a.Why) { Actor = by ?? State.Owner });
            case TestAction.Resume: return run.Do(new Command.Resume { Actor = by ?? State.Owner });
            case TestAction.Close a: return run.Do(new Command.Close(a.Result, a.Reason, null) { Actor = by ?? State.Owner });
            case TestAction.Pass a:
                run.Until(run.Rehearsal.Calendar.Add(run.Rehearsal.Now, a.Duration));
                return null;
            case TestAction.Until a: return Until(a);
            default: throw new UnreachableException($"{action.GetType().Name} isn't done.");
        }
    }

    /// <summary>A moment counted from now; null while its anchor has no value.</summary>
    public DateTimeOffset? Resolve(Moment moment, MomentUse use, DateTimeOffset? from = null)
    {
        var at = from ?? run.Rehearsal.Now;
        var decided = new Run(run.Rehearsal.Plan, State, run.Rehearsal.Facts, run.Rehearsal.Now, Driver.Embedded, null);
        return Moments.Resolve(decided, new Hanging(moment, use, "test", default, at, at));
    }

    /// <summary>The sign-in name that a test means.</summary>
    /// <param name="assignee">Whose manager <c>manager</c> is; the owner's where null.</param>
    public string? Name(string? who, string? assignee)
    {
        string? ManagerOf(string? person) => person is not null && run.Rehearsal.Facts.Directory.People.TryGetValue(person, out var member) ? member.Manager : null;
        return who switch
        {
            "owner" => run.Rehearsal.State?.Owner,
            "creator" => run.Rehearsal.State?.Creator,
            "manager" => ManagerOf(assignee) ?? ManagerOf(run.Rehearsal.State?.Owner) ?? who,
            _ => who,
        };
    }

    private Decision? Complete(TestAction.Complete action, string? by)
    {
        Decision? last = null;
        foreach (var step in action.Steps)
        {
            TaskState[] open = [.. OpenTasks(step).Where(t => action.For is null || t.Member == action.For)];
            if (open.Length == 0) { return NotOpen(step, action.For); }
            foreach (var number in open.Select(t => t.Number))
            {
                if (OpenTasks(step).FirstOrDefault(t => t.Number == number) is not { } task) { continue; }
                last = Complete(task, action, by);
                if (last is Decision.Refused) { return last; }
            }
        }

        return last;
    }

    private Decision Complete(TaskState task, TestAction.Complete action, string? by)
    {
        var actor = by ?? task.Assignee;
        if (task.Assignee is null && task.Group is { } group)
        {
            actor ??= run.Rehearsal.Facts.Directory.MembersOf(group).FirstOrDefault(m => MayClaim(task, m)) ?? State.Owner;
            if (MayClaim(task, actor)) { run.Do(new Command.Claim(task.Number) { Actor = actor }); }
        }

        return run.Do(new Command.Complete(task.Number, action.Outcome, action.With) { Actor = actor ?? State.Owner });
    }

    private bool MayClaim(TaskState task, string person) =>
        Stepper.Advance(run.Rehearsal.Plan, State, new Command.Claim(task.Number) { Actor = person }, run.Rehearsal.Facts, run.Rehearsal.Now) is Decision.Accepted;

    private Decision? Vote(TestAction.Vote action)
    {
        Decision? last = null;
        if (action.Voters.IsEmpty)
        {
            if (OpenTasks(action.Step) is not [_, ..] open) { return NotOpen(action.Step, null); }
            foreach (var number in open.Select(t => t.Number))
            {
                if (OpenTasks(action.Step).FirstOrDefault(t => t.Number == number) is not { } task) { continue; }
                last = run.Do(new Command.Vote(number, action.Approve, action.With) { Actor = task.Assignee ?? task.Member ?? State.Owner });
                if (last is Decision.Refused) { return last; }
            }

            return last;
        }

        foreach (var voter in action.Voters.Select(v => Name(v, null)!))
        {
            var open = OpenTasks(action.Step);
            if ((open.Find(t => t.Assignee == voter) ?? open.Find(t => t.Member == voter) ?? open.FirstOrDefault()) is not { } task) { return NotOpen(action.Step, voter); }
            last = run.Do(new Command.Vote(task.Number, action.Approve, action.With) { Actor = voter });
            if (last is Decision.Refused) { return last; }
        }

        return last;
    }

    private Decision? Acknowledge(TestAction.Acknowledge action, string? by)
    {
        if (run.Rehearsal.Plan.FindStep(action.Step) is { Kind: NoteKind })
        {
            return Complete(new TestAction.Complete([action.Step], null, ImmutableSortedDictionary<string, object?>.Empty, null) { Span = action.Span, By = action.By }, by);
        }

        var told = run.Log.Select(e => e.Event).OfType<FlowEvent.AlertRaised>().LastOrDefault(e => e.Step == action.Step && e.Acknowledge);
        return told is null ? Refuse.Conflict($"“{action.Step}” has told nobody yet.")
            : by is not null && !told.To.Contains(by) ? Refuse.Forbidden($"“{action.Step}” was told to {string.Join(", ", told.To)}, not to {by}.") : null;
    }

    private Decision Answer(TestAction.Answer action)
    {
        if (State.FindStep(action.Step) is not { Phase: StepPhase.Open } state) { return NotOpen(action.Step, action.For); }
        Decision? last = null;
        foreach (var member in Members(state, action.For))
        {
            last = run.Do(new Command.Answered(action.Step, state.Occurrence, member, !action.Failed, action.Response, action.Failed ? "the request failed" : null));
            if (last is Decision.Refused) { return last; }
        }

        return last ?? NotOpen(action.Step, action.For);
    }

    private Decision Child(TestAction.Child action)
    {
        if (State.FindStep(action.Step) is not { } state) { return NotOpen(action.Step, action.For); }
        Decision? last = null;
        foreach (var member in Members(state, action.For))
        {
            var child = member is null ? state.Child : state.Members.FirstOrDefault(m => m.Id == member)?.Child;
            last = child is null ? Refuse.Conflict($"“{action.Step}” has started no project{(member is null ? "" : $" for {member}")}.")
                : run.Do(new Command.ChildClosed(action.Step, state.Occurrence, member, child, action.Closes));
            if (last is Decision.Refused) { return last; }
        }

        return last ?? NotOpen(action.Step, action.For);
    }

    private Decision? Set(TestAction.Set action, string? by)
    {
        Decision? last = null;
        foreach (var (role, people) in action.Roles)
        {
            last = run.Do(new Command.SetRole(role, [.. people.Select(p => Name(p, null)!)]) { Actor = by ?? State.Owner });
            if (last is Decision.Refused) { return last; }
        }

        return action.Fields.IsEmpty ? last : run.Do(new Command.SetFields(action.Fields) { Actor = by ?? State.Owner });
    }

    private Decision? Until(TestAction.Until action)
    {
        if (Resolve(action.Moment, MomentUse.Wait) is not { } moment) { return Refuse.Invalid($"{action.Moment.Text} has no value yet."); }
        run.Until(moment);
        return null;
    }

    private Decision OfTask(string step, Func<TaskState, Command> command, string? by) =>
        OpenTasks(step) is [var task, ..] ? run.Do(command(task) with { Actor = by ?? State.Owner }) : NotOpen(step, null);

    private Command.Assign AssignTo(TaskState task, string to) => to.StartsWith("group:", StringComparison.Ordinal)
        ? new Command.Assign(task.Number, null, to["group:".Length..]) : new Command.Assign(task.Number, Name(to, task.Assignee), null);

    private List<TaskState> OpenTasks(string step) => [.. State.FindStep(step)?.Tasks.Where(t => t.Phase == TaskPhase.Open) ?? []];

    /// <summary>The open members of a step with <c>each</c>; null alone for another.</summary>
    private static IEnumerable<string?> Members(StepState state, string? only) => state.Members.IsEmpty ? [only]
        : [.. state.Members.Where(m => m.Phase == StepPhase.Open && (only is null || m.Id == only)).Select(m => m.Id)];

    private Decision.Refused NotOpen(string step, string? member)
    {
        return Refuse.Conflict($"“{step}” has nothing open{(member is null ? "" : $" for {member}")}: it is {Standing(step)}.");
    }

    /// <summary>What a step is doing; of one that waits also what for.</summary>
    private string Standing(string id)
    {
        var state = State.FindStep(id);
        var standing = Sentences.Standing(state);
        if (state is not { Phase: StepPhase.Waiting } || run.Rehearsal.Plan.FindStep(id) is not { } step) { return standing; }
        if (State.Timers.FirstOrDefault(t => t.Step == id && t.Kind == TimerKind.Open) is { } timer)
        {
            return timer.Due is { } due ? $"{standing} until {sentences.Moment(due)}"
                : $"{standing} for a moment that isn't known yet ({UnsetMoments.TextOf(run.Rehearsal.Plan, State, timer)})";
        }

        var ways = step.After.Ways.Select(w => run.Rehearsal.Plan.Steps[w.Step].Id).Distinct().Where(w => State.FindStep(w) is { IsSettled: false }).ToList();
        return ways.Count == 0 ? standing : $"{standing} for {Words.And(ways)}";
    }
}
