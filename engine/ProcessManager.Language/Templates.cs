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
    string Id, ImmutableArray<MergeField> Fields, string Digest, ReadOnlyMemory<byte> Content, SourceSpan Span)
{
    /// <summary>The name in a field's code, <c>MERGEFIELD name \* MERGEFORMAT</c>, without quotes and switches; null for other fields.</summary>
    public static string? FieldNameIn(string code)
    {
        const string word = "MERGEFIELD";
        var text = code.Trim();
        if (!text.StartsWith(word, StringComparison.OrdinalIgnoreCase) || text.Length == word.Length || !(char.IsWhiteSpace(text[word.Length]) || text[word.Length] is '"' or '“'))
        {
            return null;
        }

        text = text[word.Length..].TrimStart();
        var name = text is ['"' or '“' or '”', ..] ? Quoted(text) : text.Split('\\', 2)[0];
        return name.Trim() is { Length: > 0 } found ? found : null;
    }

    /// <summary>What stands between quotes, straight or typographic; a stroke before a quote makes it part of the text.</summary>
    private static string Quoted(string text)
    {
        var found = new System.Text.StringBuilder();
        for (var i = 1; i < text.Length && text[i] is not ('"' or '“' or '”'); i++)
        {
            i += text[i] == '\\' && i + 1 < text.Length ? 1 : 0;
            found.Append(text[i]);
        }

        return found.ToString();
    }
}

/// <param name="Name">As the document has it.</param>
public sealed record MergeField(string Name, Expression Value)
{
    /// <summary>What stands in the letter: the value as people read it, empty where it is null.</summary>
    public string Render(EvaluationContext context) => ReadableText.Of(Value.Evaluate(context).Value, null);
}
