using System.Collections.Immutable;
using System.Globalization;

namespace ProcessManager.Language.Time;

/// <summary>
/// Reads when something repeats: <c>monday at 08:00</c>, <c>monday and thursday at 08:00</c>, <c>day at 08:00</c>,
/// <c>working day at 08:00</c>, <c>1st of the month at 08:00</c>, <c>last day of the month at 08:00</c>.
/// </summary>
public static class ScheduleParser
{
    private const int LastDay = 31;

    private static readonly ImmutableArray<string> Weekdays =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// <returns>Null where something is wrong; a diagnostic then says what.</returns>
    public static Schedule? Parse(SourceText text, ICollection<Diagnostic> diagnostics)
    {
        var words = Phrase.Of(text);
        var at = words.Find("at");
        if (words.Count == 0 || at == 0)
        {
            return Say(text.Span, "The days are missing; write `monday at 08:00` or `working day at 08:00`, for example.", diagnostics);
        }

        if (words[0].Is("every") && words.Count > 1)
        {
            var rest = words.Join(1, words.Count - 1);
            return Say(text.Span, $"The key says `every` already; write `{Quoted.Short(rest)}`.", diagnostics, rest);
        }

        if (at < 0)
        {
            var timed = words.Join(0, words.Count) + " at 08:00";
            return Days(words, words.Count, diagnostics) is null ? null : Say(text.Span, $"Say at what time: `{Quoted.Short(timed)}`.", diagnostics, timed);
        }

        var days = Days(words, at, diagnostics);
        var clock = Clock(words, at, diagnostics);
        return days is null || clock is null ? null : days with
        {
            At = clock.Value,
            Text = string.Create(CultureInfo.InvariantCulture, $"{days.Text} at {clock:HH\\:mm}"),
        };
    }

    /// <summary>The days as a schedule that has no time yet.</summary>
    private static Schedule? Days(Phrase words, int count, ICollection<Diagnostic> diagnostics)
    {
        var text = words.Join(0, count).ToLowerInvariant();
        if (text is "day" or "working day")
        {
            return new Schedule([], null, text == "working day", default, text);
        }

        if (words.Find("month") is var month and > 0 && month < count)
        {
            return OfMonth(words, count, diagnostics);
        }

        var found = new SortedSet<int>();
        foreach (var (name, start) in Names(words, count))
        {
            var day = Weekdays.IndexOf(name.ToLowerInvariant());
            var span = words.Text.At(start, name.Length);
            if (day < 0)
            {
                var near = Shaping.Words.Nearest(name, Weekdays) ?? (name.ToLowerInvariant() is "weekday" or "workday" or "weekdays" ? "working day" : null);
                return Say(span, $"“{Quoted.Short(name)}” is no day: expected monday to sunday, `day`, `working day` or `1st of the month`{(near is null ? "." : $"; did you mean “{near}”?")}", diagnostics, near);
            }

            if (!found.Add(day))
            {
                return Say(span, $"{Weekdays[day]} is named twice.", diagnostics);
            }
        }

        return found.Count == 0
            ? Say(words.Text.Span, "The days are missing; write `monday at 08:00`, for example.", diagnostics)
            : new Schedule([.. found.Select(d => (DayOfWeek)((d + 1) % 7))], null, false, default, Shown(found));
    }

    /// <summary>The names in a list kept apart by commas, blanks and the word and.</summary>
    private static IEnumerable<(string Name, int Start)> Names(Phrase words, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var word = words[i];
            if (word.Is("and") && i > 0)
            {
                continue;
            }

            var start = 0;
            foreach (var part in word.Text.Split(','))
            {
                if (part.Length > 0)
                {
                    yield return (part, word.Start + start);
                }

                start += part.Length + 1;
            }
        }
    }

    private static string Shown(SortedSet<int> days)
    {
        var names = days.Select(d => Weekdays[d]).ToList();
        return names.Count == 1 ? names[0] : $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}";
    }

    private static Schedule? OfMonth(Phrase words, int count, ICollection<Diagnostic> diagnostics)
    {
        var rest = words.Join(1, count - 1).ToLowerInvariant();
        if (rest is not ("of month" or "of the month" or "day of month" or "day of the month"))
        {
            return Say(words.Span(0, count), "Days of a month are written `1st of the month` or `last day of the month`.", diagnostics);
        }

        var number = words[0].Text.ToLowerInvariant().TrimEnd('.');
        if (number == "last")
        {
            return new Schedule([], LastDay, false, default, "last day of the month");
        }

        number = number.Length > 2 && number[^2..] is "st" or "nd" or "rd" or "th" ? number[..^2] : number;
        return number.Length <= 2 && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day is >= 1 and <= LastDay
            ? new Schedule([], day, false, default, $"{Ordinal(day)} of the month")
            : Say(words.Span(0), $"“{Quoted.Short(words[0].Text)}” is no day of a month: expected 1st to 31st, or last.", diagnostics);
    }

    private static string Ordinal(int day) => string.Create(CultureInfo.InvariantCulture, $"{day}{(day % 10, day / 10) switch
    {
        (_, 1) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }}");

    private static TimeOnly? Clock(Phrase words, int at, ICollection<Diagnostic> diagnostics)
    {
        if (at == words.Count - 1)
        {
            Say(words.Span(at), "The time is missing: `at 08:00`.", diagnostics);
            return null;
        }

        var (text, span) = (words.Join(at + 1, words.Count - at - 1), words.Span(at + 1, words.Count - at - 1));
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time;
        }

        var mended = TimeOnly.TryParseExact(text, ["H:mm", "%H", "H.mm", "h:mm tt", "h tt", "h:mmtt", "htt"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var meant)
            ? meant.ToString("HH:mm", CultureInfo.InvariantCulture) : null;
        Say(span, $"“{Quoted.Short(text)}” is no time of day: expected 00:00 to 23:59{(mended is null ? "." : $"; did you mean “{mended}”?")}", diagnostics, mended, span);
        return null;
    }

    private static Schedule? Say(SourceSpan span, string message, ICollection<Diagnostic> diagnostics, string? mended = null, SourceSpan? place = null)
    {
        diagnostics.Add(Errors.NotASchedule.At(span, message, mended is null ? null : new QuickFix($"Write {mended}", [new TextEdit(place ?? span, mended)])));
        return null;
    }
}
