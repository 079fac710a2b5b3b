using System.Globalization;
using System.Text;
using ProcessManager.Language;
using ProcessManager.Language.Time;
using ProcessManager.Language.Time.ICalendar;
using Xunit;

namespace ProcessManager.Tests.Time;

/// <summary>Holidays from iCalendar files (RFC 5545).</summary>
public class HolidayFiles
{
    [Fact]
    public void An_event_of_a_whole_day_is_a_holiday() =>
        Assert.Equal("2026-12-25 Christmas Day", Days("DTSTART;VALUE=DATE:20261225\nSUMMARY:Christmas Day"));

    [Theory]
    [InlineData("DTSTART;VALUE=DATE:20260406\nDTEND;VALUE=DATE:20260407", "2026-04-06 Holiday", "the end is outside")]
    [InlineData("DTSTART;VALUE=DATE:20260406\nDTEND;VALUE=DATE:20260406", "2026-04-06 Holiday", "some programs write the same day")]
    [InlineData("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227\nSUMMARY:Christmas", "2026-12-24 Christmas|2026-12-25 Christmas|2026-12-26 Christmas", "several days")]
    [InlineData("DTSTART;VALUE=DATE:20261231\nDURATION:P2D", "2026-12-31 Holiday|2027-01-01 Holiday", "a duration instead of an end, over the turn of the year")]
    [InlineData("DTSTART:20260406", "2026-04-06 Holiday", "without VALUE=DATE")]
    [InlineData("DTSTART;TZID=Europe/Vienna:20260406T000000\nDTEND;TZID=Europe/Vienna:20260407T000000", "2026-04-06 Holiday", "from local midnight to local midnight")]
    [InlineData("DTSTART;TZID=\"Weird: zone; odd\";VALUE=DATE:20260406", "2026-04-06 Holiday", "a colon and a semicolon in quotes")]
    [InlineData("dtstart;value=date:20260406\nsummary;language=de:Ostermontag", "2026-04-06 Ostermontag", "names in small letters, other parameters")]
    [InlineData("DTSTART;VALUE=DATE:20260406\nSUMMARY:Easter\\, Monday\\; and\\nmore \\\\o/", "2026-04-06 Easter, Monday; and more \\o/", "escapes")]
    [InlineData("DTSTART;VALUE=DATE:20260406\nSTATUS:CANCELLED", "", "a cancelled event is none")]
    [InlineData("BEGIN:VALARM\nTRIGGER:-PT15M\nDTSTART:20300101\nEND:VALARM\nDTSTART;VALUE=DATE:20260406", "2026-04-06 Holiday", "an alarm says nothing of the event")]
    public void What_it_takes(string body, string expected, string why) => Assert.True(expected == Days(body), $"{why}: {Days(body)}");

    [Theory]
    [InlineData("RRULE:FREQ=YEARLY;COUNT=3", "2024-12-25|2025-12-25|2026-12-25", "so often, the first among them")]
    [InlineData("RRULE:FREQ=YEARLY;UNTIL=20261225", "2024-12-25|2025-12-25|2026-12-25", "until is inside")]
    [InlineData("RRULE:FREQ=YEARLY;UNTIL=20261224T235959Z", "2024-12-25|2025-12-25", "a day before it")]
    [InlineData("RRULE:FREQ=YEARLY;INTERVAL=2;COUNT=3", "2024-12-25|2026-12-25|2028-12-25", "every second year")]
    [InlineData("RRULE:FREQ=YEARLY;COUNT=4\nEXDATE;VALUE=DATE:20251225,20261225", "2024-12-25|2027-12-25", "left out, counted all the same")]
    [InlineData("RRULE:FREQ=YEARLY;COUNT=2\nEXDATE;TZID=Europe/Vienna:20251225T000000", "2024-12-25", "left out with a zone")]
    [InlineData("RDATE;VALUE=DATE:20260101,20270101", "2024-12-25|2026-01-01|2027-01-01", "further dates")]
    [InlineData("RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25;COUNT=2;WKST=MO", "2024-12-25|2025-12-25", "the same day said otherwise")]
    [InlineData("RRULE:FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=-1;COUNT=3", "2024-12-25|2025-01-31|2026-01-31", "the last day of a month")]
    [InlineData("RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=3", "2024-12-25|2025-11-27|2026-11-26", "Thanksgiving Day")]
    [InlineData("RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;COUNT=3", "2024-12-25|2025-05-26|2026-05-25", "Memorial Day")]
    [InlineData("RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=3", "2024-12-25|2025-11-04|2026-11-03", "a Tuesday after a Monday")]
    public void How_it_comes_again(string rule, string expected, string why)
    {
        var days = Days("DTSTART;VALUE=DATE:20241225\n" + rule).Replace(" Holiday", "", StringComparison.Ordinal);
        Assert.True(expected == days, $"{why}: {days}");
    }

    [Fact]
    public void A_rule_without_an_end_goes_on_for_as_long_as_anyone_plans()
    {
        var days = Days("DTSTART;VALUE=DATE:20200101\nRRULE:FREQ=YEARLY").Split('|');
        Assert.Equal((180, "2199-01-01 Holiday"), (days.Length, days[^1]));
    }

    [Fact]
    public void A_leap_day_comes_in_leap_years_only() =>
        Assert.Equal("2024-02-29|2028-02-29|2032-02-29", Days("DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY;COUNT=3").Replace(" Holiday", "", StringComparison.Ordinal));

    [Fact]
    public void Two_events_of_one_day_are_one_holiday_with_both_names()
    {
        var file = File("BEGIN:VCALENDAR\n" + Event("DTSTART:20260501\nSUMMARY:Labour Day") + Event("DTSTART:20260501\nSUMMARY:Ascension") + Event("DTSTART:20260501\nSUMMARY:Ascension") + "END:VCALENDAR");
        Assert.Equal("Labour Day and Ascension", Assert.Single(HolidayFile.Read(file, [])).Name);
    }

    [Fact]
    public void Lines_are_unfolded_with_any_line_end_and_a_byte_order_mark_is_no_sign()
    {
        foreach (var end in new[] { "\r\n", "\n" })
        {
            var text = "\uFEFF" + Whole("DTSTART;VAL\n UE=DATE:2026\n\t0406\nSUMMARY:Easter \n  Monday").ReplaceLineEndings(end);
            var problems = new List<Diagnostic>();
            Assert.Equal("2026-04-06 Easter  Monday", Shown(HolidayFile.Read(File(text), problems)));
            Assert.Empty(problems);
        }
    }

    [Fact]
    public void What_is_no_event_is_left_alone()
    {
        var text = "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VTIMEZONE\nTZID:Europe/Vienna\nBEGIN:STANDARD\nDTSTART:19701025T030000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nEND:VTIMEZONE\n"
            + "BEGIN:VTODO\nDTSTART:nonsense\nEND:VTODO\n" + Event("DTSTART:20260406") + "END:VCALENDAR\n\n";
        var problems = new List<Diagnostic>();
        Assert.Equal("2026-04-06 Holiday", Shown(HolidayFile.Read(File(text), problems)));
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("DTSTART:20261224T120000", "3:1 PM1432", "doesn't take whole days")]
    [InlineData("DTSTART;VALUE=DATE:20261224\nDTEND:20261224T180000", "4:1 PM1432", "doesn't take whole days")]
    [InlineData("DTSTART:20261224T000000Z", "3:1 PM1432", "doesn't take whole days")]
    [InlineData("DTSTART;VALUE=DATE:20261224\nDURATION:PT4H", "4:1 PM1432", "doesn't take whole days")]
    [InlineData("DTSTART;VALUE=DATE:20261324", "3:1 PM1431", "“20261324” is no date")]
    [InlineData("DTSTART;VALUE=DATE:00011224", "3:1 PM1431", "no date from 1900 to 2999")]
    [InlineData("SUMMARY:Without a day", "2:1 PM1431", "has no DTSTART")]
    [InlineData("DTSTART:20261224\nDTEND:20261223", "4:1 PM1431", "takes -1 days")]
    [InlineData("DTSTART:20261224\nDTEND:20281223", "4:1 PM1431", "takes 730 days")]
    [InlineData("DTSTART:20261224\nRRULE:FREQ=WEEKLY", "4:1 PM1431", "has FREQ=YEARLY")]
    [InlineData("DTSTART:20261224\nRRULE:COUNT=3", "4:1 PM1431", "has FREQ=YEARLY")]
    [InlineData("DTSTART:20261224\nRRULE:FREQ=YEARLY;BYWEEKNO=20", "4:1 PM1431", "`BYWEEKNO=20` isn't understood")]
    [InlineData("DTSTART:20261224\nRRULE:FREQ=YEARLY;BYDAY=4TH", "4:1 PM1431", "BYDAY needs a month")]
    [InlineData("DTSTART:20261224\nRRULE:FREQ=YEARLY;COUNT=2;UNTIL=20300101", "4:1 PM1431", "COUNT or UNTIL")]
    [InlineData("DTSTART:20261224\nRRULE:FREQ=YEARLY;INTERVAL=0", "4:1 PM1431", "`INTERVAL=0` isn't understood")]
    [InlineData("DTSTART:20261224\nRECURRENCE-ID:20251224", "4:1 PM1431", "write that day by hand")]
    [InlineData("DTSTART:20261224\nEXRULE:FREQ=YEARLY", "4:1 PM1431", "use EXDATE")]
    [InlineData("DTSTART:20261224\nEXDATE:tomorrow", "4:1 PM1431", "“tomorrow” is no date")]
    [InlineData("DTSTART:20261224\nNo property at all", "4:1 PM1431", "Expected a property")]
    public void What_is_not_understood_is_said_where_it_stands(string body, string expected, string words)
    {
        var problems = new List<Diagnostic>();
        HolidayFile.Read(File(Whole(body)), problems);
        var problem = Assert.Single(problems);
        Assert.Equal("calendars/x.ics:" + expected, $"{problem.Span} {problem.Code}");
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "1:1 PM1430")]
    [InlineData("Christmas;2026-12-25", "1:1 PM1430")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261224", "2:1 PM1430")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR", "3:1 PM1430")]
    public void A_file_that_is_no_calendar_or_is_cut_off_is_refused(string text, string expected)
    {
        var problems = new List<Diagnostic>();
        Assert.Empty(HolidayFile.Read(File(text), problems));
        Assert.Contains(problems, p => $"{p.Span} {p.Code}" == "calendars/x.ics:" + expected);
    }

    [Fact]
    public void Nothing_in_a_file_makes_it_throw_or_run_on()
    {
        var whole = Whole("DTSTART;VALUE=DATE:20240229\r\n ;X=\"y:z\"\nSUMMARY:Leap\\, day\nRRULE:FREQ=YEARLY;BYMONTH=2,5;BYDAY=-1MO,TU;INTERVAL=3\nEXDATE:20250101,20260101\nDURATION:P3D");
        for (var length = 0; length < whole.Length; length++) { HolidayFile.Read(File(whole[..length]), []); }
        var random = new RandomTime(5545);
        for (var i = 0; i < 400; i++)
        {
            var broken = whole.ToCharArray();
            for (var n = 0; n < 3; n++) { broken[random.Next(broken.Length)] = "\n:;=,\"A9 \r\0"[random.Next(11)]; }
            Assert.InRange(HolidayFile.Read(File(new string(broken)), []).Length, 0, 50_000);
        }
    }

    [Fact]
    public void A_calendar_imports_a_file_and_what_it_says_itself_wins()
    {
        var definitions = Definitions("import: at.ics", Event("DTSTART:20260406\nSUMMARY:Easter Monday") + Event("DTSTART:20251224\nRRULE:FREQ=YEARLY\nSUMMARY:Christmas Eve"));
        Assert.Empty(definitions.Diagnostics);
        var office = definitions.Calendars["office"];
        Assert.False(office.IsWorkingTime(At(2026, 4, 6, 10)));
        Assert.True(office.IsWorkingTime(At(2026, 12, 24, 10)), "the half day of the file itself");
        Assert.False(office.IsWorkingTime(At(2026, 12, 24, 14)));
        Assert.Contains("not worked: Mon 6 Apr (Easter Monday)", office.Explain(At(2026, 4, 3, 10), Duration.Zero with { WorkingDays = 1, Text = "1 working day" }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("import: ta.ics", "calendars/office.yaml:4:9 PM1430: There is no file “ta.ics” in definitions/calendars. Did you mean “at.ics”?")]
    [InlineData("import: [at.ics, ../secret.ics]", "calendars/office.yaml:4:18 PM1430: There is no file “../secret.ics” in definitions/calendars. Expected at.ics.")]
    public void A_file_that_is_not_there_is_reported_at_its_name(string import, string expected)
    {
        var problem = Assert.Single(Definitions(import, "").Diagnostics, d => d.Code == "PM1430");
        Assert.Equal(expected, $"{problem.Span} {problem.Code}: {problem.Message}");
    }

    [Fact]
    public void A_calendar_whose_file_has_an_error_is_not_used_and_one_with_a_warning_is()
    {
        Assert.DoesNotContain("office", Definitions("import: at.ics", Event("DTSTART:never")).Calendars.Keys);
        Assert.Contains("office", Definitions("import: at.ics", Event("DTSTART:20261224T120000")).Calendars.Keys);
    }

    private static Definitions Definitions(string import, string events) => Language.Definitions.Read(
    [
        new("calendars/office.yaml", Encoding.UTF8.GetBytes($"calendar: office\nzone: UTC\nweek: {{ monday: \"08:00-17:00\", thursday: \"08:00-17:00\" }}\n{import}\nholidays: [{{ on: 12-24, name: Half, hours: \"08:00-12:00\" }}]\n")),
        File($"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n", "calendars/at.ics"),
    ]);

    private static string Days(string body)
    {
        var problems = new List<Diagnostic>();
        var days = HolidayFile.Read(File(Whole(body)), problems);
        Assert.Empty(problems);
        return Shown(days);
    }

    private static string Shown(IEnumerable<Holiday> days) =>
        string.Join('|', days.Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Year:0000}-{d.Month:00}-{d.Day:00} {d.Name}")));

    private static string Whole(string body) => $"BEGIN:VCALENDAR\n{Event(body)}END:VCALENDAR\n";

    private static string Event(string body) => $"BEGIN:VEVENT\n{body}\nEND:VEVENT\n";

    private static DefinitionFile File(string text, string path = "calendars/x.ics") => new(path, Encoding.UTF8.GetBytes(text));

    private static DateTimeOffset At(int year, int month, int day, int hour) => new(year, month, day, hour, 0, 0, TimeSpan.Zero);
}
