using ProcessManager.Language;
using ProcessManager.Language.Time;
using Xunit;

namespace ProcessManager.Tests.Time;

public class Moments
{
    public static TheoryData<string, Anchor, string, bool, string> Written => new()
    {
        { "2 weeks before field:conference-date", new Anchor.FieldValue("conference-date"), "2 weeks", true, "2 weeks before field:conference-date" },
        { "3 days after call", new Anchor.StepSettled("call"), "3 days", false, "3 days after call" },
        { "1 month after start", new Anchor.ProjectStart(), "1 month", false, "1 month after start" },
        { "1 working days  AFTER stage", new Anchor.StageEntered(), "1 working day", false, "1 working day after stage" },
        { "P1DT2H before 2027-01-31", new Anchor.Fixed(new(2027, 1, 31), false), "1 day and 2 hours", true, "1 day and 2 hours before 2027-01-31" },
        { "2 hours before 2027-01-31 14:00", new Anchor.Fixed(new(2027, 1, 31, 14, 0, 0), true), "2 hours", true, "2 hours before 2027-01-31 14:00" },
        { "at field:call-on", new Anchor.FieldValue("call-on"), "0 minutes", false, "at field:call-on" },
        { "at 2027-01-31", new Anchor.Fixed(new(2027, 1, 31), false), "0 minutes", false, "at 2027-01-31" },
        { "at 2027-01-31T14:00", new Anchor.Fixed(new(2027, 1, 31, 14, 0, 0), true), "0 minutes", false, "at 2027-01-31 14:00" },
        { "2028-02-29", new Anchor.Fixed(new(2028, 2, 29), false), "0 minutes", false, "at 2028-02-29" },
        { "field:call-on", new Anchor.FieldValue("call-on"), "0 minutes", false, "at field:call-on" },
        { "due", new Anchor.Due(), "0 minutes", false, "at due" },
        { "stage", new Anchor.StageEntered(), "0 minutes", false, "at stage" },
        { "start", new Anchor.ProjectStart(), "0 minutes", false, "at start" },
        { "opened", new Anchor.Opened(), "0 minutes", false, "at opened" },
        { "follow-up-2", new Anchor.StepSettled("follow-up-2"), "0 minutes", false, "at follow-up-2" },
        { "at working", new Anchor.StepSettled("working"), "0 minutes", false, "at working" },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void A_moment_is_read(string text, Anchor anchor, string offset, bool before, string shown)
    {
        var (read, diagnostics, _) = Read(text);

        Assert.Empty(diagnostics);
        Assert.Equal((anchor, offset, before, shown, false), (read!.Anchor, read.Offset.Text, read.Before, read.Text, read.IsBareDuration));
    }

    [Theory]
    [InlineData(MomentUse.Due, typeof(Anchor.Opened))]
    [InlineData(MomentUse.Expire, typeof(Anchor.Opened))]
    [InlineData(MomentUse.Escalate, typeof(Anchor.Due))]
    public void A_bare_duration_counts_from_where_its_key_says(MomentUse use, Type anchor)
    {
        var (read, diagnostics, _) = Read("2 working days", use);

        Assert.Empty(diagnostics);
        Assert.True(read!.IsBareDuration);
        Assert.IsType(anchor, read.Anchor);
        Assert.Equal("2 working days", read.Text);
    }

    [Theory]
    [InlineData("2 weeks before field:conference-date", "field:conference-date")]
    [InlineData("at  call", "call")]
    [InlineData(" due ", " due ")]
    [InlineData("1 day after 2027-01-31 14:00", "2027-01-31 14:00")]
    [InlineData("2 days", "2 days")]
    public void The_place_of_the_anchor_is_given_back(string text, string anchor)
    {
        var span = Read(text).Anchor;

        Assert.Equal(anchor, text[span.Start..span.End]);
    }

    [Theory]
    [InlineData("", "PM1410", "A moment is missing; write a duration, or a duration and what it counts from.", null)]
    [InlineData("before call", "PM1410", "Say how long before: `1 day before call`.", null)]
    [InlineData("2 days before", "PM1410", "Say before what: `2 days before start`, for example.", null)]
    [InlineData("at", "PM1410", "Say at what: `at 2027-01-31`, `at field:call-on`.", null)]
    [InlineData("at 2 weeks", "PM1410", "`at` names a date or an anchor; a duration stands alone: `2 weeks`.", "2 weeks")]
    [InlineData("in 2 weeks", "PM1410", "“in 2 weeks” is no moment; write `2 weeks`.", "2 weeks")]
    [InlineData("on 2027-01-31", "PM1410", "“on 2027-01-31” is no moment; write `at 2027-01-31`.", "at 2027-01-31")]
    [InlineData("until field:call-on", "PM1410", "“until field:call-on” is no moment; write `at field:call-on`.", "at field:call-on")]
    [InlineData("working week", "PM1402", "“working week” is no duration; write `5 working days`.", "5 working days")]
    [InlineData("two days after call", "PM1401", "Write the number in figures: `2 days`.", "2 days")]
    [InlineData("2 weeks before Conference Date", "PM1411", "A moment can't be counted from “Conference Date”; did you mean `conference-date`?", "conference-date")]
    [InlineData("2 weeks before field: Conference Date", "PM1411", "A moment can't be counted from “field: Conference Date”; did you mean `field:conference-date`?", "field:conference-date")]
    [InlineData("3 days after call.yes", "PM1411", "A moment counts from the settling of a step, whatever its outcome; write `call`.", "call")]
    [InlineData("3 days after §", "PM1411", "A moment can't be counted from “§”; expected `opened`, `stage`, `start`, `due`, a step, `field:` with a field, or a date such as `2027-01-31`.", null)]
    [InlineData("at 2027-02-30", "PM1412", "There is no day 30 in February 2027, which has 28 days.", null)]
    [InlineData("at 2027-13-01", "PM1412", "There is no month 13.", null)]
    [InlineData("at 0027-01-01", "PM1412", "The year 27 is outside 1900 to 2999.", null)]
    [InlineData("at 2027-01-31 24:00", "PM1412", "There is no time 24:00; times go from 00:00 to 23:59.", null)]
    [InlineData("at 31.1.2027", "PM1412", "“31.1.2027” is no date; write year-month-day and, where it matters, a time of day in the calendar's zone: `2027-01-31`, `2027-01-31 14:00`.", "2027-01-31")]
    [InlineData("at 2027-1-5", "PM1412", "“2027-1-5” is no date; write year-month-day and, where it matters, a time of day in the calendar's zone: `2027-01-31`, `2027-01-31 14:00`.", "2027-01-05")]
    [InlineData("at 1/2/2027", "PM1412", "“1/2/2027” is no date; write year-month-day and, where it matters, a time of day in the calendar's zone: `2027-01-31`, `2027-01-31 14:00`.", null)]
    [InlineData("at 2027-01-31 14:00Z", "PM1412", "“2027-01-31 14:00Z” is no date; write year-month-day and, where it matters, a time of day in the calendar's zone: `2027-01-31`, `2027-01-31 14:00`.", null)]
    [InlineData("when it suits us", "PM1410", "“when it suits us” is no moment; write a duration and an anchor, such as `2 weeks before field:conference-date`, `at` an anchor or a date, or a duration alone.", null)]
    public void A_mistake_in_a_moment_is_said_in_words(string text, string code, string message, string? mended)
    {
        var (read, diagnostics, _) = Read(text);

        Assert.Null(read);
        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal((code, message), (diagnostic.Code, diagnostic.Message));
        var edit = diagnostic.Fix?.Edits.Single();
        Assert.Equal(mended, edit?.NewText);
        if (edit is not null)
        {
            var corrected = text[..edit.Span.Start] + edit.NewText + text[edit.Span.End..];
            Assert.NotNull(Read(corrected).Read);
        }
    }

    [Theory]
    [InlineData("1 day after due", MomentUse.Due)]
    [InlineData("due", MomentUse.Starts)]
    [InlineData("1 day before due", MomentUse.Wait)]
    [InlineData("1 day after opened", MomentUse.Starts)]
    [InlineData("opened", MomentUse.Within)]
    public void An_anchor_that_can_have_no_value_yet_is_refused(string text, MomentUse use)
    {
        var (read, diagnostics, anchor) = Read(text, use);

        Assert.Null(read);
        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal("PM1413", diagnostic.Code);
        Assert.Equal(anchor, diagnostic.Span);
    }

    [Fact]
    public void Every_mistake_of_a_moment_is_reported_at_once()
    {
        Assert.Equal(["PM1402", "PM1411"], Read("2 d before The End!").Diagnostics.Select(d => d.Code));
    }

    private static (Moment? Read, List<Diagnostic> Diagnostics, SourceSpan Anchor) Read(string text, MomentUse use = MomentUse.Redo)
    {
        var diagnostics = new List<Diagnostic>();
        return (MomentParser.Parse(SourceText.Of(text), use, diagnostics, out var anchor), diagnostics, anchor);
    }
}
