using System.Collections.Immutable;
using System.Globalization;
using ProcessManager.Language.Reading;
using ProcessManager.Language.Time;

namespace ProcessManager.Language.Binding;

/// <summary>Binds the values, days and moments that a test writes.</summary>
internal sealed class TestValues(TestNames names)
{
    private static readonly ImmutableSortedDictionary<string, FieldKind> BuiltIn = new Dictionary<string, FieldKind>
    {
        ["title"] = FieldKind.Text,
        ["amount"] = FieldKind.Money,
        ["expected-close"] = FieldKind.Date,
        ["source-code"] = FieldKind.Text,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private readonly WorkingCalendar? calendar = CalendarOf(names.Definitions, names.Plan);

    /// <summary>Values by field, in the forms that expressions read.</summary>
    /// <param name="loose">True where the values are to be refused: they need not fit.</param>
    public ImmutableSortedDictionary<string, object?> Fields(YamlNode? node, bool loose = false)
    {
        var fields = ImmutableSortedDictionary.CreateBuilder<string, object?>(StringComparer.Ordinal);
        foreach (var entry in (node as YamlMapping)?.Entries ?? [])
        {
            if (KindOf(entry.Key) is { } kind) { fields[entry.Name] = Value(entry, kind, loose); }
        }

        return fields.ToImmutable();
    }

    public FieldKind? KindOf(YamlScalar name)
    {
        if (names.Plan.FindField(name.Value) is { } field) { return field.Kind; }
        if (BuiltIn.TryGetValue(name.Value, out var kind)) { return kind; }
        if (BuiltIns.Fields.ContainsKey(name.Value))
        {
            names.Report(Errors.FieldNotWritable, name.Span,
                $"“{name.Value}” is kept by the engine; of the built-in fields {Words.And(BuiltIn.Keys)} have a value of their own.");
            return null;
        }

        names.Unknown(Errors.UnknownField, name, "field", names.Plan.Fields.Select(f => f.Id).Concat(BuiltIn.Keys).Distinct());
        return null;
    }

    public object? Value(YamlEntry entry, FieldKind kind, bool loose)
    {
        var several = kind is FieldKind.Choices or FieldKind.Persons or FieldKind.Contacts;
        if (several)
        {
            return entry.Value is YamlScalar { IsNothing: true } ? null
                : entry.Value.Scalars().Select(s => One(s, kind, entry.Name, loose)).ToImmutableArray();
        }

        if (entry.Value is YamlSequence list)
        {
            names.Report(Errors.ValueDoesNotFit, list.Span, $"“{entry.Name}” holds one value, not a list.");
            return null;
        }

        return (entry.Value as YamlScalar).Written() is { } scalar ? One(scalar, kind, entry.Name, loose) : null;
    }

    private object? One(YamlScalar scalar, FieldKind kind, string field, bool loose)
    {
        var text = scalar.Value.Trim();
        var choices = names.Plan.FindField(field)?.Choices ?? [];
        object? value = kind switch
        {
            FieldKind.Number or FieldKind.Money or FieldKind.Percent => Nodes.Number(text),
            FieldKind.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
            FieldKind.Time => DateTime.TryParseExact(text.Replace('T', ' '), "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
                ? calendar?.InstantOf(local) : null,
            FieldKind.YesNo => text switch { "yes" or "true" => true, "no" or "false" => false, _ => null },
            FieldKind.Choice or FieldKind.Choices => choices.Contains(text) ? text : null,
            _ => scalar.Value,
        };
        if (value is not null || loose) { return value ?? scalar.Value; }
        var near = Shaping.Words.Nearest(text, choices);
        names.Diagnostics.Add(Errors.ValueDoesNotFit.At(scalar.Span, $"“{scalar.Value}” is no value for “{field}”: expected {Expected(kind, choices)}{(near is null ? "." : $"; did you mean “{near}”?")}",
            near is null ? null : BindingContext.Replace(scalar.Span, near)));
        return null;
    }

    private static string Expected(FieldKind kind, ImmutableArray<string> choices) => kind switch
    {
        FieldKind.Date => "a date such as 2027-01-31",
        FieldKind.Time => "a date and time such as 2027-01-31 14:00",
        FieldKind.YesNo => "yes or no",
        FieldKind.Choice or FieldKind.Choices => Words.Or(choices),
        _ => "a number such as 1200.50",
    };

    /// <summary>A day and, unless it is midnight that is meant, a time.</summary>
    public DateTime? Day(YamlScalar? scalar)
    {
        if (scalar is null) { return null; }
        var found = new List<Diagnostic>();
        if (DateText.Parse(scalar.Text, found) is { } written) { return written.Local; }
        names.Diagnostics.AddRange(found.Select(d => Errors.NotATestTime.At(d.Span, d.Message, d.Fix)));
        return null;
    }

    /// <param name="wholeDay">True where only a day is written.</param>
    public Moment? Moment(YamlScalar? scalar, MomentUse use, out bool wholeDay)
    {
        wholeDay = false;
        if (scalar is null || MomentParser.Parse(scalar.Text, use, names.Diagnostics, out var anchor) is not { } moment) { return null; }
        wholeDay = moment is { Anchor: Anchor.Fixed { HasTime: false }, Offset.IsZero: true };
        switch (moment.Anchor)
        {
            case Anchor.StepSettled of when names.Plan.FindStep(of.Step) is null:
                names.Report(Errors.UnknownStep, anchor, $"There is no step “{of.Step}” to count from.");
                return null;
            case Anchor.FieldValue of when names.Plan.FindField(of.Field) is not { Kind: FieldKind.Date or FieldKind.Time } && of.Field is not ("expected-close" or "started" or "closed"):
                names.Report(Errors.UnknownField, anchor, $"There is no field “{of.Field}” that holds a date.");
                return null;
            case Anchor.Due:
                names.Report(Errors.NotATestTime, anchor, "A test counts from a date, from now, start, stage, a step or a field: `due` could be that of any work.");
                return null;
            default:
                return moment;
        }
    }

    /// <summary>Texts, numbers, booleans, lists and maps, as a JSON answer would bring them.</summary>
    public static object? Any(YamlNode? node) => node switch
    {
        YamlMapping map => map.Entries.ToDictionary(e => e.Name, e => Any(e.Value), StringComparer.Ordinal),
        YamlSequence list => list.Items.Select(Any).ToImmutableArray(),
        YamlScalar { IsNothing: true } or null => null,
        YamlScalar { Style: YamlScalarStyle.Plain } scalar => scalar.Value switch
        {
            "true" => true,
            "false" => false,
            "null" => null,
            _ => (object?)Nodes.Number(scalar.Value) ?? scalar.Value,
        },
        YamlScalar scalar => scalar.Value,
        _ => null,
    };

    private static WorkingCalendar? CalendarOf(Definitions definitions, Plan plan) =>
        definitions.Calendars.GetValueOrDefault(plan.Calendar ?? definitions.Organisation?.Calendar ?? "");
}
