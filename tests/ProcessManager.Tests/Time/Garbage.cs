using ProcessManager.Language;
using ProcessManager.Language.Time;
using Xunit;

namespace ProcessManager.Tests.Time;

public class Garbage
{
    [Fact]
    public void Whatever_is_written_is_read_or_refused_in_words()
    {
        for (var seed = 0; seed < 5_000; seed++)
        {
            var text = new RandomTime(seed).Garbage();
            try
            {
                foreach (var use in Enum.GetValues<MomentUse>()) { Answered(text, d => MomentParser.Parse(SourceText.Of(text), use, d)); }
                Answered(text, d => DurationParser.Parse(SourceText.Of(text), d));
                Answered(text, d => DurationParser.Parse(SourceText.Of(text), d, zeroAllowed: false));
                Answered(text, d => ReminderParser.Parse(SourceText.Of(text), d));
                Answered(text, d => ScheduleParser.Parse(SourceText.Of(text), d));
            }
            catch (Exception failure) { throw new InvalidOperationException($"Seed {seed}, “{text}”: {failure.Message}", failure); }
        }
    }

    [Fact]
    public void A_very_long_text_is_refused_in_a_short_sentence()
    {
        foreach (var text in new[] { new string('9', 1 << 20), new string('a', 1 << 20), string.Join(' ', Enumerable.Repeat("2 days", 100_000)), "P" + new string('1', 1 << 20) + "D", "every " + new string('d', 1 << 20) + " after due", "at " + new string('-', 1 << 20) })
        {
            foreach (var diagnostic in Answered(text, d => MomentParser.Parse(SourceText.Of(text), MomentUse.Due, d)).Concat(Answered(text, d => ReminderParser.Parse(SourceText.Of(text), d)))
                .Concat(Answered(text, d => ScheduleParser.Parse(SourceText.Of(text), d))))
            {
                Assert.True(diagnostic.Message.Length < 400, diagnostic.Message);
            }
        }
    }

    [Fact]
    public void Every_mistake_has_its_entry_in_the_catalogue_and_the_entry_an_example_that_causes_it()
    {
        // Those from PM1430 on are of whole files: a golden folder has them.
        foreach (var entry in Errors.All.Where(e => e.Code.StartsWith("PM14", StringComparison.Ordinal) && string.CompareOrdinal(e.Code, "PM1430") < 0))
        {
            var found = new List<Diagnostic>();
            var (key, text) = (entry.Example[..entry.Example.IndexOf(':', StringComparison.Ordinal)], entry.Example[(entry.Example.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
            if (key == "every") { ScheduleParser.Parse(SourceText.Of(text), found); }
            else if (key == "remind") { ReminderParser.Parse(SourceText.Of(text.Trim('[', ']')), found); }
            else { MomentParser.Parse(SourceText.Of(text), key == "due" ? MomentUse.Due : MomentUse.Wait, found); }
            Assert.Contains(entry.Code, found.Select(d => d.Code));
        }
    }

    /// <summary>Either a value without an error, or none and at least one; and every place lies in the text.</summary>
    private static List<Diagnostic> Answered(string text, Func<List<Diagnostic>, object?> parse)
    {
        var diagnostics = new List<Diagnostic>();
        var value = parse(diagnostics);
        Assert.Equal(value is null, diagnostics.Count > 0);
        Assert.All(diagnostics, d => Assert.True(d.Span.Start >= 0 && d.Span.Start <= d.Span.End && d.Span.End <= text.Length, d.ToString()));
        Assert.All(diagnostics.SelectMany(d => d.Fix?.Edits ?? []), e => Assert.NotEmpty(e.NewText));
        return diagnostics;
    }
}
