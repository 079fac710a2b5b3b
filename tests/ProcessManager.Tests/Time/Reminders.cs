using ProcessManager.Language;
using ProcessManager.Language.Time;
using Xunit;

namespace ProcessManager.Tests.Time;

public class Reminders
{
    [Theory]
    [InlineData("2 working hours before due", typeof(ReminderRule.BeforeDue), "2 working hours before due")]
    [InlineData(" at   due ", typeof(ReminderRule.AtDue), "at due")]
    [InlineData("1 days after due", typeof(ReminderRule.AfterDue), "1 day after due")]
    [InlineData("every 1 working day after due at most 3", typeof(ReminderRule.EveryAfterDue), "every 1 working day after due at most 3")]
    [InlineData("P1D after opened", typeof(ReminderRule.AfterOpened), "1 day after opened")]
    public void A_reminder_is_read(string text, Type kind, string shown)
    {
        var (read, diagnostics) = Read(text);

        Assert.Empty(diagnostics);
        Assert.IsType(kind, read);
        Assert.Equal(shown, read!.ToString());
    }

    [Fact]
    public void A_repeated_reminder_knows_its_interval_and_its_end()
    {
        var repeated = Assert.IsType<ReminderRule.EveryAfterDue>(Read("every 2 weeks after due at most 1000").Read);

        Assert.Equal((14, 1000), (repeated.Interval.Days, repeated.AtMost));
    }

    [Theory]
    [InlineData("", "PM1420", "A reminder is missing; write `2 working hours before due`, `at due`, `1 day after due`, `every 1 day after due at most 3` or `1 day after opened`.", null)]
    [InlineData("1 day", "PM1420", "Before or after what? Write `1 day before due` or `1 day after due`.", "1 day before due")]
    [InlineData("due", "PM1420", "Write `at due`.", "at due")]
    [InlineData("weekly", "PM1420", "“weekly” is no reminder; write `2 working hours before due`, `at due`, `1 day after due`, `every 1 day after due at most 3` or `1 day after opened`.", null)]
    [InlineData("1 day before opened", "PM1420", "A reminder comes before `due` and before nothing else.", null)]
    [InlineData("1 day after call", "PM1420", "A reminder comes after `due` or after `opened`; only `every … after due` takes `at most`.", null)]
    [InlineData("1 day after due at most 3", "PM1420", "A reminder comes after `due` or after `opened`; only `every … after due` takes `at most`.", null)]
    [InlineData("0 days before due", "PM1405", "That is at due itself; write `at due`.", null)]
    [InlineData("0 days after opened", "PM1405", "0 days is no time at all; leave the reminder out.", null)]
    [InlineData("every 1 day after due", "PM1421", "Say how often at most: `every 1 day after due at most 3`.", "every 1 day after due at most 3")]
    [InlineData("every 1 day after opened at most 3", "PM1420", "A reminder is repeated after `due` only: `every 1 day after due at most 3`.", null)]
    [InlineData("every 1 day before due at most 3", "PM1420", "A reminder is repeated after `due` only: `every 1 day after due at most 3`.", null)]
    [InlineData("every after due at most 3", "PM1420", "Say every how long: `every 1 day after due at most 3`.", null)]
    [InlineData("every day after due at most 3", "PM1401", "How many? Write a number first: `1 day`.", "1 day")]
    [InlineData("every 0 days after due at most 3", "PM1405", "0 days is no time at all; write at least `1 minute`.", null)]
    [InlineData("every 1 day after due at most 0", "PM1422", "A reminder is repeated 1 to 1000 times, in figures.", null)]
    [InlineData("every 1 day after due at most 1001", "PM1422", "A reminder is repeated 1 to 1000 times, in figures.", null)]
    [InlineData("every 1 day after due at most three", "PM1422", "A reminder is repeated 1 to 1000 times, in figures.", null)]
    [InlineData("every 1 day after due at most -1", "PM1422", "A reminder is repeated 1 to 1000 times, in figures.", null)]
    [InlineData("every 1 day after due 3 times", "PM1420", "After `due` comes `at most` and a number: `every 1 day after due at most 3`.", null)]
    [InlineData("every 20 months after due at most 1000", "PM1422", "1000 times 20 months is more than a hundred years.", null)]
    public void A_mistake_in_a_reminder_is_said_in_words(string text, string code, string message, string? mended)
    {
        var (read, diagnostics) = Read(text);

        Assert.Null(read);
        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal((code, message), (diagnostic.Code, diagnostic.Message));
        Assert.Equal(mended, diagnostic.Fix?.Edits.Single().NewText);
    }

    private static (ReminderRule? Read, List<Diagnostic> Diagnostics) Read(string text)
    {
        var diagnostics = new List<Diagnostic>();
        return (ReminderParser.Parse(SourceText.Of(text), diagnostics), diagnostics);
    }
}
