using System.Collections.Immutable;
using System.Globalization;
using ProcessManager.Host.Shell;
using ProcessManager.Language;

namespace ProcessManager.Host.Projects.Fields;

/// <summary>A field as a form shows it: one of the plan's, or one that every project has.</summary>
/// <param name="Required">It must have a value when the form is sent.</param>
public sealed record PlanField(string Id, FieldKind Kind, string Label, string? Help, ImmutableArray<string> Choices, decimal? Min, decimal? Max, bool Required)
{
    public string Name => PlanFields.Prefix + Id;
}

/// <summary>Between the fields of a plan and the fields of an HTML form.</summary>
public static class PlanFields
{
    public const string Prefix = "field.";

    /// <summary>The fields that every project has of itself, in the order of forms.</summary>
    public static ImmutableArray<string> BuiltIn { get; } = ["title", "amount", "expected-close", "source-code"];

    /// <summary>Null where the plan has no such field.</summary>
    public static PlanField? Of(Plan plan, string id, bool required = false)
    {
        if (plan.FindField(id) is { } field)
        {
            return new PlanField(id, field.Kind, field.Label, field.Help, field.Choices, field.Min, field.Max, required || field.RequiredFrom == "always");
        }

        return id switch
        {
            "title" => new PlanField(id, FieldKind.Text, "Title", null, [], null, null, required),
            "amount" => new PlanField(id, FieldKind.Money, "Amount", null, [], null, null, required),
            "expected-close" => new PlanField(id, FieldKind.Date, "Expected close", null, [], null, null, required),
            "source-code" => new PlanField(id, FieldKind.Text, "Source code", "The campaign or source it came from", [], null, null, required),
            _ => null,
        };
    }

    /// <summary>The fields of a task's form, or those that an outcome asks for.</summary>
    public static ImmutableArray<PlanField> Of(Plan plan, IEnumerable<FormField> form) =>
        [.. form.Select(f => Of(plan, f.Field, f.Required)).OfType<PlanField>()];

    /// <summary>
    /// What a person filled in, by field id, for those fields that the form has. Texts are handed on as they are: the flow checks
    /// them against their fields and says what is wrong in words. An empty one is null, which clears the field.
    /// </summary>
    /// <param name="zone">The zone in which the person reads and so writes times; null leaves them to the plan's calendar.</param>
    public static ImmutableSortedDictionary<string, object?> Read(IFormCollection form, IEnumerable<PlanField> fields, TimeZoneInfo? zone = null)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, object?>(StringComparer.Ordinal);
        foreach (var field in fields.Where(f => form.ContainsKey(f.Name)))
        {
            var given = form[field.Name].Where(v => !string.IsNullOrWhiteSpace(v)).Select(v => v!.Trim()).ToList();
            values[field.Id] = IsList(field.Kind) ? (given.Count == 0 ? null : given.ConvertAll<object?>(v => v))
                : given.Count == 0 ? null
                : field.Kind is FieldKind.Number or FieldKind.Money or FieldKind.Percent ? Plain(given[^1])
                : field.Kind is FieldKind.Time && zone is not null && Moment(given[^1], zone) is { } moment ? moment
                : given[^1];
        }

        return values.ToImmutable();
    }

    /// <summary>The text that an input shows for a value.</summary>
    public static string Text(object? value, Reader reader) => value switch
    {
        null => "",
        string text => text,
        decimal number => number.ToString("0.############", CultureInfo.InvariantCulture),
        bool yes => yes ? "yes" : "no",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset at => reader.Local(at).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture),
        IEnumerable<object?> list => string.Join(", ", list.Select(v => Text(v, reader))),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>The text that a page shows for a value, in the reader's way of writing.</summary>
    public static string Shown(object? value, FieldKind kind, string? currency, Reader reader) => (value, kind) switch
    {
        (null, _) => "–",
        (decimal amount, FieldKind.Money) => amount.ToString("N2", reader.Culture) + (currency is null ? "" : " " + currency),
        (decimal share, FieldKind.Percent) => share.ToString("0.##", reader.Culture) + " %",
        (decimal number, _) => number.ToString("#,0.######", reader.Culture),
        (bool yes, _) => yes ? "Yes" : "No",
        (DateOnly day, _) => reader.Date(day),
        (DateTimeOffset at, _) => reader.DateAndTime(at),
        (IEnumerable<object?> list, _) => string.Join(", ", list.Select(v => Shown(v, FieldKind.Text, null, reader))),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    public static bool IsList(FieldKind kind) => kind is FieldKind.Choices or FieldKind.Persons or FieldKind.Contacts;

    /// <summary>What a date-and-time input sends, as the moment it is in the zone; null where it isn't one. Shared with forms of due dates.</summary>
    public static DateTimeOffset? Moment(string typed, TimeZoneInfo zone)
    {
        if (!DateTime.TryParseExact(typed.Trim().Replace('T', ' '), ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return null;
        }

        // In the hour that the clock skips: the first moment after it.
        while (zone.IsInvalidTime(local)) { local = local.AddMinutes(15); }
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>"12,500.50" and "12 500,50" as the flow reads numbers: 12500.50. What is no number stays as it was typed.</summary>
    private static string Plain(string typed) =>
        Undotted(typed) is var plain && decimal.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? plain : typed;

    private static string Undotted(string typed)
    {
        var text = typed.Replace(" ", "", StringComparison.Ordinal).Replace("\u00a0", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
        var dot = text.LastIndexOf('.');
        var comma = text.LastIndexOf(',');
        if (comma < 0) { return text; }
        if (dot > comma) { return text.Replace(",", "", StringComparison.Ordinal); }

        // A comma behind the last dot, or alone, is a decimal comma unless exactly three digits follow it.
        return dot >= 0 || text.Length - comma - 1 != 3
            ? text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.')
            : text.Replace(",", "", StringComparison.Ordinal);
    }
}
