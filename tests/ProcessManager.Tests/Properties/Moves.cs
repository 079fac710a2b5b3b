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
    private static readonly ImmutableSortedDictionary<string, object?> Nothing = ImmutableSortedDictionary<string, object?>.Empty;

    public Command.Start Start() => new("pat", Nothing.Add("n", (decimal)(plan.Stages.Length * 2)), ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty)
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
            MoveKind.Complete => On(open.Where(o => o.Task.Member is null), move.A, o => Complete(o.Step, o.Task, move, now, held)),
            MoveKind.Vote => On(open.Where(o => o.Task.Member is not null), move.A, o => Vote(state, o.Step, o.Task, move, now, held)),
            MoveKind.Deliver => On(Unsettled(state).Where(s => s.Step.Kind == Kind.AwaitedEmail && s.State.Phase == StepPhase.Open), move.A, o => Deliver(o.Step, o.State, move, now, held)),
            MoveKind.Claim => On(open.Where(o => o.Task is { Assignee: null, Group: not null }), move.A, o => new Asked(
                new Command.Claim(o.Task.Number) { Actor = Member(o.Task.Group!, move.B) }, held ? Answer.Either : Answer.Accepted, null)),
            MoveKind.Release => On(open.Where(o => o.Task is { Assignee: not null, Group: not null, Member: null }), move.A, o => new Asked(
                new Command.Release(o.Task.Number) { Actor = o.Task.Assignee }, held ? Answer.Either : Answer.Accepted, null)),
            MoveKind.Assign => On(open.Where(o => o.Task.Member is null), move.A, o => new Asked(
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
            MoveKind.Nonsense => Nonsense(move, state, open.Select(o => o.Task).ToList(), [.. settledTasks]),
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
        var outcome = step.Outcomes[move.B % step.Outcomes.Length];
        var fields = outcome.Deed is Deed.Redo { Later.Anchor: not null } && step.Kind == Kind.Task ? Nothing.Add("day", Day(move.C)) : Nothing;
        if (step.Lines.Contains("form: [n]") && move.C % 2 == 0) { fields = fields.Add("n", (decimal)(move.C % 10)); }

        var named = step.Outcomes.Length > 1 || move.C % 3 == 0 ? outcome.Id : null;
        return new Asked(
            new Command.Complete(task.Number, named, fields) { Actor = task.Assignee ?? Member(task.Group!, move.C) },
            held ? Answer.Refused : Answer.Accepted, m => m.Complete(now, step.Id, named, fields));
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

    private static Asked Deliver(RandomStep step, StepState state, Move move, DateTimeOffset now, bool held) => new(
        new Command.Delivered(step.Id, state.Occurrence, move.B % 4 != 0, move.B % 4 != 0 ? null : "mailbox full"),
        held ? Answer.Either : Answer.Accepted, m => m.Delivered(now, step.Id, move.B % 4 != 0));

    private static Asked Bypass(RandomStep step, StepState state, Move move, DateTimeOffset now, bool held)
    {
        var outcome = step.Outcomes.Length > 1 ? step.Outcomes[move.B % step.Outcomes.Length].Id : null;
        return new Asked(
            new Command.Bypass(step.Id, outcome, "it is not needed") { Actor = "root" }, held ? Answer.Either : Answer.Accepted,
            m => m.Bypass(now, step.Id, outcome ?? step.Outcomes.FirstOrDefault()?.Id));
    }

    private static Asked SetFields(ImmutableSortedDictionary<string, object?> fields, DateTimeOffset now) =>
        new(new Command.SetFields(fields) { Actor = "pat" }, Answer.Accepted, m => m.Set(now, fields));

    private static ImmutableSortedDictionary<string, object?> SomeFields(Move move) => (move.A % 4) switch
    {
        0 => Nothing.Add("n", move.B % 5 == 0 ? null : (decimal)(move.B % 12)),
        1 => Nothing.Add("flag", move.B % 2 == 0),
        2 => Nothing.Add("day", move.B % 6 == 0 ? null : Day(move.C)),
        _ => Nothing.Add("day", Day(move.C)).Add("n", (decimal)(move.B % 12)),
    };

    private static Asked? Nonsense(Move move, ProjectState state, List<TaskState> open, List<int> settled)
    {
        var done = state.Steps.FirstOrDefault(s => s.IsSettled);
        Command? command = (move.A % 12) switch
        {
            0 => new Command.Complete(9_999, null, Nothing) { Actor = "root" },
            1 => On(open.Where(t => t.Member is null), move.B, t => new Command.Vote(t.Number, true, Nothing) { Actor = "root" }),
            2 => On(open.Where(t => t.Member is not null), move.B, t => new Command.Complete(t.Number, "approved", Nothing) { Actor = "root" }),
            3 => new Command.Bypass("nowhere", null, "because") { Actor = "root" },
            4 => done is null ? null : new Command.Bypass(done.Id, null, "again") { Actor = "root" },
            5 => new Command.Start("pat", Nothing, ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty) { Actor = "sam" },
            6 => On(open.Where(t => t.Member is null), move.B, t => new Command.Complete(t.Number, "never-heard-of", Nothing) { Actor = "root" }),
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
