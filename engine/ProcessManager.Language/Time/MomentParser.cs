namespace ProcessManager.Language.Time;

/// <summary>
/// Reads a moment: <c>2 weeks before field:conference-date</c>, <c>at 2027-01-31 14:00</c>, a bare anchor or a bare
/// duration. Whether the step or field it names exists is for the binder to say.
/// </summary>
public static class MomentParser
{
    /// <returns>Null where something is wrong; a diagnostic then says what.</returns>
    public static Moment? Parse(SourceText text, MomentUse use, ICollection<Diagnostic> diagnostics) =>
        Parse(text, use, diagnostics, out _);

    /// <param name="anchor">Where the anchor is written, for what the binder has to say of it; the whole text for a bare duration.</param>
    public static Moment? Parse(SourceText text, MomentUse use, ICollection<Diagnostic> diagnostics, out SourceSpan anchor)
    {
        anchor = text.Span;
        var words = text.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var turn = Array.FindIndex(words, w => w is "before" or "after");
        if (turn > 0 && turn == words.Length - 2)
        {
            var length = DurationParser.Parse(text.Part(0, text.Value.IndexOf(words[turn], StringComparison.Ordinal)), diagnostics);
            return length is null ? null : new Moment(Named(words[^1]), length, words[turn] == "before", text.Value);
        }

        if (words.Length > 1 && words[0] != "at")
        {
            var bare = DurationParser.Parse(text, diagnostics);
            return bare is null ? null : new Moment(new Anchor.Opened(), bare, false, bare.Text) { IsBareDuration = true };
        }

        if (words.Length is 1 or 2) { return new Moment(Named(words[^1]), Duration.Zero, false, text.Value); }
        diagnostics.Add(Errors.NotAMoment.At(text.Span, $"“{text.Value}” isn't a moment."));
        return null;
    }

    private static Anchor Named(string name) => name switch
    {
        "opened" => new Anchor.Opened(),
        "stage" => new Anchor.StageEntered(),
        "start" => new Anchor.ProjectStart(),
        "due" => new Anchor.Due(),
        _ when name.StartsWith("field:", StringComparison.Ordinal) => new Anchor.FieldValue(name["field:".Length..]),
        _ when DateTime.TryParse(name, System.Globalization.CultureInfo.InvariantCulture, out var date) => new Anchor.Fixed(date, false),
        _ => new Anchor.StepSettled(name),
    };
}
