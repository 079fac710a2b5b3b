using System.Collections.Immutable;

namespace ProcessManager.Language;

/// <summary>How much a diagnostic matters. A plan with an <see cref="Error"/> is not published.</summary>
public enum Severity { Hint, Warning, Error }

/// <summary>
/// A place in a file. Lines and columns count from 1, columns in UTF-16 code units; the end is exclusive.
/// <see cref="Start"/> and <see cref="End"/> are offsets in the file's text, counted from 0.
/// </summary>
public readonly record struct SourceSpan(
    string File, int StartLine, int StartColumn, int EndLine, int EndColumn, int Start, int End)
{
    /// <summary>The first character of a file: where something is said of the file as a whole.</summary>
    public static SourceSpan StartOf(string file) => new(file, 1, 1, 1, 1, 0, 0);

    public override string ToString() => $"{File}:{StartLine}:{StartColumn}";
}

/// <summary>A replacement of one stretch of text by another.</summary>
public sealed record TextEdit(SourceSpan Span, string NewText);

/// <summary>A mend that a person can accept with one key: a title and the edits that it makes.</summary>
public sealed record QuickFix(string Title, ImmutableArray<TextEdit> Edits);

/// <summary>
/// Something the compiler found in a file that a person wrote. A value, never an exception:
/// what was found, where, and what is allowed.
/// </summary>
/// <param name="Code">The entry in the <see cref="Errors"/> catalogue, such as <c>PM1203</c>.</param>
public sealed record Diagnostic(string Code, Severity Severity, SourceSpan Span, string Message, QuickFix? Fix = null)
{
    public override string ToString() => $"{Span}: {Severity.ToString().ToLowerInvariant()} {Code}: {Message}";
}

/// <summary>One entry of the catalogue of diagnostics: what a code means, with an example that causes it.</summary>
/// <param name="Title">A short sentence; the message of a diagnostic is more exact.</param>
/// <param name="Example">YAML or an expression that causes it.</param>
/// <param name="Help">What to do about it.</param>
public sealed record ErrorDefinition(string Code, Severity Severity, string Title, string Example, string Help)
{
    /// <summary>A message quotes what it speaks of, and that can be as long as the file.</summary>
    private const int MaxMessage = 1_000;

    public Diagnostic At(SourceSpan span, string message, QuickFix? fix = null) => new(Code, Severity, span, Cut(message), fix);

    private static string Cut(string message) => message.Length <= MaxMessage ? message
        : message[..(char.IsHighSurrogate(message[MaxMessage - 1]) ? MaxMessage - 1 : MaxMessage)] + "…";
}

/// <summary>
/// The catalogue of every diagnostic, one part a topic: PM10xx reading, PM11xx shape, PM12xx names,
/// PM13xx flow, PM14xx time, PM15xx expressions, PM16xx texts and templates, PM17xx publishing,
/// PM18xx the tests of plans.
/// </summary>
public static partial class Errors
{
    private static readonly Lazy<ImmutableArray<ErrorDefinition>> Catalogue = new(() =>
        [.. typeof(Errors)
            .GetFields(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static)
            .Where(f => f.FieldType == typeof(ErrorDefinition))
            .Select(f => (ErrorDefinition)f.GetValue(null)!)
            .OrderBy(d => d.Code, StringComparer.Ordinal)]);

    /// <summary>Every definition, ordered by code.</summary>
    public static ImmutableArray<ErrorDefinition> All => Catalogue.Value;
}
