namespace ProcessManager.Language.Time;

/// <summary>
/// Reads a moment: <c>2 weeks before field:conference-date</c>, <c>at 2027-01-31 14:00</c>, a bare anchor or a bare
/// duration. Whether the step or field it names exists is for the binder to say.
/// </summary>
public static class MomentParser
{
    private static readonly string[] UnitWords = [.. TimeUnit.All.SelectMany(u => new[] { u.Singular, u.Plural }), "working"];

    /// <returns>Null where something is wrong; a diagnostic then says what.</returns>
    public static Moment? Parse(SourceText text, MomentUse use, ICollection<Diagnostic> diagnostics) =>
        Parse(text, use, diagnostics, out _);

    /// <param name="anchor">Where the anchor is written, for what the binder has to say of it; the whole text for a bare duration.</param>
    public static Moment? Parse(SourceText text, MomentUse use, ICollection<Diagnostic> diagnostics, out SourceSpan anchor)
    {
        anchor = text.Span;
        var words = Phrase.Of(text);
        if (words.Count == 0) { return Say(Errors.NotAMoment.At(text.Span, "A moment is missing; write a duration, or a duration and what it counts from."), diagnostics); }
        var turn = words.Find("before", "after");
        if (turn >= 0)
        {
            if (turn + 1 < words.Count) { anchor = words.Span(turn + 1, words.Count - turn - 1); }
            return Counted(words, turn, use, diagnostics);
        }

        if (words[0].Is("at"))
        {
            if (words.Count > 1) { anchor = words.Span(1, words.Count - 1); }
            return At(words, use, diagnostics);
        }

        return Bare(words, use, diagnostics);
    }

    private static Moment? Counted(Phrase words, int turn, MomentUse use, ICollection<Diagnostic> diagnostics)
    {
        var word = words[turn].Text.ToLowerInvariant();
        if (turn == 0) { return Say(Errors.NotAMoment.At(words.Span(0), $"Say how long {word}: `1 day {word} {Quoted.Short(words.Join(1, words.Count - 1))}`."), diagnostics); }
        var length = DurationParser.Parse(words.Part(0, turn), diagnostics);
        if (turn == words.Count - 1) { return Say(Errors.NotAMoment.At(words.Span(turn), $"Say {word} what: `{Quoted.Short(words.Join(0, words.Count))} start`, for example."), diagnostics); }
        var anchor = AnchorParser.Parse(words, turn + 1, use, diagnostics);
        return length is null || anchor is null ? null : new Moment(anchor, length, word == "before", $"{length.Text} {word} {AnchorParser.Shown(anchor)}");
    }

    private static Moment? At(Phrase words, MomentUse use, ICollection<Diagnostic> diagnostics)
    {
        if (words.Count == 1) { return Say(Errors.NotAMoment.At(words.Span(0), "Say at what: `at 2027-01-31`, `at field:call-on`."), diagnostics); }
        if (DurationParser.Begins(words[1].Text) && !DateText.Looks(words.Join(1, words.Count - 1)))
        {
            var rest = words.Join(1, words.Count - 1);
            return Say(Errors.NotAMoment.At(words.Text.Span, $"`at` names a date or an anchor; a duration stands alone: `{Quoted.Short(rest)}`.", Fix(words, rest)), diagnostics);
        }

        return AtAnchor(words, 1, use, diagnostics);
    }

    private static Moment? Bare(Phrase words, MomentUse use, ICollection<Diagnostic> diagnostics)
    {
        var text = words.Join(0, words.Count);
        if (DateText.Looks(text)) { return AtAnchor(words, 0, use, diagnostics); }
        if (words.Count == 1 && !DurationParser.Begins(words[0].Text)) { return AtAnchor(words, 0, use, diagnostics); }
        if (Mended(words) is { } mended) { return Say(Errors.NotAMoment.At(words.Text.Span, $"“{Quoted.Short(text)}” is no moment; write `{Quoted.Short(mended)}`.", Fix(words, mended)), diagnostics); }
        if (!DurationParser.Begins(words[0].Text) && words.Find(UnitWords) < 0)
        {
            return Say(Errors.NotAMoment.At(words.Text.Span, $"“{Quoted.Short(text)}” is no moment; write a duration and an anchor, such as `2 weeks before field:conference-date`, `at` an anchor or a date, or a duration alone."), diagnostics);
        }

        var length = DurationParser.Parse(words.Text, diagnostics);
        return length is null ? null : new Moment(use == MomentUse.Escalate ? new Anchor.Due() : new Anchor.Opened(), length, false, length.Text) { IsBareDuration = true };
    }

    private static Moment? AtAnchor(Phrase words, int first, MomentUse use, ICollection<Diagnostic> diagnostics)
    {
        var anchor = AnchorParser.Parse(words, first, use, diagnostics);
        return anchor is null ? null : new Moment(anchor, Duration.Zero, false, $"at {AnchorParser.Shown(anchor)}");
    }

    /// <summary>The moment that someone meant who began with a preposition of everyday speech; null elsewhere.</summary>
    private static string? Mended(Phrase words)
    {
        var rest = words.Join(1, words.Count - 1);
        return words[0].Text.ToLowerInvariant() switch
        {
            "in" or "within" or "for" when DurationParser.Begins(words[1].Text) => rest,
            "on" or "by" or "until" or "from" when DateText.Looks(rest) || words.Count == 2 => $"at {rest}",
            _ => null,
        };
    }

    private static QuickFix Fix(Phrase words, string text) => new($"Write {Quoted.Short(text)}", [new TextEdit(words.Text.Span, text)]);

    private static Moment? Say(Diagnostic diagnostic, ICollection<Diagnostic> diagnostics)
    {
        diagnostics.Add(diagnostic);
        return null;
    }
}
