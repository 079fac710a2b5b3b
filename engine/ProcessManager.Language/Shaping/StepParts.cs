using System.Collections.Immutable;
using ProcessManager.Language.Time;

namespace ProcessManager.Language.Shaping;

/// <summary>Shapes that several kinds of steps are made of.</summary>
internal static class StepParts
{
    public static readonly Shape Text = new TextShape();
    public static readonly Shape Prose = new TextShape(ManyLines: true);
    public static readonly Shape Condition = new ExpressionShape(ExpressionUse.Condition);
    public static readonly Shape Value = new ExpressionShape(ExpressionUse.Value);
    public static readonly Shape Flag = new FlagShape();
    public static readonly Shape Result = new ChoiceShape("won", "lost", "cancelled");
    public static readonly Shape Probability = new NumberShape(0, 100, Integer: true);
    public static readonly Shape Field = new ReferenceShape(ReferenceTo.Field, "field");
    public static readonly Shape Stage = new ReferenceShape(ReferenceTo.Stage, "stage");
    public static readonly Shape Reason = new ReferenceShape(ReferenceTo.CloseReason, "close reason");
    public static readonly Shape Step = new ReferenceShape(ReferenceTo.Step, "step");
    public static readonly Shape Form = new ListShape(new FormFieldShape(), Plural: "fields");
    public static readonly Shape Priority = new ChoiceShape("low", "normal", "high", "urgent");

    private static readonly Shape Doer = new ObjectShape("person", [new("by", Step, "Whoever did this step.") { Required = true, Example = "quote" }]);

    public static readonly Shape Assign = People(new AssigneeShape(), "people, tried in order");
    public static readonly Shape Recipients = People(new AssigneeShape(MailsToo: true), "recipients");
    public static readonly Shape Except = People(new AssigneeShape(StepsToo: true), "people and steps");

    public static readonly Shape Remind = OneOrMany(new ReminderShape(), "reminders");

    public static readonly Shape Escalate = new ListShape(new ObjectShape("escalation",
    [
        new("after", new MomentShape(MomentUse.Escalate), "When; a bare duration counts from due.") { Required = true, Example = "1 working day" },
        new("alert", Assign, "Tells somebody.") { Example = "manager" },
        new("reassign", Assign, "Hands the work over.") { Example = "group:sales-leads" },
        new("priority", Priority, "Raises the priority.") { Example = "urgent" },
    ])
    { Choices = [new KeyChoice(true, "alert", "reassign", "priority")] }, Plural: "escalations");

    private static readonly Shape Way = new WayShape();
    private static readonly Shape Ways = new ListShape(Way, Plural: "steps");

    public static readonly Shape After = new OneOfShape(Way, Ways, new ObjectShape("join",
    [
        new("any", Ways, "Opens when all are settled and at least one is live.") { Example = "[a, b.yes]" },
        new("first", Ways, "Opens as soon as one of them is live.") { Example = "[a, b]" },
        new("need", new NumberShape(1, 2000, Integer: true), "How many must be live.") { OnlyWith = "first", Example = "2" },
        new("cancel", new ChoiceShape("rest"), "Cancels the others as soon as a winner is settled.") { OnlyWith = "first", Example = "rest" },
    ])
    { Choices = [new KeyChoice(true, "any", "first")] });

    public static readonly Shape Outcomes = new OneOfShape(
        new ListShape(new IdShape(), Plural: "outcomes"),
        new MapShape(new IdShape(), new OneOfShape(new EmptyShape(), new ObjectShape("outcome",
        [
            new("label", Text, "As people read it.") { Example = "Call again" },
            new("ask", Form, "Fields to fill when this outcome is chosen.") { Example = "[call-on]" },
            new("redo", Step, "Sets this step, or one before it, back and opens it again.") { Example = "call" },
            new("in", new DurationShape(), "How long the redone step waits.") { OnlyWith = "redo", Example = "2 working days" },
            new("on", new MomentShape(MomentUse.Redo), "When the redone step opens.") { OnlyWith = "redo", Example = "field:call-on" },
            new("goto", Stage, "Leaves for another stage.") { Example = "offer" },
            new("close", Result, "Closes the project.") { Example = "lost" },
            new("reason", Reason, "Why it is closed.") { OnlyWith = "close", Example = "price" },
        ])
        { Choices = [new KeyChoice(false, "redo", "goto", "close"), new KeyChoice(false, "in", "on")] }), "outcomes"));

    public static readonly KeyShape OutcomesKey =
        new("outcomes", Outcomes, "The ways it can settle, and what each of them does.") { Example = "[yes, no]" };

    public static readonly KeyShape Expire = new("expire", new ObjectShape("expiry",
    [
        new("after", new MomentShape(MomentUse.Expire), "When; a bare duration counts from opening.") { Required = true, Example = "10 working days" },
        new("outcome", new ReferenceShape(ReferenceTo.Outcome, "outcome"), "The outcome that is then taken.") { Required = true, Example = "no-answer" },
    ]), "The outcome taken when nobody acts.") { Example = "{ after: 10 working days, outcome: no-answer }" };

    /// <summary>Keys that every step may have.</summary>
    public static readonly ImmutableArray<KeyShape> EveryStep =
    [
        new("name", Text, "As people read it; else the kind's own text.") { Example = "Call back" },
        new("after", After, "The steps that must be settled first.") { Example = "[quote, call.interested]" },
        new("when", Condition, "False: the step is passed and the flow goes on.") { Example = "amount > 10000" },
        new("passes-as", new ReferenceShape(ReferenceTo.Outcome, "outcome"), "The outcome that a passed step counts as.") { Example = "approved" },
        new("starts", new MomentShape(MomentUse.Starts), "The earliest moment of opening.") { Example = "1 week after ship" },
        new("optional", Flag, "True: the stage doesn't wait for it.") { Example = "true" },
        new("probability", Probability, "The project's probability once the step is done.") { Example = "60" },
        new("milestone", Flag, "True: shown on the project's header and the contact's timeline.") { Example = "true" },
        new("was", new IdShape(), "The id it had in an earlier version.") { Example = "old-id" },
        new("comment", Prose, "For those who read the plan; shown nowhere else.") { Example = "Agreed with sales" },
    ];

    /// <summary>Keys of the kinds that can open once per member.</summary>
    public static readonly ImmutableArray<KeyShape> ForEach =
    [
        new("each", new EachShape(), "Opens once per member of a role, or of a field of kind persons, contacts or choices; the member is `item` in the step's texts.") { Example = "role:reviewer" },
        new("need", new NeedShape(), "How many members it takes: all (the default), any, a number, or a number that must choose one outcome.") { OnlyWith = "each", Example = "2 accept" },
    ];

    /// <summary>Who hears of what happens to a piece of work.</summary>
    private static readonly ObjectShape Notify = new("notification",
    [
        new("opened", Assign, "Told when the work opens.") { Example = "manager" },
        new("claimed", Assign, "Told when somebody of a group takes it.") { Example = "group:sales" },
        new("overdue", Assign, "Told when it is due and not done.") { Example = "manager" },
        new("done", Assign, "Told when it is done.") { Example = "owner" },
    ]);

    /// <summary>Keys of work that a person sees.</summary>
    public static readonly ImmutableArray<KeyShape> ForPeople =
    [
        new("instructions", new TemplateShape(ManyLines: true), "Markdown shown with the work.") { Example = "Answer their questions." },
        new("assign", Assign, "Who does it; the owner where nothing is written.") { Example = "group:sales" },
        new("except", Except, "Who is left out: people, or whoever did a step.") { Example = "[quote, owner]" },
        new("share", new ChoiceShape("claim", "round-robin", "least-busy"), "How a group's work is handed out.") { Example = "least-busy" },
        new("due", new MomentShape(MomentUse.Due), "By when; a bare duration counts from opening.") { Example = "2 working days" },
        new("priority", Priority, "How it stands out in the inbox.") { Example = "high" },
        new("remind", Remind, "When whoever is responsible is reminded.") { Example = "[1 working day before due]" },
        new("escalate", Escalate, "What happens when it isn't done in time.") { Example = "[{ after: 1 working day, alert: manager }]" },
        Expire,
        new("form", Form, "Fields to fill; `amount!` must be filled.") { Example = "[product, amount!]" },
        OutcomesKey,
        new("checklist", new ListShape(Text, Plural: "texts"), "Points to tick off.") { Example = "[Form is signed]" },
        new("effort", new DurationShape(), "The working time it is expected to take.") { Example = "2 hours" },
        new("attach", OneOrMany(new AttachmentShape(), "documents"), "Documents needed to do the work: a field of kind file, the document of a letter step, or a file of definitions/documents.") { Example = "[price-list.pdf, field:contract]" },
        new("offers", new ReferenceShape(ReferenceTo.LetterTemplate, "letter template"), "A letter that can be merged from the task.") { Example = "quote" },
        new("notify", Notify, "Who is told, in the app and by mail, when it is opened, claimed, overdue or done.") { Example = "{ done: owner }" },
    ];

    /// <summary>One of them or a list, each as one text or, for whoever did a step, as <c>{ by: step }</c>.</summary>
    private static Shape People(Shape one, string plural) =>
        new OneOfShape(one, Doer, new ListShape(new OneOfShape(one, Doer) { Noun = one.Noun }, Plural: plural)) { Noun = $"{one.Noun}, or a list" };

    /// <summary>One item, or a list of them.</summary>
    public static Shape OneOrMany(Shape item, string plural) => new OneOfShape(item, new ListShape(item, Plural: plural)) { Noun = $"{item.Noun}, or a list" };
}
