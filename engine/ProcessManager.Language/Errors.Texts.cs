namespace ProcessManager.Language;

/// <summary>PM16xx: texts and templates.</summary>
public static partial class Errors
{
    public static readonly ErrorDefinition NoFrontMatter = new("PM1601", Severity.Error,
        "An email template does not begin with its front matter.", "Dear {{prospect.name}},",
        "Begin the file with a line `---`, then `subject: …`, then another line `---`, then the text.");

    public static readonly ErrorDefinition NoSubject = new("PM1602", Severity.Error,
        "An email template has no subject.", "---\nfrom: sales@example.com\n---",
        "Add `subject: …` between the two lines `---`.");

    public static readonly ErrorDefinition UnknownTemplateKey = new("PM1603", Severity.Error,
        "The front matter of a template has a key that means nothing.", "---\nsubjct: Welcome\n---",
        "Allowed are subject, from and reply-to.");

    public static readonly ErrorDefinition BadAddress = new("PM1604", Severity.Error,
        "Not an email address.", "from: sales at example.com",
        "Write name@domain, or Name <name@domain>.");

    public static readonly ErrorDefinition LineBreakInHeader = new("PM1605", Severity.Error,
        "A line of a mail's head holds a line break.", "subject: |\n  Two\n  lines",
        "Write it on one line.");

    public static readonly ErrorDefinition EmptyBody = new("PM1606", Severity.Warning,
        "An email template has no text.", "---\nsubject: Hello\n---",
        "Write the text of the mail after the second line `---`.");

    public static readonly ErrorDefinition EmptyText = new("PM1607", Severity.Error,
        "A text is empty.", "task: \"\"",
        "Say in a few words what is to be done.");
}
