using System.Collections.Immutable;

namespace ProcessManager.Language.Expressions;

/// <summary>
/// A typed expression. It evaluates itself; other readings of it (<see cref="Printer"/>, a translation to SQL)
/// switch over the closed set of its kinds. Immutable: everything that changes is in the <see cref="Run"/>.
/// </summary>
internal abstract class Node(FeelType type)
{
    public FeelType Type { get; } = type;

    /// <summary>Where it was written, as an offset and a length of the text; the typer says it once.</summary>
    public (int Start, int Length) Place { get; private set; }

    public Node At(Syntax syntax)
    {
        if (Place.Length == 0)
        {
            Place = (syntax.Start, syntax.Length);
        }

        return this;
    }

    /// <summary>The nodes that it is made of.</summary>
    public virtual IEnumerable<Node> Children => [];

    /// <summary>The value; null also where the budget is spent.</summary>
    public object? Evaluate(Run run) => run.Spend() ? Compute(run) : null;

    /// <summary>Three-valued: null where the value is neither yes nor no.</summary>
    public bool? Holds(Run run) => Evaluate(run) is bool holds ? holds : null;

    protected abstract object? Compute(Run run);
}

/// <summary>A constant, dates and durations included.</summary>
internal sealed class LiteralNode(object? value, FeelType type) : Node(type)
{
    public object? Value { get; } = value;

    protected override object? Compute(Run run) => Value;
}

/// <summary>A date and time that was written without zone, or with the name of one.</summary>
internal sealed class MomentNode(DateText.Written written) : Node(FeelType.DateTimeType)
{
    public string Text { get; } = DateText.Write(written.Local) + (written.Zone is null ? "" : $"@{written.Zone.Id}");

    protected override object? Compute(Run run)
    {
        try
        {
            return written.In(run.Zone);
        }
        catch (ArgumentOutOfRangeException)
        {
            // The local time lies within the years 1 to 9999, its instant doesn't.
            return run.Fail("A date and time lies outside the years 1 to 9999.");
        }
    }
}

/// <summary>A name of the scope.</summary>
internal sealed class NameNode(string name, FeelType type) : Node(type)
{
    public string Name { get; } = name;

    protected override object? Compute(Run run) => run.Import(run.Values[Name]);
}

/// <summary>A name that the expression itself introduces: of a loop, a filter, a context.</summary>
internal sealed class LocalNode(string name, int slot, FeelType type) : Node(type)
{
    public string Name { get; } = name;

    public int Slot { get; } = slot;

    protected override object? Compute(Run run) => run.Locals[Slot];
}

internal sealed class ListNode(ImmutableArray<Node> items, FeelType type) : Node(type)
{
    public ImmutableArray<Node> Items { get; } = items;

    public override IEnumerable<Node> Children => Items;

    protected override object? Compute(Run run)
    {
        var values = new object?[Items.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Items[i].Evaluate(run);
        }

        return values;
    }
}

/// <summary>A context literal; each entry may use those before it.</summary>
internal sealed class ContextNode(ImmutableArray<(string Name, int Slot, Node Value)> entries, FeelType type) : Node(type)
{
    public ImmutableArray<(string Name, int Slot, Node Value)> Entries { get; } = entries;

    public override IEnumerable<Node> Children => Entries.Select(e => e.Value);

    protected override object? Compute(Run run)
    {
        var values = new Dictionary<string, object?>(Entries.Length, StringComparer.Ordinal);
        foreach (var (name, slot, node) in Entries)
        {
            values[name] = run.Locals[slot] = node.Evaluate(run);
        }

        return values;
    }
}

internal sealed class RangeNode(Node? low, bool lowIncluded, Node? high, bool highIncluded, FeelType type) : Node(type)
{
    public Node? Low { get; } = low;

    public bool LowIncluded { get; } = lowIncluded;

    public Node? High { get; } = high;

    public bool HighIncluded { get; } = highIncluded;

    public override IEnumerable<Node> Children => new[] { Low, High }.OfType<Node>();

    /// <summary>Null where an end that was written is null: it isn't a range without that end.</summary>
    protected override object? Compute(Run run)
    {
        var low = Low?.Evaluate(run);
        var high = High?.Evaluate(run);
        return (low is null && Low is not null) || (high is null && High is not null)
            ? null
            : new FeelRange(low, LowIncluded, high, HighIncluded);
    }
}

/// <summary>A part of a context, a date, a duration or a range; of a list, the parts of its members.</summary>
/// <param name="isImplicit">True for an entry of a filter's member that was named without <c>item.</c></param>
internal sealed class PathNode(Node target, string name, bool isImplicit, FeelType type) : Node(type)
{
    public Node Target { get; } = target;

    public string Name { get; } = name;

    public bool IsImplicit { get; } = isImplicit;

    public override IEnumerable<Node> Children => [Target];

    protected override object? Compute(Run run) => PartOf(run, Target.Evaluate(run), 0);

    private object? PartOf(Run run, object? value, int depth) => value switch
    {
        null => null,
        IReadOnlyDictionary<string, object?> context => context.TryGetValue(Name, out var entry) ? run.Import(entry) : null,
        IReadOnlyList<object?> list => depth < Run.MaxDepth && run.Spend(list.Count)
            ? list.Select(i => PartOf(run, i, depth + 1)).ToList()
            : null,
        _ => Properties.Get(value, Name) ?? run.Fail($"{Comparing.Capital(Kinds.Say(value))} has no {Name}."),
    };
}

internal sealed class InstanceOfNode(Node value, FeelType asked) : Node(FeelType.YesNoType)
{
    public Node Value { get; } = value;

    public FeelType Asked { get; } = asked;

    public override IEnumerable<Node> Children => [Value];

    protected override object? Compute(Run run) => Truth.Of(Kinds.IsInstance(run, Value.Evaluate(run), Asked));
}
