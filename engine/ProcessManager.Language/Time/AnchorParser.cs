using System.Text.RegularExpressions;

namespace ProcessManager.Language.Time;

/// <summary>Reads what a moment is counted from.</summary>
internal static partial class AnchorParser
{
    private const string Field = "field:";
    private const string Listed = "`opened`, `stage`, `start`, `due`, a step, `field:` with a field, or a date such as `2027-01-31`";

    /// <summary>The anchors that a plan has whatever its steps are called.</summary>
    public static readonly string[] Reserved = ["opened", "stage", "start", "due"];

    /// <param name="first">The first of the words that name it; all that follow belong to it.</param>
    public static Anchor? Parse(Phrase words, int first, MomentUse use, ICollection<Diagnostic> diagnostics)
    {
        var count = words.Count - first;
        var text = words.Join(first, count);
        if (DateText.Looks(text)) { return DateText.Parse(words.Part(first, count), diagnostics); }
        if (count == 1 && Id().IsMatch(text)) { return Named(text, words.Span(first), use, diagnostics); }
        if (count == 1 && text.StartsWith(Field, StringComparison.Ordinal) && Id().IsMatch(text[Field.Length..])) { return new Anchor.FieldValue(text[Field.Length..]); }
        diagnostics.Add(Unknown(words, first, text));
        return null;
    }

    public static string Shown(Anchor anchor) => anchor switch
    {
        Anchor.Opened => "opened",
        Anchor.StageEntered => "stage",
        Anchor.ProjectStart => "start",
        Anchor.Due => "due",
        Anchor.StepSettled step => step.Step,
        Anchor.FieldValue field => Field + field.Field,
        Anchor.Fixed written => written.Local.ToString(written.HasTime ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"{anchor} is a new kind of anchor."),
    };

    private static Anchor? Named(string name, SourceSpan span, MomentUse use, ICollection<Diagnostic> diagnostics)
    {
        var problem = (name, use) switch
        {
            ("due", MomentUse.Due) => "A due moment can't be counted from itself; count from `opened`, `stage`, `start`, a step or a field.",
            ("due", MomentUse.Starts or MomentUse.Wait) => "A step has no due moment before it is open; count from `stage`, `start`, a step or a field.",
            ("opened", MomentUse.Starts) => "A step can't start counting from its own opening; leave the anchor out to count from when its turn comes.",
            ("due" or "opened", MomentUse.Within) => "A stage has no opening or due moment of its own; a bare duration counts from the entry into it.",
            _ => null,
        };
        if (problem is not null)
        {
            diagnostics.Add(Errors.AnchorNotYet.At(span, problem));
            return null;
        }

        return name switch
        {
            "opened" => new Anchor.Opened(),
            "stage" => new Anchor.StageEntered(),
            "start" => new Anchor.ProjectStart(),
            "due" => new Anchor.Due(),
            _ => new Anchor.StepSettled(name),
        };
    }

    private static Diagnostic Unknown(Phrase words, int first, string text)
    {
        var span = words.Span(first, words.Count - first);
        if (Outcome().Match(text) is { Success: true } outcome)
        {
            var step = outcome.Groups[1].Value;
            return Errors.NotAnAnchor.At(span, $"A moment counts from the settling of a step, whatever its outcome; write `{step}`.", Fix(span, step));
        }

        var mended = Mended(text);
        return mended is null
            ? Errors.NotAnAnchor.At(span, $"A moment can't be counted from “{Quoted.Short(text)}”; expected {Listed}.")
            : Errors.NotAnAnchor.At(span, $"A moment can't be counted from “{Quoted.Short(text)}”; did you mean `{mended}`?", Fix(span, mended));
    }

    /// <summary>The anchor that someone meant who wrote a label, a capital or a blank too many; null where it can't be guessed.</summary>
    private static string? Mended(string text)
    {
        var field = text.StartsWith("field", StringComparison.OrdinalIgnoreCase) && text.Length > 5 && text[5] is ':' or ' ' or '.';
        var bare = field ? text[6..].TrimStart(':', ' ') : text;
        var id = Blanks().Replace(bare.Trim().ToLowerInvariant(), "-");
        return id.Length <= 64 && Id().IsMatch(id) ? (field ? Field : "") + id : null;
    }

    private static QuickFix Fix(SourceSpan span, string text) => new($"Write {text}", [new TextEdit(span, text)]);

    [GeneratedRegex(@"^[a-z][a-z0-9-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    [GeneratedRegex(@"^([a-z][a-z0-9-]*)\.[a-z][a-z0-9-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Outcome();

    [GeneratedRegex(@"[\s_]+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
