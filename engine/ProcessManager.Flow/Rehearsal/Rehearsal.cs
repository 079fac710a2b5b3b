using System.Collections.Immutable;
using ProcessManager.Language;
using ProcessManager.Language.Time;

namespace ProcessManager.Flow;

/// <summary>
/// One project of a plan on a clock that only moves when it is told to: what plan tests, the designer's rehearsal and golden
/// runs are made of. It decides nothing itself; every change goes through <see cref="Stepper.Advance"/>, as in production.
/// Not safe for use by several threads; <see cref="Fork"/> gives each its own.
/// </summary>
public sealed partial class Rehearsal
{
    /// <summary>
    /// How many rounds of timers one instant may have before it counts as a project that goes round in circles. The stepper
    /// faults such a project; this is the belt to its braces.
    /// </summary>
    private const int RoundsPerInstant = 10_000;

    private readonly Facts start;
    private readonly Sentences sentences;
    private ImmutableArray<FlowEvent> events = [];
    private ImmutableArray<JournalEntry> entries = [];
    private readonly Queue<Command> served = [];
    private bool serving;

    /// <param name="facts">People, calendars and prospect. Workload and rotation go on from here as the project hands out tasks.</param>
    /// <param name="at">The time on the clock at first.</param>
    public Rehearsal(Plan plan, Facts facts, DateTimeOffset at)
    {
        Plan = plan;
        start = facts;
        Facts = facts;
        Now = at.ToUniversalTime();
        Calendar = facts.Calendars[plan.Calendar ?? facts.Organisation.Calendar];
        sentences = new Sentences(Calendar.Zone);
    }

    public Plan Plan { get; }

    /// <summary>What the stepper is given: as at the start, with the turns and the workload of by now.</summary>
    public Facts Facts { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Null before <see cref="Command.Start"/>.</summary>
    public ProjectState? State { get; private set; }

    /// <summary>The plan's calendar: durations passed are counted in it, and the journal tells times in its zone.</summary>
    public WorkingCalendar Calendar { get; }

    /// <summary>Everything that has happened, in order.</summary>
    public ImmutableArray<FlowEvent> Events => events;

    /// <summary>The same with times and in words, together with what was asked.</summary>
    public Journal Journal => new(entries, Calendar.Zone);

    /// <summary>True (as at first) where letters are filed and children start by themselves; otherwise they are given by hand.</summary>
    public bool ServesAtOnce { get; set; } = true;

    /// <summary>True while timers run: the project is open, not on hold and not stopped by a fault.</summary>
    public bool IsRunning => State is { Closed: null, Hold: null, Fault: null };

    /// <summary>When the next timer fires; null where time alone will change nothing.</summary>
    public DateTimeOffset? NextTimer => IsRunning ? State!.Timers.Min(t => t.Due) : null;

    /// <summary>
    /// Asks for something, and lets happen what is due at this instant. What is refused changes nothing.
    /// </summary>
    public Decision Do(Command command)
    {
        var decision = Stepper.Advance(Plan, State, command, Facts, Now);
        Note(command, decision);
        Take(decision);
        if (decision is Decision.Accepted) { FireDue(); }
        return decision;
    }

    /// <summary>Lets time pass, counted in <see cref="Calendar"/>. Timers fire at their moments, in order.</summary>
    public void Pass(Duration duration) => Until(Calendar.Add(Now, duration));

    /// <summary>Lets time pass until a moment; one that is not in the future changes nothing.</summary>
    public void Until(DateTimeOffset moment)
    {
        while (NextTimer is { } next && next <= moment)
        {
            Now = next > Now ? next : Now;
            if (!FireDue()) { break; }
        }

        Now = moment > Now ? moment.ToUniversalTime() : Now;
    }

    /// <summary>The people, calendars or prospect change from outside; turns and workload stay as they have become.</summary>
    public void Learn(Func<Facts, Facts> change) => Facts = change(Facts);

    /// <summary>A rehearsal of its own that stands where this one stands: to try what would happen if.</summary>
    public Rehearsal Fork() => new(Plan, start, Now) { Facts = Facts, State = State, ServesAtOnce = ServesAtOnce, events = events, entries = entries };

    /// <returns>False where nothing was due, or what was due would not move.</returns>
    private bool FireDue()
    {
        for (var round = 0; NextTimer <= Now; round++)
        {
            var before = State;
            var decision = Stepper.Advance(Plan, State, new Command.FireTimers(), Facts, Now);
            Take(decision);
            if (decision is Decision.Refused || ReferenceEquals(before, State) || round == RoundsPerInstant) { return false; }
        }

        return true;
    }

    private void Take(Decision decision)
    {
        if (decision is not Decision.Accepted accepted) { return; }

        State = accepted.State;
        events = events.AddRange(accepted.Events);
        entries = entries.AddRange(accepted.Events.Select(e => new JournalEntry(Now, JournalMark.Happened, sentences.Of(e), e)));
        Facts = Facts with { Rotation = Turned(accepted.Events), Workload = Loaded() };
        if (ServesAtOnce) { Serve(accepted.Events.Select(Served).OfType<Command>()); }
    }

    private void Note(Command command, Decision decision)
    {
        var asked = sentences.Of(command, State);
        entries = entries.Add(decision is Decision.Refused refused
            ? new JournalEntry(Now, JournalMark.Refused, $"{asked}: {refused.Message}", null)
            : new JournalEntry(Now, JournalMark.Asked, asked, null));
    }

    private ImmutableDictionary<string, long> Turned(ImmutableArray<FlowEvent> happened) =>
        happened.OfType<FlowEvent.RotationAdvanced>().Aggregate(Facts.Rotation, (turns, e) => turns.SetItem(e.Group, e.Next));

    /// <summary>Hands over what the world does at once, one after the other, also what comes of it.</summary>
    private void Serve(IEnumerable<Command> commands)
    {
        foreach (var command in commands) { served.Enqueue(command); }
        if (serving) { return; }
        serving = true;
        while (served.TryDequeue(out var next)) { Take(Stepper.Advance(Plan, State, next, Facts, Now)); }
        serving = false;
    }

    /// <summary>
    /// What the world does at once in a rehearsal: letters are filed, and children start. The answers to requests, the closing of
    /// children and messages are given by hand.
    /// </summary>
    private static Command? Served(FlowEvent asked) => asked switch
    {
        FlowEvent.LetterRequested e => new Command.Filed(e.Step, e.Occurrence, e.Member, e.Key, $"{e.Template}.docx") { Request = e.Key },
        FlowEvent.ChildRequested e => new Command.ChildStarted(e.Step, e.Occurrence, e.Member, e.Key) { Request = e.Key },
        _ => null,
    };

    /// <summary>What people had to do at the start, and what this project has given them since.</summary>
    private ImmutableDictionary<string, int> Loaded() => State!.Steps
        .SelectMany(s => s.Tasks)
        .Concat(State.Extra)
        .Where(t => t.Phase == TaskPhase.Open && t.Assignee is not null)
        .Aggregate(start.Workload, (load, t) => load.SetItem(t.Assignee!, load.GetValueOrDefault(t.Assignee!) + 1));
}
