using System.Collections.Immutable;
using ProcessManager.Language.Time;
using Xunit;

namespace ProcessManager.Tests.Time;

public class CalendarProblems
{
    private static readonly CalendarDefinition Office = Calendars.Office.Definition;

    [Fact]
    public void An_unknown_zone_is_refused_with_the_nearest_known_one() =>
        Refused("“Europe/Viena” isn't a time zone. Write an IANA name such as Europe/Vienna; did you mean Europe/Vienna?", Office with { Zone = "Europe/Viena" });

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("Mars/Olympus\0")]
    [InlineData("/")]
    public void A_zone_that_is_nothing_of_the_sort_is_refused(string zone) =>
        Assert.Contains("isn't a time zone", Assert.Single(Problems(Office with { Zone = zone })), StringComparison.Ordinal);

    [Fact]
    public void A_week_without_hours_is_refused() =>
        Refused("No day of the week has working hours, so nothing could ever be due.", Office with { Week = Calendars.Week([DayOfWeek.Monday], "") });

    [Theory]
    [InlineData("08:00-12:00 11:00-13:00", "Monday: 08:00–12:00 and 11:00–13:00 overlap.")]
    [InlineData("11:00-13:00 08:00-12:00", "Monday: 08:00–12:00 and 11:00–13:00 overlap.")]
    [InlineData("08:00-08:00", "Monday: 08:00–08:00 begins and ends at the same time. Write 00:00–24:00 for a whole day.")]
    [InlineData("08:00-25:00", "Monday has hours outside 00:00–24:00.")]
    [InlineData("20:00-04:00 22:00-02:00", "Monday: 20:00–04:00 and 22:00–02:00 overlap.")]
    public void Hours_that_make_no_sense_are_refused(string hours, string problem) =>
        Refused(problem, Office with { Week = Calendars.Week([DayOfWeek.Monday], hours) });

    [Fact]
    public void A_night_shift_that_runs_into_the_next_day_is_refused() => Refused(
        "Sunday 22:00–06:00 runs into Monday 05:00–13:00.",
        Office with { Week = Calendars.Week([DayOfWeek.Monday], "05:00-13:00").Add(DayOfWeek.Sunday, Calendars.Hours("22:00-06:00")) });

    [Fact]
    public void A_night_shift_that_runs_into_an_exception_is_refused() => Refused(
        "2026-03-07 22:00–06:00 runs into 2026-03-08 05:00–09:00.",
        Office with { Exceptions = [new(new(2026, 3, 7), Calendars.Hours("22:00-06:00")), new(new(2026, 3, 8), Calendars.Hours("05:00-09:00"))] });

    [Fact]
    public void Two_entries_for_one_date_are_refused()
    {
        Refused("Two holidays are on 2026-05-14: “Ascension Day” and “Day off”. Keep one.",
            Office with { Holidays = [Holiday.On(new(2026, 5, 14), "Ascension Day"), Holiday.On(new(2026, 5, 14), "Day off")] });
        Refused("Two holidays are on 12-25: “A” and “B”. Keep one.", Office with { Holidays = [Holiday.Yearly(12, 25, "A"), Holiday.Yearly(12, 25, "B")] });
        Refused("Two exceptions are on 2026-05-14. Keep one, with all its hours.",
            Office with { Exceptions = [new(new(2026, 5, 14), []), new(new(2026, 5, 14), Calendars.Hours("08:00-09:00"))] });
    }

    [Fact]
    public void A_yearly_and_a_dated_holiday_may_meet_and_the_dated_one_counts()
    {
        var calendar = Calendars.Made(Office with { Holidays = [Holiday.Yearly(5, 1, "Labour Day"), Holiday.On(new(2026, 5, 1), "Open morning", Calendars.Hours("09:00-12:00"))] });

        Assert.Equal(new DateTime(2026, 5, 1, 12, 0, 0), calendar.LocalTime(calendar.EndOfWorkingDay(new(2026, 5, 1))));
    }

    [Theory]
    [InlineData(2027, 2, 29, "The holiday “X” is on 2027-02-29, which is no date from 1900 to 2999.")]
    [InlineData(null, 2, 30, "The holiday “X” is on 02-30, which is no date from 1900 to 2999.")]
    [InlineData(null, 13, 1, "The holiday “X” is on 13-01, which is no date from 1900 to 2999.")]
    [InlineData(9999, 1, 1, "The holiday “X” is on 9999-01-01, which is no date from 1900 to 2999.")]
    public void A_holiday_on_no_date_is_refused(int? year, int month, int day, string problem) =>
        Refused(problem, Office with { Holidays = [new(year, month, day, "X", [])] });

    [Fact]
    public void A_yearly_holiday_on_the_leap_day_is_allowed() => Assert.Empty(Problems(Office with { Holidays = [Holiday.Yearly(2, 29, "Leap day")] }));

    [Fact]
    public void Five_years_of_holidays_are_refused()
    {
        var holidays = Enumerable.Range(0, 1900).Select(i => Holiday.On(new DateOnly(2027, 1, 1).AddDays(i), "Sabbatical")).ToImmutableArray();

        Refused("There is no working time for more than five years around 2027-01-01, so nothing could ever be due. Give some day of the week hours that no holiday takes away.",
            Office with { Holidays = holidays });
        Assert.Empty(Problems(Office with { Holidays = [.. holidays.Take(1700)] }));
    }

    [Fact]
    public void Holidays_on_every_day_of_every_year_are_refused()
    {
        var everyDay = Enumerable.Range(0, 366).Select(i => new DateOnly(2024, 1, 1).AddDays(i)).Select(d => Holiday.Yearly(d.Month, d.Day, "Never")).ToImmutableArray();

        Assert.Contains("more than five years", Assert.Single(Problems(Office with { Holidays = everyDay })), StringComparison.Ordinal);
        Assert.Contains("more than five years", Assert.Single(Problems(Office with { Holidays = [.. everyDay.Where(h => h is not { Month: 2, Day: 29 })] })), StringComparison.Ordinal);
        Assert.Empty(Problems(Office with { Holidays = [.. everyDay.Where(h => h is not { Month: 3, Day: <= 7 })] }));
    }

    [Fact]
    public void Every_problem_is_reported_at_once() =>
        Assert.Equal(3, Problems(Office with { Zone = "Nowhere", Week = Calendars.Week([DayOfWeek.Monday], "08:00-08:00"), Holidays = [Holiday.Yearly(2, 30, "X")] }).Count);

    [Fact]
    public void Lists_that_were_never_set_are_empty()
    {
        var calendar = Calendars.Made(Office with { Holidays = default, Exceptions = default, Week = Office.Week.Add(DayOfWeek.Sunday, default) });

        Assert.False(calendar.IsWorkingTime(new(2026, 3, 8, 12, 0, 0, TimeSpan.Zero)));
    }

    private static void Refused(string problem, CalendarDefinition definition) => Assert.Equal([problem], Problems(definition));

    private static List<string> Problems(CalendarDefinition definition)
    {
        var problems = new List<string>();
        Assert.Equal(WorkingCalendar.Create(definition, problems) is null, problems.Count > 0);
        return problems;
    }
}
