namespace ProcessManager.Language;

/// <summary>PM15xx: expressions.</summary>
public static partial class Errors
{
    public static readonly ErrorDefinition ExpressionEmpty = new("PM1501", Severity.Error,
        "The expression is empty.", "when: \"\"", "Write a condition or a value, or leave the key out.");

    public static readonly ErrorDefinition ExpressionSyntax = new("PM1502", Severity.Error,
        "The expression can't be read at this place.", "when: amount > > 5",
        "The message says what may stand here.");

    public static readonly ErrorDefinition ExpressionText = new("PM1503", Severity.Error,
        "A text in the expression isn't closed, or a character's code in it is incomplete.", "when: product = \"Gold",
        "Texts stand between double quotes; inside them \\\" is a quote and \\\\ a backslash.");

    public static readonly ErrorDefinition ExpressionNumber = new("PM1504", Severity.Error,
        "A number is too large or is written in a way that isn't known.", "when: amount > 10k",
        "Write numbers with digits and a decimal point, without separators: 12500.50.");

    public static readonly ErrorDefinition ExpressionDate = new("PM1505", Severity.Error,
        "A date, time or duration can't be read.", "when: call-on > @\"2026-02-30\"",
        "Write dates as 2026-03-01, times as 09:30:00, both as 2026-03-01T09:30:00, durations as P2D, PT4H or P1Y6M.");

    public static readonly ErrorDefinition ExpressionTooDeep = new("PM1506", Severity.Error,
        "The expression is nested too deeply.", "when: ((((…))))",
        "Split it: set a field in one step and use the field in the next.");

    public static readonly ErrorDefinition ExpressionTooLong = new("PM1507", Severity.Error,
        "The expression is too long.", "when: (more than 32,768 characters)",
        "Split it: set a field in one step and use the field in the next.");

    public static readonly ErrorDefinition UnknownName = new("PM1510", Severity.Error,
        "The expression uses a name that isn't known here.", "when: amuont > 5",
        "Names are the plan's fields and steps and the built-in fields. Subtraction needs spaces: a - b.");

    public static readonly ErrorDefinition UnknownEntry = new("PM1511", Severity.Error,
        "What stands before the dot has no such part.", "when: prospect.twon = \"Graz\"",
        "The message lists the parts that exist.");

    public static readonly ErrorDefinition UnknownFunction = new("PM1512", Severity.Error,
        "The expression calls a function that isn't known.", "when: lenght(title) > 5",
        "The reference lists all functions.");

    public static readonly ErrorDefinition ArgumentCount = new("PM1513", Severity.Error,
        "A function is called with too many, too few or wrongly named arguments.", "set: { title: upper case() }",
        "The message shows how the function is called.");

    public static readonly ErrorDefinition ArgumentType = new("PM1514", Severity.Error,
        "A function is called with an argument of the wrong type.", "set: { title: upper case(amount) }",
        "Convert it first: string(amount), number(text, \",\", \".\"), date(moment).");

    public static readonly ErrorDefinition OperandTypes = new("PM1520", Severity.Error,
        "The operator can't be used with these types.", "set: { amount: amount + product }",
        "Numbers are calculated with numbers, texts joined with texts, durations added to dates.");

    public static readonly ErrorDefinition ComparedTypes = new("PM1521", Severity.Error,
        "Values of different types are compared.", "when: amount > \"1000\"",
        "Leave the quotes away from numbers; write dates as @\"2026-03-01\".");

    public static readonly ErrorDefinition ConditionType = new("PM1522", Severity.Error,
        "A condition doesn't give yes or no.", "when: amount and true", "Compare it with something: amount > 0.");

    public static readonly ErrorDefinition ResultType = new("PM1523", Severity.Error,
        "The expression gives another type than is needed here.", "when: amount + 1",
        "A condition needs yes or no; a field needs a value of its kind.");

    public static readonly ErrorDefinition PatternUnreadable = new("PM1524", Severity.Error,
        "A regular expression can't be read or isn't supported.", "when: matches(title, \"(a\")",
        "Back references and look-around are not supported: a search always takes time in proportion to the text.");

    public static readonly ErrorDefinition NotSearchable = new("PM1525", Severity.Error,
        "A search or filter uses something that a database can't answer in the same way.", "where: matches(title, \"^A\")",
        "The message gives the reason and, where there is one, another way to write it. In plans the expression may stand.");

    public static readonly ErrorDefinition HoleNotClosed = new("PM1530", Severity.Error,
        "A {{ in a text isn't closed by }}.", "task: Call {{prospect.name",
        "Close it, or write \\{{ where the braces themselves are meant.");
}
