namespace ProcessManager.Language.Expressions;

/// <summary>
/// The door to the expression language: from text to an <see cref="Expression"/>, with a diagnostic for
/// everything that is wrong with it. Never throws, whatever the text.
/// </summary>
public static class ExpressionCompiler
{
    /// <summary>The length of an expression's text, in UTF-16 code units.</summary>
    public const int MaxLength = 32 * 1024;

    /// <summary>True for the words of the language (<c>and</c>, <c>if</c>, <c>null</c>), which no field can be called by.</summary>
    public static bool IsReserved(string word) => Keywords.Has(word);

    /// <summary>Compiles an expression.</summary>
    /// <param name="expected">The type that is needed; null where any will do.</param>
    /// <returns>Null where there are errors.</returns>
    public static Expression? Compile(
        SourceText text, TypeScope scope, FeelType? expected, ICollection<Diagnostic> diagnostics) =>
        Compile(text, scope, expected, diagnostics, p => p.ParseAll());

    /// <summary>
    /// Compiles a cell of a decision table (<c>&lt; 1000</c>, <c>-</c>, <c>"AT", "CH"</c>, <c>[1..5]</c>,
    /// <c>not("x")</c>) to a yes-no expression over the name <c>?</c>.
    /// </summary>
    /// <param name="input">The type of the column.</param>
    /// <returns>Null where there are errors.</returns>
    public static Expression? CompileUnaryTests(
        SourceText text, TypeScope scope, FeelType input, ICollection<Diagnostic> diagnostics) =>
        Compile(text, scope.With("?", input), FeelType.YesNoType, diagnostics, p => p.ParseCell());

    private static Expression? Compile(
        SourceText text, TypeScope scope, FeelType? expected, ICollection<Diagnostic> diagnostics, Func<Parser, Syntax?> parse)
    {
        var reporter = new Reporter(text, diagnostics);
        if (Read(text.Value, reporter, parse) is not { } syntax)
        {
            return null;
        }

        var names = new Names(scope);
        var root = new Typer(names, reporter).Type(syntax);
        if (reporter.Errors == 0 && expected is not null && !Types.Fits(root.Type, expected))
        {
            reporter.Error(Errors.ResultType, syntax.Start, syntax.Length,
                $"{Comparing.Capital(Types.Say(expected))} is needed here, but this is {Types.Say(root.Type)}.");
        }

        return reporter.Errors == 0 ? new Expression(text.Value, root, names) : null;
    }

    private static Syntax? Read(string text, Reporter reporter, Func<Parser, Syntax?> parse)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            reporter.Error(Errors.ExpressionEmpty, 0, text.Length, "An expression is missing here.");
            return null;
        }

        if (text.Length > MaxLength)
        {
            reporter.Error(Errors.ExpressionTooLong, 0, text.Length, $"An expression has at most {MaxLength} characters; this one has {text.Length}.");
            return null;
        }

        var tokens = new Lexer(text, reporter).Read();
        return reporter.Errors > 0 ? null : parse(new Parser(tokens, text, reporter));
    }
}
