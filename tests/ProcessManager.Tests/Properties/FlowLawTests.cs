using ProcessManager.Flow;
using Xunit;
using Xunit.Abstractions;

namespace ProcessManager.Tests.Properties;

/// <summary>
/// The laws of the flow, held against thousands of random plans and histories. A failure names its seed, the plan as YAML and
/// the shortest history found that still breaks the law.
/// </summary>
public sealed class FlowLawTests(ITestOutputHelper output)
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

    [Fact]
    public void Each_key_of_what_is_asked_of_the_world_is_used_once() => Holds(Law.AsksOnce);

    [Fact]
    public void A_child_lives_as_long_as_its_step_waits_for_it() => Holds(Law.ChildrenBelong);

    /// <summary>Without this a generator that makes next to nothing would pass all the others.</summary>
    [Fact]
    public void The_runs_meet_everything_that_can_happen()
    {
        string[] never = ["FaultResolved", "ProjectReopened"];   // a run ends with its fault, and with its closing
        var events = typeof(FlowEvent).GetNestedTypes().Where(t => t.BaseType == typeof(FlowEvent)).Select(t => t.Name).Except(never);
        var rare = events.Where(e => RandomRuns.All.Met.GetValueOrDefault(e) < 5).ToList();
        Assert.True(rare.Count == 0 || RandomRuns.All.Count < RandomRuns.Default, $"hardly ever met: {string.Join(", ", rare)}");
    }

    /// <summary>The frequency of each pattern is known: none is so rare that the laws would hold for want of cases.</summary>
    [Theory]
    [InlineData("all", 1000)]
    [InlineData("any", 700)]
    [InlineData("first", 250)]
    [InlineData("first with need", 100)]
    [InlineData("first with cancel", 250)]
    [InlineData("first with need and cancel", 100)]
    [InlineData("a way that can die", 2000)]
    [InlineData("when", 1500)]
    [InlineData("when with passes-as", 500)]
    [InlineData("starts", 1000)]
    [InlineData("optional", 1000)]
    [InlineData("expire", 700)]
    [InlineData("redo", 1000)]
    [InlineData("redo later", 250)]
    [InlineData("redo on a date", 200)]
    [InlineData("outcome that goes to a stage", 300)]
    [InlineData("outcome that closes", 400)]
    [InlineData("next with rules", 1000)]
    [InlineData("each, all", 400)]
    [InlineData("each, some", 300)]
    [InlineData("each with an outcome", 300)]
    [InlineData("each of role:crew", 300)]
    [InlineData("each of people", 300)]
    [InlineData("each of colours", 300)]
    [InlineData("kind Receive", 600)]
    [InlineData("kind Http", 500)]
    [InlineData("kind Letter", 400)]
    [InlineData("kind Start", 300)]
    [InlineData("kind AwaitedStart", 400)]
    [InlineData("kind GoTo", 150)]
    [InlineData("kind Close", 150)]
    public void The_generator_draws_each_pattern_often_enough(string pattern, int plans)
    {
        var counts = Frequencies.Value;
        Assert.True(counts.GetValueOrDefault(pattern).Plans >= plans, $"{pattern} is in {counts.GetValueOrDefault(pattern).Plans} of 5,000 plans, fewer than {plans}\n{Patterns.Table(counts)}");
    }

    [Fact]
    public void What_the_runs_met_is_printed()
    {
        output.WriteLine(Patterns.Table(Frequencies.Value));
        foreach (var (what, times) in RandomRuns.All.Met.OrderBy(m => m.Key, StringComparer.Ordinal)) { output.WriteLine(FormattableString.Invariant($"{what,-24}{times,10:N0}")); }
        Assert.True(RandomRuns.All.Met.GetValueOrDefault("Dead") > 1000 || RandomRuns.All.Count < RandomRuns.Default);
    }

    private static readonly Lazy<Dictionary<string, (int Plans, int Times)>> Frequencies = new(() => Patterns.Count(Enumerable.Range(1, 5_000).Select(PlanGenerator.Of)));

    private static void Holds(Law law)
    {
        if (RandomRuns.All.Report(law) is { } report) { Assert.Fail(report); }
    }
}
