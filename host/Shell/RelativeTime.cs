namespace ProcessManager.Host.Shell;

/// <summary>"in 3 hours", "2 days ago": the words that designer/src/times.ts keeps current in the browser.</summary>
public static class RelativeTime
{
    private static readonly (string Unit, double Seconds)[] Units =
        [("year", 31_557_600), ("month", 2_629_800), ("week", 604_800), ("day", 86_400), ("hour", 3_600), ("minute", 60)];

    public static string Of(DateTimeOffset moment, DateTimeOffset now)
    {
        var seconds = Math.Round((moment - now).TotalSeconds);
        foreach (var (unit, size) in Units)
        {
            if (Math.Abs(seconds) >= size) return Words(unit, (long)Math.Truncate(seconds / size));
        }
        return "just now";
    }

    public static string OfDay(DateOnly day, DateOnly today) => (day.DayNumber - today.DayNumber) switch
    {
        0 => "today",
        1 => "tomorrow",
        -1 => "yesterday",
        var days => Words("day", days),
    };

    private static string Words(string unit, long count) =>
        (Math.Abs(count) == 1 ? $"1 {unit}" : $"{Math.Abs(count)} {unit}s") is var amount && count > 0 ? $"in {amount}" : $"{amount} ago";
}
