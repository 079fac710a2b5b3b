using System.Collections.Immutable;

namespace ProcessManager.Language.Expressions;

internal enum BinaryOperator { Add, Subtract, Multiply, Divide, Power, Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual }

/// <summary>An expression as it was written, before names and types are known.</summary>
/// <param name="Start">Offset of the first character.</param>
/// <param name="End">Offset behind the last character.</param>
/// <param name="Height">Levels of the tree; bounded, because everything that follows walks it recursively.</param>
internal abstract record Syntax(int Start, int End, int Height)
{
    public int Length => End - Start;

    public sealed record Missing(int Start) : Syntax(Start, Start, 1);

    /// <summary>Null, <see cref="bool"/>, <see cref="decimal"/> or <see cref="string"/>.</summary>
    public sealed record Literal(int Start, int End, object? Value) : Syntax(Start, End, 1);

    /// <summary><c>@"2026-03-01"</c>.</summary>
    public sealed record At(int Start, int End, string Text) : Syntax(Start, End, 1);

    public sealed record Name(int Start, int End, string Text) : Syntax(Start, End, 1);

    public sealed record ListOf(int Start, int End, ImmutableArray<Syntax> Items)
        : Syntax(Start, End, Above(Items));

    public sealed record Context(int Start, int End, ImmutableArray<Entry> Entries)
        : Syntax(Start, End, Above(Entries.Select(e => e.Value)));

    /// <summary>A null end is unbounded.</summary>
    public sealed record Range(int Start, int End, Syntax? Low, bool LowIncluded, Syntax? High, bool HighIncluded)
        : Syntax(Start, End, Above([Low, High]));

    public sealed record Negate(int Start, int End, Syntax Operand) : Syntax(Start, End, Above([Operand]));

    /// <param name="OperatorStart">Where the operator stands, for messages about it.</param>
    public sealed record Binary(BinaryOperator Operator, int OperatorStart, Syntax Left, Syntax Right)
        : Syntax(Left.Start, Right.End, Above([Left, Right]));

    /// <summary>A chain of <c>and</c>, or one of <c>or</c>.</summary>
    public sealed record Logic(bool IsAnd, ImmutableArray<Syntax> Operands)
        : Syntax(Operands[0].Start, Operands[^1].End, Above(Operands));

    public sealed record Between(Syntax Value, Syntax Low, Syntax High)
        : Syntax(Value.Start, High.End, Above([Value, Low, High]));

    public sealed record In(int End, Syntax Value, ImmutableArray<Test> Tests)
        : Syntax(Value.Start, End, Above([Value, .. Tests.Select(t => t.Operand)]));

    /// <summary>The tests of a decision table's cell, over the name <c>?</c>; no tests mean <c>-</c>.</summary>
    public sealed record Cell(int Start, int End, bool Negated, ImmutableArray<Test> Tests)
        : Syntax(Start, End, Above(Tests.Select(t => t.Operand)));

    public sealed record If(int Start, int End, Syntax Condition, Syntax Then, Syntax Else)
        : Syntax(Start, End, Above([Condition, Then, Else]));

    public sealed record Path(int End, Syntax Target, string Part, int PartStart)
        : Syntax(Target.Start, End, Above([Target]));

    public sealed record Filter(int End, Syntax Target, Syntax Condition)
        : Syntax(Target.Start, End, Above([Target, Condition]));

    /// <param name="NameEnd">Behind the function's name.</param>
    public sealed record Call(int Start, int End, string Function, int NameEnd, ImmutableArray<Argument> Arguments)
        : Syntax(Start, End, Above(Arguments.Select(a => a.Value)));

    public sealed record For(int Start, int End, ImmutableArray<Iterator> Iterators, Syntax Body)
        : Syntax(Start, End, Above([Body, .. Iterators.SelectMany(i => i.Parts)]));

    public sealed record Quantified(int Start, int End, bool Every, ImmutableArray<Iterator> Iterators, Syntax Body)
        : Syntax(Start, End, Above([Body, .. Iterators.SelectMany(i => i.Parts)]));

    public sealed record InstanceOf(int End, Syntax Value, FeelType Type)
        : Syntax(Value.Start, End, Above([Value]));

    private static int Above(IEnumerable<Syntax?> parts) => 1 + parts.Max(p => p?.Height) ?? 1;
}

/// <summary>One entry of a context literal.</summary>
internal sealed record Entry(string Name, int Start, int Length, Syntax Value);

/// <summary>A test of <c>in</c> or of a cell: a comparison with what is tested, or a value, list or range.</summary>
/// <param name="Operator">Null where a value, list or range is named.</param>
internal sealed record Test(BinaryOperator? Operator, Syntax Operand);

/// <param name="Name">Null where the argument is given by its place.</param>
internal sealed record Argument(string? Name, int Start, int Length, Syntax Value);

/// <summary><c>x in list</c>, or <c>i in 1..5</c> with an upper end.</summary>
internal sealed record Iterator(string Name, int Start, Syntax List, Syntax? To)
{
    public IEnumerable<Syntax> Parts => To is null ? [List] : [List, To];
}
