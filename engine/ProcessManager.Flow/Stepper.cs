using System.Collections.Immutable;
using ProcessManager.Flow.Steps;
using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>Who opens a step that may open.</summary>
public enum Driver
{
    /// <summary>The stepper itself, in the same decision.</summary>
    Embedded,

    /// <summary>Somebody else: it becomes ready, and waits for <see cref="Command.Open"/>.</summary>
    External,
}

/// <summary>
/// Decides what happens next in a project. A pure function: no clock, no I/O, no randomness; the same input gives the same
/// output, which is why production, plan tests, rehearsal and previews can share it.
/// </summary>
public static class Stepper
{
    /// <summary>
    /// Applies one command, and everything automatic that follows from it at that instant.
    /// </summary>
    /// <param name="state">Null for <see cref="Command.Start"/> only.</param>
    /// <param name="now">UTC in whole milliseconds.</param>
    public static Decision Advance(
        Plan plan, ProjectState? state, Command command, Facts facts, DateTimeOffset now, Driver driver = Driver.Embedded)
    {
        if (command is Command.Start start)
        {
            return state is null ? Starting.Start(plan, start, facts, now, driver) : Refuse.Conflict("The project was started already.");
        }

        if (state is null) { return Refuse.NotFound("There is no such project."); }
        var run = new Run(plan, state, facts, now, driver, command.Actor);
        if (Stop(run, command) is { } stopped) { return stopped; }
        if (IsResult(command) && state.AutomaticAt == now) { run.GoOnCounting(); }
        if (Do(run, command) is { } refused) { return refused; }
        if (run.GoesOn) { ApprovalStep.Recruit(run); }
        Agenda.Work(run);
        return run.Finish();
    }

    /// <summary>The steps that reopening a step would set back, in file order, itself first or among them: for the question before it.</summary>
    /// <returns>Empty where the step can't be reopened.</returns>
    public static ImmutableArray<string> SetsBack(Plan plan, ProjectState state, Facts facts, string step)
    {
        var run = new Run(plan, state, facts, state.StartedAt, Driver.Embedded, null);
        return plan.FindStep(step) is { } found && run.TakesPart(found.Index) && run[found.Index].Phase is StepPhase.Done or StepPhase.Passed
            ? [.. Redoing.RestsOn(run, found.Index).Where(i => run[i].Phase != StepPhase.Waiting || run[i].LiveAt is not null).Order().Select(i => plan.Steps[i].Id)]
            : [];
    }

    /// <summary>Brings values as a person or program gave them into the forms that the plan's fields hold.</summary>
    /// <returns>What is wrong, one sentence a field; null where all fit.</returns>
    public static string? Fit(
        Plan plan, Facts facts, ImmutableSortedDictionary<string, object?> given, DateTimeOffset now, out ImmutableSortedDictionary<string, object?> fitted) =>
        Required.Fit(new Run(plan, new ProjectState { Owner = "", StartedAt = now }, facts, now, Driver.Embedded, null), given, null, out fitted);

    /// <summary>What stands in each merge field of a letter that a person writes from a task, as people read it.</summary>
    public static ImmutableSortedDictionary<string, string> LetterTexts(
        Plan plan, ProjectState state, Facts facts, LetterTemplate template, DateTimeOffset now) =>
        LetterStep.Merged(new Run(plan, state, facts, now, Driver.Embedded, null), template);

    private static Decision.Refused? Do(Run run, Command command)
    {
        switch (command)
        {
            case Command.Complete complete: return ExtraTasks.Find(run, complete.Task) is null ? TaskCommands.Complete(run, complete) : ExtraTasks.Complete(run, complete);
            case Command.Vote vote: return TaskCommands.Vote(run, vote);
            case Command.Claim claim: return ExtraTasks.Find(run, claim.Task) is null ? TaskCommands.Claim(run, claim) : ExtraTasks.Claim(run, claim);
            case Command.Release release: return ExtraTasks.Find(run, release.Task) is null ? TaskCommands.Release(run, release) : ExtraTasks.Release(run, release);
            case Command.Assign assign: return ExtraTasks.Find(run, assign.Task) is null ? TaskCommands.Assign(run, assign) : ExtraTasks.Assign(run, assign);
            case Command.SetDue due: return ExtraTasks.Find(run, due.Task) is null ? TaskCommands.SetDue(run, due) : ExtraTasks.SetDue(run, due);
            case Command.SetPriority priority: return ExtraTasks.Find(run, priority.Task) is null ? TaskCommands.SetPriority(run, priority) : ExtraTasks.SetPriority(run, priority);
            case Command.SetFields fields: return ProjectCommands.SetFields(run, fields);
            case Command.SetOwner owner: return ProjectCommands.SetOwner(run, owner);
            case Command.SetRole role: return ProjectCommands.SetRole(run, role);
            case Command.FireTimers: run.Firing = true; return null;
            case Command.Open open:
                run.GoOnCounting();
                return ProjectCommands.Open(run, open);
            case Command.Delivered delivered: return EmailStep.Delivered(run, delivered);
            case Command.Receive receive: return ReceiveStep.Receive(run, receive);
            case Command.Filed filed: return LetterStep.Filed(run, filed);
            case Command.Failed failed: return Failing.Failed(run, failed);
            case Command.Answered answered: return HttpStep.Answered(run, answered);
            case Command.ChildStarted started: return StartStep.Started(run, started);
            case Command.ChildClosed closed: return StartStep.Closed(run, closed);
            case Command.AddTask add: return ExtraTasks.Add(run, add);
            case Command.Close close: return ProjectCommands.Close(run, close);
            case Command.Bypass bypass: return Bypassing.Do(run, bypass);
            case Command.Reopen reopen: return Powers.Reopen(run, reopen);
            case Command.MoveTo move: return Powers.MoveTo(run, move);
            case Command.ReopenProject again: return Powers.ReopenProject(run, again);
            case Command.PutOnHold hold: return ProjectCommands.PutOnHold(run, hold);
            case Command.Resume: return ProjectCommands.Resume(run);
            case Command.OverrideProbability chance: return ProjectCommands.OverrideProbability(run, chance);
            case Command.ResolveFault fault: return ProjectCommands.ResolveFault(run, fault);
            default: throw new InvalidOperationException($"Unknown command {command.GetType().Name}.");
        }
    }

    private static bool IsResult(Command command) =>
        command is Command.Filed or Command.Failed or Command.Answered or Command.ChildStarted or Command.ChildClosed or Command.Delivered;

    /// <summary>What a closed, faulted or held project does not take. Results of what was asked of the world are always taken, or they would be lost.</summary>
    private static Decision.Refused? Stop(Run run, Command command)
    {
        if (IsResult(command)) { return null; }
        if (run.State.Closed is not null)
        {
            return command is Command.SetFields or Command.SetOwner or Command.SetRole or Command.FireTimers
                or Command.Open or Command.ResolveFault or Command.ReopenProject ? null : Refuse.Conflict(Done(run, command) + Refuse.Closed(run));
        }

        if (run.State.Fault is not null)
        {
            return command is Command.SetFields or Command.SetOwner or Command.SetRole or Command.FireTimers or Command.Close
                or Command.Bypass or Command.Assign or Command.Receive or Command.ResolveFault or Command.OverrideProbability or Command.MoveTo
                ? null : Refuse.Conflict(Refuse.Faulted(run));
        }

        return run.State.Hold is not null && command is Command.Bypass or Command.Reopen or Command.MoveTo ? Refuse.Conflict(Refuse.OnHold(run)) : null;
    }

    /// <summary>Who did the task that a command is about, and when: whoever was slower reads it though the project closed with it.</summary>
    private static string Done(Run run, Command command)
    {
        int? number = command switch
        {
            Command.Complete complete => complete.Task,
            Command.Vote vote => vote.Task,
            Command.Claim claim => claim.Task,
            _ => null,
        };
        return run.State.Steps.SelectMany(s => s.Tasks).FirstOrDefault(t => t.Number == number && t.Phase == TaskPhase.Done) is { } task
            ? Refuse.Settled(run, task) + " " : "";
    }
}
