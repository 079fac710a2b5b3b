using System.Globalization;

namespace ProcessManager.Language.Time;

/// <summary>Puts into words how a calendar counted.</summary>
internal sealed class Explanation(WorkingCalendar calendar, bool before)
{
    private const int MostDaysListed = 7;
    private const int MostReasonsListed = 4;

    public string Of(DateTimeOffset from, Duration duration)
    {
        var result = before ? calendar.Subtract(from, duration) : calendar.Add(from, duration);
        var year = calendar.LocalTime(from).Year;
        var start = $"{duration.Text} {(before ? "before" : "from")} {Time(from, year)}";
        var counted = calendar.Locate(from);
        if (!duration.IsWorking || counted is not var (day, timeOfDay)) { return $"{start}: {Time(result, year)} ({calendar.Zone.Id})"; }

        var opening = day.Date.ToDateTime(TimeOnly.MinValue) + timeOfDay;
        if (opening != calendar.LocalTime(from) && !before) { start += $", counted from {Time(opening, year)}"; }
        var onlyDays = duration is { WorkingTime.Ticks: 0, Months: 0, Days: 0, Elapsed.Ticks: 0 };
        var steps = onlyDays
            ? Days(day.Date, duration.WorkingDays, year, calendar.LocalTime(result).TimeOfDay == opening.TimeOfDay ? "" : Clock(result))
            : Time(result, year);
        return $"{start}: {steps}{LeftOut(calendar.Clock.DateAt(from), calendar.Clock.DateAt(result), year)} ({calendar.Name})";
    }

    /// <param name="counted">The date after months, days and working days.</param>
    /// <param name="end">What the result is of its day: the opening or the closing.</param>
    public string OfDate(DateOnly from, Duration duration, DateOnly counted, DateTimeOffset result, string end)
    {
        var year = from.Year;
        var start = duration.IsZero ? Date(from, year) : $"{duration.Text} {(before ? "before" : "after")} {Date(from, year)}";
        var hours = duration.Elapsed != TimeSpan.Zero || duration.WorkingTime != TimeSpan.Zero;
        var onlyDays = duration is { WorkingTime.Ticks: 0, Months: 0, Days: 0, Elapsed.Ticks: 0, WorkingDays: not 0 };
        if (onlyDays && !before && !calendar.Days[from].IsWorked && calendar.Days.Next(from, 1) is { } first)
        {
            start += $", counted from {Date(first.Date, year)}";
            from = first.Date;
        }

        var steps = onlyDays
            ? Days(from, duration.WorkingDays, year, Clock(result))
            : Time(result, year);
        return $"{start}: {steps}{(hours ? "" : $", the {end}")}{LeftOut(onlyDays ? from : counted, calendar.Clock.DateAt(result), year)} ({calendar.Name})";
    }

    /// <param name="last">The time on the last day, where it needs saying.</param>
    private string Days(DateOnly first, int workingDays, int year, string last)
    {
        var count = Math.Min(Math.Abs((long)workingDays), WorkingCalendar.Century);
        var dates = new List<DateOnly>();
        for (var day = calendar.Days.Next(first, before ? -1 : 1); day is not null && dates.Count < count; day = calendar.Days.Next(day.Date, before ? -1 : 1))
        {
            dates.Add(day.Date);
        }

        var listed = dates.Count <= MostDaysListed
            ? dates.Select(d => Date(d, year))
            : [.. dates.Take(3).Select(d => Date(d, year)), "…", Date(dates[^1], year)];
        return string.Join(", ", listed) + last;
    }

    /// <summary>Holidays and absences in between, by which a reader would else count differently.</summary>
    private string LeftOut(DateOnly from, DateOnly to, int year)
    {
        var (first, last) = from < to ? (from, to) : (to, from);
        var reasons = new List<string>();
        for (var date = first; date <= last; date = date.AddDays(1))
        {
            if (calendar.Days[date].IsWorked) { continue; }
            if (!calendar.Days.Hours(date).IsEmpty) { reasons.Add($"{Date(date, year)} (away)"); }
            else if (Named(date) is { Length: > 0 } name) { reasons.Add($"{Date(date, year)} ({name})"); }
        }

        if (reasons.Count == 0) { return ""; }
        var more = reasons.Count > MostReasonsListed ? $" and {reasons.Count - MostReasonsListed} more days" : "";
        return $"; not worked: {string.Join(", ", reasons.Take(MostReasonsListed))}{more}";
    }

    private string? Named(DateOnly date) =>
        calendar.Definition.Exceptions.FirstOrDefault(e => e.Date == date)?.Name
        ?? calendar.Definition.Holidays
            .Where(h => h.IsOn(date)).OrderByDescending(h => h.Year.HasValue).ThenBy(h => h.Movable is not null).FirstOrDefault()?.Name;

    private string Clock(DateTimeOffset at) => calendar.LocalTime(at).ToString(" HH:mm", CultureInfo.InvariantCulture);

    private string Time(DateTimeOffset at, int year) => Time(calendar.LocalTime(at), year);

    private static string Time(DateTime local, int year) =>
        local.ToString(local.Year == year ? "ddd d MMM HH:mm" : "ddd d MMM yyyy HH:mm", CultureInfo.InvariantCulture);

    private static string Date(DateOnly date, int year) =>
        date.ToString(date.Year == year ? "ddd d MMM" : "ddd d MMM yyyy", CultureInfo.InvariantCulture);
}
