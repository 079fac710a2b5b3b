namespace ProcessManager.Language.Time;

/// <summary>Reads one entry of <c>remind</c>.</summary>
public static class ReminderParser
{
    /// <returns>Null where something is wrong; a diagnostic then says what.</returns>
    public static ReminderRule? Parse(SourceText text, ICollection<Diagnostic> diagnostics)
    {
        if (text.Value == "at due") { return new ReminderRule.AtDue(text.Value); }
        if (text.Value.EndsWith(" before due", StringComparison.Ordinal))
        {
            var length = DurationParser.Parse(text.Part(0, text.Value.Length - " before due".Length), diagnostics);
            return length is null ? null : new ReminderRule.BeforeDue(length, text.Value);
        }

        diagnostics.Add(Errors.NotAReminder.At(text.Span, $"“{text.Value}” isn't a reminder."));
        return null;
    }
}
