namespace ProcessManager.Language;

/// <summary>PM11xx: what can be wrong with the shape of a file: keys, forms and plain values.</summary>
public static partial class Errors
{
    public static readonly ErrorDefinition UnknownKey = new("PM1101", Severity.Error,
        "A key that the language doesn't have.", "call:\n  task: Call back\n  asign: owner",
        "Take the suggested key, or look the keys up in the reference.");

    public static readonly ErrorDefinition MissingKey = new("PM1102", Severity.Error,
        "A required key is missing.", "brochure:\n  email: brochure",
        "Add the key.");

    public static readonly ErrorDefinition WrongForm = new("PM1103", Severity.Error,
        "A value has the wrong form.", "form: { product: amount }",
        "Write a text, a list or keys with values, as the message says.");

    public static readonly ErrorDefinition NoValue = new("PM1104", Severity.Error,
        "A key has no value.", "name:",
        "Write the value behind the colon, or remove the key.");

    public static readonly ErrorDefinition NotAnId = new("PM1105", Severity.Error,
        "Not an id.", "stages:\n  First Contact:",
        "Begin with a lower-case letter and use lower-case letters, digits and hyphens, at most 64. The name that people read is written with `name` or `label`.");

    public static readonly ErrorDefinition NotANumber = new("PM1106", Severity.Error,
        "Not a number, or out of bounds.", "probability: 101",
        "Write a number within the bounds, with a point before decimals and without thousands signs.");

    public static readonly ErrorDefinition UnknownChoice = new("PM1107", Severity.Error,
        "Not one of the words that are allowed here.", "priority: hihg",
        "Take one of the words that the message lists.");

    public static readonly ErrorDefinition NotAFlag = new("PM1108", Severity.Error,
        "Neither true nor false.", "optional: maybe",
        "Write true or false.");

    public static readonly ErrorDefinition NotADate = new("PM1109", Severity.Error,
        "Not a date, or hours that aren't hours.", "on: 31.12.2026",
        "Write year, month and day: 2026-12-31; hours as 08:00-12:00.");

    public static readonly ErrorDefinition NoStepKind = new("PM1111", Severity.Error,
        "A step doesn't say what it is.", "call:\n  assign: group:sales",
        "Add the key of one kind, such as `task:`.");

    public static readonly ErrorDefinition TwoStepKinds = new("PM1112", Severity.Error,
        "A step says that it is two things.", "call:\n  task: Call back\n  alert: Called",
        "Make two steps of it.");

    public static readonly ErrorDefinition KeysExcludeEachOther = new("PM1113", Severity.Error,
        "Two keys of which only one can be meant.", "again: { redo: call, goto: offer }",
        "Keep one of them.");

    public static readonly ErrorDefinition KeyNeedsAnother = new("PM1114", Severity.Error,
        "A key that means nothing without another.", "refused: { reason: price }",
        "Add the other key, or remove this one.");

    public static readonly ErrorDefinition TooFew = new("PM1115", Severity.Error,
        "A list or map is empty.", "stages: {}",
        "Add an entry, or remove the key.");

    public static readonly ErrorDefinition TooManySteps = new("PM1116", Severity.Error,
        "A plan has more than 2,000 steps.", "(a plan with 2,001 steps)",
        "Split the plan into several.");

    public static readonly ErrorDefinition UnknownZone = new("PM1117", Severity.Error,
        "Not a time zone or currency.", "zone: Vienna",
        "Write an IANA name such as Europe/Vienna, or an ISO 4217 code such as EUR.");

    public static readonly ErrorDefinition UnknownCurrency = new("PM1118", Severity.Error,
        "A project type has a currency that the organisation doesn't have.", "currencies: [EUR]\ntypes: { sales: { name: Sale, won: Sold, currency: CHF } }",
        "Add the currency to `currencies`, or correct it.");

    public static readonly ErrorDefinition TwoLabels = new("PM1119", Severity.Error,
        "A close reason has two names.", "close-reasons: { lost: { price: Price }, cancelled: { price: Too dear } }",
        "Give the reason the same name under each result, or take another id.");
}
