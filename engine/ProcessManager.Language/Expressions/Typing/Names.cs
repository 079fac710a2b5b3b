namespace ProcessManager.Language.Expressions;

/// <summary>
/// The names that may stand at one place of an expression: those it introduces itself, innermost first, then
/// those of the scope. Inside a filter the entries of the member can be named without <c>item.</c>
/// </summary>
internal sealed class Names(TypeScope scope)
{
    private sealed record Local(string Name, int Slot, FeelType Type, bool IsItem);

    private readonly List<Local> locals = [];
    private readonly Dictionary<string, int> uses = new(StringComparer.Ordinal);

    /// <summary>How many values of its own an evaluation holds at a time.</summary>
    public int Slots { get; private set; }

    /// <summary>How often <c>?</c> was met.</summary>
    public int Questions { get; private set; }

    public IEnumerable<string> Uses => uses.Where(u => u.Value > 0).Select(u => u.Key).Order(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Known =>
        [.. scope.Names.Keys.Concat(locals.SelectMany(KnownBy)).Where(n => n != "?").Distinct()];

    private static IEnumerable<string> KnownBy(Local local) =>
        local is { IsItem: true, Type: FeelType.Context context } ? context.Entries.Keys.Prepend(local.Name) : [local.Name];

    public bool Has(string name) => scope.Names.ContainsKey(name) || locals.Exists(l => l.Name == name);

    public int Push(string name, FeelType type, bool isItem = false)
    {
        var slot = locals.Count;
        locals.Add(new Local(name, slot, type, isItem));
        Slots = Math.Max(Slots, locals.Count);
        return slot;
    }

    public void Pop(int count = 1) => locals.RemoveRange(locals.Count - count, count);

    public Node? Find(string name)
    {
        for (var i = locals.Count - 1; i >= 0; i--)
        {
            var local = locals[i];
            if (local.Name == name)
            {
                return new LocalNode(name, local.Slot, local.Type);
            }

            if (local.IsItem && local.Type is FeelType.Context context && context.Entries.TryGetValue(name, out var entry))
            {
                return new PathNode(new LocalNode(local.Name, local.Slot, local.Type), name, isImplicit: true, entry);
            }
        }

        if (!scope.Names.TryGetValue(name, out var type))
        {
            return OfUnknownItem(name);
        }

        if (name == "?")
        {
            Questions++;
        }
        else
        {
            uses[name] = uses.GetValueOrDefault(name) + 1;
        }

        return new NameNode(name, type);
    }

    /// <summary>Inside a filter over members of which not everything is known, any other name is an entry of the member.</summary>
    private PathNode? OfUnknownItem(string name) =>
        name != "?" && locals.FindLast(l => l.IsItem && l.Type is FeelType.Any or FeelType.Context { Closed: false }) is { } item
            ? new PathNode(new LocalNode(item.Name, item.Slot, item.Type), name, isImplicit: true, FeelType.AnyType)
            : null;

    /// <summary>A part of a context of the scope was named: that is what is used, and not the whole.</summary>
    public void Narrow(Node target, string part)
    {
        if (target.Type is FeelType.Context && PathOf(target) is { } path && uses.TryGetValue(path, out var count))
        {
            uses[path] = count - 1;
            var longer = $"{path}.{part}";
            uses[longer] = uses.GetValueOrDefault(longer) + 1;
        }
    }

    private static string? PathOf(Node node) => node switch
    {
        NameNode name => name.Name,
        PathNode { IsImplicit: false, Target.Type: FeelType.Context } path when PathOf(path.Target) is { } before => $"{before}.{path.Name}",
        _ => null,
    };
}
