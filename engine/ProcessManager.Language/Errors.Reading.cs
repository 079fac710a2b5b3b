namespace ProcessManager.Language;

/// <summary>PM10xx: what can be wrong with a file as YAML, before anything is known of plans.</summary>
public static partial class Errors
{
    public static readonly ErrorDefinition TooLarge = new("PM1001", Severity.Error,
        "The file is larger than 1 MiB.", "(a file of more than 1,048,576 bytes)",
        "Split the plan into several.");

    public static readonly ErrorDefinition NotUtf8 = new("PM1002", Severity.Error,
        "The file is not UTF-8 text.", "(a file saved as UTF-16, or with a broken character)",
        "Save the file as UTF-8.");

    public static readonly ErrorDefinition ControlCharacter = new("PM1003", Severity.Error,
        "The file holds a character that cannot be seen and has no place in a text.", "name: Enquiry\\u0000",
        "Remove the character; in a double-quoted text it can be written as an escape such as \\u0007.");

    public static readonly ErrorDefinition EmptyFile = new("PM1004", Severity.Error,
        "The file is empty.", "# nothing but a comment",
        "Write the file's first key, or delete the file.");

    public static readonly ErrorDefinition TabIndentation = new("PM1005", Severity.Error,
        "A line is indented with a tab.", "stages:\n\tenquiry:",
        "Indent with spaces; two for each level.");

    public static readonly ErrorDefinition BadSyntax = new("PM1006", Severity.Error,
        "The file is not valid YAML.", "stages:\n  enquiry:\n offer:",
        "Compare the indentation with the lines around, and look for a missing `:` or a quote too many.");

    public static readonly ErrorDefinition UnclosedBracket = new("PM1007", Severity.Error,
        "A [ or { is not closed.", "form: [product, amount",
        "Close the list with ] and the map with }, and separate what is inside by commas.");

    public static readonly ErrorDefinition UnclosedQuote = new("PM1008", Severity.Error,
        "A quoted text is not closed.", "name: \"Enquiry",
        "Add the missing quote. A quote inside a text in single quotes is written twice: 'it''s'.");

    public static readonly ErrorDefinition BracesNeedQuotes = new("PM1009", Severity.Error,
        "A text with {{…}} must be quoted here.", "task: {{prospect.name}} wants a call",
        "Put the whole text in double quotes: YAML takes a { at the beginning for a map.");

    public static readonly ErrorDefinition TextNeedsQuotes = new("PM1010", Severity.Error,
        "A text must be quoted here.", "name: Offer: the first",
        "Put the whole text in double quotes: it begins with a sign that means something in YAML, or holds `: `.");

    public static readonly ErrorDefinition DuplicateKey = new("PM1011", Severity.Error,
        "A key is written twice.", "name: Enquiry\nname: Offer",
        "Keep one of the two, or rename one.");

    public static readonly ErrorDefinition AnchorOrAlias = new("PM1012", Severity.Error,
        "Anchors (&) and aliases (*) are not part of the language.", "call: &call\n  task: Call\nagain: *call",
        "Write the value out, or quote the text if it shall begin with this sign.");

    public static readonly ErrorDefinition TagNotAllowed = new("PM1013", Severity.Error,
        "Tags (!) are not part of the language.", "amount: !!int 10",
        "Remove the tag: every value is text and typed by its key. Quote the text if it shall begin with `!`.");

    public static readonly ErrorDefinition DirectiveNotAllowed = new("PM1014", Severity.Error,
        "Directives (%) are not part of the language.", "%YAML 1.2\n---\nplan: call-back",
        "Remove the line.");

    public static readonly ErrorDefinition SecondDocument = new("PM1015", Severity.Error,
        "The file holds a second document.", "plan: one\n---\nplan: two",
        "Put each plan into a file of its own.");

    public static readonly ErrorDefinition MergeKey = new("PM1016", Severity.Error,
        "Merge keys (<<) are not part of the language.", "<<: { due: 1 day }",
        "Write the keys out.");

    public static readonly ErrorDefinition ComplexKey = new("PM1017", Severity.Error,
        "A key must be a text.", "? [a, b]\n: c",
        "Write a name before the colon.");

    public static readonly ErrorDefinition KeyTooLong = new("PM1018", Severity.Error,
        "A key is longer than 128 characters.", "(a key of more than 128 characters)",
        "Shorten the key; long texts belong behind the colon.");

    public static readonly ErrorDefinition TooDeep = new("PM1019", Severity.Error,
        "The file is nested deeper than 32 levels.", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
        "No part of the language needs more than a dozen levels; look for a bracket too many.");

    public static readonly ErrorDefinition TooManyParts = new("PM1020", Severity.Error,
        "The file has more than 200,000 keys, values and lists.", "(a file with more than 200,000 parts)",
        "Split the plan into several.");

    public static readonly ErrorDefinition HiddenDirection = new("PM1021", Severity.Warning,
        "A hidden sign changes the direction of writing.", "name: \\u202Efeed",
        "Remove the sign unless the text is written from right to left: it can make a file look different from what it says.");

    public static readonly ErrorDefinition UnknownEscape = new("PM1022", Severity.Error,
        "A backslash in a double-quoted text is followed by something unknown.", "name: \"C:\\data\"",
        "Write \\\\ for a backslash, or use single quotes, in which a backslash is a backslash.");
}
