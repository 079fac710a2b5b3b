namespace ProcessManager.Language.Expressions;

/// <summary>
/// The door to the expression language: from text to an <see cref="Expression"/>, with a diagnostic for
/// everything that is wrong with it. Never throws, whatever the text.
/// </summary>
public static class ExpressionCompiler
{
    /// <summary>Compiles an expression.</summary>
    /// <param name="expected">The type that is needed; null where any will do.</param>
    /// <returns>Null where there are errors.</returns>
    public static Expression? Compile(
        SourceText text, TypeScope scope, FeelType? expected, ICollection<Diagnostic> diagnostics) =>
        new(text.Value, text.Value, expected ?? FeelType.AnyType, []);

    /// <summary>
    /// Compiles a cell of a decision table (<c>&lt; 1000</c>, <c>-</c>, <c>"AT", "CH"</c>, <c>[1..5]</c>,
    /// <c>not("x")</c>) to a yes-no expression over the name <c>?</c>.
    /// </summary>
    /// <param name="input">The type of the column.</param>
    /// <returns>Null where there are errors.</returns>
    public static Expression? CompileUnaryTests(
        SourceText text, TypeScope scope, FeelType input, ICollection<Diagnostic> diagnostics) =>
        new(text.Value, text.Value, FeelType.YesNoType, []);
}
