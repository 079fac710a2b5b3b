using System.Collections.Immutable;
using static ProcessManager.Language.Expressions.Signatures;

namespace ProcessManager.Language.Expressions;

internal static class ContextFunctions
{
    public static readonly ImmutableArray<Signature> All =
    [
        new("get value", "The entry of this name; null without one.", """get value({a: 1}, "a") = 1""",
            [P("context", Types.AnyContext), P("key", Text)], Any,
            (run, a) => C(a[0]).TryGetValue((string)a[1]!, out var value) ? run.Import(value) : null),
        new("get entries", "The entries as a list of contexts with key and value.", """get entries({a: 1}) = [{key: "a", value: 1}]""",
            [P("m", Types.AnyContext)], ListOf(Types.AnyContext),
            (run, a) => run.List(C(a[0]).OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => (object?)EntryOf(e.Key, e.Value)).ToList())),
        new("context put", "The context with an entry added or replaced.", """context put({a: 1}, "b", 2) = {a: 1, b: 2}""",
            [P("context", Types.AnyContext), P("key", Text), Nullable("value", Any)], Types.AnyContext,
            (run, a) => run.Spend(C(a[0]).Count) ? new Dictionary<string, object?>(C(a[0]), StringComparer.Ordinal) { [(string)a[1]!] = a[2] } : null),
        new("context merge", "Several contexts in one; the later entry of a name stays.", "context merge([{a: 1}, {a: 2, b: 3}]) = {a: 2, b: 3}",
            [P("contexts", ListOf(Types.AnyContext))], Types.AnyContext, Merge),
    ];

    private static IReadOnlyDictionary<string, object?> C(object? value) => (IReadOnlyDictionary<string, object?>)value!;

    private static Dictionary<string, object?> EntryOf(string key, object? value) =>
        new(StringComparer.Ordinal) { ["key"] = key, ["value"] = value };

    private static object? Merge(Run run, object?[] a)
    {
        var merged = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var item in (IReadOnlyList<object?>)a[0]!)
        {
            if (item is not IReadOnlyDictionary<string, object?> context || !run.Spend(context.Count))
            {
                return item is null ? null : run.Fail($"context merge needs contexts, found {Kinds.Say(item)}.");
            }

            foreach (var (key, value) in context)
            {
                merged[key] = value;
            }
        }

        return merged;
    }
}
