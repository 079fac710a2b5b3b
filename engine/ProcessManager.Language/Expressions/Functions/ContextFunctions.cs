using System.Collections.Immutable;
using static ProcessManager.Language.Expressions.Signatures;

namespace ProcessManager.Language.Expressions;

internal static class ContextFunctions
{
    public static readonly ImmutableArray<Signature> All =
    [
        new("get value", "The entry of this name; null without one.", """get value({a: 1}, "a") = 1""",
            [P("m", Types.AnyContext), P("key", Text)], Any,
            (run, a) => C(a[0]).TryGetValue((string)a[1]!, out var value) ? run.Import(value) : null),
        new("get entries", "The entries as a list of contexts with key and value.", """get entries({a: 1}) = [{key: "a", value: 1}]""",
            [P("m", Types.AnyContext)], ListOf(Types.AnyContext),
            (run, a) => run.List(C(a[0]).OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => (object?)EntryOf(e.Key, e.Value)).ToList())),
        new("context put", "The context with an entry added or replaced.", """context put({a: 1}, "b", 2) = {a: 1, b: 2}""",
            [P("context", Types.AnyContext), P("key", Text), Nullable("value", Any)], Types.AnyContext,
            (run, a) => run.Spend(C(a[0]).Count) ? new Dictionary<string, object?>(C(a[0]), StringComparer.Ordinal) { [(string)a[1]!] = a[2] } : null),
        new("context put", "The context with an entry of contexts inside it added or replaced.",
            """context put({a: {b: 1}}, ["a", "b"], 2) = {a: {b: 2}}""",
            [P("context", Types.AnyContext), P("keys", ListOf(Text)), Nullable("value", Any)], Types.AnyContext,
            (run, a) => PutInside(run, C(a[0]), (IReadOnlyList<object?>)a[1]!, 0, a[2])),
        new("context", "The context of these entries, each with key and value.", """context([{key: "a", value: 1}]) = {a: 1}""",
            [P("entries", ListOf(Types.AnyContext))], Types.AnyContext, OfEntries),
        new("context merge", "Several contexts in one; the later entry of a name stays.", "context merge([{a: 1}, {a: 2, b: 3}]) = {a: 2, b: 3}",
            [P("contexts", ListOf(Types.AnyContext))], Types.AnyContext, Merge),
    ];

    private static IReadOnlyDictionary<string, object?> C(object? value) => (IReadOnlyDictionary<string, object?>)value!;

    private static Dictionary<string, object?> EntryOf(string key, object? value) =>
        new(StringComparer.Ordinal) { ["key"] = key, ["value"] = value };

    private static object? PutInside(Run run, IReadOnlyDictionary<string, object?> context, IReadOnlyList<object?> keys, int at, object? value)
    {
        if (at >= keys.Count || keys[at] is not string key || at > Run.MaxDepth)
        {
            return run.Fail("The keys of context put are a list of texts.");
        }

        if (!run.SpendLong(key.Length))
        {
            return null;
        }

        if (at < keys.Count - 1)
        {
            value = context.TryGetValue(key, out var inner) && inner is IReadOnlyDictionary<string, object?> next
                ? PutInside(run, next, keys, at + 1, value)
                : run.Fail($"The context has no context inside it that is called so.");
            if (value is null)
            {
                return null;
            }
        }

        return run.Spend(context.Count) ? new Dictionary<string, object?>(context, StringComparer.Ordinal) { [key] = value } : null;
    }

    private static object? OfEntries(Run run, object?[] a)
    {
        var context = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var item in (IReadOnlyList<object?>)a[0]!)
        {
            if (item is not IReadOnlyDictionary<string, object?> entry || !run.Spend() || !entry.TryGetValue("value", out var value) ||
                !entry.TryGetValue("key", out var name) || name is not string key || !run.SpendLong(key.Length) || !context.TryAdd(key, value))
            {
                return run.Fail("Entries of a context have a key, which is a text and occurs once, and a value.");
            }
        }

        return context;
    }

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
