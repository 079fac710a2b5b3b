using System.Collections.Immutable;
using ProcessManager.Language;
using ProcessManager.Language.Time;

namespace ProcessManager.Flow;

/// <summary>One project of a simulation: plans what people and the world will do, and does it when its moment has come.</summary>
internal sealed class SimulatedRun
{
    /// <summary>A project that people have done this much in goes round in circles.</summary>
    private const int MostDeeds = 2000;
    private const int MostEvents = 20_000;

    private static readonly TimeSpan UsualEffort = TimeSpan.FromHours(1);

    private readonly SimulationSettings settings;
    private readonly Dice dice;
    private readonly Guesses guesses;
    private readonly Rehearsal rehearsal;
    private readonly Arrivals arrivals;
    private readonly DateTimeOffset start;
    private readonly List<(DateTimeOffset At, string What, Func<Decision?> Do)> agenda = [];
    private readonly HashSet<string> foreseen = [];
    private readonly List<WorkDone> work = [];
    private readonly List<StageVisit> visits = [];
    private int seen;
    private int deeds;
    private string? trouble;

    public SimulatedRun(Plan plan, Facts facts, SimulationSettings settings, int number, DateTimeOffset start)
    {
        (this.settings, Number, this.start, Next) = (settings, number, start, start);
        dice = Dice.For(settings.Seed, number);
        rehearsal = new Rehearsal(plan, facts, start) { ServesAtOnce = false };
        guesses = new Guesses(plan, settings.Chances, dice);
        arrivals = new Arrivals(step => guesses.Fails(step));
    }

    public int Number { get; }

    /// <summary>When something happens next; null once nothing will.</summary>
    public DateTimeOffset? Next { get; private set; }

    public ImmutableDictionary<string, long> Rotation => rehearsal.Facts.Rotation;

    /// <summary>Open tasks by person.</summary>
    public IEnumerable<(string Person, int Open)> OpenWork => rehearsal.State is not { } state ? []
        : state.Steps.SelectMany(s => s.Tasks).Where(t => t.Phase == TaskPhase.Open && t.Assignee is not null).GroupBy(t => t.Assignee!).Select(g => (g.Key, g.Count())).ToList();

    private ProjectState State => rehearsal.State!;

    /// <summary>Does what comes next.</summary>
    /// <param name="load">Open tasks by person in all other projects.</param>
    public void Step(ImmutableDictionary<string, int> load, ImmutableDictionary<string, long> rotation)
    {
        rehearsal.Learn(f => f with { Workload = load, Rotation = rotation });
        if (rehearsal.State is null)
        {
            var begin = new Command.Start(null, guesses.AtStart(settings.Fields, start), settings.Roles) { Actor = settings.By };
            Do(() => rehearsal.Do(ProjectTitle.Given(begin, rehearsal.Plan, rehearsal.Facts)), "start");
        }
        else
        {
            rehearsal.Until(Next!.Value);
            Follow();
            Due();
        }

        Look();
    }

    public SimulatedProject Result()
    {
        var state = rehearsal.State;
        var end = state?.Fault is not null ? SimulationEnd.Faulted : state?.Closed switch
        {
            CloseResult.Won => SimulationEnd.Won,
            CloseResult.Lost => SimulationEnd.Lost,
            CloseResult.Cancelled => SimulationEnd.Cancelled,
            _ => SimulationEnd.Unfinished,
        };
        return new SimulatedProject(Number, start, state?.ClosedAt, end, [.. visits], [.. work], state?.Fault ?? (end == SimulationEnd.Unfinished ? trouble ?? "it was not finished in time" : null), rehearsal.Journal);
    }

    private void Due()
    {
        var due = agenda.Where(a => a.At <= rehearsal.Now).OrderBy(a => a.At).ToList();
        agenda.RemoveAll(a => a.At <= rehearsal.Now);
        foreach (var (_, what, deed) in due) { if (rehearsal.IsRunning) { Do(deed, what); } }
    }

    private void Do(Func<Decision?> deed, string what)
    {
        if (deed() is Decision.Refused refused) { trouble = $"{what}: {refused.Message}"; }
        else if (++deeds > MostDeeds) { trouble = "it goes round in circles"; }

        Follow();
    }

    /// <summary>Lets arrive what left the project, and notes where it is.</summary>
    private void Follow()
    {
        while (seen < rehearsal.Events.Length)
        {
            var happened = rehearsal.Events[seen++];
            if (happened is FlowEvent.StageEntered or FlowEvent.ProjectClosed && visits.Count > 0 && visits[^1].Left is null) { visits[^1] = visits[^1] with { Left = rehearsal.Now }; }
            if (happened is FlowEvent.StageEntered entered) { visits.Add(new StageVisit(entered.To, rehearsal.Now, null)); }
            if (arrivals.Of(happened) is { } command) { rehearsal.Do(command); }
        }
    }

    /// <summary>Plans what is open and not planned yet, and finds out what comes next.</summary>
    private void Look()
    {
        Next = null;
        if (rehearsal.State is null || !rehearsal.IsRunning || deeds > MostDeeds) { return; }
        foreach (var state in State.Steps.Where(s => s.Phase == StepPhase.Open)) { Foresee(state, rehearsal.Plan.FindStep(state.Id)!); }

        Next = Earlier(agenda.Count == 0 ? null : agenda.Min(a => a.At), rehearsal.NextTimer);
        if (Next is null && guesses.DatesThatAreMissing(State, rehearsal.Now) is { Count: > 0 } dates)
        {
            Do(() => rehearsal.Do(new Command.SetFields(dates) { Actor = State.Owner }), "dates");
            Next = Earlier(agenda.Count == 0 ? null : agenda.Min(a => a.At), rehearsal.NextTimer);
            if (Next is null) { Look(); return; }
        }

        if (Next is null) { trouble ??= $"nothing more happens in the stage {State.Stage}"; }
        if (Next > start.AddDays(settings.MostDays)) { Next = null; }
        if (rehearsal.Events.Length > MostEvents)
        {
            trouble = "it goes round in circles";
            Next = null;
        }
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null ? other : other is null ? one : one < other ? one : other;

    private void Foresee(StepState state, Step step)
    {
        foreach (var task in state.Tasks.Where(t => t.Phase == TaskPhase.Open && foreseen.Add($"task {t.Number}"))) { Foresee(task, step); }

        foreach (var member in state.Members.IsEmpty ? [null] : state.Members.Where(m => m.Phase == StepPhase.Open).Select(m => (string?)m.Id))
        {
            if (step.Kind is not (ReceiveKind or HttpKind or StartKind) || !foreseen.Add($"{step.Id} {state.Occurrence} {State.Visit} {member}")) { continue; }
            switch (step.Kind)
            {
                case ReceiveKind receive: Message(receive, step); break;
                case HttpKind: Answer(state, step, member); break;
                case StartKind { UntilClosed: true }: Child(state, step, member); break;
            }
        }
    }

    private void Foresee(TaskState task, Step step)
    {
        var chosen = step.Kind is ApprovalKind ? null : guesses.OutcomeOf(step);
        if (chosen is not null && chosen == step.Kind.Work?.Expire?.Outcome) { return; }
        var approve = step.Kind is ApprovalKind && guesses.Approves(step);
        Plan(DoneAt(task, step), step.Id, () => State.FindStep(step.Id)?.Tasks.FirstOrDefault(t => t.Number == task.Number && t.Phase == TaskPhase.Open) is { } open ? Complete(open, step, chosen, approve) : null);
    }

    private Decision Complete(TaskState task, Step step, string? outcome, bool approve)
    {
        var actor = task.Assignee ?? Claimer(task) ?? State.Owner;
        if (task.Assignee is null && task.Group is not null) { rehearsal.Do(new Command.Claim(task.Number) { Actor = actor }); }
        var at = rehearsal.Now;
        var result = step.Kind is ApprovalKind
            ? rehearsal.Do(new Command.Vote(task.Number, approve, guesses.Form(step, approve ? "approved" : "rejected", State, at)) { Actor = actor })
            : rehearsal.Do(new Command.Complete(task.Number, outcome, guesses.Form(step, outcome, State, at)) { Actor = actor });
        if (result is Decision.Refused && step.Kind is not ApprovalKind)
        {
            // A form asks for something that can't be made up, such as a number of a certain pattern: the work counts as done without it.
            result = rehearsal.Do(new Command.Bypass(step.Id, outcome, "its form can't be filled by chance") { Actor = State.Owner });
        }

        if (result is Decision.Accepted) { work.Add(new WorkDone(actor, step.Id, at, EffortOf(step), task.Due < at)); }
        return result;
    }

    /// <summary>A member of the group who may take it, by chance.</summary>
    private string? Claimer(TaskState task)
    {
        var members = task.Group is { } group ? rehearsal.Facts.Directory.MembersOf(group) : [];
        var first = members.IsEmpty ? 0 : dice.Index(members.Length);
        return Enumerable.Range(0, members.Length).Select(i => members[(first + i) % members.Length]).FirstOrDefault(m => Stepper.Advance(
            rehearsal.Plan, State, new Command.Claim(task.Number) { Actor = m }, rehearsal.Facts, rehearsal.Now) is Decision.Accepted);
    }

    /// <summary>Between the effort and a little after due, in working time; about one in six is late.</summary>
    private DateTimeOffset DoneAt(TaskState task, Step step)
    {
        var effort = EffortOf(step);
        var given = task.Due is { } due && due > rehearsal.Now ? rehearsal.Calendar.WorkingTimeBetween(rehearsal.Now, due) : TimeSpan.FromHours(12);
        var taken = given * dice.Between(0.1, 1.15);
        return InWorkingTime(taken > effort ? taken : effort);
    }

    private DateTimeOffset InWorkingTime(TimeSpan length) =>
        rehearsal.Calendar.Add(rehearsal.Now, new Duration(0, 0, TimeSpan.Zero, 0, TimeSpan.FromMinutes(Math.Max(1, Math.Ceiling(length.TotalMinutes))), "work"));

    private static TimeSpan EffortOf(Step step) => step.Kind.Work?.Effort is { } effort
        ? effort.Elapsed + effort.WorkingTime + (TimeSpan.FromHours(8) * (effort.Days + effort.WorkingDays + (20 * effort.Months))) : UsualEffort;

    private void Message(ReceiveKind receive, Step step)
    {
        if (receive.Expire is { } expire && guesses.OutcomeOf(step) == expire.Outcome) { return; }
        var within = rehearsal.State!.Timers.FirstOrDefault(t => t.Kind == TimerKind.Expire && t.Step == step.Id)?.Due - rehearsal.Now ?? TimeSpan.FromDays(7);
        var key = $"simulated {deeds} {step.Id} {foreseen.Count}";
        Plan(rehearsal.Now + (within * dice.Between(0.05, 0.95)), step.Id, () => State.FindStep(step.Id)?.Phase == StepPhase.Open
            ? rehearsal.Do(new Command.Receive(receive.Message, key, guesses.Values(receive.Form, State, rehearsal.Now))) : null);
    }

    private void Answer(StepState state, Step step, string? member)
    {
        var failed = guesses.Fails(step.Id);
        Plan(rehearsal.Now.AddMinutes(1), step.Id, () => rehearsal.Do(new Command.Answered(step.Id, state.Occurrence, member, !failed, null, failed ? "the request failed" : null)));
    }

    private void Child(StepState state, Step step, string? member)
    {
        var result = guesses.ChildResult(step);
        Plan(InWorkingTime(TimeSpan.FromHours(dice.Between(8, 80))), step.Id, () =>
        {
            var open = State.FindStep(step.Id) is { Phase: StepPhase.Open } now && now.Occurrence == state.Occurrence ? now : null;
            var child = member is null ? open?.Child : open?.Members.LastOrDefault(m => m.Id == member)?.Child;
            return child is null ? null : rehearsal.Do(new Command.ChildClosed(step.Id, state.Occurrence, member, child, result));
        });
    }

    private void Plan(DateTimeOffset at, string what, Func<Decision?> deed) => agenda.Add((at, what, deed));
}
