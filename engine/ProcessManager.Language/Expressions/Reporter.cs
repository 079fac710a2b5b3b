namespace ProcessManager.Language.Expressions;

/// <summary>Where the parts of the compiler leave what they find, by offsets in one text.</summary>
internal sealed class Reporter(SourceText text, ICollection<Diagnostic> diagnostics)
{
    /// <summary>A text with hundreds of mistakes is told of the first ones only.</summary>
    private const int MaxErrors = 20;

    public int Errors { get; private set; }

    public void Error(ErrorDefinition definition, int start, int length, string message, QuickFix? fix = null)
    {
        if (++Errors <= MaxErrors)
        {
            diagnostics.Add(definition.At(text.At(start, length), message, fix));
        }
    }

    /// <summary>A mend that puts <paramref name="newText"/> in the place of a stretch of the text.</summary>
    public QuickFix Replace(string title, int start, int length, string newText) =>
        new(title, [new TextEdit(text.At(start, length), newText)]);
}
