using System.Globalization;
using ProcessManager.Language;
using ProcessManager.Language.Time;
using ProcessManager.Tests.Architecture;
using Xunit;

namespace ProcessManager.Tests.Time;

public class WorkedExamples
{
    public static TheoryData<string, string, string, string, string, string> Rows()
    {
        var rows = new TheoryData<string, string, string, string, string, string>();
        foreach (var line in File.ReadLines(Path.Combine(Sources.Root, "tests", "ProcessManager.Tests", "Time", "worked-examples.tsv")).Where(l => !l.StartsWith('#')))
        {
            var cells = line.Split('\t');
            rows.Add(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_worked_example_holds(string calendar, string sign, string from, string duration, string expected, string why)
    {
        var length = DurationParser.Parse(SourceText.Of(duration), [])!;
        var counting = Calendars.Named(calendar);

        var result = sign == "+" ? counting.Add(Instant(from), length) : counting.Subtract(Instant(from), length);

        Assert.Equal(TimeSpan.Zero, result.Offset);
        Assert.True(Instant(expected) == result, $"{why}: expected {expected}, was {counting.LocalTime(result):yyyy-MM-dd HH:mm} ({result:u})");
    }

    [Fact]
    public void There_are_many_of_them() => Assert.True(Rows().Count >= 60);

    private static DateTimeOffset Instant(string text) =>
        DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

}
