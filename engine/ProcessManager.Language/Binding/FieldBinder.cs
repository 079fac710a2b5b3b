using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using ProcessManager.Language.Expressions;
using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Binding;

/// <summary>Binds the plan's <c>fields</c>, and the fields that forms name.</summary>
internal sealed class FieldBinder(BindingContext context)
{
    /// <param name="stages">The plan's stages by key, not bound yet: <c>required</c> may name one.</param>
    public void Bind(YamlMapping plan, IReadOnlyCollection<string> stages)
    {
        foreach (var entry in plan.EntriesOf("fields"))
        {
            if (context.Declare(entry.Key, "a field") && One(entry, stages) is { } field)
            {
                context.Fields.TryAdd(field.Id, field);
            }
            else
            {
                context.BrokenFields.Add(entry.Name);
            }
        }
    }

    /// <summary>The fields of a form; <c>amount!</c> is required.</summary>
    public ImmutableArray<FormField> Form(YamlNode? node)
    {
        if (node is null)
        {
            return [];
        }

        var form = ImmutableArray.CreateBuilder<FormField>();
        foreach (var scalar in node.Scalars())
        {
            var required = scalar.Value.EndsWith('!');
            var name = required ? scalar.Value[..^1] : scalar.Value;
            if (!IsWritable(name) && !Writable(name, scalar.Text.At(0, name.Length)))
            {
                continue;
            }

            if (form.Any(f => f.Field == name))
            {
                context.Report(Errors.RuleNotHere, scalar.Text.At(0, name.Length), $"“{name}” is in this form already.");
                continue;
            }

            form.Add(new FormField(name, required));
        }

        return form.ToImmutable();
    }

    /// <summary>Fields with the expressions that they are set to.</summary>
    /// <param name="scope">The names that the expressions may use.</param>
    public ImmutableArray<FieldAssignment> Assignments(YamlNode? node, TypeScope scope)
    {
        var assignments = ImmutableArray.CreateBuilder<FieldAssignment>();
        foreach (var entry in node is YamlMapping map ? map.Entries : [])
        {
            var known = Writable(entry.Name, entry.Key.Span);
            if ((entry.Value as YamlScalar).Written() is { } text && !Unquoted(context.Fields.GetValueOrDefault(entry.Name), text, scope)
                && ExpressionCompiler.Compile(text.Text, scope, known ? TypeOf(entry.Name) : null, context.Diagnostics) is { } value && known)
            {
                IsChoice(context.Fields.GetValueOrDefault(entry.Name), value, text);
                assignments.Add(new FieldAssignment(entry.Name, value, entry.Span));
            }
        }

        return assignments.ToImmutable();
    }

    /// <summary>Says of a choice that is written as in a form, <c>Gold</c>, how a text is written in an expression.</summary>
    /// <param name="field">Null for a built-in one.</param>
    public bool Unquoted(Field? field, YamlScalar text, TypeScope scope)
    {
        if (field is not { Kind: FieldKind.Choice } || !field.Choices.Contains(text.Value) || scope.Names.ContainsKey(text.Value)
            || decimal.TryParse(text.Value, CultureInfo.InvariantCulture, out _) || text.Value.AsSpan().IndexOfAny('"', '\'', '\\') >= 0)
        {
            return false;
        }

        var quoted = $"'\"{text.Value}\"'";
        context.Report(Errors.UnknownName, text.Span, $"This is an expression, in which a text stands between double quotes: {quoted}.", BindingContext.Replace(text.Span, quoted));
        return true;
    }

    /// <summary>A choice that is set to a text as it stands is set to one of its values.</summary>
    /// <param name="field">Null for a built-in one.</param>
    public void IsChoice(Field? field, Expression value, YamlScalar text)
    {
        if (field is not { Kind: FieldKind.Choice } || value.Text.Trim() is not ['"', .. var written, '"'] || written.Contains('"', StringComparison.Ordinal)
            || written.Contains('\\', StringComparison.Ordinal) || field.Choices.Contains(written))
        {
            return;
        }

        var near = Shaping.Words.Nearest(written, field.Choices);
        Bad(text, $"“{written}” is none of the choices of “{field.Id}”: expected {Words.Or(field.Choices)}{(near is null ? "." : $"; did you mean “{near}”?")}");
    }

    /// <summary>The type of a field that can be written.</summary>
    public FeelType TypeOf(string name) =>
        context.Fields.TryGetValue(name, out var field) ? BuiltIns.TypeOf(field.Kind) : BuiltIns.Fields[name];

    /// <summary>Whether a field can be filled in and set; reports why not.</summary>
    public bool Writable(string name, SourceSpan span)
    {
        if (IsWritable(name))
        {
            return true;
        }

        if (BuiltIns.Fields.ContainsKey(name))
        {
            context.Report(Errors.FieldNotWritable, span,
                $"“{name}” is kept by the engine and can't be filled in or set; of the built-in fields {Words.And(BuiltIns.Writable.Order(StringComparer.Ordinal))} can.");
        }
        else if (!context.BrokenFields.Contains(name))
        {
            context.Unknown(Errors.UnknownField, span, name, $"There is no field “{name}”",
                context.Fields.Keys.Concat(BuiltIns.Writable.Where(b => !context.Fields.ContainsKey(b)).Order(StringComparer.Ordinal)), "");
        }

        return false;
    }

    private bool IsWritable(string name) => context.Fields.ContainsKey(name) || BuiltIns.Writable.Contains(name);

    private Field? One(YamlEntry entry, IReadOnlyCollection<string> stages)
    {
        if (entry.Value is not YamlMapping map || Kinds.Field(map.Text("kind")) is not { } kind)
        {
            return null;
        }

        NotOfKind(map, entry.Name, kind);
        var (min, max) = (map.Number("min"), map.Number("max"));
        if (min > max)
        {
            Bad(map.Scalar("max")!, $"`max` ({map.Text("max")}) is less than `min` ({map.Text("min")}).");
        }

        var choices = Choices(map, kind, entry.Key);
        return new Field(
            entry.Name, kind, map.Text("label") ?? Words.Humanise(entry.Name), map.Text("help"), choices,
            Default(map, kind, choices, min, max), RequiredFrom(map, stages), min, max, Pattern(map), map.Flag("sensitive"),
            entry.Key.Span)
        { Was = map.Text("was") };
    }

    /// <summary>Settings that mean nothing for a field of this kind.</summary>
    private void NotOfKind(YamlMapping map, string id, FieldKind kind)
    {
        foreach (var entry in map.Entries)
        {
            var why = entry.Name switch
            {
                "min" or "max" when kind is not (FieldKind.Number or FieldKind.Money or FieldKind.Percent) => "bounds a number",
                "pattern" when kind is not (FieldKind.Text or FieldKind.Note or FieldKind.Link) => "describes a text",
                "default" when kind == FieldKind.File => "gives a value that can be written down",
                _ => null,
            };
            if (why is not null)
            {
                context.Report(Errors.RuleNotHere, entry.Key.Span, $"`{entry.Name}` {why}, but “{id}” is of kind {Kinds.Name(kind)}.");
            }
        }
    }

    private ImmutableArray<string> Choices(YamlMapping map, FieldKind kind, YamlScalar key)
    {
        var written = map["of"].Scalars().ToList();
        if (kind is not (FieldKind.Choice or FieldKind.Choices))
        {
            if (map.Find("of") is { } of)
            {
                context.Report(Errors.RuleNotHere, of.Key.Span, $"`of` lists choices, but “{key.Value}” is of kind {Kinds.Name(kind)}.");
            }

            return [];
        }

        if (written.Count == 0)
        {
            context.Report(Errors.BadFieldSetting, key.Span, $"“{key.Value}” needs its choices: `of: [first, second]`.");
        }

        foreach (var again in written.GroupBy(s => s.Value).SelectMany(g => g.Skip(1)))
        {
            Bad(again, $"The choice “{again.Value}” is listed twice.");
        }

        return [.. written.Select(s => s.Value).Distinct()];
    }

    private string? RequiredFrom(YamlMapping map, IReadOnlyCollection<string> stages)
    {
        if (map.Scalar("required") is not { } required)
        {
            return null;
        }

        if (required.Value is "always")
        {
            return "always";
        }

        if (!stages.Contains(required.Value))
        {
            context.Unknown(Errors.UnknownStage, required.Span, required.Value, $"There is no stage “{required.Value}”", stages.Prepend("always"), "");
        }

        return required.Value;
    }

    private string? Pattern(YamlMapping map)
    {
        if (map.Scalar("pattern") is not { } pattern)
        {
            return null;
        }

        try
        {
            // Without backtracking a pattern takes time linear in the text, whoever writes it.
            _ = new Regex(pattern.Value, RegexOptions.NonBacktracking);
        }
        catch (Exception problem) when (problem is ArgumentException or NotSupportedException)
        {
            Bad(pattern, $"“{pattern.Value}” isn't a regular expression that can be used: {problem.Message.TrimEnd('.')}.");
        }

        return pattern.Value;
    }

    private object? Default(YamlMapping map, FieldKind kind, ImmutableArray<string> choices, decimal? min, decimal? max)
    {
        if (map["default"] is not { } node || node is YamlScalar { IsNothing: true })
        {
            return null;
        }

        if (kind is FieldKind.Choices or FieldKind.Persons or FieldKind.Contacts)
        {
            var items = node.Scalars().ToList();
            foreach (var other in items.Where(i => kind == FieldKind.Choices && !choices.Contains(i.Value)))
            {
                Bad(other, $"The default “{other.Value}” isn't one of the choices: expected {Words.Or(choices)}.");
            }

            return items.Select(object? (i) => i.Value).ToImmutableArray();
        }

        if (node is not YamlScalar scalar)
        {
            return null;
        }

        var value = Value(scalar.Value, kind);
        if (value is null)
        {
            Bad(scalar, $"The default “{scalar.Value}” isn't {Expected(kind)}.");
        }
        else if (kind == FieldKind.Choice && !choices.Contains(scalar.Value) && choices.Length > 0)
        {
            Bad(scalar, $"The default “{scalar.Value}” isn't one of the choices: expected {Words.Or(choices)}.");
        }
        else if (value is decimal number && (number < min || number > max))
        {
            Bad(scalar, $"The default {scalar.Value} doesn't lie between `min` and `max`.");
        }

        return value;
    }

    private static object? Value(string text, FieldKind kind) => kind switch
    {
        FieldKind.Number or FieldKind.Money or FieldKind.Percent => Nodes.Number(text),
        FieldKind.YesNo => text switch { "yes" or "true" => true, "no" or "false" => false, _ => null },
        FieldKind.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
        FieldKind.Time => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null,
        _ => text,
    };

    private static string Expected(FieldKind kind) => kind switch
    {
        FieldKind.YesNo => "yes or no",
        FieldKind.Date => "a date such as 2027-01-31",
        FieldKind.Time => "a date and time such as 2027-01-31T09:00Z",
        _ => "a number",
    };

    private void Bad(YamlScalar scalar, string message) => context.Report(Errors.BadFieldSetting, scalar.Span, message);
}
