using System.Collections.Immutable;
using ProcessManager.Language.Expressions;

namespace ProcessManager.Language;

/// <summary>An email as a template file states it.</summary>
/// <param name="Body">Markdown.</param>
public sealed record EmailTemplate(
    string Id, TextTemplate Subject, string? From, string? ReplyTo, TextTemplate Body, SourceSpan Span);

/// <summary>A Word template with merge fields.</summary>
/// <param name="Fields">Each merge field of the document with the expression that fills it, in document order, each once.</param>
/// <param name="Digest">SHA-256 of the template's bytes, lower-case hexadecimal.</param>
/// <param name="Content">The .docx file.</param>
public sealed record LetterTemplate(
    string Id, ImmutableArray<MergeField> Fields, string Digest, ReadOnlyMemory<byte> Content, SourceSpan Span);

/// <param name="Name">As the document has it.</param>
public sealed record MergeField(string Name, Expression Value)
{
    /// <summary>What stands in the letter: the value as people read it, empty where it is null.</summary>
    public string Render(EvaluationContext context) => ReadableText.Of(Value.Evaluate(context).Value, null);
}
