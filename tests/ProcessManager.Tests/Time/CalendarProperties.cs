using ProcessManager.Language.Time;
using Xunit;

namespace ProcessManager.Tests.Time;

/// <summary>Rules that hold for every calendar, on random ones in three zones.</summary>
public class CalendarProperties
{
    private const int Runs = 200;

    /// <summary>
    /// True for elapsed and working time everywhere. For months, days and working days it is not true for two starts of
    /// which one lies in an hour that the clock shows twice: 02:45 the first time is before 02:15 the second time, and both
    /// keep their time of day. There the results can be in the other order by as much as the clock went back. Nor is it true
    /// where a month is too short: the 30th at 21:00 and the 31st at 19:00 both become the 28th of February and keep their
    /// time of day, in the other order by less than a day.
    /// </summary>
    [Fact]
    public void A_later_start_never_gives_an_earlier_result() => Each((calendar, random, around) =>
    {
        var (one, other) = (random.Instant(around, 6), random.Instant(around, 6));
        var (early, late) = one <= other ? (one, other) : (other, one);
        var duration = Some(random);
        var (first, second) = (calendar.Add(early, duration), calendar.Add(late, duration));
        var keepsTimeOfDay = duration.Months != 0 || duration.Days != 0 || duration.WorkingDays != 0;
        var shortMonth = duration.Months != 0 && calendar.LocalTime(first).Day != calendar.LocalTime(early).Day
            && calendar.LocalTime(first).Day >= 28;
        var slack = shortMonth ? TimeSpan.FromDays(1) : keepsTimeOfDay && (ShownTwice(calendar, early) || ShownTwice(calendar, late)) ? TimeSpan.FromHours(1) : TimeSpan.Zero;
        Assert.True(first <= second + slack, $"{early:o} + {duration} = {first:o}, but {late:o} gives {second:o}");
    });

    [Fact]
    public void Working_units_end_inside_working_hours_or_at_closing() => Each((calendar, random, around) =>
    {
        var duration = random.Next(2) == 0 ? WorkingDays(1 + random.Next(30)) : WorkingMinutes(1 + random.Next(5000));
        var from = random.Instant(around, 10);
        Assert.True(Touches(calendar, calendar.Add(from, duration)), $"{from:o} + {duration}");
        Assert.True(Touches(calendar, calendar.Subtract(from, duration)), $"{from:o} - {duration}");
    });

    [Fact]
    public void More_working_days_are_later() => Each((calendar, random, around) =>
    {
        var from = random.Instant(around, 10);
        for (var n = 1; n < 12; n++)
        {
            Assert.True(calendar.Add(from, WorkingDays(n)) < calendar.Add(from, WorkingDays(n + 1)), $"{from:o}, {n}");
            Assert.True(calendar.Subtract(from, WorkingDays(n)) > calendar.Subtract(from, WorkingDays(n + 1)), $"{from:o}, -{n}");
        }
    });

    [Fact]
    public void Working_time_may_be_added_in_parts() => Each((calendar, random, around) =>
    {
        var from = random.Instant(around, 10);
        var (a, b) = (1 + random.Next(3000), 1 + random.Next(3000));
        Assert.Equal(calendar.Add(from, WorkingMinutes(a + b)), calendar.Add(calendar.Add(from, WorkingMinutes(a)), WorkingMinutes(b)));
        Assert.Equal(calendar.Subtract(from, WorkingMinutes(a + b)), calendar.Subtract(calendar.Subtract(from, WorkingMinutes(a)), WorkingMinutes(b)));
    });

    [Fact]
    public void Working_time_added_is_the_working_time_between() => Each((calendar, random, around) =>
    {
        var from = random.Instant(around, 10);
        var minutes = 1 + random.Next(5000);
        Assert.Equal(TimeSpan.FromMinutes(minutes), calendar.WorkingTimeBetween(from, calendar.Add(from, WorkingMinutes(minutes))));
        Assert.Equal(TimeSpan.FromMinutes(-minutes), calendar.WorkingTimeBetween(from, calendar.Subtract(from, WorkingMinutes(minutes))));
    });

    [Fact]
    public void Working_time_between_three_instants_adds_up() => Each((calendar, random, around) =>
    {
        var (a, b, c) = (random.Instant(around, 10), random.Instant(around, 10), random.Instant(around, 10));
        Assert.Equal(calendar.WorkingTimeBetween(Whole(a), Whole(c)), calendar.WorkingTimeBetween(Whole(a), Whole(b)) + calendar.WorkingTimeBetween(Whole(b), Whole(c)));
    });

    [Fact]
    public void Working_days_added_are_the_working_days_between() => Each((calendar, random, around) =>
    {
        var from = random.Instant(around, 10);
        var n = random.Next(30);
        var result = calendar.Add(from, WorkingDays(n));
        Assert.Equal(n, calendar.WorkingDaysBetween(from, result));
        Assert.Equal(Math.Max(0, n - 1), n == 0 ? 0 : calendar.WorkingDaysBetween(from, result.AddMilliseconds(-1)));
    });

    [Fact]
    public void A_result_is_whole_milliseconds_of_utc_and_the_clock_shows_it() => Each((calendar, random, around) =>
    {
        var result = calendar.Add(random.Instant(around, 10).AddTicks(random.Next(10_000)), Some(random));
        Assert.Equal(TimeSpan.Zero, result.Offset);
        Assert.Equal(0, result.Ticks % TimeSpan.TicksPerMillisecond);
        Assert.False(calendar.Zone.IsInvalidTime(calendar.LocalTime(result)));
    });

    [Fact]
    public void Calendar_days_keep_the_time_of_day_where_it_exists() => Each((calendar, random, around) =>
    {
        var from = random.Instant(around, 10);
        var days = 1 + random.Next(20);
        var expected = calendar.LocalTime(from).AddDays(days);
        var result = calendar.Add(from, Duration.Zero with { Days = days });
        if (calendar.Zone.IsInvalidTime(expected)) { Assert.True(calendar.LocalTime(result) > expected); }
        else { Assert.Equal(expected, calendar.LocalTime(result)); }
        if (calendar.Zone.IsAmbiguousTime(expected)) { Assert.Equal(calendar.Zone.GetAmbiguousTimeOffsets(expected).Max(), calendar.Zone.GetUtcOffset(result)); }
    });

    [Fact]
    public void A_day_opens_before_it_closes_and_the_next_one_opens_later() => Each((calendar, random, around) =>
    {
        var day = around.AddDays(random.Next(20) - 10);
        Assert.True(calendar.StartOfWorkingDay(day) < calendar.EndOfWorkingDay(day));
        Assert.True(calendar.StartOfWorkingDay(day) <= calendar.StartOfWorkingDay(day.AddDays(1)));
        Assert.True(calendar.IsWorkingTime(calendar.StartOfWorkingDay(day)));
    });

    private static void Each(Action<WorkingCalendar, RandomTime, DateOnly> check)
    {
        for (var seed = 0; seed < Runs; seed++)
        {
            var random = new RandomTime(seed);
            var zone = Calendars.Zones[seed % 3];
            var around = random.Middle(zone);
            var calendar = random.Calendar(zone, around);
            try { for (var i = 0; i < 4; i++) { check(calendar, random, around); } }
            catch (Exception failure) { throw new InvalidOperationException($"Seed {seed} in {zone} around {around:yyyy-MM-dd}: {failure.Message}", failure); }
        }
    }

    private static Duration Some(RandomTime random) => random.Next(5) switch
    {
        0 => WorkingDays(1 + random.Next(10)),
        1 => WorkingMinutes(1 + random.Next(3000)),
        2 => Duration.Zero with { Days = random.Next(20) },
        3 => Duration.Zero with { Months = random.Next(5) },
        _ => Duration.Zero with { Elapsed = TimeSpan.FromMinutes(random.Next(5000)) },
    };

    private static Duration WorkingDays(int n) => Duration.Zero with { WorkingDays = n, Text = $"{n} working days" };

    private static Duration WorkingMinutes(int n) => Duration.Zero with { WorkingTime = TimeSpan.FromMinutes(n), Text = $"{n} working minutes" };

    private static bool Touches(WorkingCalendar calendar, DateTimeOffset at) =>
        calendar.IsWorkingTime(at) || calendar.IsWorkingTime(at.AddMilliseconds(-1));

    private static bool ShownTwice(WorkingCalendar calendar, DateTimeOffset at) => calendar.Zone.IsAmbiguousTime(calendar.LocalTime(at));

    private static DateTimeOffset Whole(DateTimeOffset at) => new(at.Ticks - (at.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
