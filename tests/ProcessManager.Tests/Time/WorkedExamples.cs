using System.Globalization;
using System.Text;
using ProcessManager.Language;
using ProcessManager.Language.Time;
using ProcessManager.Tests.Architecture;
using Xunit;

namespace ProcessManager.Tests.Time;

/// <summary>The examples of worked-examples.tsv: each holds, and the guide shows them as they are.</summary>
public class WorkedExamples
{
    private const string Begin = "<!-- worked examples: from tests/ProcessManager.Tests/Time/worked-examples.tsv -->\n";
    private const string End = "<!-- end of worked examples -->\n";

    private static readonly string Guide = Path.Combine(Sources.Root, "docs", "plans", "time.md");

    public static TheoryData<string, string, string, string, string, string> Rows()
    {
        var rows = new TheoryData<string, string, string, string, string, string>();
        foreach (var line in Lines().Where(l => !l.StartsWith('#')))
        {
            var cells = line.Split('\t');
            rows.Add(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_worked_example_holds(string calendar, string counting, string from, string what, string expected, string why)
    {
        if (expected == "refused")
        {
            Assert.Equal(why, Assert.Single(Calendars.Problems(calendar)));
            return;
        }

        var hours = Calendars.Named(calendar);

        var result = counting switch
        {
            "+" => hours.Add(Instant(from), DurationParser.Parse(SourceText.Of(what), [])!),
            "-" => hours.Subtract(Instant(from), DurationParser.Parse(SourceText.Of(what), [])!),
            _ => Resolved(hours, Enum.Parse<MomentUse>(counting, ignoreCase: true), from, what),
        };

        Assert.Equal(TimeSpan.Zero, result.Offset);
        Assert.True(Instant(expected) == result, $"{why}: expected {expected}, was {hours.LocalTime(result):yyyy-MM-dd HH:mm} ({result:u})");
        Assert.Equal(Instant(expected).Offset, hours.Zone.GetUtcOffset(result)); // the table shows what a clock there shows
    }

    [Fact]
    public void There_are_many_of_them_and_no_two_alike()
    {
        var rows = Rows().Select(r => string.Join('\t', r.Take(4))).ToList();
        Assert.True(rows.Count >= 140, $"{rows.Count} rows");
        Assert.Equal(rows.Count, rows.Distinct().Count());
    }

    [Fact]
    public void The_guide_shows_them_as_they_are()
    {
        var page = File.ReadAllText(Guide).ReplaceLineEndings("\n");
        var (from, to) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        Assert.True(from >= 0 && to > from, "docs/plans/time.md has lost the place of the examples.");
        var current = page[..(from + Begin.Length)] + Table() + page[to..];
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") { File.WriteAllText(Guide, current); }
        Assert.Equal(current, File.ReadAllText(Guide).ReplaceLineEndings("\n"));
    }

    private static string Table()
    {
        var table = new StringBuilder();
        foreach (var line in Lines().Where(l => !l.StartsWith("# ", StringComparison.Ordinal)))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                table.Append(CultureInfo.InvariantCulture, $"\n### {line[3..]}\n\n| calendar | from | with | is | because |\n| --- | --- | --- | --- | --- |\n");
                continue;
            }

            var cells = line.Split('\t');
            var (from, to) = (cells[2], cells[4]);
            var offsets = from.Length > 16 && to.Length > 16 && from[17..] != to[17..];
            table.Append(CultureInfo.InvariantCulture, $"| {cells[0]} | {Shown(from, offsets)} | {With(cells[1], cells[3])} | {Shown(to, offsets)} | {cells[5]} |\n");
        }

        return table.Append('\n').ToString();
    }

    private static string With(string counting, string what) => counting switch
    {
        "+" => what,
        "-" => $"{what} before",
        _ => $"`{counting}: {what}`",
    };

    /// <summary>With its weekday; with its offset only where the clocks changed in between.</summary>
    private static string Shown(string time, bool offset)
    {
        if (time.Length < 10) { return time == "-" ? "" : time; }
        var day = DateOnly.ParseExact(time[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture).ToString("ddd yyyy-MM-dd", CultureInfo.InvariantCulture);
        return time.Length == 10 ? day : $"{day} {time[11..16]}{(offset ? $" ({time[17..]})" : "")}";
    }

    private static IEnumerable<string> Lines() =>
        File.ReadLines(Path.Combine(Sources.Root, "tests", "ProcessManager.Tests", "Time", "worked-examples.tsv")).Where(l => l.Length > 0);

    private static DateTimeOffset Resolved(WorkingCalendar calendar, MomentUse use, string from, string what)
    {
        var problems = new List<Diagnostic>();
        var moment = MomentParser.Parse(SourceText.Of(what), use, problems);
        Assert.Empty(problems);
        AnchorValue? anchor = from.Length switch
        {
            1 => null,
            10 => new AnchorValue.Date(DateOnly.ParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture)),
            _ => new AnchorValue.Instant(Instant(from)),
        };
        return MomentClock.Resolve(moment!, anchor, use, calendar)!.Value;
    }

    private static DateTimeOffset Instant(string text) =>
        DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);
}
