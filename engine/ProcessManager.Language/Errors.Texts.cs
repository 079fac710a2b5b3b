namespace ProcessManager.Language;

/// <summary>PM16xx: texts and templates.</summary>
public static partial class Errors
{
    public static readonly ErrorDefinition NoFrontMatter = new("PM1601", Severity.Error,
        "An email template does not begin with its front matter.", "Dear {{prospect.name}},",
        "Begin the file with a line `---`, then `subject: …`, then another line `---`, then the text.");

    public static readonly ErrorDefinition BadAddress = new("PM1602", Severity.Error,
        "Not an email address.", "from: sales at example.com",
        "Write name@domain, or Name <name@domain>.");

    public static readonly ErrorDefinition LineBreakInHeader = new("PM1603", Severity.Error,
        "A line of a mail's head holds a line break.", "subject: |\n  Two\n  lines",
        "Write it on one line.");

    public static readonly ErrorDefinition EmptyBody = new("PM1604", Severity.Warning,
        "An email template has no text.", "---\nsubject: Hello\n---",
        "Write the text of the mail after the second line `---`.");

    public static readonly ErrorDefinition SensitiveInText = new("PM1605", Severity.Error,
        "A text shows a sensitive field.", "task: Check {{tax-id}}   # tax-id is sensitive",
        "Texts of tasks, alerts, mails and letters, and what is sent elsewhere, are read and kept where sensitive values must not be. Let people look the field up in the project.");

    public static readonly ErrorDefinition BadMergeField = new("PM1606", Severity.Error,
        "A merge field of a letter names nothing.", "{ MERGEFIELD prospect.nam }   in templates/quote.docx",
        "A merge field holds an expression such as `prospect.name` or `amount`; `_` may stand for a hyphen or a dot, as in `prospect_name`.");

    public static readonly ErrorDefinition BadLetter = new("PM1607", Severity.Error,
        "A letter template cannot be read.", "letter: quote   # templates/quote.docx is no Word document",
        "Save it with Word or LibreOffice as .docx, without a password, at most 5 MiB.");
}
