using System.Collections.Immutable;
using ProcessManager.Language;
using ProcessManager.Language.Expressions;
using ProcessManager.Language.Time;

namespace ProcessManager.Flow;

/// <summary>
/// The working copy of one decision: the state while it changes, the events so far, and what is left to do at this
/// instant. Lives for one call of <see cref="Stepper.Advance"/>.
/// </summary>
internal sealed class Run
{
    /// <summary>Automatic openings and stage entries at one instant, and occurrences of one step in one visit (rule 11).</summary>
    public const int Limit = 1000;

    private readonly List<StepState> states = [];
    private readonly ImmutableArray<FlowEvent>.Builder events = ImmutableArray.CreateBuilder<FlowEvent>();
    private ImmutableArray<int> onClose = [];
    private readonly ProjectState before;
    private int automatic;

    public Run(Plan plan, ProjectState state, Facts facts, DateTimeOffset now, Driver driver, string? actor)
    {
        (Plan, State, Facts, Now, Driver, Actor) = (plan, state, facts, now, driver, actor);
        before = state;
        Timers = [.. state.Timers];
        Calendar = Calendars.Of(plan, facts);
        Values = new Values(this, forPeople: false);
        Stage = state.Stage is { } id ? plan.FindStage(id) : null;
        onClose = state.Closed is { } result ? OnCloseOf(result) : [];
        Load();
    }

    public Plan Plan { get; }
    public Facts Facts { get; }
    public DateTimeOffset Now { get; }
    public Driver Driver { get; }
    public string? Actor { get; }

    /// <summary>The plan's; <see cref="Calendars"/> says which one counts for a task.</summary>
    public WorkingCalendar Calendar { get; }
    public Values Values { get; }

    /// <summary>The project's own part; its steps and timers are those of <see cref="this[int]"/> and <see cref="Timers"/>.</summary>
    public ProjectState State { get; set; }
    public Stage? Stage { get; private set; }
    public List<FlowTimer> Timers { get; }

    /// <summary>Steps whose ways may have changed, by index.</summary>
    public SortedSet<int> Touched { get; } = [];

    /// <summary>Steps whose ways are live and whose turn has not been looked at.</summary>
    public SortedSet<int> Live { get; } = [];

    /// <summary>True where every timer that is due fires before the stage is looked at as a whole.</summary>
    public bool Firing { get; set; }

    /// <summary>Keys of waits and openings whose moment came into the past just now: they end at once, whoever fires timers.</summary>
    public HashSet<string> Hurried { get; } = [];

    /// <summary>Turns and loads that this decision gave out itself, on top of <see cref="Facts"/>.</summary>
    public Dictionary<string, long> Rotation { get; } = [];
    public Dictionary<string, int> Given { get; } = [];

    /// <summary>An administrator lets the project go on: a step that came too often gets as many turns again.</summary>
    public bool Resolving { get; set; }

    /// <summary>The member of a step with <c>each</c> whose turn it is: <c>item</c> in texts, expressions and rules.</summary>
    public string? Turn { get; private set; }

    /// <summary>True where a list that members come from may have changed, or one of them is done.</summary>
    public bool Recount { get; set; }

    public bool GoesOn => State.Fault is null && State.Hold is null;

    /// <summary>A step that takes part now: of the current stage, or of on-close once the project has closed.</summary>
    public StepState this[int index]
    {
        get => states[SlotOf(index)];
        set => states[SlotOf(index)] = value;
    }

    /// <summary>The indexes of the steps that take part now, in file order.</summary>
    public IEnumerable<int> Indexes
    {
        get
        {
            for (var i = 0; i < (Stage?.StepCount ?? 0); i++) { yield return Stage!.FirstStep + i; }
            foreach (var i in onClose) { yield return i; }
        }
    }

    public EvaluationContext Context => new(Values, Now, Calendar.Zone);

    /// <summary>For texts that people read.</summary>
    public EvaluationContext TextContext => new(new Values(this, forPeople: true), Now, Calendar.Zone);

    public bool TakesPart(int index) => InStage(index) || onClose.Contains(index);

    public Step Step(int index) => Plan.Steps[index];

    /// <summary>Until it is disposed, everything is done for this member; null leaves it at nobody.</summary>
    public MemberTurn ForMember(string? member)
    {
        var turn = new MemberTurn(this, Turn);
        Turn = member;
        return turn;
    }

    public void Emit(FlowEvent happened) => events.Add(happened);

    public void BeginStage(Stage stage)
    {
        Stage = stage;
        Touched.Clear();
        Live.Clear();
        states.Clear();
        foreach (var step in Plan.StepsOf(stage)) { states.Add(new StepState { Id = step.Id }); }
    }

    /// <summary>Takes the steps of on-close away again.</summary>
    public void EndOnClose()
    {
        foreach (var index in onClose.Where(i => !this[i].IsSettled).ToArray())
        {
            Settling.Settle(this, index, StepPhase.Cancelled, null, Actor, new Why("the project was opened again", null));
        }

        states.RemoveRange(states.Count - onClose.Length, onClose.Length);
        onClose = [];
    }

    public void BeginOnClose(CloseResult result)
    {
        Touched.Clear();
        Live.Clear();
        onClose = OnCloseOf(result);
        foreach (var index in onClose) { states.Add(new StepState { Id = Step(index).Id }); }
    }

    /// <summary>Counts something that the plan did by itself; stops the project when it does not end.</summary>
    public void CountAutomatic(string what)
    {
        if (++automatic > Limit)
        {
            Fault($"The plan did {Limit:#,0} automatic things at one moment without coming to rest; the last was {what}.");
        }
    }

    /// <summary>An external driver opens one step a command, and a result may come at once: what happened by itself before counts as well.</summary>
    public void GoOnCounting() => automatic = State.Automatic;

    /// <summary>Stops the project with what it has; an administrator lets it go on.</summary>
    public void Fault(string reason)
    {
        if (State.Fault is not null) { return; }
        State = State with { Fault = reason };
        Emit(new FlowEvent.ProjectFaulted(reason));
    }

    /// <summary>The same state where nothing happened.</summary>
    public Decision Finish()
    {
        if (events.Count == 0) { return new Decision.Accepted(before, []); }
        var asks = State.Fault is null && events.Any(e => e is FlowEvent.LetterRequested or FlowEvent.HttpRequested or FlowEvent.ChildRequested or FlowEvent.MailRequested { Awaited: true });
        var counts = State.Fault is null && (asks || Driver == Driver.External);
        var state = State with
        {
            Steps = [.. states], Timers = [.. Timers], Automatic = counts ? automatic : 0, AutomaticAt = asks && Driver == Driver.Embedded ? Now : null,
        };
        return new Decision.Accepted(state, events.ToImmutable());
    }

    private ImmutableArray<int> OnCloseOf(CloseResult result) => Plan.OnClose.GetValueOrDefault(result, []);

    private bool InStage(int index) =>
        Stage is not null && index >= Stage.FirstStep && index < Stage.FirstStep + Stage.StepCount;

    private int SlotOf(int index)
    {
        if (InStage(index)) { return index - Stage!.FirstStep; }
        var place = onClose.IndexOf(index);
        return place >= 0 ? (Stage?.StepCount ?? 0) + place
            : throw new ArgumentOutOfRangeException(nameof(index), index, "The step takes no part now.");
    }

    private void Load()
    {
        var place = 0;
        foreach (var index in Indexes)
        {
            var id = Step(index).Id;
            var known = place < State.Steps.Length && State.Steps[place].Id == id ? State.Steps[place] : State.FindStep(id);
            states.Add(known ?? new StepState { Id = id });
            place++;
        }
    }

    /// <summary>Ends a member's turn.</summary>
    public readonly struct MemberTurn(Run run, string? before) : IDisposable
    {
        public void Dispose() => run.Turn = before;
    }
}
