using ProcessManager.Language;
using ProcessManager.Language.Time;
using Xunit;

namespace ProcessManager.Tests.Time;

public class CalendarDays
{
    [Theory]
    [InlineData("agency", "2026-03-05", "2026-03-05 08:00", "2026-03-05 17:00")]
    [InlineData("agency", "2026-03-06", "2026-03-06 08:00", "2026-03-06 14:00")]
    [InlineData("agency", "2026-03-07", "2026-03-09 08:00", "2026-03-09 17:00")]
    [InlineData("agency", "2026-12-24", "2026-12-24 08:00", "2026-12-24 12:00")]
    [InlineData("agency", "2026-12-25", "2026-12-28 08:00", "2026-12-28 17:00")]
    [InlineData("night", "2026-03-06", "2026-03-06 22:00", "2026-03-07 06:00")]
    [InlineData("always", "2026-03-07", "2026-03-07 00:00", "2026-03-07 23:59")]
    [InlineData("always", "2026-03-29", "2026-03-29 00:00", "2026-03-29 23:59")]
    public void A_day_opens_and_closes_with_its_hours_or_those_of_the_next_that_is_worked(string name, string day, string opens, string closes)
    {
        var calendar = Calendars.Named(name);
        var date = DateOnly.ParseExact(day, "yyyy-MM-dd", null);

        Assert.Equal(opens, Shown(calendar, calendar.StartOfWorkingDay(date)));
        Assert.Equal(closes, Shown(calendar, calendar.EndOfWorkingDay(date)));
    }

    [Fact]
    public void Working_days_between_are_whole_ones()
    {
        var (friday, monday) = (At(2026, 3, 6, 16), At(2026, 3, 9, 15));

        Assert.Equal(0, Calendars.Office.WorkingDaysBetween(friday, monday));
        Assert.Equal(1, Calendars.Office.WorkingDaysBetween(friday, monday.AddHours(1)));
        Assert.Equal(-1, Calendars.Office.WorkingDaysBetween(monday.AddHours(1), friday));
    }

    [Fact]
    public void Leave_is_not_working_time()
    {
        var calendar = Calendars.Office.Without([(At(2026, 3, 10, 0), At(2026, 3, 12, 0)), (At(2026, 3, 12, 8), At(2026, 3, 12, 12)), (At(2026, 3, 11, 0), At(2026, 3, 11, 12))]);

        // Monday 16:00, then leave on Tuesday and Wednesday, and on Thursday until noon in UTC, which is 13:00.
        Assert.Equal("2026-03-12 16:00", Shown(calendar, calendar.Add(At(2026, 3, 9, 15), Days(1))));
        Assert.Equal("2026-03-12 13:00", Shown(calendar, calendar.Add(At(2026, 3, 9, 9), Days(1))));
        Assert.Equal("2026-03-12 14:00", Shown(calendar, calendar.Add(At(2026, 3, 9, 15), Hours(2))));
        Assert.Equal("2026-03-09 16:00", Shown(calendar, calendar.Subtract(At(2026, 3, 12, 13), Hours(2))));
        Assert.Equal(TimeSpan.FromHours(5), calendar.WorkingTimeBetween(At(2026, 3, 9, 15), At(2026, 3, 12, 23)));
        Assert.Equal("2026-03-12 13:00", Shown(calendar, calendar.StartOfWorkingDay(new(2026, 3, 10))));
        Assert.False(calendar.IsWorkingTime(At(2026, 3, 11, 10)));
        Assert.True(Calendars.Office.IsWorkingTime(At(2026, 3, 11, 10)));
    }

    [Fact]
    public void Leave_in_the_middle_of_a_day_splits_it()
    {
        var calendar = Calendars.Office.Without([(At(2026, 3, 9, 10), At(2026, 3, 9, 11))]).Without([(At(2026, 3, 9, 13), At(2026, 3, 9, 14))]);

        Assert.Equal(TimeSpan.FromHours(6), calendar.WorkingTimeBetween(At(2026, 3, 9, 0), At(2026, 3, 10, 0)));
        Assert.Equal("2026-03-09 15:00", Shown(calendar, calendar.Add(At(2026, 3, 6, 13).AddMinutes(30), Days(1))));
    }

    [Fact]
    public void Leave_without_an_end_is_not_waited_for()
    {
        var from = At(2026, 3, 9, 9);
        var calendar = Calendars.Office.Without([(from, DateTimeOffset.MaxValue), (At(2026, 3, 4, 0), At(2026, 3, 5, 0)), (DateTimeOffset.MinValue, At(2020, 1, 1, 0))]);

        Assert.Equal(Calendars.Office.Add(from, Days(1)), calendar.Add(from, Days(1)));
        Assert.False(calendar.IsWorkingTime(At(2026, 3, 4, 10)));
    }

    [Theory]
    [InlineData("agency", "2026-03-06 12:00", "2 working days", "2 working days from Fri 6 Mar 12:00: Mon 9 Mar, Tue 10 Mar (Agency)")]
    [InlineData("office", "2026-03-06 16:00", "2 working days", "2 working days from Fri 6 Mar 16:00: Mon 9 Mar, Tue 10 Mar (Office)")]
    [InlineData("office", "2026-03-07 10:00", "1 working day", "1 working day from Sat 7 Mar 10:00, counted from Mon 9 Mar 09:00: Tue 10 Mar (Office)")]
    [InlineData("agency", "2026-03-05 16:00", "1 working day", "1 working day from Thu 5 Mar 16:00: Fri 6 Mar 14:00 (Agency)")]
    [InlineData("agency", "2026-04-02 10:00", "2 working days", "2 working days from Thu 2 Apr 10:00: Fri 3 Apr, Tue 7 Apr; not worked: Mon 6 Apr (Easter Monday) (Agency)")]
    [InlineData("office", "2026-03-06 16:00", "3 working hours", "3 working hours from Fri 6 Mar 16:00: Mon 9 Mar 11:00 (Office)")]
    [InlineData("office", "2026-12-30 10:00", "3 working days", "3 working days from Wed 30 Dec 10:00: Thu 31 Dec, Fri 1 Jan 2027, Mon 4 Jan 2027 (Office)")]
    [InlineData("office", "2026-03-02 10:00", "20 working days", "20 working days from Mon 2 Mar 10:00: Tue 3 Mar, Wed 4 Mar, Thu 5 Mar, …, Mon 30 Mar (Office)")]
    [InlineData("office", "2026-03-06 16:00", "1 week", "1 week from Fri 6 Mar 16:00: Fri 13 Mar 16:00 (Europe/Vienna)")]
    public void A_result_can_be_explained(string name, string from, string duration, string expected)
    {
        var calendar = Calendars.Named(name);
        var start = calendar.InstantOf(DateTime.ParseExact(from, "yyyy-MM-dd HH:mm", null));

        Assert.Equal(expected, calendar.Explain(start, DurationParser.Parse(SourceText.Of(duration), [])!));
    }

    [Fact]
    public void Counting_backward_and_leave_are_explained_too()
    {
        var calendar = Calendars.Office.Without([(At(2026, 3, 9, 0), At(2026, 3, 10, 0))]);

        Assert.Equal("2 working days before Wed 11 Mar 16:00: Tue 10 Mar, Fri 6 Mar; not worked: Mon 9 Mar (away) (Office)", calendar.Explain(At(2026, 3, 11, 15), Days(2), before: true));
    }

    [Fact]
    public void The_ends_of_time_are_ends_and_nothing_throws()
    {
        Duration[] durations =
        [
            Days(int.MaxValue), Duration.Zero with { WorkingTime = TimeSpan.MaxValue }, Duration.Zero with { Months = int.MaxValue, Days = int.MaxValue, Elapsed = TimeSpan.MaxValue },
        ];
        foreach (var calendar in new[] { Calendars.Office, Calendars.Named("nights-lh") })
        {
            foreach (var at in new[] { DateTimeOffset.MinValue, DateTimeOffset.MaxValue, At(9998, 6, 1, 0) })
            {
                foreach (var duration in durations)
                {
                    Assert.True(calendar.Add(at, duration) >= calendar.Subtract(at, duration));
                    Assert.NotEmpty(calendar.Explain(at, duration with { Text = "long" }));
                }

                Assert.True(calendar.WorkingTimeBetween(at, At(2026, 1, 1, 0)) != TimeSpan.Zero);
                Assert.True(calendar.WorkingDaysBetween(at, At(2026, 1, 1, 0)) != 0);
                calendar.IsWorkingTime(at);
            }

            Assert.True(calendar.StartOfWorkingDay(DateOnly.MinValue) < calendar.EndOfWorkingDay(DateOnly.MaxValue));
        }
    }

    private static DateTimeOffset At(int year, int month, int day, int hour) => new(year, month, day, hour, 0, 0, TimeSpan.Zero);

    private static Duration Days(int n) => Duration.Zero with { WorkingDays = n, Text = $"{n} working days" };

    private static Duration Hours(int n) => Duration.Zero with { WorkingTime = TimeSpan.FromHours(n), Text = $"{n} working hours" };

    private static string Shown(WorkingCalendar calendar, DateTimeOffset at) =>
        calendar.LocalTime(at).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
