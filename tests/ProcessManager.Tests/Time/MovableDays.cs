using ProcessManager.Language.Time;
using Xunit;

namespace ProcessManager.Tests.Time;

public class MovableDays
{
    [Theory]
    [InlineData(1818, 3, 22)]
    [InlineData(1900, 4, 15)]
    [InlineData(1943, 4, 25)]
    [InlineData(1954, 4, 18)]
    [InlineData(1981, 4, 19)]
    [InlineData(2000, 4, 23)]
    [InlineData(2008, 3, 23)]
    [InlineData(2024, 3, 31)]
    [InlineData(2025, 4, 20)]
    [InlineData(2026, 4, 5)]
    [InlineData(2027, 3, 28)]
    [InlineData(2038, 4, 25)]
    [InlineData(2049, 4, 18)]
    [InlineData(2076, 4, 19)]
    [InlineData(2285, 3, 22)]
    public void Easter_is_where_the_tables_have_it(int year, int month, int day) =>
        Assert.Equal(new DateOnly(year, month, day), MovableDay.Parse("easter")!.In(year));

    [Fact]
    public void Easter_is_a_Sunday_from_22_March_to_25_April_in_every_year()
    {
        for (var year = 1; year <= 9999; year++)
        {
            var easter = MovableDay.Parse("easter")!.In(year);
            Assert.Equal(DayOfWeek.Sunday, easter.DayOfWeek);
            Assert.InRange(easter, new DateOnly(year, 3, 22), new DateOnly(year, 4, 25));
            Assert.Equal(year, MovableDay.Parse("easter - 80")!.In(year).Year);
            Assert.Equal(year, MovableDay.Parse("easter + 250")!.In(year).Year);
        }
    }

    [Theory]
    [InlineData("easter - 2", "2026-04-03", "Good Friday")]
    [InlineData("easter+39", "2026-05-14", "Ascension Day, without blanks")]
    [InlineData("easter + 60", "2026-06-04", "Corpus Christi")]
    [InlineData("1st monday of september", "2026-09-07", "Labor Day")]
    [InlineData("3rd monday of january", "2026-01-19", "Martin Luther King Day")]
    [InlineData("4th thursday of november", "2026-11-26", "Thanksgiving Day")]
    [InlineData("last monday of may", "2026-05-25", "Memorial Day")]
    [InlineData("last sunday of november", "2026-11-29", "the last day but one of a month")]
    [InlineData("2nd sunday of may", "2026-05-10", "Mother's Day")]
    public void A_day_moves_with_the_year(string text, string expected, string why) =>
        Assert.True(expected == MovableDay.Parse(text)!.In(2026).ToString("yyyy-MM-dd", null), why);

    [Theory]
    [InlineData("Easter")]
    [InlineData("easter + ")]
    [InlineData("easter + 251")]
    [InlineData("easter - 81")]
    [InlineData("5th monday of may")]
    [InlineData("1st of may")]
    [InlineData("1st monday of mai")]
    [InlineData("1st 1 of may")]
    [InlineData("last monday")]
    public void Nothing_else_is_read_as_one(string text) => Assert.Null(MovableDay.Parse(text));

    [Fact]
    public void A_weekday_of_a_month_is_that_weekday_in_that_week_of_it()
    {
        foreach (var (place, least) in new[] { ("1st", 1), ("2nd", 8), ("3rd", 15), ("4th", 22) })
        {
            for (var year = 2020; year < 2048; year++)
            {
                var day = MovableDay.Parse($"{place} wednesday of february")!.In(year);
                Assert.Equal(DayOfWeek.Wednesday, day.DayOfWeek);
                Assert.InRange(day.Day, least, least + 6);
                var last = MovableDay.Parse("last wednesday of february")!.In(year);
                Assert.Equal((DayOfWeek.Wednesday, 2, 3), (last.DayOfWeek, last.Month, last.AddDays(7).Month));
            }
        }
    }

    [Fact]
    public void A_calendar_counts_with_them_and_dated_and_yearly_days_win()
    {
        var calendar = Calendars.Made(Calendars.Office.Definition with
        {
            Holidays =
            [
                Holiday.Yearly(MovableDay.Parse("easter + 1")!, "Easter Monday"),
                Holiday.Yearly(MovableDay.Parse("1st friday of may")!, "Bridge", Calendars.Hours("09:00-12:00")),
                Holiday.Yearly(5, 1, "Labour Day"),
                Holiday.On(new(2027, 3, 29), "Moved", Calendars.Hours("09:00-10:00")),
            ],
        });

        Assert.Equal(new DateOnly(2026, 4, 7), calendar.WorkingDayFrom(new(2026, 4, 3), 1));
        Assert.Equal(new DateOnly(2028, 4, 18), calendar.WorkingDayFrom(new(2028, 4, 14), 1));
        Assert.Equal(10, calendar.LocalTime(calendar.EndOfWorkingDay(new(2027, 3, 29))).Hour);
        Assert.Equal(new DateOnly(2026, 5, 4), calendar.WorkingDayFrom(new(2026, 4, 30), 1));
        Assert.Equal(12, calendar.LocalTime(calendar.EndOfWorkingDay(new(2027, 5, 7))).Hour);
        Assert.Contains("Mon 6 Apr (Easter Monday)", calendar.Explain(calendar.InstantOf(new(2026, 4, 3, 10, 0, 0)), Duration.Zero with { WorkingDays = 1, Text = "1 working day" }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_day_twice_is_refused()
    {
        var problems = new List<string>();
        WorkingCalendar.Create(Calendars.Office.Definition with { Holidays = [Holiday.Yearly(MovableDay.Parse("easter + 1")!, "A"), Holiday.Yearly(MovableDay.Parse("easter+1")!, "B")] }, problems);
        Assert.Equal("Two holidays are on easter + 1: “A” and “B”. Keep one.", Assert.Single(problems));
    }
}
