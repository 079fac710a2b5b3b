namespace ProcessManager.Language;

public static partial class Errors
{
    public static readonly ErrorDefinition NotADuration = new("PM1401", Severity.Error,
        "This is not a duration", "due: two days",
        "Write a whole number in figures and a unit, `2 working days`, or an ISO 8601 duration, `P1DT2H`.");

    public static readonly ErrorDefinition UnknownUnit = new("PM1402", Severity.Error,
        "This is not a unit of time", "due: 2 d",
        "The units are minutes, hours, days, weeks, months, working hours and working days. A unit always says which day it means.");

    public static readonly ErrorDefinition NegativeDuration = new("PM1403", Severity.Error,
        "A duration cannot be negative", "due: -2 days",
        "Write `before` and an anchor for something that comes earlier: `2 days before field:conference-date`.");

    public static readonly ErrorDefinition DurationTooLong = new("PM1404", Severity.Error,
        "The duration is too long", "due: P1000000Y",
        "A duration is at most a hundred years, in working time at most 2500 working days or 25000 working hours (ten years).");

    public static readonly ErrorDefinition ZeroDuration = new("PM1405", Severity.Error,
        "The duration is nothing", "remind: [every 0 days after due at most 3]",
        "Write a duration of at least a minute here; where something happens at the anchor itself, write `at` and the anchor.");

    public static readonly ErrorDefinition BadIsoDuration = new("PM1406", Severity.Error,
        "This is not an ISO 8601 duration", "due: P2H",
        "Years Y, months M, weeks W and days D stand before the T, hours H, minutes M and seconds S after it: `P1DT2H`, `PT30M`.");

    public static readonly ErrorDefinition NotAMoment = new("PM1410", Severity.Error,
        "This is not a moment", "wait: until the conference",
        "Write a duration and an anchor (`2 weeks before field:conference-date`, `3 days after call`), `at` an anchor or a date, or a duration alone.");

    public static readonly ErrorDefinition NotAnAnchor = new("PM1411", Severity.Error,
        "A moment cannot be counted from this", "wait: 2 weeks before Conference Date",
        "The anchors are `opened`, `stage`, `start`, `due`, the id of a step, `field:` with the id of a field, and a date.");

    public static readonly ErrorDefinition BadDate = new("PM1412", Severity.Error,
        "This is not a date", "wait: at 31.1.2027",
        "Write year, month and day in figures, and a time of day where it matters: `2027-01-31`, `2027-01-31 14:00`.");

    public static readonly ErrorDefinition AnchorNotYet = new("PM1413", Severity.Error,
        "The anchor has no meaning at this place", "due: 1 day after due",
        "A moment can only be counted from something that is settled before it: a due moment not from itself, a start not from the step's own opening.");

    public static readonly ErrorDefinition NotAReminder = new("PM1420", Severity.Error,
        "This is not a reminder", "remind: [1 day]",
        "Write `2 working hours before due`, `at due`, `1 day after due`, `every 1 day after due at most 3` or `1 day after opened`.");

    public static readonly ErrorDefinition EndlessReminder = new("PM1421", Severity.Error,
        "A repeated reminder does not say how often", "remind: [every 1 day after due]",
        "Add `at most` and a number from 1 to 1000: `every 1 day after due at most 3`.");

    public static readonly ErrorDefinition NotASchedule = new("PM1440", Severity.Error,
        "This is not a time that repeats", "every: week",
        "Write the days and the time: `monday at 08:00`, `monday and thursday at 08:00`, `day at 08:00`, `working day at 08:00`, `1st of the month at 08:00`, `last day of the month at 08:00`.");

    public static readonly ErrorDefinition ReminderCount = new("PM1422", Severity.Error,
        "A reminder is repeated too often or never", "remind: [every 1 day after due at most 0]",
        "The number after `at most` is 1 to 1000, and all repetitions together take at most a hundred years.");

    public static readonly ErrorDefinition HolidayFile = new("PM1430", Severity.Error,
        "A file of holidays cannot be read", "import: at-holidays.ics   # which isn't there",
        "Put an iCalendar file (RFC 5545, ending in `.ics`) into definitions/calendars and write its name.");

    public static readonly ErrorDefinition BadHolidayEvent = new("PM1431", Severity.Error,
        "An event of a holiday file is not understood", "RRULE:FREQ=YEARLY;BYWEEKNO=20   # in at-holidays.ics",
        "Holidays are whole days, repeated every year by month, day of the month or weekday. Write any other by hand into the calendar, and take the event out of the file.");

    public static readonly ErrorDefinition HolidayEventLeftOut = new("PM1432", Severity.Warning,
        "An event of a holiday file is left out", "DTSTART:20261224T120000   # in at-holidays.ics",
        "Only events of whole days are holidays. Write a day with fewer hours into the calendar, with `hours`.");
}
