using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>Checks a value against its field, and brings it into the form that expressions read.</summary>
internal static class FieldValues
{
    /// <summary>The built-in fields that a project has of itself and people may fill.</summary>
    public static readonly ImmutableSortedDictionary<string, FieldKind> BuiltIn = new Dictionary<string, FieldKind>
    {
        ["title"] = FieldKind.Text,
        ["amount"] = FieldKind.Money,
        ["expected-close"] = FieldKind.Date,
        ["source-code"] = FieldKind.Text,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Null where there is no such field.</summary>
    public static FieldKind? KindOf(Plan plan, string id) =>
        plan.FindField(id)?.Kind ?? (BuiltIn.TryGetValue(id, out var kind) ? kind : null);

    public static string LabelOf(Plan plan, string id) => plan.FindField(id)?.Label ?? id switch
    {
        "title" => "Title",
        "amount" => "Amount",
        "expected-close" => "Expected close",
        "source-code" => "Source code",
        _ => id,
    };

    /// <summary>Brings a value into its field's form.</summary>
    /// <param name="value">Also as text, as a form or an interface sends it.</param>
    /// <returns>The problem in words; null where the value fits.</returns>
    public static string? Fit(Run run, string id, ref object? value)
    {
        if (KindOf(run.Plan, id) is not { } kind) { return $"There is no field “{id}”."; }
        if (value is string text && string.IsNullOrWhiteSpace(text)) { value = null; }
        if (value is null) { return null; }
        var label = LabelOf(run.Plan, id);
        var field = run.Plan.FindField(id);
        switch (kind)
        {
            case FieldKind.Text or FieldKind.Note or FieldKind.File or FieldKind.Contact:
                value = value is string ? value : value is decimal or int or long ? Words.Value(value) : null;
                return value is string written ? Matches(field, label, written) : $"{label} must be text.";
            case FieldKind.Number or FieldKind.Money or FieldKind.Percent:
                value = Number(value);
                return value is decimal number ? InBounds(field, label, number) : $"{label} must be a number.";
            case FieldKind.Date:
                value = value is DateOnly ? value
                    : value is string day && DateOnly.TryParseExact(day.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
                return value is null ? $"{label} must be a date, such as 2027-01-31." : null;
            case FieldKind.Time:
                value = Time(run, value);
                return value is null ? $"{label} must be a date and time, such as 2027-01-31 14:00." : null;
            case FieldKind.YesNo:
                value = value is bool ? value : value is string said ? YesNo(said) : null;
                return value is null ? $"{label} must be yes or no." : null;
            case FieldKind.Choice:
                return value is string choice && field!.Choices.Contains(choice) ? null
                    : $"{label} must be {Words.Or(field!.Choices)}.";
            case FieldKind.Choices:
                value = List(value);
                return value is IReadOnlyList<object?> chosen && chosen.All(c => c is string s && field!.Choices.Contains(s)) ? null
                    : $"{label} must be of {Words.And(field!.Choices)}.";
            case FieldKind.Person:
                return value is string person && run.Facts.Directory.People.ContainsKey(person) ? null
                    : $"{label} must be somebody who works here; “{Words.Value(value)}” isn't known.";
            case FieldKind.Persons:
                value = List(value);
                return value is IReadOnlyList<object?> people && people.All(p => p is string s && run.Facts.Directory.People.ContainsKey(s)) ? null
                    : $"{label} must be people who work here.";
            case FieldKind.Contacts:
                value = List(value);
                return value is IReadOnlyList<object?> contacts && contacts.All(c => c is string) ? null : $"{label} must be contacts.";
            case FieldKind.Link:
                return value is string link && Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto"
                    ? null : $"{label} must be a link that begins with https://.";
            default:
                throw new InvalidOperationException($"Unknown kind {kind}.");
        }
    }

    public static bool Same(object? a, object? b) => (a, b) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (IReadOnlyList<object?> one, IReadOnlyList<object?> other) => one.SequenceEqual(other),
        _ => a.Equals(b),
    };

    /// <summary>Writes a value that fits, and moves the dates that hang on it.</summary>
    public static void Write(Run run, string id, object? value, Why? why)
    {
        var from = run.State.Fields.GetValueOrDefault(id);
        if (Same(from, value)) { return; }
        run.State = run.State with { Fields = value is null ? run.State.Fields.Remove(id) : run.State.Fields.SetItem(id, value) };
        run.Emit(new FlowEvent.FieldChanged(id, from, value) { Why = why });
        Moving.FieldChanged(run, id);
        if (value is null or IReadOnlyList<object?>) { run.Recount = true; }
    }

    private static string? Matches(Field? field, string label, string text)
    {
        if (field?.Pattern is not { } pattern) { return null; }
        try
        {
            return Regex.IsMatch(text, $"^(?:{pattern})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant) ? null
                : $"{label} must look like {pattern}.";
        }
        catch (Exception unusable) when (unusable is ArgumentException or NotSupportedException)
        {
            // The compiler refuses such a pattern; a plan of an older compiler must not block its people.
            return null;
        }
    }

    private static string? InBounds(Field? field, string label, decimal number) =>
        field?.Min is { } min && number < min ? $"{label} must be at least {Words.Value(min)}."
        : field?.Max is { } max && number > max ? $"{label} must be at most {Words.Value(max)}." : null;

    private static decimal? Number(object value) => value switch
    {
        decimal number => number,
        int whole => whole,
        long whole => whole,
        double real when Math.Abs(real) < 1e28 => (decimal)real,
        string text when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static DateTimeOffset? Time(Run run, object value) => value switch
    {
        DateTimeOffset at => Whole(at),
        DateTime local => run.Calendar.InstantOf(local),
        DateOnly day => run.Calendar.InstantOf(day.ToDateTime(TimeOnly.MinValue)),
        string text when Regex.IsMatch(text, "(Z|[+-]\\d\\d:?\\d\\d)$", RegexOptions.NonBacktracking)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) => Whole(at),
        string text when DateTime.TryParseExact(
            text.Trim().Replace('T', ' '), ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) =>
            run.Calendar.InstantOf(local),
        _ => null,
    };

    private static DateTimeOffset Whole(DateTimeOffset at) =>
        DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());

    private static bool? YesNo(string said) => said.Trim() switch
    {
        "yes" or "true" => true,
        "no" or "false" => false,
        _ => null,
    };

    private static IReadOnlyList<object?>? List(object value) => value switch
    {
        string one => [one],
        IReadOnlyList<object?> list => [.. list],
        IEnumerable<string> list => [.. list],
        _ => null,
    };
}
