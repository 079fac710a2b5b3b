using System.Globalization;
using System.Text.RegularExpressions;

namespace ProcessManager.Language.Time;

/// <summary>Durations of ISO 8601, <c>PnYnMnWnDTnHnMnS</c>: whole numbers, seconds with up to three places.</summary>
internal static partial class IsoDuration
{
    private const double DaysOfYear = 365.25;
    private const int MostYears = 100;

    /// <summary>Whether a word is meant as one: a P before a figure or a T, with or without a sign.</summary>
    public static bool Looks(string word)
    {
        var start = word[0] is '-' or '+' ? 1 : 0;
        return word.Length > start && word[start] == 'P'
            && (word.Length == start + 1 || word[start + 1] is 'T' or '-' || char.IsAsciiDigit(word[start + 1]));
    }

    public static Duration? Parse(Phrase words, ICollection<Diagnostic> diagnostics)
    {
        var (word, span) = (words[0].Text, words.Text.Span);
        if (word.Contains('-'))
        {
            return DurationParser.Say(Errors.NegativeDuration.At(span, "A duration can't be negative; write `before` where something comes earlier, as in `P2D before due`."), diagnostics);
        }

        var match = words.Count == 1 && word.Length <= 80 ? Whole().Match(word) : Match.Empty;
        if (!match.Success || word[^1] is 'P' or 'T')
        {
            return DurationParser.Say(Errors.BadIsoDuration.At(span, $"“{Quoted.Short(words.Join(0, words.Count))}” is no ISO 8601 duration; write P, then years Y, months M, weeks W and days D, then T and hours H, minutes M and seconds S, such as `P1DT2H`."), diagnostics);
        }

        var (years, months, weeks, days) = (Part(match, "y"), Part(match, "mo"), Part(match, "w"), Part(match, "d"));
        var (hours, minutes, seconds) = (Part(match, "h"), Part(match, "mi"), Part(match, "s"));
        var inDays = (years * DaysOfYear) + (months * DaysOfYear / 12) + (weeks * 7) + days + (hours / 24) + (minutes / 1440) + (seconds / 86400);
        if (inDays > MostYears * DaysOfYear)
        {
            return DurationParser.Say(Errors.DurationTooLong.At(span, $"“{Quoted.Short(word)}” is too long; at most {MostYears} years can be asked for."), diagnostics);
        }

        var elapsed = TimeSpan.FromMilliseconds(Math.Round((((hours * 60) + minutes) * 60_000) + (seconds * 1000)));
        var read = Duration.Zero with { Months = (int)((years * 12) + months), Days = (int)((weeks * 7) + days), Elapsed = elapsed };
        return read with { Text = Shown(read, weeks > 0 && days == 0) };
    }

    private static double Part(Match match, string name) =>
        match.Groups[name] is { Success: true } part ? double.Parse(part.Value.Replace(',', '.'), CultureInfo.InvariantCulture) : 0;

    private static string Shown(Duration duration, bool inWeeks)
    {
        (double Amount, string Unit)[] parts =
        [
            (duration.Months, "month"),
            (inWeeks ? duration.Days / 7 : duration.Days, inWeeks ? "week" : "day"),
            (Math.Floor(duration.Elapsed.TotalHours), "hour"),
            (duration.Elapsed.Minutes, "minute"),
            (duration.Elapsed.Seconds + (duration.Elapsed.Milliseconds / 1000.0), "second"),
        ];
        var shown = parts.Where(p => p.Amount > 0)
            .Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Amount:0.###} {p.Unit}{(p.Amount == 1 ? "" : "s")}"))
            .ToList();
        return shown.Count switch
        {
            0 => Duration.Zero.Text,
            1 => shown[0],
            _ => $"{string.Join(", ", shown[..^1])} and {shown[^1]}",
        };
    }

    [GeneratedRegex(@"^\+?P((?<y>[0-9]+)Y)?((?<mo>[0-9]+)M)?((?<w>[0-9]+)W)?((?<d>[0-9]+)D)?(T((?<h>[0-9]+)H)?((?<mi>[0-9]+)M)?((?<s>[0-9]+([.,][0-9]{1,3})?)S)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();
}
