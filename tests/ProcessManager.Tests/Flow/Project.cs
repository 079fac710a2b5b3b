using System.Collections.Immutable;
using ProcessManager.Flow;
using ProcessManager.Flow.Versions;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Flow;

/// <summary>One project under test: takes commands by step, remembers every event, and moves the clock timer by timer.</summary>
internal sealed class Project
{
    public Project(Plan plan, Facts? facts = null, DateTimeOffset? at = null, Driver driver = Driver.Embedded)
    {
        (Plan, Facts, Now, Driver) = (plan, facts ?? Plans.Facts, at ?? Plans.Monday, driver);
    }

    public Plan Plan { get; }
    public Facts Facts { get; set; }
    public DateTimeOffset Now { get; set; }
    public Driver Driver { get; }
    public ProjectState State { get; private set; } = null!;

    /// <summary>Everything that happened.</summary>
    public List<FlowEvent> All { get; } = [];

    /// <summary>What the latest command made happen.</summary>
    public ImmutableArray<FlowEvent> Latest { get; private set; } = [];

    public static Project Of(string steps, string head = "", string stage = "", string more = "", Facts? facts = null) =>
        new Project(Plans.OfSteps(steps, head, stage, more), facts).Start();

    public Project Start(params (string Field, object? Value)[] fields)
    {
        Do(new Command.Start("owen", Fields(fields), ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty) { Actor = "owen" });
        return this;
    }

    public StepState this[string step] => State.FindStep(step) ?? throw new InvalidOperationException($"No step {step} in {State.Stage}.");

    public string Phase(string step) => this[step].Phase.ToString().ToLowerInvariant();

    public TaskState Task(string step, string? member = null) =>
        this[step].Tasks.First(t => t.Phase == TaskPhase.Open && (member is null || t.Member == member));

    public Decision Try(Command command)
    {
        var decision = Stepper.Advance(Plan, State, command, Facts, Now, Driver);
        if (decision is not Decision.Accepted accepted) { return decision; }
        State = accepted.State;
        Latest = accepted.Events;
        All.AddRange(accepted.Events);
        return decision;
    }

    public Project Do(Command command)
    {
        if (Try(command) is Decision.Refused refused) { Assert.Fail($"{command.GetType().Name} was refused: {refused.Message}"); }
        return this;
    }

    /// <summary>The command must be refused with a sentence that holds these words.</summary>
    public Project Refuses(Command command, Refusal reason, params string[] words)
    {
        var refused = Assert.IsType<Decision.Refused>(Try(command));
        Assert.Equal(reason, refused.Reason);
        foreach (var word in words) { Assert.Contains(word, refused.Message, StringComparison.Ordinal); }
        return this;
    }

    public Command Complete_(string step, string? outcome = null, string? by = null, params (string, object?)[] with) =>
        new Command.Complete(Task(step).Number, outcome, Fields(with)) { Actor = by ?? Task(step).Assignee ?? FirstOf(Task(step).Group) };

    public Project Complete(string step, string? outcome = null, string? by = null, params (string, object?)[] with) =>
        Do(Complete_(step, outcome, by, with));

    public Project Vote(string step, string by, bool approve) => Do(new Command.Vote(Task(step, by).Number, approve, Fields()) { Actor = by });

    public Project Set(params (string, object?)[] fields) => Do(new Command.SetFields(Fields(fields)) { Actor = "owen" });

    public Project Bypass(string step, string? counts = null) => Do(new Command.Bypass(step, counts, "for the test") { Actor = "owen" });

    /// <summary>Moves the clock and fires each timer at its moment.</summary>
    public Project Until(DateTimeOffset moment)
    {
        while (State.Timers.Where(t => t.Due <= moment).Min(t => t.Due) is { } next && State is { Hold: null, Fault: null })
        {
            Now = next > Now ? next : Now;
            Do(new Command.FireTimers());
        }

        Now = moment;
        return this;
    }

    public Project Pass(TimeSpan time) => Until(Now + time);

    public Project PassDays(int days) => Pass(TimeSpan.FromDays(days));

    public MovePreview Preview(Plan to) => new PlanMove(Plan, to).Preview(State, Facts, Now, Driver);

    /// <summary>The project moved to another version of its plan, with the events of the move as its latest.</summary>
    public Project MovedTo(Plan to)
    {
        if (Preview(to) is not MovePreview.Possible move) { throw new InvalidOperationException(Preview(to).ToString()); }
        var moved = new Project(to, Facts, Now, Driver) { State = move.State, Latest = move.Events };
        moved.All.AddRange(All);
        moved.All.AddRange(move.Events);
        return moved;
    }

    public IEnumerable<T> Events<T>() where T : FlowEvent => All.OfType<T>();

    public FlowTimer Timer(TimerKind kind, string? step = null) => State.Timers.Single(t => t.Kind == kind && (step is null || t.Step == step));

    public int Reminders(string step) => Events<FlowEvent.AlertRaised>().Count(a => a.Cause == AlertCause.Reminder && a.Step == step);

    public static ImmutableSortedDictionary<string, object?> Fields(params (string Field, object? Value)[] fields) =>
        fields.ToImmutableSortedDictionary(f => f.Field, f => f.Value, StringComparer.Ordinal);

    private string? FirstOf(string? group) => group is null ? null : Facts.Directory.MembersOf(group).FirstOrDefault();
}
