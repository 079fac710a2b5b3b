using System.Collections.Immutable;
using ProcessManager.Language;
using ProcessManager.Language.Expressions;

namespace ProcessManager.Flow;

/// <summary>Makes a <see cref="Why"/> with the values that an expression read.</summary>
internal static class Explain
{
    public static Why Of(Run run, string rule, SourceSpan at, Expression expression, params ReadOnlySpan<string?> notes)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var name in expression.Uses) { values[name] = Shown(run, name, Read(run.Values, name)); }
        return new Why(rule, at, values.Count == 0 ? null : values.ToImmutable(), Words.Join("; ", notes));
    }

    /// <summary>The value as text; that of a sensitive field is kept out of every explanation.</summary>
    public static string Shown(Run run, string path, object? value) =>
        value is not null && run.Plan.FindField(path.Split('.')[0])?.Sensitive == true ? "(hidden)" : Words.Value(value);

    private static object? Read(Values values, string path)
    {
        var parts = path.Split('.');
        var value = values[parts[0]];
        foreach (var part in parts.Skip(1))
        {
            value = value is IReadOnlyDictionary<string, object?> context ? context.GetValueOrDefault(part) : null;
        }

        return value;
    }
}
