using ProcessManager.Language;
using ProcessManager.Language.Time;
using Xunit;

namespace ProcessManager.Tests.Time;

public class Durations
{
    [Theory]
    [InlineData("2 working days", 0, 0, 0, 2, 0, "2 working days")]
    [InlineData("1 working day", 0, 0, 0, 1, 0, "1 working day")]
    [InlineData("1 working days", 0, 0, 0, 1, 0, "1 working day")]
    [InlineData("2 working hour", 0, 0, 0, 0, 120, "2 working hours")]
    [InlineData("90 minutes", 0, 0, 90, 0, 0, "90 minutes")]
    [InlineData("1 minute", 0, 0, 1, 0, 0, "1 minute")]
    [InlineData("36 hours", 0, 0, 2160, 0, 0, "36 hours")]
    [InlineData("3 days", 0, 3, 0, 0, 0, "3 days")]
    [InlineData("1 week", 0, 7, 0, 0, 0, "1 week")]
    [InlineData("2 weeks", 0, 14, 0, 0, 0, "2 weeks")]
    [InlineData("6 months", 6, 0, 0, 0, 0, "6 months")]
    [InlineData("  2   Working\tDays ", 0, 0, 0, 2, 0, "2 working days")]
    [InlineData("007 days", 0, 7, 0, 0, 0, "7 days")]
    [InlineData("0 days", 0, 0, 0, 0, 0, "0 days")]
    [InlineData("P1DT2H", 0, 1, 120, 0, 0, "1 day and 2 hours")]
    [InlineData("P1Y2M10DT2H30M", 14, 10, 150, 0, 0, "14 months, 10 days, 2 hours and 30 minutes")]
    [InlineData("P2W", 0, 14, 0, 0, 0, "2 weeks")]
    [InlineData("PT36H", 0, 0, 2160, 0, 0, "36 hours")]
    [InlineData("PT0S", 0, 0, 0, 0, 0, "0 minutes")]
    public void A_duration_is_read(string text, int months, int days, int minutes, int workingDays, int workingMinutes, string shown)
    {
        var (read, diagnostics) = Read(text);

        Assert.Empty(diagnostics);
        Assert.Equal(new Duration(months, days, TimeSpan.FromMinutes(minutes), workingDays, TimeSpan.FromMinutes(workingMinutes), shown), read);
    }

    [Fact]
    public void Seconds_of_an_iso_duration_are_read_to_the_millisecond()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(61_500), Read("PT1M1.5S").Read!.Elapsed);
        Assert.Equal(TimeSpan.FromMilliseconds(250), Read("PT0,25S").Read!.Elapsed);
    }

    [Theory]
    [InlineData("", "PM1401", "A duration is missing; write a number and a unit, such as `2 working days`.", null)]
    [InlineData("two days", "PM1401", "Write the number in figures: `2 days`.", "2 days")]
    [InlineData("a week", "PM1401", "Write the number in figures: `1 week`.", "1 week")]
    [InlineData("working day", "PM1401", "How many? Write a number first: `1 working day`.", "1 working day")]
    [InlineData("working week", "PM1402", "“working week” is no duration; write `5 working days`.", "5 working days")]
    [InlineData("2 working weeks", "PM1402", "“working weeks” is no unit; did you mean `10 working days`?", "10 working days")]
    [InlineData("2 d", "PM1402", "“d” is no unit; did you mean `2 days` or `2 working days`?", "2 days")]
    [InlineData("2d", "PM1402", "“2d” needs a blank between number and unit; did you mean `2 days` or `2 working days`?", "2 days")]
    [InlineData("2days", "PM1402", "“2days” needs a blank between number and unit; did you mean `2 days`?", "2 days")]
    [InlineData("1 year", "PM1402", "“year” is no unit; did you mean `12 months`?", "12 months")]
    [InlineData("3 business days", "PM1402", "“business days” is no unit; did you mean `3 working days`?", "3 working days")]
    [InlineData("3 wroking days", "PM1402", "“wroking days” is no unit; did you mean `3 working days`?", "3 working days")]
    [InlineData("3 monts", "PM1402", "“monts” is no unit; did you mean `3 months`?", "3 months")]
    [InlineData("3 parsecs", "PM1402", "“parsecs” is no unit; expected minutes, hours, days, weeks, months, working hours or working days.", null)]
    [InlineData("3", "PM1402", "3 of what? Write minutes, hours, days, weeks, months, working hours or working days.", null)]
    [InlineData("soon", "PM1401", "“soon” is no duration; write a number and a unit, such as `2 working days`, or an ISO 8601 duration, such as `P1DT2H`.", null)]
    [InlineData("1.5 hours", "PM1401", "Only whole numbers can be counted; write a smaller unit instead, such as `90 minutes` for an hour and a half.", null)]
    [InlineData("2 days 3 hours", "PM1401", "A duration has one number and one unit; write several as ISO 8601, such as `P1DT2H` for a day and two hours.", null)]
    [InlineData("-2 days", "PM1403", "A duration can't be negative; write `before` where something comes earlier, as in `2 days before due`.", null)]
    [InlineData("-P2D", "PM1403", "A duration can't be negative; write `before` where something comes earlier, as in `P2D before due`.", null)]
    [InlineData("P-2D", "PM1403", "A duration can't be negative; write `before` where something comes earlier, as in `P2D before due`.", null)]
    [InlineData("P1000000Y", "PM1404", "“P1000000Y” is too long; at most 100 years can be asked for.", null)]
    [InlineData("P99999999999999999999999999999999999D", "PM1404", "“P99999999999999999999999999999999999D” is too long; at most 100 years can be asked for.", null)]
    [InlineData("99999999999999 days", "PM1404", "At most 36525 days can be asked for.", null)]
    [InlineData("2501 working days", "PM1404", "At most 2500 working days can be asked for.", null)]
    [InlineData("P2H", "PM1406", "“P2H” is no ISO 8601 duration; write P, then years Y, months M, weeks W and days D, then T and hours H, minutes M and seconds S, such as `P1DT2H`.", null)]
    public void A_mistake_in_a_duration_is_said_in_words(string text, string code, string message, string? mended)
    {
        var (read, diagnostics) = Read(text);

        Assert.Null(read);
        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal((code, message), (diagnostic.Code, diagnostic.Message));
        Assert.Equal(mended, diagnostic.Fix?.Edits.Single().NewText);
        if (mended is not null) { Assert.NotNull(Read(mended).Read); }
    }

    [Theory]
    [InlineData("0 days")]
    [InlineData("P0D")]
    [InlineData("0 working hours")]
    public void A_duration_of_nothing_is_refused_where_it_makes_no_sense(string text)
    {
        var diagnostics = new List<Diagnostic>();

        Assert.Null(DurationParser.Parse(SourceText.Of(text), diagnostics, zeroAllowed: false));
        Assert.Equal("PM1405", Assert.Single(diagnostics).Code);
    }

    [Fact]
    public void The_place_of_a_mistake_is_the_place_in_the_file()
    {
        var diagnostics = new List<Diagnostic>();

        DurationParser.Parse(SourceText.Of("due: 99999 days ", "plan.yaml").Part(5, 11), diagnostics);

        var span = Assert.Single(diagnostics).Span;
        Assert.Equal(("plan.yaml", 6, 11, 5, 10), (span.File, span.StartColumn, span.EndColumn, span.Start, span.End));
    }

    [Fact]
    public void A_duration_many_times_over_keeps_to_its_unit()
    {
        var month = Read("1 month").Read!;

        Assert.Equal(3, month.Times(3).Months);
        Assert.Equal(int.MaxValue, (month with { Months = int.MaxValue }).Times(1000).Months);
        Assert.Equal(TimeSpan.FromTicks(long.MaxValue), (month with { Elapsed = TimeSpan.MaxValue }).Times(1000).Elapsed);
    }

    private static (Duration? Read, List<Diagnostic> Diagnostics) Read(string text)
    {
        var diagnostics = new List<Diagnostic>();
        return (DurationParser.Parse(SourceText.Of(text), diagnostics), diagnostics);
    }
}
