using ProcessManager.Flow;
using Xunit;

namespace ProcessManager.Tests.Properties;

/// <summary>
/// The laws of the flow, held against thousands of random plans and histories. A failure names its seed, the plan as YAML and
/// the shortest history found that still breaks the law.
/// </summary>
public sealed class FlowLawTests
{
    [Fact]
    public void Every_plan_of_the_generator_compiles() => Holds(Law.PlanIsValid);

    [Fact]
    public void The_stepper_never_throws() => Holds(Law.NeverThrows);

    [Fact]
    public void The_same_input_gives_the_same_output() => Holds(Law.SameInputSameOutput);

    [Fact]
    public void A_stored_state_goes_on_as_the_state_itself_would() => Holds(Law.SurvivesStorage);

    [Fact]
    public void What_applies_is_accepted() => Holds(Law.AppliesWhatApplies);

    [Fact]
    public void What_does_not_apply_is_refused() => Holds(Law.RefusesWhatDoesNot);

    [Fact]
    public void A_running_project_always_waits_for_somebody_or_some_time() => Holds(Law.NeverDeadlocks);

    [Fact]
    public void No_occurrence_of_a_step_opens_twice() => Holds(Law.OpensOnce);

    [Fact]
    public void What_is_settled_stays_settled_until_it_is_set_back() => Holds(Law.SettledStaysSettled);

    [Fact]
    public void Timers_in_the_events_add_up_to_those_in_the_state() => Holds(Law.TimersAgree);

    [Fact]
    public void Tasks_in_the_events_add_up_to_those_in_the_state() => Holds(Law.TasksAgree);

    [Fact]
    public void Probability_follows_its_events_and_ends_at_100_or_0() => Holds(Law.ProbabilityAgrees);

    [Fact]
    public void A_closed_project_has_nothing_open_and_takes_no_work() => Holds(Law.ClosedIsClosed);

    [Fact]
    public void The_stepper_agrees_with_the_reference_model() => Holds(Law.AgreesWithModel);

    /// <summary>Without this a generator that makes next to nothing would pass all the others.</summary>
    [Fact]
    public void The_runs_meet_everything_that_can_happen()
    {
        string[] never = ["FaultResolved", "ProjectReopened"];   // a run ends with its fault, and with its closing
        var events = typeof(FlowEvent).GetNestedTypes().Where(t => t.BaseType == typeof(FlowEvent)).Select(t => t.Name).Except(never);
        var rare = events.Where(e => RandomRuns.All.Met.GetValueOrDefault(e) < 5).ToList();
        Assert.True(rare.Count == 0 || RandomRuns.All.Count < RandomRuns.Default, $"hardly ever met: {string.Join(", ", rare)}");
    }

    private static void Holds(Law law)
    {
        if (RandomRuns.All.Report(law) is { } report) { Assert.Fail(report); }
    }
}
