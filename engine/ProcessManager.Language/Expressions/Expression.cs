using System.Collections.Immutable;

namespace ProcessManager.Language.Expressions;

/// <summary>
/// A compiled expression: parsed, typed and ready to be evaluated any number of times, on any thread.
/// Made by <see cref="ExpressionCompiler"/>.
/// </summary>
public sealed class Expression
{
    private readonly int locals;

    internal Expression(string text, Node root, Names names)
    {
        Text = text;
        Root = root;
        Canonical = Printer.Print(root);
        Uses = [.. names.Uses];
        locals = names.Slots;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>
    /// The typed tree printed in one fixed way: two expressions that differ only in white space, superfluous
    /// parentheses or the spelling of a literal have the same text. It compiles to the same expression again.
    /// </summary>
    public string Canonical { get; }

    /// <summary>What the expression gives; <see cref="FeelType.Any"/> where that is known only at run time.</summary>
    public FeelType Type => Root.Type;

    /// <summary>The names and paths of the scope that it reads, ordered: <c>amount</c>, <c>prospect.city</c>.</summary>
    public ImmutableArray<string> Uses { get; }

    /// <summary>How many values of its own an evaluation holds at a time.</summary>
    internal int Locals => locals;

    /// <summary>The typed tree, for readings of it other than evaluation.</summary>
    internal Node Root { get; }

    /// <summary>Works out the value. Never throws and always ends: see <see cref="Evaluation.Problem"/>.</summary>
    public Evaluation Evaluate(EvaluationContext context)
    {
        var budget = Run.Budget;
        return Evaluate(context, ref budget);
    }

    /// <summary>As one of several evaluations that share a budget of steps.</summary>
    internal Evaluation Evaluate(EvaluationContext context, ref int budget)
    {
        var run = new Run(context, locals, Math.Min(budget, Run.Budget));
        var value = Root.Evaluate(run);
        value = run.Exhausted ? null : run.Result(value);
        budget = Math.Max(0, budget - run.Spent);
        return value is null ? new Evaluation(null, run.Problem) : new Evaluation(value, null);
    }

    /// <summary>True where the value is true; null counts as false.</summary>
    public bool IsTrue(EvaluationContext context) => Evaluate(context).Value is true;
}
