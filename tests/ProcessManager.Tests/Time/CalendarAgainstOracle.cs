using System.Globalization;
using ProcessManager.Language.Time;
using Xunit;

namespace ProcessManager.Tests.Time;

/// <summary>The calendar's arithmetic against counting minute by minute, on random calendars around changes of clocks.</summary>
public class CalendarAgainstOracle
{
    private const int Calendars = 24;
    private const int Questions = 25;
    private const int DaysAround = 16;

    public static TheoryData<string> Zones => [.. Time.Calendars.Zones];

    [Theory]
    [MemberData(nameof(Zones))]
    public void Adding_working_time_is_counting_worked_minutes(string zone) => Compare(zone, (calendar, oracle, at, random) =>
    {
        var minutes = 1 + random.Next(random.Next(2) == 0 ? 120 : 6000);
        var time = Duration.Zero with { WorkingTime = TimeSpan.FromMinutes(minutes) };
        Same(oracle, oracle.AddWorkingMinutes(at, minutes), calendar.Add(oracle.At(at), time), $"+ {minutes} working minutes");
        Same(oracle, oracle.SubtractWorkingMinutes(at, minutes), calendar.Subtract(oracle.At(at), time), $"- {minutes} working minutes");
    });

    [Theory]
    [MemberData(nameof(Zones))]
    public void Adding_working_days_is_counting_days_that_have_worked_minutes(string zone) => Compare(zone, (calendar, oracle, at, random) =>
    {
        var days = 1 + random.Next(8);
        var duration = Duration.Zero with { WorkingDays = days };
        Same(oracle, oracle.AddWorkingDays(at, days), calendar.Add(oracle.At(at), duration), $"+ {days} working days");
        Same(oracle, oracle.AddWorkingDays(at, -days), calendar.Subtract(oracle.At(at), duration), $"- {days} working days");
    });

    [Theory]
    [MemberData(nameof(Zones))]
    public void Working_time_between_two_instants_is_the_number_of_worked_minutes(string zone) => Compare(zone, (calendar, oracle, at, random) =>
    {
        var to = at + random.Next(oracle.Minutes - at);
        Assert.Equal(TimeSpan.FromMinutes(oracle.WorkedBetween(at, to)), calendar.WorkingTimeBetween(oracle.At(at), oracle.At(to)));
        Assert.Equal(oracle.IsWorked(at), calendar.IsWorkingTime(oracle.At(at)));
    });

    private static void Compare(string zone, Action<WorkingCalendar, MinuteOracle, int, RandomTime> ask)
    {
        for (var seed = 0; seed < Calendars; seed++)
        {
            var random = new RandomTime(seed);
            var middle = random.Middle(zone);
            var calendar = random.Calendar(zone, middle);
            var first = new DateTimeOffset(middle.AddDays(-DaysAround).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            var oracle = new MinuteOracle(calendar.Definition, first, 2 * DaysAround * 1440);
            for (var question = 0; question < Questions; question++)
            {
                // Half of the questions are asked within two days of the change of clocks.
                var spread = question % 2 == 0 ? 2 : DaysAround - 5;
                var at = (oracle.Minutes / 2) + random.Next(2 * spread * 1440) - (spread * 1440);
                try { ask(calendar, oracle, at, random); }
                catch (Exception failure) { throw new InvalidOperationException($"Seed {seed}, question {question}, at {oracle.At(at):u}: {failure.Message}", failure); }
            }
        }
    }

    /// <summary>Compares where the oracle's stretch was long enough to tell.</summary>
    private static void Same(MinuteOracle oracle, int? expected, DateTimeOffset actual, string what)
    {
        if (expected is not { } minute || minute >= oracle.Minutes - 2880 || minute < 2880) { return; }
        Assert.True(oracle.At(minute) == actual, string.Create(CultureInfo.InvariantCulture, $"{what}: expected {oracle.At(minute):u}, was {actual:u}"));
    }
}
