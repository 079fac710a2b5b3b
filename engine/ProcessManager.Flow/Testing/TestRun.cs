using System.Globalization;
using ProcessManager.Language;

namespace ProcessManager.Flow.Testing;

/// <summary>
/// Plays one test. What leaves the project (mails, letters, projects of other plans) arrives at once, unless the test says
/// that it fails; what comes from outside (messages, answers, the closing of children) comes when the test says so.
/// </summary>
internal sealed class TestRun
{
    /// <summary>A test in which more than this happens lets a plan go round in circles.</summary>
    private const int MostEvents = 20_000;

    private readonly PlanTest test;
    private readonly Trail reached;
    private readonly Deeds deeds;
    private readonly Expecting expecting;
    private readonly List<TestEvent> log = [];
    private readonly Arrivals arrivals;
    private string? stage;
    private int seen;

    public TestRun(Plan plan, PlanTest test, Facts facts, Trail reached)
    {
        (this.test, this.reached) = (test, reached);
        arrivals = new Arrivals(s => test.Start.Fails.Contains(s));
        Rehearsal = new Rehearsal(plan, facts, facts.Calendars[plan.Calendar ?? facts.Organisation.Calendar].InstantOf(test.Start.At)) { ServesAtOnce = false };
        deeds = new Deeds(this);
        expecting = new Expecting(this);
    }

    private TestRun(TestRun other)
    {
        (test, arrivals, stage, seen) = (other.test, other.arrivals, other.stage, other.seen);
        reached = new Trail();
        log.AddRange(other.log);
        Rehearsal = other.Rehearsal.Fork();
        deeds = new Deeds(this);
        expecting = new Expecting(this);
    }

    public Rehearsal Rehearsal { get; }

    public ProjectState State => Rehearsal.State!;

    /// <summary>Everything so far, with the stage it happened in.</summary>
    public IReadOnlyList<TestEvent> Log => log;

    /// <returns>Null where the test passed.</returns>
    public PlanTestFailure? Play()
    {
        var start = test.Start;
        var begin = ProjectTitle.Given(new Command.Start(null, start.Fields, start.Roles) { Actor = start.By }, Rehearsal.Plan, Rehearsal.Facts);
        if (Do(begin) is Decision.Refused refused)
        {
            return Failure(start.Span, "the project starts", $"refused: {refused.Message}");
        }

        foreach (var action in test.Actions)
        {
            if (Act(action) is { } failure) { return failure; }
            if (TakesTooLong) { return Failure(action.Span, "the project comes to rest", $"more than {MostEvents.ToString("N0", CultureInfo.InvariantCulture)} things happened by then: let less time pass, or mend a loop of the plan"); }
        }

        return null;
    }

    /// <summary>Asks for something and lets everything arrive that leaves the project.</summary>
    public Decision Do(Command command)
    {
        var decision = Rehearsal.Do(command);
        Follow();
        return decision;
    }

    public void Until(DateTimeOffset moment)
    {
        while (Rehearsal.NextTimer is { } next && next <= moment)
        {
            if (TakesTooLong) { return; }
            Rehearsal.Until(next);
            Follow();
            if (Rehearsal.NextTimer is { } still && still <= next) { break; }
        }

        Rehearsal.Until(moment);
        Follow();
    }

    private bool TakesTooLong => Rehearsal.Events.Length > MostEvents;

    private PlanTestFailure? Act(TestAction action)
    {
        switch (action)
        {
            case TestAction.Expect expect:
                foreach (var expectation in expect.Expectations)
                {
                    if (expecting.Check(expectation) is { } wrong) { return Failure(expectation.Span, wrong.Expected, wrong.Found); }
                }

                return null;
            case TestAction.Refuse refuse:
                return Refused(refuse);
            default:
                return deeds.Do(action) is Decision.Refused refused
                    ? Failure(action.Span, $"to {Deeds.Describe(action)}", $"refused: {refused.Message}") : null;
        }
    }

    /// <summary>On a project of its own: what was not refused must not have happened, and what was refused in part neither.</summary>
    private PlanTestFailure? Refused(TestAction.Refuse refuse)
    {
        var expected = $"that it is refused to {Deeds.Describe(refuse.Action)}{(refuse.Reason is null ? "" : $" (“{refuse.Reason}”)")}";
        return new TestRun(this).deeds.Do(refuse.Action) switch
        {
            Decision.Refused refused when refuse.Reason is null || refused.Message.Contains(refuse.Reason, StringComparison.OrdinalIgnoreCase) => null,
            Decision.Refused refused => Failure(refuse.Span, expected, $"refused for another reason: {refused.Message}"),
            _ => Failure(refuse.Span, expected, "it was done"),
        };
    }

    private void Follow()
    {
        while (seen < Rehearsal.Events.Length)
        {
            var happened = Rehearsal.Events[seen++];
            if (happened is FlowEvent.StageEntered entered) { stage = entered.To; }
            log.Add(new TestEvent(Rehearsal.Now, happened, stage));
            reached.Note(happened, stage);
            if (arrivals.Of(happened) is { } command) { Rehearsal.Do(command); }
        }
    }

    private PlanTestFailure Failure(SourceSpan at, string expected, string found) => new(at, expected, found, Rehearsal.Journal.ToString());
}

/// <param name="Stage">The id of the stage in which it happened; null before the first.</param>
internal sealed record TestEvent(DateTimeOffset At, FlowEvent Event, string? Stage);
