using System.Collections.Immutable;

namespace ProcessManager.Language.Expressions;

internal sealed class NegateNode(Node operand, FeelType type) : Node(type)
{
    public Node Operand { get; } = operand;

    public override IEnumerable<Node> Children => [Operand];

    protected override object? Compute(Run run) => Calculating.Negate(run, Operand.Evaluate(run));
}

/// <summary><c>+ - * / **</c></summary>
internal sealed class ArithmeticNode(BinaryOperator operation, Node left, Node right, FeelType type) : Node(type)
{
    public BinaryOperator Operator { get; } = operation;

    public Node Left { get; } = left;

    public Node Right { get; } = right;

    public override IEnumerable<Node> Children => [Left, Right];

    protected override object? Compute(Run run) => Calculating.Apply(run, Operator, Left.Evaluate(run), Right.Evaluate(run));
}

/// <summary><c>= != &lt; &lt;= &gt; &gt;=</c></summary>
internal sealed class CompareNode(BinaryOperator comparison, Node left, Node right) : Node(FeelType.YesNoType)
{
    public BinaryOperator Operator { get; } = comparison;

    public Node Left { get; } = left;

    public Node Right { get; } = right;

    public override IEnumerable<Node> Children => [Left, Right];

    protected override object? Compute(Run run) =>
        Truth.Of(Comparing.Holds(run, Operator, Left.Evaluate(run), Right.Evaluate(run)));
}

/// <summary>A chain of and, or one of or, in three-valued logic: what is neither yes nor no counts as unknown.</summary>
internal sealed class LogicNode(bool isAnd, ImmutableArray<Node> operands) : Node(FeelType.YesNoType)
{
    public bool IsAnd { get; } = isAnd;

    public ImmutableArray<Node> Operands { get; } = operands;

    public override IEnumerable<Node> Children => Operands;

    protected override object? Compute(Run run)
    {
        bool? result = IsAnd;
        foreach (var operand in Operands)
        {
            var holds = operand.Holds(run);
            if (holds == !IsAnd)
            {
                return Truth.Of(!IsAnd);
            }

            result = holds is null ? null : result;
        }

        return Truth.Of(result);
    }
}

internal sealed class BetweenNode(Node value, Node low, Node high) : Node(FeelType.YesNoType)
{
    public Node Value { get; } = value;

    public Node Low { get; } = low;

    public Node High { get; } = high;

    public override IEnumerable<Node> Children => [Value, Low, High];

    protected override object? Compute(Run run)
    {
        var value = Value.Evaluate(run);
        var above = Comparing.Holds(run, BinaryOperator.GreaterOrEqual, value, Low.Evaluate(run));
        var below = Comparing.Holds(run, BinaryOperator.LessOrEqual, value, High.Evaluate(run));
        return Truth.Of(above == false || below == false ? false : above is null || below is null ? null : true);
    }
}

/// <summary>One test of a value.</summary>
/// <param name="comparison">Null where the operand is a value, list or range that the tested value is looked for in.</param>
/// <param name="isCondition">True where the operand speaks of <c>?</c> itself and says yes or no.</param>
internal sealed class TestPart(BinaryOperator? comparison, Node operand, bool isCondition)
{
    public BinaryOperator? Comparison { get; } = comparison;

    public Node Operand { get; } = operand;

    public bool IsCondition { get; } = isCondition;

    private bool? Holds(Run run, object? value) =>
        IsCondition ? Operand.Holds(run)
        : Comparison is { } comparison ? Comparing.Holds(run, comparison, value, Operand.Evaluate(run))
        : Operand.Evaluate(run) is { } found ? Among(run, value, found)
        : Operand.Type is FeelType.Range ? null : value is null;

    private static bool? Among(Run run, object? value, object found) => found switch
    {
        FeelRange range when value is not FeelRange => Comparing.Within(run, value, range),
        IReadOnlyList<object?> list => AmongMembers(run, value, list),
        _ => Comparing.Equal(run, value, found),
    };

    private static bool? AmongMembers(Run run, object? value, IReadOnlyList<object?> list)
    {
        foreach (var member in list)
        {
            if (!run.Spend())
            {
                return null;
            }

            if (member is FeelRange range ? Comparing.Within(run, value, range) == true : Comparing.Same(run, value, member))
            {
                return true;
            }
        }

        return value is IReadOnlyList<object?> && Comparing.Same(run, value, list);
    }

    /// <summary>True where one of the tests holds, unknown where one of them is unknown and none holds.</summary>
    public static bool? Any(Run run, object? value, ImmutableArray<TestPart> tests)
    {
        bool? result = false;
        foreach (var test in tests)
        {
            var holds = test.Holds(run, value);
            if (holds == true)
            {
                return true;
            }

            result = holds is null ? null : result;
        }

        return result;
    }
}

/// <summary><c>x in (tests)</c></summary>
internal sealed class InNode(Node value, ImmutableArray<TestPart> tests) : Node(FeelType.YesNoType)
{
    public Node Value { get; } = value;

    public ImmutableArray<TestPart> Tests { get; } = tests;

    public override IEnumerable<Node> Children => [Value, .. Tests.Select(t => t.Operand)];

    protected override object? Compute(Run run) => Truth.Of(TestPart.Any(run, Value.Evaluate(run), Tests));
}

/// <summary>A cell of a decision table, over the name <c>?</c>; one without tests always holds.</summary>
internal sealed class CellNode(NameNode input, bool negated, ImmutableArray<TestPart> tests) : Node(FeelType.YesNoType)
{
    public bool Negated { get; } = negated;

    public ImmutableArray<TestPart> Tests { get; } = tests;

    public override IEnumerable<Node> Children => [input, .. Tests.Select(t => t.Operand)];

    protected override object? Compute(Run run)
    {
        if (Tests.IsEmpty)
        {
            return Truth.Of(true);
        }

        var holds = TestPart.Any(run, input.Evaluate(run), Tests);
        return Truth.Of(Negated ? !holds : holds);
    }
}

/// <summary>A condition that is null counts as no.</summary>
internal sealed class IfNode(Node condition, Node then, Node otherwise, FeelType type) : Node(type)
{
    public Node Condition { get; } = condition;

    public Node Then { get; } = then;

    public Node Else { get; } = otherwise;

    public override IEnumerable<Node> Children => [Condition, Then, Else];

    protected override object? Compute(Run run) => Condition.Holds(run) == true ? Then.Evaluate(run) : Else.Evaluate(run);
}
