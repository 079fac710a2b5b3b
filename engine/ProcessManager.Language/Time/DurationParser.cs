using System.Globalization;

namespace ProcessManager.Language.Time;

/// <summary>Reads a duration: <c>2 working days</c>, <c>1 week</c> or ISO 8601 (<c>P1DT2H</c>).</summary>
public static class DurationParser
{
    /// <param name="zeroAllowed">False where a duration of nothing makes no sense, as the interval of a repetition.</param>
    /// <returns>Null where something is wrong; a diagnostic then says what.</returns>
    public static Duration? Parse(SourceText text, ICollection<Diagnostic> diagnostics, bool zeroAllowed = true)
    {
        var words = text.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length > 1 && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var n))
        {
            var label = string.Join(' ', words);
            Duration? found = string.Join(' ', words[1..]).TrimEnd('s') switch
            {
                "minute" => Duration.Zero with { Elapsed = TimeSpan.FromMinutes(n), Text = label },
                "hour" => Duration.Zero with { Elapsed = TimeSpan.FromHours(n), Text = label },
                "day" => Duration.Zero with { Days = n, Text = label },
                "week" => Duration.Zero with { Days = 7 * n, Text = label },
                "month" => Duration.Zero with { Months = n, Text = label },
                "working hour" => Duration.Zero with { WorkingTime = TimeSpan.FromHours(n), Text = label },
                "working day" => Duration.Zero with { WorkingDays = n, Text = label },
                _ => null,
            };
            if (found is not null && (zeroAllowed || !found.IsZero)) { return found; }
        }

        diagnostics.Add(Errors.NotADuration.At(text.Span, $"“{text.Value}” isn't a duration."));
        return null;
    }
}
