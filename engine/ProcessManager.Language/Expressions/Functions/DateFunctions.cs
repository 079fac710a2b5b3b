using System.Collections.Immutable;
using System.Globalization;
using static ProcessManager.Language.Expressions.Signatures;

namespace ProcessManager.Language.Expressions;

internal static class DateFunctions
{
    private const string DayOf = "The day, in the project's time zone.";

    public static readonly ImmutableArray<Signature> All =
    [
        new("now", "This moment.", "now() = now()", [], Moment, (run, _) => TimeZoneInfo.ConvertTime(run.Now, run.Zone)),
        new("today", "The day it is now.", "today() = date(now())", [], Date, (run, _) => Day(TimeZoneInfo.ConvertTime(run.Now, run.Zone))),
        new("date", "The date that a text writes.", """date("2026-03-01").month = 3""", [P("from", Text)], Date,
            (run, a) => Read(run, "date", "2026-03-01", DateText.Date((string)a[0]!))) { ReadsText = true },
        new("date", "The date of a moment.", """date(@"2026-03-01T10:00:00") = @"2026-03-01" """, [P("from", Moment)], Date,
            (_, a) => Day((DateTimeOffset)a[0]!)),
        new("date", "A date as it is.", """date(@"2026-03-01") = @"2026-03-01" """, [P("from", Date)], Date, (_, a) => a[0]),
        new("date", "The date of year, month and day.", """date(2026, 3, 1) = @"2026-03-01" """,
            [P("year", Number), P("month", Number), P("day", Number)], Date, (run, a) => OfParts(run, a)),
        new("time", "The time of day that a text writes.", """time("09:30:00").hour = 9""", [P("from", Text)], Clock,
            (run, a) => Read(run, "time", "09:30:00", DateText.Time((string)a[0]!))) { ReadsText = true },
        new("time", "The time of day of a moment.", """time(@"2026-03-01T10:00:00") = @"10:00:00" """, [P("from", Moment)], Clock,
            (_, a) => TimeOnly.FromDateTime(((DateTimeOffset)a[0]!).DateTime)),
        new("time", "A time as it is.", """time(@"10:00:00") = @"10:00:00" """, [P("from", Clock)], Clock, (_, a) => a[0]),
        new("time", "The time of hour, minute and second.", """time(9, 30, 0) = @"09:30:00" """,
            [P("hour", Number), P("minute", Number), P("second", Number)], Clock, (run, a) => OfClock(run, a)),
        new("date and time", "The moment that a text writes; without an offset it is in the project's time zone.",
            """date and time("2026-03-01T09:30:00").minute = 30""", [P("from", Text)], Moment,
            (run, a) => Read(run, "date and time", "2026-03-01T09:30:00", DateText.DateTime((string)a[0]!)?.In(run.Zone))) { ReadsText = true },
        new("date and time", "The moment at this time of this day.",
            """date and time(@"2026-03-01", @"09:30:00") = @"2026-03-01T09:30:00" """, [P("date", Date), P("time", Clock)], Moment,
            (run, a) => Zones.Resolve(((DateOnly)a[0]!).ToDateTime((TimeOnly)a[1]!), run.Zone)),
        new("date and time", "The day of one moment with the time of day given.",
            """date and time(@"2026-03-01T09:30:00", @"10:00:00") = @"2026-03-01T10:00:00" """, [P("date", Moment), P("time", Clock)], Moment,
            (run, a) => Zones.Resolve(Day((DateTimeOffset)a[0]!).ToDateTime((TimeOnly)a[1]!), run.Zone)),
        new("date and time", "A moment as it is.", "date and time(now()) = now()", [P("from", Moment)], Moment, (_, a) => a[0]),
        new("duration", "The duration that a text writes.", """duration("P1DT6H") > duration("PT24H")""", [P("from", Text)], Any,
            (run, a) => Read(run, "duration", "P2D, PT4H or P1Y6M", DurationText.Parse((string)a[0]!))) { ReadsText = true },
        new("duration", "A duration as it is.", """duration(@"P1D") = @"P1D" """, [P("from", Days)], Days, (_, a) => a[0]),
        new("duration", "A duration as it is.", """duration(@"P1Y") = @"P1Y" """, [P("from", Months)], Months, (_, a) => a[0]),
        new("years and months duration", "The full months from one date to the other.",
            """years and months duration(@"2011-12-22", @"2013-08-24") = @"P1Y8M" """, [P("from", Date), P("to", Date)], Months,
            (_, a) => Between((DateOnly)a[0]!, (DateOnly)a[1]!)),
        new("years and months duration", "The full months from one moment to the other.",
            """years and months duration(@"2011-12-22T00:00:00", @"2013-08-24T00:00:00") = @"P1Y8M" """,
            [P("from", Moment), P("to", Moment)], Months,
            (_, a) => Between(Day((DateTimeOffset)a[0]!), Day((DateTimeOffset)a[1]!))),
        new("years and months duration", "The full months from a date to the day of a moment.",
            """years and months duration(@"2011-12-22", @"2013-08-24T00:00:00") = @"P1Y8M" """, [P("from", Date), P("to", Moment)], Months,
            (_, a) => Between((DateOnly)a[0]!, Day((DateTimeOffset)a[1]!))),
        new("years and months duration", "The full months from the day of a moment to a date.",
            """years and months duration(@"2011-12-22T00:00:00", @"2013-08-24") = @"P1Y8M" """, [P("from", Moment), P("to", Date)], Months,
            (_, a) => Between(Day((DateTimeOffset)a[0]!), (DateOnly)a[1]!)),
        .. Calendar("day of week", "The name of the weekday, in English.", """day of week(@"2019-09-17") = "Tuesday" """, Text,
            d => d.DayOfWeek.ToString()),
        .. Calendar("day of year", "The number of the day in its year.", """day of year(@"2019-09-17") = 260""", Number,
            d => (decimal)d.DayOfYear),
        .. Calendar("month of year", "The name of the month, in English.", """month of year(@"2019-09-17") = "September" """, Text,
            d => CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(d.Month)),
        .. Calendar("week of year", "The number of the week after ISO 8601.", """week of year(@"2003-12-29") = 1""", Number,
            d => (decimal)ISOWeek.GetWeekOfYear(d.ToDateTime(TimeOnly.MinValue))),
    ];

    private static Signature[] Calendar(string name, string summary, string example, FeelType result, Func<DateOnly, object?> of)
    {
        var date = new Signature(name, summary, example, [P("date", Date)], result, (_, a) => of((DateOnly)a[0]!));
        return [date, date with { Parameters = [P("date", Moment)], Summary = $"{summary} {DayOf}", Body = (_, a) => of(Day((DateTimeOffset)a[0]!)) }];
    }

    private static DateOnly Day(DateTimeOffset moment) => DateOnly.FromDateTime(moment.DateTime);

    private static object? Read<T>(Run run, string what, string example, T? value) =>
        value is null ? run.Fail($"A text can't be read as {what}; one looks like {example}.") : value;

    private static object? OfParts(Run run, object?[] a) =>
        Whole(a[0], 1, 9999) is { } year && Whole(a[1], 1, 12) is { } month && Whole(a[2], 1, System.DateTime.DaysInMonth(year, month)) is { } day
            ? new DateOnly(year, month, day)
            : run.Fail("There is no such date.");

    private static object? OfClock(Run run, object?[] a)
    {
        var second = (decimal)a[2]!;
        return Whole(a[0], 0, 23) is { } hour && Whole(a[1], 0, 59) is { } minute && second is >= 0 and < 60
            ? new TimeOnly(hour, minute).Add(TimeSpan.FromTicks((long)(second * TimeSpan.TicksPerSecond)))
            : run.Fail("There is no such time.");
    }

    private static int? Whole(object? value, int from, int to) =>
        value is decimal number && number == decimal.Truncate(number) && number >= from && number <= to ? (int)number : null;

    private static MonthsDuration Between(DateOnly from, DateOnly to)
    {
        var months = ((to.Year - from.Year) * 12) + to.Month - from.Month;
        if (months > 0 && to.Day < from.Day)
        {
            months--;
        }
        else if (months < 0 && to.Day > from.Day)
        {
            months++;
        }

        return new MonthsDuration(months);
    }
}
