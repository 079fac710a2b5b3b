using System.Globalization;

namespace ProcessManager.Language.Time;

/// <summary>Reads one entry of <c>remind</c>.</summary>
public static class ReminderParser
{
    private const int MostTimes = 1000;
    private const int MostDays = 36_525;

    /// <returns>Null where something is wrong; a diagnostic then says what.</returns>
    public static ReminderRule? Parse(SourceText text, ICollection<Diagnostic> diagnostics)
    {
        var words = Phrase.Of(text);
        if (words.Count == 2 && words[0].Is("at") && words[1].Is("due")) { return new ReminderRule.AtDue("at due"); }
        var turn = words.Find("before", "after");
        if (turn > 0 && words[0].Is("every")) { return Repeated(words, turn, diagnostics); }
        if (turn > 0 && turn + 1 < words.Count) { return Once(words, turn, diagnostics); }
        return Say(Misworded(words), diagnostics);
    }

    private static ReminderRule? Once(Phrase words, int turn, ICollection<Diagnostic> diagnostics)
    {
        var length = DurationParser.Parse(words.Part(0, turn), diagnostics);
        var (before, anchor) = (words[turn].Is("before"), words.Join(turn + 1, words.Count - turn - 1).ToLowerInvariant());
        if (anchor is not ("due" or "opened") || (before && anchor == "opened"))
        {
            return Say(Errors.NotAReminder.At(words.Span(turn + 1, words.Count - turn - 1), before
                ? "A reminder comes before `due` and before nothing else."
                : "A reminder comes after `due` or after `opened`; only `every … after due` takes `at most`."), diagnostics);
        }

        if (length is null) { return null; }
        if (length.IsZero)
        {
            return Say(Errors.ZeroDuration.At(words.Span(0, turn), anchor == "due" ? "That is at due itself; write `at due`." : $"{length.Text} is no time at all; leave the reminder out."), diagnostics);
        }

        return before ? new ReminderRule.BeforeDue(length, $"{length.Text} before due")
            : anchor == "due" ? new ReminderRule.AfterDue(length, $"{length.Text} after due")
            : new ReminderRule.AfterOpened(length, $"{length.Text} after opened");
    }

    private static ReminderRule? Repeated(Phrase words, int turn, ICollection<Diagnostic> diagnostics)
    {
        if (turn == 1) { return Say(Errors.NotAReminder.At(words.Span(0), "Say every how long: `every 1 day after due at most 3`."), diagnostics); }
        var interval = DurationParser.Parse(words.Part(1, turn - 1), diagnostics, zeroAllowed: false);
        if (!words[turn].Is("after") || turn + 1 >= words.Count || !words[turn + 1].Is("due"))
        {
            return Say(Errors.NotAReminder.At(words.Span(turn, words.Count - turn), "A reminder is repeated after `due` only: `every 1 day after due at most 3`."), diagnostics);
        }

        var rest = words.Count - turn - 2;
        if (rest == 0)
        {
            var mended = words.Join(0, words.Count) + " at most 3";
            return Say(Errors.EndlessReminder.At(words.Text.Span, $"Say how often at most: `{Quoted.Short(words.Join(0, words.Count))} at most 3`.", new QuickFix("Add at most 3", [new TextEdit(words.Text.Span, mended)])), diagnostics);
        }

        if (rest != 3 || !words[turn + 2].Is("at") || !words[turn + 3].Is("most"))
        {
            return Say(Errors.NotAReminder.At(words.Span(turn + 2, rest), "After `due` comes `at most` and a number: `every 1 day after due at most 3`."), diagnostics);
        }

        var times = Times(words[^1].Text);
        if (times is null) { return Say(Errors.ReminderCount.At(words.Span(words.Count - 1), $"A reminder is repeated 1 to {MostTimes} times, in figures."), diagnostics); }
        if (interval is null) { return null; }
        return Days(interval) * times.Value > MostDays
            ? Say(Errors.ReminderCount.At(words.Text.Span, $"{times} times {interval.Text} is more than a hundred years."), diagnostics)
            : new ReminderRule.EveryAfterDue(interval, times.Value, string.Create(CultureInfo.InvariantCulture, $"every {interval.Text} after due at most {times}"));
    }

    private static int? Times(string word) =>
        word.Length <= 4 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var times) && times is >= 1 and <= MostTimes ? times : null;

    private static double Days(Duration interval) =>
        (interval.Months * 31) + interval.Days + interval.Elapsed.TotalDays + interval.WorkingDays + interval.WorkingTime.TotalDays;

    private static Diagnostic Misworded(Phrase words)
    {
        var (text, span) = (words.Join(0, words.Count), words.Text.Span);
        if (words.Count > 0 && DurationParser.Begins(words[0].Text) && DurationParser.Parse(words.Text, []) is { } bare)
        {
            var mended = $"{bare.Text} before due";
            return Errors.NotAReminder.At(span, $"Before or after what? Write `{mended}` or `{bare.Text} after due`.", new QuickFix($"Write {mended}", [new TextEdit(span, mended)]));
        }

        if (text is "due" or "on due") { return Errors.NotAReminder.At(span, "Write `at due`.", new QuickFix("Write at due", [new TextEdit(span, "at due")])); }
        var found = text.Length == 0 ? "A reminder is missing" : $"“{Quoted.Short(text)}” is no reminder";
        return Errors.NotAReminder.At(span, $"{found}; write `2 working hours before due`, `at due`, `1 day after due`, `every 1 day after due at most 3` or `1 day after opened`.");
    }

    private static ReminderRule? Say(Diagnostic diagnostic, ICollection<Diagnostic> diagnostics)
    {
        diagnostics.Add(diagnostic);
        return null;
    }
}
