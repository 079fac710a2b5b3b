using System.Collections.Immutable;
using ProcessManager.Flow.Steps;
using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>What people do with tasks, and why not.</summary>
internal static class TaskCommands
{
    public static Decision.Refused? Complete(Run run, Command.Complete command) => With(run, command.Task, work: true, (index, task) =>
    {
        var step = run.Step(index);
        if (step.Kind is ApprovalKind) { return Refuse.Invalid($"Task {task.Number} is a vote: please approve or reject."); }
        var ids = step.Choices.Select(o => o.Id).ToArray();
        if (command.Outcome is null && ids.Length > 1) { return Refuse.Invalid($"Please choose an outcome: {Words.Or(ids)}."); }
        var chosen = command.Outcome ?? ids.FirstOrDefault() ?? "done";
        if (!ids.Contains(chosen)) { return Refuse.Invalid($"There is no outcome “{chosen}”; please choose {Words.Or(ids)}."); }
        if (Fill(run, index, chosen, command.Fields, out var fields) is { } refused) { return refused; }
        Write(run, fields);
        TaskStep.Complete(run, index, Tasks.Find(run, index, task.Number)!, chosen);
        return null;
    });

    public static Decision.Refused? Vote(Run run, Command.Vote command) => With(run, command.Task, work: true, (index, task) =>
    {
        var step = run.Step(index);
        if (step.Kind is not ApprovalKind) { return Refuse.Invalid($"Task {task.Number} isn't a vote."); }
        if (run.Actor is { } actor && run[index].Tasks.FirstOrDefault(t => t.Phase == TaskPhase.Done && t.By == actor) is { } voted)
        {
            return Refuse.Conflict($"{Words.Person(run.Facts, actor)} has voted already, {Words.At(run, voted.SettledAt ?? run.Now)}: everybody has one vote.");
        }

        var outcome = command.Approve ? ApprovalStep.Approved : ApprovalStep.Rejected;
        if (Fill(run, index, outcome, command.Fields, out var fields) is { } refused) { return refused; }
        Write(run, fields);
        ApprovalStep.Vote(run, index, Tasks.Find(run, index, task.Number)!, command.Approve);
        return null;
    });

    public static Decision.Refused? Claim(Run run, Command.Claim command) => With(run, command.Task, work: false, (index, task) =>
    {
        if (task.Assignee is { } holder) { return Refuse.Conflict(Taken(run, task, holder)); }
        if (task.Group is not { } group) { return Refuse.Invalid($"Task {task.Number} is in no group's queue."); }
        if (Rights.ClaimRefusal(run, run.Step(index), task) is { } refused) { return Refuse.Forbidden(refused); }
        Notices.Claimed(run, index, Tasks.Assign(run, index, task, run.Actor, group, null));
        return null;
    }, rights: false);

    public static Decision.Refused? Release(Run run, Command.Release command) => With(run, command.Task, work: false, (index, task) =>
    {
        if (task.Group is null || run.Step(index).Kind is ApprovalKind) { return Refuse.Invalid($"Task {task.Number} came from no group's queue."); }
        if (task.Assignee is null) { return Refuse.Conflict($"Task {task.Number} is claimed by nobody."); }
        Tasks.Assign(run, index, task, null, task.Group, null);
        return null;
    });

    public static Decision.Refused? Assign(Run run, Command.Assign command) => With(run, command.Task, work: false, (index, task) =>
    {
        if (command.Person is null == command.Group is null) { return Refuse.Invalid("Please name a person or a group."); }
        if (command.Group is { } group)
        {
            if (run.Step(index).Kind is ApprovalKind) { return Refuse.Invalid($"Task {task.Number} is one person's vote: a group can't cast it."); }
            if (!run.Facts.Directory.Groups.ContainsKey(group)) { return Refuse.Invalid($"There is no group “{group}”."); }
            Tasks.Assign(run, index, task, null, group, null);
            return null;
        }

        var person = command.Person!;
        if (!run.Facts.Directory.People.TryGetValue(person, out var member)) { return Refuse.Invalid($"Nobody with the sign-in name “{person}” works here."); }
        if (member.Disabled) { return Refuse.Invalid($"{member.DisplayName} doesn't work here any more."); }
        if (Assignment.Excepted(run, run.Step(index).Kind.Work!.Assign).Contains(person))
        {
            return Refuse.Invalid($"Task {task.Number} has to be done by somebody else: {member.DisplayName} is left out of it.");
        }

        if (run.Step(index).Kind is ApprovalKind && run[index].Tasks.Any(t => t.Number != task.Number && (t.Member == person || t.Assignee == person || t.By == person)))
        {
            return Refuse.Invalid($"{member.DisplayName} votes already: everybody has one vote.");
        }

        Tasks.Assign(run, index, task, person, task.Group, null);
        return null;
    });

    public static Decision.Refused? SetDue(Run run, Command.SetDue command) => With(run, command.Task, work: false, (index, task) =>
    {
        DateTimeOffset? due = command.Due is { } given ? DateTimeOffset.FromUnixTimeMilliseconds(given.ToUnixTimeMilliseconds()) : null;
        Tasks.SetDue(run, index, task, due, byHand: true, null);
        return null;
    });

    public static Decision.Refused? SetPriority(Run run, Command.SetPriority command) => With(run, command.Task, work: false, (index, task) =>
    {
        Tasks.SetPriority(run, index, task, command.Priority, null);
        return null;
    });

    /// <param name="work">True where the command settles work, which stands still on hold.</param>
    private static Decision.Refused? With(Run run, int number, bool work, Func<int, TaskState, Decision.Refused?> act, bool rights = true)
    {
        foreach (var index in run.Indexes)
        {
            if (run[index].Tasks.FirstOrDefault(t => t.Number == number) is not { } task) { continue; }
            using var turn = run.ForMember(run.Step(index).Each is null ? null : task.Member);
            if (task.Phase != TaskPhase.Open) { return Refuse.Conflict(Refuse.Settled(run, task)); }
            if (work && run.State.Hold is not null) { return Refuse.Conflict(Refuse.OnHold(run)); }
            return rights && Rights.Refusal(run, run.Step(index), task) is { } refused ? Refuse.Forbidden(refused) : act(index, task);
        }

        return number > 0 && number < run.State.NextTask
            ? Refuse.Conflict($"Task {number} is over: its step was set back or its stage was left.")
            : Refuse.NotFound($"There is no task {number} in this project.");
    }

    private static Decision.Refused? Fill(
        Run run, int index, string outcome, ImmutableSortedDictionary<string, object?> given, out ImmutableSortedDictionary<string, object?> fields)
    {
        var step = run.Step(index);
        var choices = step.Choices;
        var chosen = choices.FirstOrDefault(o => o.Id == outcome);
        FormField[] asked = [.. step.Kind.Work!.Form, .. chosen?.Ask ?? []];
        var alsoRequired = chosen?.Effect is Effect.Redo { When.Anchor: Language.Time.Anchor.FieldValue on } ? on.Field : null;
        HashSet<string> allowed = [.. asked.Select(f => f.Field), .. choices.SelectMany(o => o.Ask).Select(f => f.Field)];
        if (alsoRequired is not null) { allowed.Add(alsoRequired); }
        var unfit = Required.Fit(run, given, allowed, out fields);
        var missing = Required.Missing(run, asked, unfit is null ? fields : given, alsoRequired);
        return Words.Join(" ", unfit, missing) is { } problem ? Refuse.Invalid(problem) : null;
    }

    private static void Write(Run run, ImmutableSortedDictionary<string, object?> fields)
    {
        foreach (var (id, value) in fields) { FieldValues.Write(run, id, value, null); }
    }

    public static string Taken(Run run, TaskState task, string holder)
    {
        var since = Words.At(run, task.AssignedAt ?? task.OpenedAt);
        return holder == run.Actor ? $"Task {task.Number} is yours already, since you got it {since}."
            : task.AssignedAt is null ? $"Task {task.Number} went to {Words.Person(run.Facts, holder)} {since}."
            : $"Task {task.Number} was claimed by {Words.Person(run.Facts, holder)} {since}.";
    }
}
