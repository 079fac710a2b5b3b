using ProcessManager.Language.Time;

namespace ProcessManager.Language.Shaping;

/// <summary>The shape of plan.yaml.</summary>
public static class PlanShape
{
    /// <summary>The most steps a plan may have.</summary>
    public const int MaxSteps = 2_000;

    private static readonly Shape Id = new IdShape();

    private static readonly ObjectShape Field = new("field",
    [
        new("kind", new ChoiceShape("text", "note", "number", "money", "percent", "date", "time", "yes-no", "choice", "choices",
            "person", "persons", "contact", "contacts", "file", "link"), "What the field holds.") { Required = true, Example = "money" },
        new("label", StepParts.Text, "As people read it; else made from the id.") { Example = "Expected order" },
        new("help", StepParts.Prose, "Shown below the field.") { Example = "Without tax" },
        new("of", new ListShape(StepParts.Text, Plural: "texts"), "The values of a choice.") { Example = "[Bronze, Silver, Gold]" },
        new("default", new OneOfShape(StepParts.Text, new ListShape(StepParts.Text, Plural: "texts")), "The value at the start.") { Example = "Bronze" },
        new("required", new ReferenceShape(ReferenceTo.Stage, "stage") { Also = ["always"] }, "`always`, or the stage from which on it must be filled.") { Example = "always" },
        new("min", new NumberShape(decimal.MinValue, decimal.MaxValue, Integer: false), "The least number.") { Example = "0" },
        new("max", new NumberShape(decimal.MinValue, decimal.MaxValue, Integer: false), "The greatest number.") { Example = "100" },
        new("pattern", StepParts.Text, "A regular expression that the whole text must match.") { Example = "\"[A-Z]{2}-[0-9]{4}\"" },
        new("sensitive", StepParts.Flag, "True: encrypted, masked and never exported without the right.") { Example = "true" },
        new("was", Id, "The id it had in an earlier version.") { Example = "old-id" },
    ]);

    private static readonly ObjectShape Role = new("role",
    [
        new("label", StepParts.Text, "As people read it; else made from the id.") { Example = "Approver" },
        new("from", StepParts.Assign, "The rule that fills the role at the start.") { Example = "group:finance" },
        new("at-least", new NumberShape(1, 1000, Integer: true), "How many people it should have.") { Example = "2" },
        new("was", Id, "The id it had in an earlier version.") { Example = "old-id" },
    ]);

    private static readonly ObjectShape NextRule = new("rule",
    [
        new("when", StepParts.Condition, "The last rule has none.") { Example = "amount >= 100000" },
        new("stage", StepParts.Stage, "The stage to enter.") { Example = "contract" },
        new("close", StepParts.Result, "Closes the project.") { Example = "cancelled" },
        new("reason", StepParts.Reason, "Why it is closed.") { OnlyWith = "close", Example = "nothing-to-do" },
    ])
    { Choices = [new KeyChoice(true, "stage", "close")] };

    public static Shape Steps { get; } = new MapShape(Id, new StepShape(), "steps");

    private static readonly ObjectShape Stage = new("stage",
    [
        new("name", StepParts.Text, "As people read it; else made from the id.") { Example = "Enquiry" },
        new("description", StepParts.Prose, "What the stage is for.") { Example = "The first contact" },
        new("guidance", StepParts.Prose, "Markdown shown to staff.") { Example = "Call back within a day." },
        new("probability", StepParts.Probability, "Applied when the stage is entered.") { Example = "40" },
        new("status", new ReferenceShape(ReferenceTo.Status, "status"), "A status of the project type.") { Example = "active" },
        new("within", new MomentShape(MomentUse.Within), "The deadline of the whole stage, counted from its entry.") { Example = "30 days" },
        new("remind", StepParts.Remind, "Reminders of the deadline.") { OnlyWith = "within", Example = "[2 days before due]" },
        new("escalate", StepParts.Escalate, "What happens when the deadline is missed.") { OnlyWith = "within", Example = "[{ after: 1 day, alert: manager }]" },
        new("milestone", StepParts.Flag, "True: shown on the project's header and the contact's timeline.") { Example = "true" },
        new("steps", Steps, "What is done, in the order shown.") { Example = "{ call: { task: Call back } }" },
        new("next", new ListShape(NextRule, Plural: "rules"), "Where to go when the stage completes; the following stage where nothing is written.")
        { Example = "[{ when: amount > 100, stage: board }, { stage: contract }]" },
        new("was", Id, "The id it had in an earlier version.") { Example = "old-id" },
    ]);

    private static readonly ObjectShape OnClose = new("hand-over",
    [
        new("won", Steps, "Automatic steps once the project is won.") { Example = "{ thanks: { email: thank-you, to: prospect } }" },
        new("lost", Steps, "Automatic steps once it is lost.") { Example = "{ tell: { alert: Lost, to: owner } }" },
        new("cancelled", Steps, "Automatic steps once it is cancelled.") { Example = "{ tell: { alert: Cancelled, to: owner } }" },
    ]);

    private static readonly ObjectShape StartRule = new("start rule",
    [
        new("message", Id, "A message of this name that is about no project starts one; expressions see it as `message`.") { Example = "call-logged" },
        new("form", Id, "A public form starts a project: its id, which is part of its address.") { Example = "enquiry" },
        new("ask", StepParts.Form, "The fields of the form; `amount!` must be filled.") { OnlyWith = "form", Example = "[product, amount!]" },
        new("segment", Id, "Each contact that enters the segment starts one.") { Example = "hot-leads" },
        new("response", StepParts.Text, "A response to a campaign starts one.") { Example = "spring-mailing" },
        new("every", new ScheduleShape(), "Starts at fixed times, by the clock of the plan's calendar.") { Example = "monday at 08:00" },
        new("for", new SegmentShape(), "One project for each contact of the segment; one without a prospect where nothing is written.") { OnlyWith = "every", Example = "segment:hot-leads" },
        new("owner", StepParts.Assign, "Who owns the project; as the plan says where nothing is written.") { Example = "account-manager" },
        new("fields", new MapShape(StepParts.Field, StepParts.Value, "values") { Noun = "fields with expressions" }, "What the fields of the project begin with.") { Example = "{ title: message.subject }" },
        new("when", StepParts.Condition, "False: no project is started.") { Example = "message.urgent = true" },
    ])
    { Choices = [new KeyChoice(true, "message", "form", "segment", "response", "every")] };

    public static ObjectShape Plan { get; } = new("plan",
    [
        new("plan", Id, "The plan's id, the name of its folder.") { Required = true, Example = "prospect-to-customer" },
        new("name", StepParts.Text, "As people read it.") { Required = true, Example = "Prospect to customer" },
        new("description", StepParts.Prose, "What the plan is for.") { Example = "From the first call to the delivery." },
        new("type", new ReferenceShape(ReferenceTo.Type, "project type"), "The type of its projects.") { Required = true, Example = "sales" },
        new("calendar", new ReferenceShape(ReferenceTo.Calendar, "calendar"), "The working calendar; the organisation's otherwise.") { Example = "office" },
        new("owner", StepParts.Assign, "Who owns a project when nobody is named; its creator otherwise.") { Example = "creator" },
        new("fields", new MapShape(Id, Field, "fields"), "What a project holds beside the built-in fields.") { Example = "{ product: { kind: text } }" },
        new("roles", new MapShape(Id, new OneOfShape(new EmptyShape(), Role), "roles"), "The parts that people play.") { Example = "{ approver: { from: group:finance } }" },
        new("start", new ListShape(StartRule, Plural: "start rules"), "What starts a project besides a person.") { Example = "[{ message: call-logged }]" },
        new("stages", new MapShape(Id, Stage, "stages"), "The stages in their order.") { Required = true, Example = "{ enquiry: { steps: { call: { task: Call } } } }" },
        new("on-close", OnClose, "Automatic steps for the hand-over.") { Example = "{ won: { thanks: { email: thank-you, to: prospect } } }" },
        new("retired", new MapShape(Id, StepParts.Step, "steps"), "Where live work of a removed step goes: the removed id, and the step that takes it over.") { Example = "{ old-step: new-step }" },
    ]);
}
