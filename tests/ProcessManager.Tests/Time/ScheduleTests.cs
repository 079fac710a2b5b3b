using ProcessManager.Language;
using ProcessManager.Language.Time;
using Xunit;

namespace ProcessManager.Tests.Time;

public class ScheduleTests
{
    private static Schedule Read(string text)
    {
        var found = new List<Diagnostic>();
        var schedule = ScheduleParser.Parse(SourceText.Of(text), found);
        Assert.True(schedule is not null, string.Join('\n', found));
        return schedule;
    }

    [Theory]
    [InlineData("monday at 08:00", "monday at 08:00")]
    [InlineData("Friday  and monday at 08:05", "monday and friday at 08:05")]
    [InlineData("monday, wednesday and sunday at 00:00", "monday, wednesday and sunday at 00:00")]
    [InlineData("monday,tuesday at 23:59", "monday and tuesday at 23:59")]
    [InlineData("day at 08:00", "day at 08:00")]
    [InlineData("Working day at 08:00", "working day at 08:00")]
    [InlineData("1st of the month at 08:00", "1st of the month at 08:00")]
    [InlineData("2 of month at 08:00", "2nd of the month at 08:00")]
    [InlineData("3. day of the month at 08:00", "3rd of the month at 08:00")]
    [InlineData("11th of the month at 08:00", "11th of the month at 08:00")]
    [InlineData("23rd day of month at 08:00", "23rd of the month at 08:00")]
    [InlineData("last day of the month at 08:00", "last day of the month at 08:00")]
    public void A_time_that_repeats_is_read_and_told_in_one_way(string text, string told)
    {
        var schedule = Read(text);

        Assert.Equal(told, schedule.Text);
        Assert.Equal(told, Read(schedule.Text).Text);
    }

    [Fact]
    public void Its_parts_say_which_days_are_meant()
    {
        Assert.Equal([DayOfWeek.Monday, DayOfWeek.Sunday], Read("sunday and monday at 07:30").Days.ToArray());
        Assert.Equal(new TimeOnly(7, 30), Read("sunday and monday at 07:30").At);
        Assert.Equal((null, true), (Read("working day at 08:00").DayOfMonth, Read("working day at 08:00").WorkingDaysOnly));
        Assert.Equal((31, 15), (Read("last day of the month at 08:00").DayOfMonth, Read("15th of the month at 08:00").DayOfMonth));
        Assert.Empty(Read("day at 08:00").Days);
    }
}
