using System.Globalization;
using ProcessManager.Language;
using ProcessManager.Language.Time;
using Xunit;

namespace ProcessManager.Tests.Time;

public class MomentsOfTime
{
    [Theory]
    [InlineData("field:x", "2026-03-05", MomentUse.Due, "2026-03-05 17:00", "due from a date is its closing")]
    [InlineData("field:x", "2026-03-06", MomentUse.Due, "2026-03-06 14:00", "a short Friday closes early")]
    [InlineData("field:x", "2026-03-07", MomentUse.Due, "2026-03-09 17:00", "a Saturday is Monday")]
    [InlineData("field:x", "2026-03-07", MomentUse.Wait, "2026-03-09 08:00", "a wait from a date is its opening")]
    [InlineData("field:x", "2026-03-05", MomentUse.Redo, "2026-03-05 08:00", "so is the opening of a redo")]
    [InlineData("field:x", "2026-03-05", MomentUse.Expire, "2026-03-05 17:00", "an offer that expires on a date is good until its closing")]
    [InlineData("2 weeks before field:x", "2026-03-20", MomentUse.Due, "2026-03-06 14:00", "weeks are counted as dates, then the day closes")]
    [InlineData("2 weeks before field:x", "2026-03-21", MomentUse.Starts, "2026-03-09 08:00", "to a Saturday, which is Monday")]
    [InlineData("2 working days before field:x", "2026-03-08", MomentUse.Due, "2026-03-05 17:00", "before a Sunday come Friday and Thursday")]
    [InlineData("2 working days after field:x", "2026-03-08", MomentUse.Due, "2026-03-11 17:00", "a Sunday counts as Monday")]
    [InlineData("1 working day after field:x", "2026-03-06", MomentUse.Due, "2026-03-09 17:00", "from a short day to the end of a long one")]
    [InlineData("3 working hours before field:x", "2026-03-05", MomentUse.Due, "2026-03-05 14:00", "hours before a date are hours before its closing")]
    [InlineData("3 working hours after field:x", "2026-03-05", MomentUse.Wait, "2026-03-05 11:00", "hours after a date are hours after its opening")]
    [InlineData("1 month after field:x", "2026-01-31", MomentUse.Due, "2026-03-02 17:00", "28 February 2026 is a Saturday")]
    [InlineData("at field:x", "2026-03-07 10:00", MomentUse.Due, "2026-03-07 10:00", "a time of day is taken as it stands")]
    [InlineData("2 working days after field:x", "2026-03-05 16:00", MomentUse.Due, "2026-03-09 16:00", "and counted from")]
    [InlineData("at 2026-03-05", "", MomentUse.Due, "2026-03-05 17:00", "a date in the plan needs no value")]
    [InlineData("at 2026-03-05 10:30", "", MomentUse.Due, "2026-03-05 10:30", "nor does a time")]
    [InlineData("at 2026-03-29 02:30", "", MomentUse.Wait, "2026-03-29 03:00", "a time that does not exist")]
    [InlineData("1 day before 2026-03-08", "", MomentUse.Wait, "2026-03-09 08:00", "from a date in the plan")]
    public void A_moment_becomes_an_instant(string moment, string anchor, MomentUse use, string expected, string why)
    {
        var calendar = Calendars.Agency;

        var result = MomentClock.Resolve(Read(moment, use), Value(calendar, anchor), use, calendar);

        Assert.True(expected == Shown(calendar, result!.Value), $"{why}: {Shown(calendar, result.Value)}");
    }

    [Fact]
    public void A_moment_whose_anchor_has_no_value_is_unset() =>
        Assert.Null(MomentClock.Resolve(Read("2 weeks before field:x", MomentUse.Due), null, MomentUse.Due, Calendars.Agency));

    [Theory]
    [InlineData("2 weeks before field:x", "2026-03-21", MomentUse.Starts, "2 weeks before Sat 21 Mar: Mon 9 Mar 08:00, the opening (Agency)")]
    [InlineData("at field:x", "2026-03-07", MomentUse.Due, "Sat 7 Mar: Mon 9 Mar 17:00, the closing (Agency)")]
    [InlineData("3 working hours before field:x", "2026-03-05", MomentUse.Due, "3 working hours before Thu 5 Mar: Thu 5 Mar 14:00 (Agency)")]
    [InlineData("12 months after field:x", "2026-03-05", MomentUse.Due, "12 months after Thu 5 Mar: Fri 5 Mar 2027 14:00, the closing (Agency)")]
    [InlineData("1 working day after field:x", "2026-03-05 16:00", MomentUse.Due, "1 working day from Thu 5 Mar 16:00: Fri 6 Mar 14:00 (Agency)")]
    [InlineData("2 working days before field:x", "2026-03-13", MomentUse.Due, "2 working days before Fri 13 Mar: Thu 12 Mar, Wed 11 Mar 17:00, the closing (Agency)")]
    [InlineData("1 working day after field:x", "2026-03-08", MomentUse.Starts, "1 working day after Sun 8 Mar, counted from Mon 9 Mar: Tue 10 Mar 08:00, the opening (Agency)")]
    [InlineData("3 working days before field:x", "2026-04-08", MomentUse.Due, "3 working days before Wed 8 Apr: Tue 7 Apr, Fri 3 Apr, Thu 2 Apr 17:00, the closing; not worked: Mon 6 Apr (Easter Monday) (Agency)")]
    [InlineData("at field:x", "2026-04-06", MomentUse.Due, "Mon 6 Apr: Tue 7 Apr 17:00, the closing; not worked: Mon 6 Apr (Easter Monday) (Agency)")]
    [InlineData("2 weeks after field:x", "2026-03-30", MomentUse.Due, "2 weeks after Mon 30 Mar: Mon 13 Apr 17:00, the closing (Agency)")]
    [InlineData("at field:x", "2026-03-05 16:00", MomentUse.Due, null)]
    [InlineData("1 day after field:x", "", MomentUse.Due, null)]
    public void A_moment_can_be_explained(string moment, string anchor, MomentUse use, string? expected) =>
        Assert.Equal(expected, MomentClock.Explain(Read(moment, use), Value(Calendars.Agency, anchor), use, Calendars.Agency));

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    public void A_date_at_the_end_of_time_is_no_accident(string date)
    {
        var day = new AnchorValue.Date(DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        foreach (var moment in new[] { "field:x", "1200 months before field:x", "1200 months after field:x", "10 working days before field:x", "10 working days after field:x" })
        {
            Assert.NotNull(MomentClock.Resolve(Read(moment, MomentUse.Due), day, MomentUse.Due, Calendars.Office));
        }
    }

    private static Moment Read(string text, MomentUse use) => MomentParser.Parse(SourceText.Of(text), use, [])!;

    private static AnchorValue? Value(WorkingCalendar calendar, string text) => text.Length switch
    {
        0 => null,
        10 => new AnchorValue.Date(DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture)),
        _ => new AnchorValue.Instant(calendar.InstantOf(DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture))),
    };

    private static string Shown(WorkingCalendar calendar, DateTimeOffset at) => calendar.LocalTime(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
