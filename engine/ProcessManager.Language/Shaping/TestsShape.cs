using System.Collections.Immutable;
using ProcessManager.Language.Time;

namespace ProcessManager.Language.Shaping;

/// <summary>The shape of a plan's tests.yaml: the verbs of a test, and what it may expect.</summary>
public static class TestsShape
{
    private static readonly Shape Text = StepParts.Text;
    private static readonly Shape Step = StepParts.Step;
    private static readonly Shape Steps = StepParts.OneOrMany(Step, "steps");
    private static readonly Shape Person = new ReferenceShape(ReferenceTo.User, "person");
    private static readonly Shape People = StepParts.OneOrMany(Person, "people");
    private static readonly Shape Outcome = new ReferenceShape(ReferenceTo.Outcome, "outcome");
    private static readonly Shape Moment = new MomentShape(MomentUse.Wait);
    private static readonly Shape Result = StepParts.Result;
    private static readonly Shape Nothing = new EmptyShape();

    private static readonly Shape Value =
        new OneOfShape(Nothing, Text, new ListShape(Text, AtLeast: 0, Plural: "values")) { Noun = "a value" };

    private static readonly Shape Fields = new MapShape(StepParts.Field, Value, "fields");
    private static readonly Shape TextOrNothing = new OneOfShape(Nothing, Text) { Noun = "text" };

    private static readonly KeyShape By = new("by", Person, "Who does it; whoever is responsible where nothing is written.") { Example = "ann" };
    private static readonly KeyShape With = new("with", Fields, "Fields that are filled.") { Example = "{ product: Gold, amount: 12000 }" };
    private static readonly KeyShape For = new("for", Text, "The member of a step with `each`.") { Example = "ann" };
    private static readonly KeyShape Why = new("why", Text, "The reason that is given.") { Example = "They called us" };

    /// <summary>How a test, or a rehearsal of a whole plan, begins.</summary>
    public static ObjectShape Start { get; } = new("start",
    [
        new("at", Text, "The day and time at which the project starts, in the plan's calendar.") { Example = "2026-03-02 09:00" },
        new("prospect", new OneOfShape(Nothing, new MapShape(null, TextOrNothing, "entries of the prospect", AtLeast: 0)), "What is known of the prospect; what is left out is made up, and a key without value means nothing is known. `prospect:` alone: there is none.")
        { Example = "{ name: Ada Ltd, kind: organisation }" },
        new("fields", Fields, "Fields that are filled at the start.") { Example = "{ amount: 500 }" },
        new("roles", new MapShape(new IdShape(), People, "people by role"), "Who has which role.") { Example = "{ approver: [ann, bob] }" },
        new("by", Person, "Who starts the project, and owns it where the plan says nothing else.") { Example = "sam" },
        new("people", new MapShape(null, new OneOfShape(Nothing, new ObjectShape("person",
        [
            new("groups", StepParts.OneOrMany(new ReferenceShape(ReferenceTo.Group, "group"), "groups"), "The groups they are in.") { Example = "[sales]" },
            new("manager", Person, "Whom they report to.") { Example = "bob" },
            new("away", new ListShape(new OneOfShape(Text, new ObjectShape("absence",
            [
                new("from", Text, "The first day, or the moment, of being away.") { Required = true, Example = "2026-03-02" },
                new("until", Text, "When they are back.") { Required = true, Example = "2026-03-09" },
                new("substitute", Person, "Who stands in.") { Example = "bob" },
            ])), Plural: "days and absences"), "When they are away: days, or absences with a substitute.") { Example = "[{ from: 2026-03-02, until: 2026-03-09, substitute: bob }]" },
            new("name", Text, "As people read it.") { Example = "Ann Miller" },
            new("email", Text, "Their address.") { Example = "ann@example.org" },
            new("calendar", new ReferenceShape(ReferenceTo.Calendar, "calendar"), "Their own calendar.") { Example = "office" },
            new("administrator", StepParts.Flag, "True: may get what nobody else can.") { Example = "true" },
        ])), "people"), "Who works here. Where nothing is written: in each group as many people as the plan needs, named after it (finance, finance-2), and owner, manager and administrator.")
        { Example = "{ ann: { groups: [finance] } }" },
        new("fails", Steps, "Steps whose mail or letter can't be delivered or made.") { Example = "[brochure]" },
    ]);

    private static readonly KeyShape[] Standings =
    [
        .. from standing in ((string Key, string Help)[])
           [
               ("open", "Steps that are open."), ("not-open", "Steps that are not."),
               ("done", "Steps that are done; `call.interested` with that outcome."), ("passed", "Steps that were passed."),
               ("dead", "Steps that no live way leads to."), ("cancelled", "Steps that were cancelled."),
               ("overdue", "Steps, or the stage, that are past their due moment."),
           ]
           select new KeyShape(standing.Key, StepParts.OneOrMany(new WayShape(), "steps"), standing.Help) { Example = "[call]" },
    ];

    private static readonly ObjectShape Expectations = new("expectation",
    [
        new("stage", StepParts.Stage, "The stage that the project is in.") { Example = "offer" },
        new("probability", StepParts.Probability, "As it is shown, in per cent.") { Example = "40" },
        new("status", new OneOfShape(Nothing, new ReferenceShape(ReferenceTo.Status, "status")), "The project's status.") { Example = "active" },
        new("closed", new ChoiceShape("won", "lost", "cancelled", "no"), "How it closed, or that it did not.") { Example = "won" },
        new("reason", new OneOfShape(Nothing, StepParts.Reason), "Why it closed.") { Example = "price" },
        .. Standings,
        new("due", new MapShape(null, TextOrNothing, "due moments by step"), "When steps, or the stage, are due; a date alone: on that day.") { Example = "{ quote: 2026-03-05 }" },
        new("assigned", new MapShape(null, Text, "people by step"), "Who is responsible: a person, or a group.") { Example = "{ call: group:sales }" },
        new("priority", new MapShape(null, StepParts.Priority, "priorities by step"), "How the work stands out.") { Example = "{ call: high }" },
        new("fields", new MapShape(StepParts.Field, Value, "fields"), "The values of fields; a key without value: it is empty.") { Example = "{ amount: 500 }" },
        new("sent", StepParts.OneOrMany(Text, "templates"), "Mails sent so far, by template or step.") { Example = "[brochure]" },
        new("filed", StepParts.OneOrMany(Text, "templates"), "Letters filed so far, by template or step.") { Example = "[quote]" },
        new("alerted", new MapShape(null, StepParts.OneOrMany(Text, "steps"), "steps by person"), "Who was told something so far, and by which step or stage.") { Example = "{ manager: call }" },
        new("reminded", new MapShape(null, new NumberShape(0, 100000, Integer: true), "counts by step"), "How many reminders of a step, or stage, went out so far.") { Example = "{ call: 3 }" },
        new("started", StepParts.OneOrMany(Text, "plans"), "Projects started so far, by plan or step.") { Example = "[deliver-order]" },
        new("called", Steps, "Requests sent so far, by step.") { Example = "[notify]" },
        new("times", new MapShape(null, new NumberShape(0, 100000, Integer: true), "counts by step"), "How often a step opened in this visit of its stage.") { Example = "{ call: 2 }" },
        new("children", new MapShape(null, new ChoiceShape("open", "won", "lost", "cancelled"), "results by step"), "How the project that a step started stands.") { Example = "{ delivery: open }" },
        new("faulted", Text, "Whether the project stopped with a fault: yes, no, or words of it.") { Example = "no" },
    ]);

    private static readonly ImmutableArray<ObjectShape> Deeds =
    [
        new("complete action",
        [
            new("complete", Steps, "Completes tasks and notes.") { Required = true, Example = "call" },
            new("outcome", Outcome, "What is chosen; needed where there are several.") { Example = "interested" },
            With, By, For,
        ]),
        new("approve action",
        [
            new("approve", Step, "Approves; without `by` everybody who has a vote, until the result is certain.") { Required = true, Example = "review" },
            By with { Shape = People, Help = "Who votes, in order.", Example = "[ann, bob]" }, With,
        ]),
        new("reject action",
        [
            new("reject", Step, "Rejects; without `by` everybody who has a vote, until the result is certain.") { Required = true, Example = "review" },
            By with { Shape = People, Help = "Who votes, in order.", Example = "[ann]" }, With,
        ]),
        new("acknowledge action",
        [
            new("acknowledge", Step, "Confirms that a note, or an alert that asks for it, was read.") { Required = true, Example = "rules" },
            By,
        ]),
        new("receive action",
        [
            new("receive", new IdShape(), "A message comes.") { Required = true, Example = "customer-replied" },
            With, By,
        ]),
        new("answer action",
        [
            new("answer", Step, "The answer to a request comes.") { Required = true, Example = "notify" },
            new("with", new AnyShape(), "The answer: a value, a list, or keys with values.") { Example = "{ number: 12 }" },
            new("failed", StepParts.Flag, "True: the request fails for good.") { Example = "true" },
            For,
        ]),
        new("child action",
        [
            new("child", new OneOfShape(Nothing, Step), "The project that a step started closes.") { Required = true, Example = "delivery" },
            new("step", Step, "The step, where `child` stands alone.") { Example = "delivery" },
            new("closes", Result, "How.") { Required = true, Example = "won" },
            For,
        ]),
        new("bypass action",
        [
            new("bypass", Step, "A step is bypassed.") { Required = true, Example = "review" },
            new("as", Outcome, "The outcome that it counts as.") { Example = "approved" },
            Why, By,
        ]),
        new("reopen action", [new("reopen", Step, "A settled step is opened again.") { Required = true, Example = "quote" }, Why, By]),
        new("reopen-project action",
        [
            new("reopen-project", new OneOfShape(Nothing, StepParts.Stage), "The closed project is opened again, in the stage that is named or in which it closed.") { Required = true, Example = "offer" },
            Why, By,
        ]),
        new("set action", [new("set", Fields, "Fields are changed by hand, or roles filled.") { Required = true, Example = "{ amount: 900 }" }, By]),
        new("due action",
        [
            new("due", Step, "A due date is set by hand.") { Required = true, Example = "quote" },
            new("to", new OneOfShape(Nothing, Moment), "When; nothing: no due date.") { Required = true, Example = "2026-03-06 12:00" },
            By,
        ]),
        new("assign action",
        [
            new("assign", Step, "Work is handed over.") { Required = true, Example = "quote" },
            new("to", Text, "To a person, or back to a group's queue.") { Required = true, Example = "group:sales" },
            By,
        ]),
        new("move action",
        [
            new("move", new OneOfShape(Nothing, StepParts.Stage), "The project is moved to a stage.") { Required = true, Example = "offer" },
            new("to", StepParts.Stage, "The stage, where `move` stands alone.") { Example = "offer" },
            Why, By,
        ]),
        new("hold action", [new("hold", TextOrNothing, "The project is put on hold, with a reason.") { Required = true, Example = "They are on holiday" }, By]),
        new("resume action", [new("resume", Nothing, "It goes on.") { Required = true }, By]),
        new("close action",
        [
            new("close", Result, "The project is closed by hand.") { Required = true, Example = "lost" },
            new("reason", StepParts.Reason, "Why.") { Example = "price" },
            By,
        ]),
        new("pass action", [new("pass", new DurationShape(), "Time passes.") { Required = true, Example = "3 working days" }]),
        new("until action", [new("until", Moment, "Time passes until a moment; a bare duration counts from now.") { Required = true, Example = "2026-03-20 09:00" }]),
    ];

    private static readonly ObjectShape Refuse = new("refuse action",
    [
        new("refuse", new VariantShape("refused action", Deeds), "What is done inside must be refused.") { Required = true, Example = "{ complete: call, outcome: interested }" },
        new("reason", Text, "Words of the refusal.") { Example = "Please fill" },
    ]);

    private static readonly ObjectShape Expect = new("expect action", [new("expect", Expectations, "What must be so now.") { Required = true, Example = "{ stage: offer }" }]);

    /// <summary>What stands in <c>do</c>.</summary>
    public static VariantShape Action { get; } = new("action", [.. Deeds, Refuse, Expect]);

    /// <summary>The whole file.</summary>
    public static ObjectShape File { get; } = new("tests",
    [
        new("tests", new MapShape(null, new ObjectShape("test",
        [
            new("start", new OneOfShape(Nothing, Start), "How it begins.") { Example = "{ at: 2026-03-02 09:00 }" },
            new("do", new ListShape(Action, Plural: "actions"), "What is done and expected, in order.") { Required = true, Example = "[{ complete: call }, { expect: { stage: offer } }]" },
        ]), "tests"), "The tests by name: sentences.") { Required = true, Example = "{ a sale: { do: [{ complete: call }] } }" },
    ]);
}
