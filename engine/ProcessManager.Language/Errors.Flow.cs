namespace ProcessManager.Language;

/// <summary>PM13xx: ways through a plan that lead nowhere, contradict each other or never end.</summary>
public static partial class Errors
{
    public static readonly ErrorDefinition Cycle = new("PM1301", Severity.Error,
        "Steps wait for each other in a circle.", "quote: { task: Quote, after: review }\nreview: { task: Review, after: quote }",
        "Remove one `after`. To do something again, give an outcome `redo: <step>`.");

    public static readonly ErrorDefinition NeverOpens = new("PM1302", Severity.Error,
        "A step can never open.", "after: [call.yes, call.no]",
        "What it waits for cannot come true together. Use `after: { any: […] }` where one of the ways is enough.");

    public static readonly ErrorDefinition OutcomeIsNoWay = new("PM1303", Severity.Error,
        "A step waits for an outcome that leads elsewhere.", "after: decision.refused   # refused closes the project",
        "An outcome that redoes, leaves the stage or closes the project is never a way on (rule 1).");

    public static readonly ErrorDefinition PassesAsWhat = new("PM1304", Severity.Error,
        "It is not said which outcome the step counts as when it is passed.", "when: amount > 1000\noutcomes: [yes, no]   # and others wait for .yes",
        "Write `passes-as: <outcome>` (rule 2).");

    public static readonly ErrorDefinition PassesAsNoWay = new("PM1305", Severity.Error,
        "A passed step cannot count as this outcome.", "passes-as: refused   # refused closes the project",
        "When a step is passed the flow goes on: name an outcome without redo, goto and close.");

    public static readonly ErrorDefinition AnchorNotBefore = new("PM1306", Severity.Warning,
        "A time is counted from a step that need not be settled by then.", "starts: 1 week after ship   # ship isn't before this step",
        "A step that was not reached counts as now (rule 5). Add an `after`, or count from another step.");

    public static readonly ErrorDefinition RedoNotBefore = new("PM1307", Severity.Error,
        "An outcome redoes a step that need not have been done.", "redo: review   # review isn't before this step on every way",
        "`redo` names the step itself or one that is done or passed on every way to it in this stage (rule 7); to go elsewhere, use `goto`.");

    public static readonly ErrorDefinition WaitsForOptional = new("PM1308", Severity.Warning,
        "A required step waits for an optional one.", "after: newsletter   # optional: true",
        "The stage will wait for the optional step after all (rule 10). Make both optional, or neither.");

    public static readonly ErrorDefinition OutcomeUnhandled = new("PM1309", Severity.Warning,
        "Nothing follows one outcome although others are waited for.", "outcomes: [yes, no]   # only `after: call.yes` is written",
        "Let a step wait for it, give it `redo`, `goto` or `close`, or ignore this where the way shall end here.");

    public static readonly ErrorDefinition NoLastRule = new("PM1310", Severity.Error,
        "No rule is left for the remaining cases.", "next:\n  - { when: amount > 1000, stage: board }",
        "The last rule of `next` and `decide` has no `when`; the last row of a table has `-` in every cell.");

    public static readonly ErrorDefinition RuleNeverReached = new("PM1311", Severity.Error,
        "A rule can never be reached.", "- { stage: board }\n- { when: amount > 1000, stage: contract }",
        "The first rule that holds wins: move the one without condition to the end.");

    public static readonly ErrorDefinition NoRequiredSteps = new("PM1312", Severity.Warning,
        "A stage has no required step.", "steps: {}",
        "The stage is complete as soon as it is entered. Add a step, or remove the stage.");

    public static readonly ErrorDefinition NothingCanBeCompleted = new("PM1313", Severity.Error,
        "Nothing in this stage can ever be completed.", "call: { task: Call, outcomes: { again: { redo: call } } }",
        "Give a step an outcome that goes on, leaves the stage or closes the project.");

    public static readonly ErrorDefinition NeverSettles = new("PM1314", Severity.Error,
        "A step can never be finished.", "outcomes: { again: { redo: call } }",
        "Every outcome starts it, or a step before it, again. Add one that goes on, leaves the stage or closes the project.");

    public static readonly ErrorDefinition StageUnreachable = new("PM1315", Severity.Error,
        "A stage can never be reached.", "next: [{ close: won }]   # in the stage before",
        "Let `next` or a `goto` lead to it, or remove it.");

    public static readonly ErrorDefinition ProbabilityFalls = new("PM1316", Severity.Warning,
        "The probability falls along the main way.", "offer: { probability: 40 }\ncontract: { probability: 30 }",
        "Probabilities rise from stage to stage, or the forecast falls when the work goes well.");

    public static readonly ErrorDefinition NoWayToWon = new("PM1317", Severity.Error,
        "No way through the plan ends in won.", "next: [{ close: lost }]   # in the last stage",
        "Let the last stage complete, or give an outcome or rule `close: won`.");

    public static readonly ErrorDefinition NoWayToLost = new("PM1318", Severity.Warning,
        "No way through the plan ends in lost.", "(a plan without `close: lost`)",
        "Say where a project can fail, such as `refused: { close: lost, reason: price }`; people can always close by hand.");

    public static readonly ErrorDefinition NoDue = new("PM1319", Severity.Error,
        "A time is counted from due, but nothing is due.", "remind: [1 day before due]   # without `due`",
        "Give the step a `due` (the stage a `within`), or count from another anchor: `3 days after opened`.");

    public static readonly ErrorDefinition AnchorNotHere = new("PM1320", Severity.Error,
        "A time is counted from something that does not exist by then.", "due: 1 day before due",
        "Count from an anchor that has a value at that time: opened, stage, start, a step before this one or a date field.");

    public static readonly ErrorDefinition OneWayTwice = new("PM1321", Severity.Error,
        "A join names the same way twice.", "after: [quote, quote]",
        "Remove one of the two.");

    public static readonly ErrorDefinition NeedTooMany = new("PM1322", Severity.Error,
        "More is needed than there is.", "after: { first: [a, b], need: 3 }",
        "`need` is at least 1 and at most the number of ways.");

    public static readonly ErrorDefinition OutcomeNotOfKind = new("PM1323", Severity.Error,
        "A step of this kind cannot settle with this outcome.", "review: { approval: Approve, outcomes: [maybe] }",
        "The message lists how a step of this kind settles. For a choice of your own, use a task.");

    public static readonly ErrorDefinition OnCloseKind = new("PM1324", Severity.Error,
        "A step of on-close must run by itself.", "on-close: { won: { call: { task: Call } } }",
        "When a project has closed only alerts, emails, letters, `set`, `http` and `start` without `until` run. To begin more work, start another project.");

    public static readonly ErrorDefinition NeverSettled = new("PM1325", Severity.Error,
        "A step waits for one that leaves the stage or closes the project.", "after: stop   # stop: { close: lost }",
        "`close` and `goto` end the stage: nothing comes after them.");

    public static readonly ErrorDefinition OutcomeTwice = new("PM1327", Severity.Error,
        "An outcome is listed twice.", "outcomes: [yes, no, yes]",
        "Remove one of the two.");

    public static readonly ErrorDefinition EachNotHere = new("PM1328", Severity.Error,
        "A step of this kind cannot be repeated for each member.", "route: { set: { title: '\"x\"' }, each: role:reviewer }",
        "`each` stands with task, note, alert, email, letter, receive, http and start. An approval asks everybody whom `assign` names already.");

    public static readonly ErrorDefinition EachOutcomeActs = new("PM1329", Severity.Error,
        "What one member chooses is to redo, leave or close.", "each: role:reviewer\noutcomes: { reject: { close: lost } }",
        "One member's answer moves nothing by itself. Write `need: 2 accept`: then `accept` and `too-few` are the step's own outcomes and may act.");

    public static readonly ErrorDefinition EachOutcomeAwaited = new("PM1330", Severity.Error,
        "A step waits for what one member chooses.", "after: review.accept   # each: role:reviewer, need: all",
        "A step with `each` settles with `done`, or with `need: 2 accept` with `accept` and `too-few`: wait for one of these.");

    public static readonly ErrorDefinition BadNeed = new("PM1331", Severity.Error,
        "It is not said how many members it takes.", "each: role:reviewer\nneed: most",
        "Write all, any, a number, or a number and an outcome that members choose: `2 accept`.");

    public static readonly ErrorDefinition BadRequest = new("PM1332", Severity.Error,
        "This is not an HTTP request that can be sent.", "http: https://example.com/orders",
        "Write the method and an address that begins with https:// or http:// and names its host in full: `POST https://example.com/orders/{{source-code}}`.");

    public static readonly ErrorDefinition AnchorLater = new("PM1326", Severity.Warning,
        "A time is counted from a step of a later stage.", "due: 2 days after delivery",
        "It stays unset until that step has been settled, which happens only where a way leads back here.");
}
