using System.Collections.Immutable;
using System.Text;
using ProcessManager.Flow;
using ProcessManager.Language;

namespace ProcessManager.Tests.Properties;

/// <summary>How a trial is run: who opens steps, whether the clock stops at every timer or jumps past several, and in which calendar.</summary>
internal sealed record TrialMode(Driver Driver, bool Jumps, bool Office)
{
    public Facts Facts => Office ? World.Office : World.Facts;
}

/// <summary>
/// One project of a random plan and its history: every move is put to the stepper and to the reference model, and every law is
/// looked at after each.
/// </summary>
internal sealed class Trial(RandomPlan random, Plan plan, TrialMode mode)
{
    private const int MaxOpenings = 100;
    private static readonly Sentences Sentences = new(TimeZoneInfo.Utc);

    private readonly Ledger ledger = new();
    private readonly ReferenceModel model = new(random, mode.Facts.Calendars[mode.Facts.Organisation.Calendar]);
    private readonly List<Breach> breaches = [];
    private readonly StringBuilder story = new();
    private readonly Moves moves = new(random);
    private ProjectState? state;
    private DateTimeOffset now = World.Start;
    private int move = -1;
    private int calls;
    private bool stopped;

    /// <summary>What was tried and how it ended, line by line.</summary>
    public string Story => story.ToString();

    /// <summary>How often each sort of event came.</summary>
    public Dictionary<string, int> Met { get; } = [];

    public IReadOnlyList<Breach> Run(IReadOnlyList<Move> history)
    {
        var start = moves.Start();
        Try(new Asked(start, Answer.Accepted, m => m.Start(now, start.Fields, start.Roles["crew"])));
        Settle();
        for (move = 0; move < history.Count && !stopped; move++)
        {
            if (state!.Closed is not null) { foreach (var asked in Moves.AfterClose(state)) { Try(asked); } return breaches; }

            Make(history[move]);
            Settle();
        }

        return breaches;
    }

    private void Make(Move next)
    {
        switch (next.Kind)
        {
            case MoveKind.NextTimer:
                if (NextDue is { } due) { Pass(due); }
                break;
            case MoveKind.PassHours or MoveKind.JumpHours:
                Pass(now.AddHours(next.A % 50), jump: mode.Jumps && next.Kind == MoveKind.JumpHours);
                break;
            default:
                if (moves.Of(next, state!, now, ledger.SettledTasks) is { } asked) { Try(asked); }
                break;
        }
    }

    private bool IsRunning => !stopped && state is { Closed: null, Hold: null, Fault: null };

    private DateTimeOffset? NextDue => IsRunning ? state!.Timers.Min(t => t.Due) : null;

    private void Pass(DateTimeOffset until, bool jump = false)
    {
        while (!jump && NextDue is { } due && due <= until)
        {
            now = due > now ? due : now;
            Settle();
        }

        now = until > now ? until : now;
    }

    /// <summary>Fires what is due and opens what is ready, as the worker and the driver would; then everything must agree.</summary>
    private void Settle()
    {
        for (var round = 0; !stopped && state is { Hold: null, Fault: null } && (NextDue <= now || FirstReady is not null); round++)
        {
            var before = state;
            if (FirstReady is { } ready) { Try(new Asked(new Command.Open(ready.Id, ready.Occurrence + 1), Answer.Accepted, null)); }
            else { Try(new Asked(new Command.FireTimers(), Answer.Accepted, m => m.FireTimers(now))); }

            if (round == MaxOpenings && mode.Driver == Driver.External) { stopped = true; }   // it goes round in circles, and no single call can see that
            if (ReferenceEquals(before, state)) { Fail(Law.NeverDeadlocks, $"what is due at {NextDue:u} does not happen"); stopped = true; }
        }

        if (stopped || state is null) { return; }

        NotDeadlocked();
        ClosedIsClosed();
        if (Disagreement() is { } difference) { Fail(Law.AgreesWithModel, difference); stopped = true; }
        if (state.Fault is not null) { stopped = true; }
    }

    private StepState? FirstReady => state!.Steps.FirstOrDefault(s => s.Phase == StepPhase.Ready);

    // ---- one call ----

    private void Try(Asked asked)
    {
        if (stopped) { return; }

        var decision = Advance(state, asked.Command);
        story.Append(FormattableString.Invariant($"{move,3} {now:MM-dd HH:mm} {Sentences.Of(asked.Command, state)} → {Answered(decision)}")).Append('\n');
        if (decision is null) { return; }

        if (++calls % 4 == 0) { Repeat(asked.Command, decision); }
        if (asked.Answer != Answer.Either && asked.Answer != (decision is Decision.Accepted ? Answer.Accepted : Answer.Refused))
        {
            Fail(asked.Answer == Answer.Accepted ? Law.AppliesWhatApplies : Law.RefusesWhatDoesNot, $"{asked.Command} → {Answered(decision)}");
        }

        if (decision is not Decision.Accepted accepted) { return; }

        foreach (var name in accepted.Events.Select(e => e is FlowEvent.StepSettled { Phase: not StepPhase.Done } settled ? settled.Phase.ToString() : e.GetType().Name)) { Met[name] = Met.GetValueOrDefault(name) + 1; }

        ledger.Take(state, accepted.Events, accepted.State);
        foreach (var (law, message) in ledger.Wrong) { Fail(law, message); }

        ledger.Wrong.Clear();
        Follow(asked);
        state = accepted.State;
    }

    private void Follow(Asked asked)
    {
        try
        {
            asked.Model?.Invoke(model);
        }
        catch (InvalidOperationException lost)   // a step of another stage: they parted ways before
        {
            Fail(Law.AgreesWithModel, $"the model can't follow: {lost.Message}");
            stopped = true;
        }
    }

    private Decision? Advance(ProjectState? from, Command command)
    {
        try
        {
            return Stepper.Advance(plan, from, command, mode.Facts, now, mode.Driver);
        }
        catch (Exception thrown)   // the law is that there is none
        {
            Fail(Law.NeverThrows, $"{command} threw {thrown}");
            stopped = true;
            return null;
        }
    }

    private void Repeat(Command command, Decision decision)
    {
        var again = Stored.Text(Advance(state, command));
        if (again != Stored.Text(decision)) { Fail(Law.SameInputSameOutput, $"{command} gave another answer the second time"); }
        if (state is null) { return; }

        var stored = Stored.RoundTrip(state, plan);
        if (Stored.Text(stored) != Stored.Text(state)) { Fail(Law.SurvivesStorage, "a stored state is not what it was"); }
        if (Stored.Text(Advance(stored, command)) != again) { Fail(Law.SurvivesStorage, $"{command} gave another answer after storing the state"); }
    }

    private static string Answered(Decision? decision) => decision switch
    {
        Decision.Accepted accepted => $"{accepted.Events.Length} events",
        Decision.Refused refused => $"refused ({refused.Reason}): {refused.Message}",
        _ => "threw",
    };

    // ---- laws about the whole ----

    private void NotDeadlocked()
    {
        if (!IsRunning) { return; }

        var awaited = state!.Steps.Any(s => s.Tasks.Any(t => t.Phase == TaskPhase.Open)
            || (s.Phase == StepPhase.Open && plan.FindStep(s.Id)!.Kind is EmailKind { WaitForDelivery: true } or LetterKind or ReceiveKind or HttpKind or StartKind)
            || (!s.IsSettled && state.Timers.Any(t => t.Step == s.Id && t.Kind is TimerKind.Wait or TimerKind.Open or TimerKind.Expire)));
        if (!awaited) { Fail(Law.NeverDeadlocks, "nothing is open and no time is awaited"); }
    }

    private void ClosedIsClosed()
    {
        if (state!.Closed is null) { return; }

        if (state.Extra.Any(t => t.Phase == TaskPhase.Open) || !state.Messages.IsEmpty) { Fail(Law.ClosedIsClosed, "a closed project has an added task or a message"); }
        if (state.Steps.Any(s => s.Members.Any(m => m.Phase == StepPhase.Open))) { Fail(Law.ClosedIsClosed, "a closed project has a member's part open"); }
        if (state.Steps.Any(s => s.Phase is StepPhase.Open or StepPhase.Ready || s.Tasks.Any(t => t.Phase == TaskPhase.Open))) { Fail(Law.ClosedIsClosed, "a closed project has something open"); }
        if (!state.Timers.IsEmpty) { Fail(Law.ClosedIsClosed, $"a closed project has the timer {state.Timers[0].Key}"); }
    }

    /// <summary>Where the model and the stepper differ; null where they agree.</summary>
    private string? Disagreement()
    {
        if (model.Faulted != (state!.Fault is not null)) { return $"the model {(model.Faulted ? "goes round in circles" : "comes to rest")}, the stepper says {state.Fault ?? "nothing"}"; }
        if (model.Faulted) { return null; }
        if (model.Closed != state.Closed) { return $"the model is {(model.Closed is { } closed ? $"closed as {closed}" : "open")}, the stepper {(state.Closed is { } c ? $"closed as {c}" : "open")}"; }
        if (model.Stage?.Id != state.Stage || model.Visits != state.Visit) { return $"the model is in visit {model.Visits}, {model.Stage?.Id}, the stepper in visit {state.Visit}, {state.Stage}"; }
        if (model.Probability != state.Probability) { return $"the model has {model.Probability} %, the stepper {state.Probability} %"; }

        if (!model.Kept.SequenceEqual(state.Messages.Select(m => m.Key))) { return $"the model keeps {string.Join(", ", model.Kept)}, the stepper {string.Join(", ", state.Messages.Select(m => m.Key))}"; }
        foreach (var expected in model.Steps)
        {
            var found = state.FindStep(expected.Id)!;
            if ((found.Phase, found.Outcome) != (expected.Phase, expected.Outcome) && state.Closed is null)
            {
                return $"{expected.Id} is {expected.Phase} {expected.Outcome} in the model, {found.Phase} {found.Outcome} in the stepper";
            }

            var (one, other) = (Members(expected.Members.Select(m => (m.Id, m.Phase, m.Outcome))), Members(found.Members.Select(m => (m.Id, m.Phase, m.Outcome))));
            if (expected.Phase == StepPhase.Open && one != other) { return $"of {expected.Id} the model has {one}, the stepper {other}"; }
        }

        return null;
    }

    private static string Members(IEnumerable<(string Id, StepPhase Phase, string? Outcome)> members) =>
        string.Join(", ", members.Select(m => $"{m.Id} {m.Phase} {m.Outcome}"));

    private void Fail(Law law, string message) => breaches.Add(new Breach(law, move, message));
}
