using System.Globalization;

namespace ProcessManager.Language.Time;

/// <summary>Reads a duration: <c>2 working days</c>, <c>1 week</c> or ISO 8601 (<c>P1DT2H</c>).</summary>
public static class DurationParser
{
    private const int MostDigits = 9;

    private static readonly string[] Figures =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    /// <param name="zeroAllowed">False where a duration of nothing makes no sense, as the interval of a repetition.</param>
    /// <returns>Null where something is wrong; a diagnostic then says what.</returns>
    public static Duration? Parse(SourceText text, ICollection<Diagnostic> diagnostics, bool zeroAllowed = true)
    {
        var words = Phrase.Of(text);
        var duration = words.Count == 0 ? Say(Errors.NotADuration.At(text.Span, "A duration is missing; write a number and a unit, such as `2 working days`."), diagnostics)
            : IsoDuration.Looks(words[0].Text) ? IsoDuration.Parse(words, diagnostics)
            : Counted(words, diagnostics);
        if (duration is null || zeroAllowed || !duration.IsZero) { return duration; }
        return Say(Errors.ZeroDuration.At(text.Span, $"{duration.Text} is no time at all; write at least `1 minute`."), diagnostics);
    }

    /// <summary>Whether a word could begin a duration: a figure, a sign before one, or a number in letters.</summary>
    internal static bool Begins(string word) =>
        IsoDuration.Looks(word) || char.IsAsciiDigit(word[0]) || (word.Length > 1 && word[0] is '-' or '+' && char.IsAsciiDigit(word[1])) || Spelled(word) is not null;

    internal static Duration? Say(Diagnostic diagnostic, ICollection<Diagnostic> diagnostics)
    {
        diagnostics.Add(diagnostic);
        return null;
    }

    private static Duration? Counted(Phrase words, ICollection<Diagnostic> diagnostics)
    {
        var first = words[0];
        var digits = first.Text.TakeWhile(char.IsAsciiDigit).Count();
        if (digits == 0) { return Say(WithoutFigure(words), diagnostics); }
        if (digits < first.Text.Length) { return Say(Glued(words, first.Text[..digits], first.Text[digits..]), diagnostics); }
        if (words.Count == 1) { return Say(Errors.UnknownUnit.At(words.Span(0), $"{Quoted.Short(first.Text)} of what? Write {TimeUnit.Listed}."), diagnostics); }

        var unit = TimeUnit.Named(words.Join(1, words.Count - 1));
        if (unit is null) { return Say(UnknownUnit(words, first.Text), diagnostics); }
        return Number(first.Text) is { } n && n <= unit.Most
            ? unit.Of(n) with { Text = unit.Shown(n) }
            : Say(Errors.DurationTooLong.At(words.Span(0), $"At most {unit.Shown(unit.Most)} can be asked for."), diagnostics);
    }

    private static int? Number(string digits)
    {
        var trimmed = digits.TrimStart('0');
        return trimmed.Length > MostDigits ? null : trimmed.Length == 0 ? 0 : int.Parse(trimmed, CultureInfo.InvariantCulture);
    }

    private static int? Spelled(string word)
    {
        if (word.Equals("a", StringComparison.OrdinalIgnoreCase) || word.Equals("an", StringComparison.OrdinalIgnoreCase)) { return 1; }
        var found = Array.FindIndex(Figures, f => f.Equals(word, StringComparison.OrdinalIgnoreCase));
        return found < 0 ? null : found;
    }

    private static Diagnostic WithoutFigure(Phrase words)
    {
        var rest = words.Count > 1 ? words.Join(1, words.Count - 1) : "";
        if (words[0].Text is ['-', ..] && words[0].Text.Skip(1).Any(char.IsAsciiDigit))
        {
            return Errors.NegativeDuration.At(words.Span(0), "A duration can't be negative; write `before` where something comes earlier, as in `2 days before due`.");
        }

        if (Spelled(words[0].Text) is { } n && TimeUnit.Named(rest) is { } unit)
        {
            return Errors.NotADuration.At(words.Text.Span, $"Write the number in figures: `{unit.Shown(n)}`.", Fix(words.Text.Span, unit.Shown(n)));
        }

        var whole = words.Join(0, words.Count);
        if (TimeUnit.Named(whole) is { } bare)
        {
            return Errors.NotADuration.At(words.Text.Span, $"How many? Write a number first: `{bare.Shown(1)}`.", Fix(words.Text.Span, bare.Shown(1)));
        }

        return TimeUnit.Meant(whole) is [var (meant, factor), ..]
            ? Errors.UnknownUnit.At(words.Text.Span, $"“{Quoted.Short(whole)}” is no duration; write `{meant.Shown(factor)}`.", Fix(words.Text.Span, meant.Shown(factor)))
            : Errors.NotADuration.At(words.Text.Span, $"“{Quoted.Short(whole)}” is no duration; write a number and a unit, such as `2 working days`, or an ISO 8601 duration, such as `P1DT2H`.");
    }

    private static Diagnostic Glued(Phrase words, string digits, string rest)
    {
        if (rest[0] is '.' or ',')
        {
            return Errors.NotADuration.At(words.Span(0), "Only whole numbers can be counted; write a smaller unit instead, such as `90 minutes` for an hour and a half.");
        }

        var unit = words.Count > 1 ? $"{rest} {words.Join(1, words.Count - 1)}" : rest;
        return Named(words.Text.Span, digits, unit, $"“{Quoted.Short(words.Join(0, words.Count))}” needs a blank between number and unit");
    }

    private static Diagnostic UnknownUnit(Phrase words, string digits)
    {
        var unit = words.Join(1, words.Count - 1);
        if (words.Count > 3 && Enumerable.Range(2, words.Count - 2).Any(i => char.IsAsciiDigit(words[i].Text[0])))
        {
            return Errors.NotADuration.At(words.Text.Span, "A duration has one number and one unit; write several as ISO 8601, such as `P1DT2H` for a day and two hours.");
        }

        return Named(words.Text.Span, digits, unit, $"“{Quoted.Short(unit)}” is no unit");
    }

    private static Diagnostic Named(SourceSpan span, string digits, string unit, string found)
    {
        var number = Number(digits) ?? int.MaxValue;
        var meant = TimeUnit.Named(unit) is { } exact ? [(exact, 1)] : TimeUnit.Meant(unit);
        var written = meant.Where(m => number <= m.Unit.Most / m.Factor).Select(m => m.Unit.Shown(number * m.Factor)).ToList();
        if (written.Count == 0) { return Errors.UnknownUnit.At(span, $"{found}; expected {TimeUnit.Listed}."); }
        return Errors.UnknownUnit.At(span, $"{found}; did you mean {string.Join(" or ", written.Select(w => $"`{w}`"))}?", Fix(span, written[0]));
    }

    private static QuickFix Fix(SourceSpan span, string text) => new($"Write {text}", [new TextEdit(span, text)]);
}
