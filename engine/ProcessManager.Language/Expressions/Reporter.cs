namespace ProcessManager.Language.Expressions;

/// <summary>Where the parts of the compiler leave what they find, by offsets in one text.</summary>
internal sealed class Reporter(SourceText text, ICollection<Diagnostic> diagnostics)
{
    /// <summary>A text with hundreds of mistakes is told of the first ones only.</summary>
    private const int MaxErrors = 20;

    /// <summary>A message quotes what it speaks of, and that can be as long as the text.</summary>
    private const int MaxMessage = 500;

    public int Errors { get; private set; }

    /// <summary>True where nothing more will be told, and a hint isn't worth looking for.</summary>
    public bool IsFull => Errors >= MaxErrors;

    public void Error(ErrorDefinition definition, int start, int length, string message, QuickFix? fix = null)
    {
        if (++Errors <= MaxErrors)
        {
            diagnostics.Add(definition.At(text.At(start, length), message.Length <= MaxMessage ? message : message[..MaxMessage] + "…", fix));
        }
    }

    /// <summary>A mend that puts <paramref name="newText"/> in the place of a stretch of the text.</summary>
    public QuickFix Replace(string title, int start, int length, string newText) =>
        new(title, [new TextEdit(text.At(start, length), newText)]);
}
