namespace ProcessManager.Language;

/// <summary>PM18xx: the tests of plans.</summary>
public static partial class Errors
{
    public static readonly ErrorDefinition UnknownVerb = new("PM1801", Severity.Error,
        "A line of a test does not say what is done.", "- compleet: call",
        "Begin each item of `do` with one verb, such as `complete`, `pass` or `expect`.");

    public static readonly ErrorDefinition TwoVerbs = new("PM1802", Severity.Error,
        "A line of a test does two things.", "- { complete: call, pass: 1 week }",
        "Write two items, in the order in which they happen.");

    public static readonly ErrorDefinition UnknownPerson = new("PM1803", Severity.Error,
        "Somebody is named who does not work in this test.", "by: an   # people: { ann: { groups: [sales] } }",
        "Name one of `people`, or owner, creator or manager. A test without `people` has somebody in each group, named after it (finance, finance-2), and owner, manager and administrator.");

    public static readonly ErrorDefinition StepNotForVerb = new("PM1804", Severity.Error,
        "A test does something with a step that steps of its kind don't take.", "- approve: quote   # a task",
        "Tasks and notes are completed, approvals approved or rejected, requests answered.");

    public static readonly ErrorDefinition ValueDoesNotFit = new("PM1805", Severity.Error,
        "A value in a test does not fit its field.", "with: { amount: a lot }",
        "Write numbers as 1200.50, dates as 2027-01-31, times as 2027-01-31 14:00, yes or no, one of the choices, or a list.");

    public static readonly ErrorDefinition NotATestTime = new("PM1806", Severity.Error,
        "A time in a test cannot be used.", "at: next Monday",
        "Write a date and time such as 2026-03-02 09:00; where a moment is asked, also one such as `2 days after call`.");

    public static readonly ErrorDefinition UnknownMessage = new("PM1807", Severity.Error,
        "No step receives this message.", "- receive: customer-replid",
        "Name the message as the plan's `receive` has it.");

    public static readonly ErrorDefinition RefusesNothing = new("PM1808", Severity.Error,
        "Something is wrapped in `refuse` that nobody can refuse.", "- refuse: { pass: 1 week }",
        "Wrap what a person or another system does, such as `complete` or `close`.");

    public static readonly ErrorDefinition TestsFail = new("PM1701", Severity.Error,
        "The plan is not published, because its own tests fail.", "(a test of plans/<id>/tests.yaml)",
        "Run `pm plan test` and mend the plan or the test. An administrator can publish it nevertheless; that is recorded.");
}
