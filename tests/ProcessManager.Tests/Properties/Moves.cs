using System.Collections.Immutable;
using ProcessManager.Flow;
using ProcessManager.Language;

namespace ProcessManager.Tests.Properties;

/// <summary>What must be the answer to a command.</summary>
internal enum Answer { Accepted, Refused, Either }

/// <param name="Model">The same for the reference model, when it was accepted.</param>
internal sealed record Asked(Command Command, Answer Answer, Action<ReferenceModel>? Model);

/// <summary>Turns a move into a command that means something where the project stands.</summary>
internal sealed class Moves(RandomPlan plan)
{
    private static readonly ImmutableSortedDictionary<string, ImmutableArray<string>> Roles = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;
    private static readonly ImmutableSortedDictionary<string, object?> Nothing = ImmutableSortedDictionary<string, object?>.Empty;

    public Command.Start Start() => new("pat", Nothing.Add("n", (decimal)(plan.Stages.Length * 2)), Roles.Add("crew", ["ann", "bob"]))
    {
        Actor = "sam",
    };

    /// <returns>Null where there is nothing of this sort to do.</returns>
    public Asked? Of(Move move, ProjectState state, DateTimeOffset now, IEnumerable<int> settledTasks)
    {
        var held = state.Hold is not null;
        var open = state.Steps.SelectMany(s => s.Tasks.Where(t => t.Phase == TaskPhase.Open).Select(t => (Step: StepOf(state, s.Id), Task: t))).ToList();
        return move.Kind switch
        {
            MoveKind.Complete => On(open.Where(o => o.Step.Kind != Kind.Approval), move.A, o => Complete(o.Step, o.Task, move, now, held)),
            MoveKind.Vote => On(open.Where(o => o.Step.Kind == Kind.Approval), move.A, o => Vote(state, o.Step, o.Task, move, now, held)),
            MoveKind.Deliver => On(Unsettled(state).Where(s => s.State.Phase == StepPhase.Open).SelectMany(Asking), move.A, o => Deliver(o.Step, o.State, o.Member, move, now)),
            MoveKind.Message => Message(move, now),
            MoveKind.Late => On(state.Steps.Where(s => s.Phase != StepPhase.Open && s.Occurrence > 0 && Asks(StepOf(state, s.Id))), move.A, s => Late(StepOf(state, s.Id), s, move)),
            MoveKind.Crew => Crew(move, now),
            MoveKind.AddTask => new Asked(new Command.AddTask("More to do", null, move.A % 2 == 0 ? "ann" : null, null, null, Priority.Normal) { Actor = "pat" }, Answer.Accepted, null),
            MoveKind.Claim => On(open.Where(o => o.Task is { Assignee: null, Group: not null }), move.A, o => new Asked(
                new Command.Claim(o.Task.Number) { Actor = Member(o.Task.Group!, move.B) }, held ? Answer.Either : Answer.Accepted, null)),
            MoveKind.Release => On(open.Where(o => o.Task is { Assignee: not null, Group: not null } && o.Step.Kind != Kind.Approval), move.A, o => new Asked(
                new Command.Release(o.Task.Number) { Actor = o.Task.Assignee }, held ? Answer.Either : Answer.Accepted, null)),
            MoveKind.Assign => On(open.Where(o => o.Step.Kind != Kind.Approval), move.A, o => new Asked(
                move.B % 3 == 0 ? new Command.Assign(o.Task.Number, null, "team") { Actor = "root" } : new Command.Assign(o.Task.Number, World.Team[move.B % 3], null) { Actor = "root" }, Answer.Either, null)),
            MoveKind.SetDue => On(open, move.A, o => new Asked(
                new Command.SetDue(o.Task.Number, move.B % 5 == 0 ? null : now.AddHours((move.B % 60) - 5)) { Actor = "root" }, held ? Answer.Either : Answer.Accepted, null)),
            MoveKind.SetPriority => On(open, move.A, o => new Asked(new Command.SetPriority(o.Task.Number, (Priority)(move.B % 4)) { Actor = "root" }, held ? Answer.Either : Answer.Accepted, null)),
            MoveKind.SetFields => SetFields(SomeFields(move), now),
            MoveKind.SetOwner => new Asked(new Command.SetOwner(World.Team[move.A % 3]) { Actor = "root" }, Answer.Either, null),
            MoveKind.Bypass => On(Unsettled(state), move.A, o => Bypass(o.Step, o.State, move, now, held)),
            MoveKind.Hold => new Asked(new Command.PutOnHold("a pause") { Actor = "pat" }, held ? Answer.Refused : Answer.Accepted, m => m.Hold(now)),
            MoveKind.Resume => new Asked(new Command.Resume { Actor = "pat" }, held ? Answer.Accepted : Answer.Refused, m => m.Resume(now)),
            MoveKind.Close => new Asked(new Command.Close((CloseResult)(move.A % 3), null, null) { Actor = "pat" }, Answer.Accepted, m => m.Close(now, (CloseResult)(move.A % 3))),
            MoveKind.Nonsense => Nonsense(move, state, open, [.. settledTasks]),
            _ => null,
        };
    }

    /// <summary>Nothing of this may be done to a closed project.</summary>
    public static IEnumerable<Asked> AfterClose(ProjectState state) =>
        new Command[]
        {
            new Command.Complete(1, null, Nothing), new Command.Vote(1, true, Nothing), new Command.Claim(1), new Command.Assign(1, "ann", null),
            new Command.Bypass(state.Steps.FirstOrDefault()?.Id ?? "a1", null, "why not"), new Command.PutOnHold("a pause"), new Command.Resume(),
            new Command.Close(CloseResult.Lost, null, null), new Command.Start("pat", Nothing, ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty),
        }.Select(c => new Asked(c with { Actor = "root" }, Answer.Refused, null));

    private static Asked Complete(RandomStep step, TaskState task, Move move, DateTimeOffset now, bool held)
    {
        ImmutableArray<string> choices = step.Each?.Choices ?? [.. step.Outcomes.Select(o => o.Id)];
        var chosen = choices[move.B % choices.Length];
        var later = step.Each is null && step.Kind == Kind.Task && step.Outcomes.Any(o => o.Id == chosen && o.Deed is Deed.Redo { Later.Anchor: not null });
        var fields = later ? Nothing.Add("day", Day(move.C)) : Nothing;
        if (step.Lines.Contains("form: [n]") && move.C % 2 == 0) { fields = fields.Add("n", (decimal)(move.C % 10)); }

        var named = choices.Length > 1 || move.C % 3 == 0 ? chosen : null;
        return new Asked(
            new Command.Complete(task.Number, named, fields) { Actor = task.Assignee ?? Member(task.Group!, move.C) },
            held ? Answer.Refused : Answer.Accepted, m => m.Complete(now, step.Id, step.Each is null ? null : task.Member, chosen, fields));
    }

    private static Asked Vote(ProjectState state, RandomStep step, TaskState task, Move move, DateTimeOffset now, bool held)
    {
        var voters = state.FindStep(step.Id)!.Tasks.Length;
        var approve = move.B % 3 != 0;
        var fields = !approve && step.Outcomes[1].Deed is Deed.Redo { Later.Anchor: not null } ? Nothing.Add("day", Day(move.C)) : Nothing;
        return new Asked(
            new Command.Vote(task.Number, approve, fields) { Actor = task.Assignee }, held ? Answer.Refused : Answer.Accepted,
            m => m.Vote(now, step.Id, approve, voters, fields));
    }

    private static bool Asks(RandomStep step) => step.Kind is Kind.AwaitedEmail or Kind.Letter or Kind.Http or Kind.Start or Kind.AwaitedStart;

    /// <summary>The step, or each member's part of it, where it waits for the world.</summary>
    private static IEnumerable<(RandomStep Step, StepState State, string? Member)> Asking((RandomStep Step, StepState State) of) =>
        !Asks(of.Step) ? []
        : of.Step.Each is null ? [(of.Step, of.State, null)]
        : of.State.Members.Where(m => m.Phase == StepPhase.Open).Select(m => (of.Step, of.State, (string?)m.Id));

    private static Asked Deliver(RandomStep step, StepState state, string? member, Move move, DateTimeOffset now)
    {
        var (id, occurrence, fine) = (step.Id, state.Occurrence, move.B % 4 != 0);
        var error = fine ? null : "it did not work";
        Asked Answers(Command command, string outcome, decimal? n = null) => new(command, Answer.Accepted, m => m.Result(now, id, member, outcome, n));
        switch (step.Kind)
        {
            case Kind.AwaitedEmail:
                return Answers(new Command.Delivered(id, occurrence, fine, error) { Member = member }, fine ? "sent" : "failed");
            case Kind.Letter:
                return Answers(new Command.Filed(id, occurrence, member, $"document {move.C}", "A letter"), "done");
            case Kind.Http:
                var n = (decimal)(move.C % 12);
                return Answers(new Command.Answered(id, occurrence, member, fine, new Dictionary<string, object?> { ["n"] = n }, error), fine ? "done" : "failed", fine ? n : null);
            case Kind.Start:
                return Answers(new Command.ChildStarted(id, occurrence, member, $"child {move.C}"), "started");
            default:
                var child = member is null ? state.Child : state.Members.Last(m => m.Id == member && m.Phase == StepPhase.Open).Child;
                return child is null ? new Asked(new Command.ChildStarted(id, occurrence, member, $"child {move.C}"), Answer.Accepted, null)
                    : Answers(new Command.ChildClosed(id, occurrence, member, child, (CloseResult)(move.C % 3)), ((CloseResult)(move.C % 3)).ToString().ToLowerInvariant());
        }
    }

    /// <summary>What comes when nobody waits for it any more is recorded, and changes nothing.</summary>
    private static Asked Late(RandomStep step, StepState state, Move move)
    {
        var member = step.Each is null ? null : move.B % 2 == 0 ? "ann" : "red";
        Command command = step.Kind switch
        {
            Kind.AwaitedEmail => new Command.Delivered(step.Id, state.Occurrence, true, null) { Member = member },
            Kind.Letter => new Command.Filed(step.Id, state.Occurrence, member, $"late document {move.C}", "A letter"),
            Kind.Http => new Command.Answered(step.Id, state.Occurrence, member, move.B % 2 == 0, null, null),
            _ => new Command.ChildStarted(step.Id, state.Occurrence, member, $"late child {move.C}"),
        };
        return new Asked(command, Answer.Accepted, null);
    }

    private Asked Message(Move move, DateTimeOffset now)
    {
        var (name, key) = (move.A % 2 == 0 ? "ping" : "pong", $"message {move.B % 40}");
        decimal? n = move.C % 2 == 0 ? move.C % 12 : null;
        var known = plan.Stages.SelectMany(s => s.Steps).Any(s => s.Message == name);
        return new Asked(
            new Command.Receive(name, key, n is null ? Nothing : Nothing.Add("n", n)), known ? Answer.Accepted : Answer.Either,
            m => m.Receive(now, name, key, n));
    }

    private static Asked Crew(Move move, DateTimeOffset now)
    {
        string[] crew = [.. World.Team.Append("dee").Where((_, i) => (move.A >> i) % 2 == 0)];
        return new Asked(new Command.SetRole("crew", [.. crew]) { Actor = "pat" }, Answer.Accepted, m => m.FillCrew(now, crew));
    }

    private static Asked Bypass(RandomStep step, StepState state, Move move, DateTimeOffset now, bool held)
    {
        var outcome = step.Outcomes.Length > 1 ? step.Outcomes[move.B % step.Outcomes.Length].Id : null;
        return new Asked(
            new Command.Bypass(step.Id, outcome, "it is not needed") { Actor = "root" }, held ? Answer.Either : Answer.Accepted,
            m => m.Bypass(now, step.Id, outcome ?? step.Outcomes.FirstOrDefault()?.Id));
    }

    private static Asked SetFields(ImmutableSortedDictionary<string, object?> fields, DateTimeOffset now) =>
        new(new Command.SetFields(fields) { Actor = "pat" }, Answer.Accepted, m => m.Set(now, fields));

    private static ImmutableSortedDictionary<string, object?> SomeFields(Move move) => (move.A % 6) switch
    {
        4 => Nothing.Add("people", World.Team.Where((_, i) => (move.B >> i) % 2 == 0).ToArray()),
        5 => Nothing.Add("colours", new[] { "red", "green", "blue" }.Where((_, i) => (move.B >> i) % 2 == 0).ToArray()),
        0 => Nothing.Add("n", move.B % 5 == 0 ? null : (decimal)(move.B % 12)),
        1 => Nothing.Add("flag", move.B % 2 == 0),
        2 => Nothing.Add("day", move.B % 6 == 0 ? null : Day(move.C)),
        _ => Nothing.Add("day", Day(move.C)).Add("n", (decimal)(move.B % 12)),
    };

    private static Asked? Nonsense(Move move, ProjectState state, List<(RandomStep Step, TaskState Task)> work, List<int> settled)
    {
        var (open, votes) = (work.Select(w => w.Task).ToList(), work.Where(w => w.Step.Kind == Kind.Approval).Select(w => w.Task).ToList());
        var tasks = open.Except(votes).ToList();
        var done = state.Steps.FirstOrDefault(s => s.IsSettled);
        Command? command = (move.A % 12) switch
        {
            0 => new Command.Complete(9_999, null, Nothing) { Actor = "root" },
            1 => On(tasks, move.B, t => new Command.Vote(t.Number, true, Nothing) { Actor = "root" }),
            2 => On(votes, move.B, t => new Command.Complete(t.Number, "approved", Nothing) { Actor = "root" }),
            3 => new Command.Bypass("nowhere", null, "because") { Actor = "root" },
            4 => done is null ? null : new Command.Bypass(done.Id, null, "again") { Actor = "root" },
            5 => new Command.Start("pat", Nothing, ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty) { Actor = "sam" },
            6 => On(tasks, move.B, t => new Command.Complete(t.Number, "never-heard-of", Nothing) { Actor = "root" }),
            7 => new Command.SetFields(Nothing.Add("nothing-like-it", "x")) { Actor = "pat" },
            8 => new Command.SetFields(Nothing.Add("n", "many")) { Actor = "pat" },
            9 => On(settled, move.B, n => new Command.Complete(n, null, Nothing) { Actor = "root" }),
            10 => On(open, move.B, t => new Command.Complete(t.Number, null, Nothing) { Actor = "a-stranger" }),
            _ => state.Steps.FirstOrDefault(s => s.Phase == StepPhase.Open) is { } running ? new Command.Open(running.Id, running.Occurrence) : null,
        };
        return command is null ? null : new Asked(command, Answer.Refused, null);
    }

    private IEnumerable<(RandomStep Step, StepState State)> Unsettled(ProjectState state) =>
        state.Steps.Where(s => !s.IsSettled).Select(s => (StepOf(state, s.Id), s));

    private RandomStep StepOf(ProjectState state, string id) => plan.StageOf(state.Stage!).Steps.Single(s => s.Id == id);

    private static string Member(string group, int number) => group == "desk" ? "dee" : World.Team[number % World.Team.Length];

    private static DateOnly Day(int number) => DateOnly.FromDateTime(World.Start.UtcDateTime).AddDays((number % 20) - 3);

    private static TOut? On<TIn, TOut>(IEnumerable<TIn> among, int number, Func<TIn, TOut> make) where TOut : class
    {
        var all = among.ToList();
        return all.Count == 0 ? null : make(all[number % all.Count]);
    }
}
