namespace ProcessManager.Language;

/// <summary>PM12xx: names that lead nowhere, lead to the wrong thing, or are taken.</summary>
public static partial class Errors
{
    public static readonly ErrorDefinition UnknownStep = new("PM1201", Severity.Error,
        "A step that does not exist is named.", "after: cal",
        "Name a step of the same stage; `after` and `redo` never reach into another one.");

    public static readonly ErrorDefinition StepOfOtherStage = new("PM1202", Severity.Error,
        "A step of another stage is named where only the same stage counts.", "after: call   # call is a step of the stage before",
        "A stage begins when the one before is complete, so its first steps need no `after`. To go back, use `goto`.");

    public static readonly ErrorDefinition UnknownStage = new("PM1203", Severity.Error,
        "A stage that does not exist is named.", "goto: ofer",
        "Name one of the keys under `stages`.");

    public static readonly ErrorDefinition UnknownField = new("PM1204", Severity.Error,
        "A field that does not exist is named.", "form: [prodct]",
        "Declare the field under `fields`, or correct the name.");

    public static readonly ErrorDefinition UnknownOutcome = new("PM1205", Severity.Error,
        "An outcome that the step does not have is named.", "after: call.intrested",
        "Name an outcome that the step declares, or one of its kind such as `done` or `approved`.");

    public static readonly ErrorDefinition UnknownRole = new("PM1206", Severity.Error,
        "A role that does not exist is named.", "assign: role:aprover",
        "Declare the role under `roles`, or correct the name.");

    public static readonly ErrorDefinition UnknownGroup = new("PM1207", Severity.Error,
        "A group that does not exist is named.", "assign: group:sale",
        "Declare the group in definitions/organisation.yaml, or correct the name.");

    public static readonly ErrorDefinition UnknownType = new("PM1208", Severity.Error,
        "A project type that does not exist is named.", "type: sale",
        "Declare the type in definitions/organisation.yaml, or correct the name.");

    public static readonly ErrorDefinition UnknownCalendar = new("PM1209", Severity.Error,
        "A calendar that does not exist is named.", "calendar: ofice",
        "Name a file of definitions/calendars, without `.yaml`.");

    public static readonly ErrorDefinition UnknownStatus = new("PM1210", Severity.Error,
        "A status that the project type does not have is named.", "status: negotiated",
        "Declare the status with the type in definitions/organisation.yaml, or correct the name.");

    public static readonly ErrorDefinition UnknownReason = new("PM1211", Severity.Error,
        "A close reason that does not exist is named.", "{ close: lost, reason: prize }",
        "Declare the reason under `close-reasons` in definitions/organisation.yaml, or correct the name.");

    public static readonly ErrorDefinition UnknownTemplate = new("PM1212", Severity.Error,
        "A template that does not exist is named.", "email: brochur",
        "Name a file of definitions/templates: of an email without `.email.md`, of a letter without `.docx`.");

    public static readonly ErrorDefinition UnknownAssignee = new("PM1213", Severity.Error,
        "It is not said who this is.", "assign: sales",
        "Write owner, creator, manager, account-manager, role:x, group:x, user:x or by:<step>, or a list of these.");

    public static readonly ErrorDefinition AssigneeNotHere = new("PM1214", Severity.Error,
        "Somebody is named who cannot be meant here.", "assign: prospect",
        "The prospect, all participants and addresses get mail or alerts; work goes to people with a sign-in.");

    public static readonly ErrorDefinition NobodyDoesStep = new("PM1215", Severity.Error,
        "A step is named that no person does.", "assign: by:brochure   # an email",
        "`by:` and `except` name a task, an approval or a note.");

    public static readonly ErrorDefinition NameTaken = new("PM1216", Severity.Error,
        "A name is used twice.", "fields: { call: { kind: date } }   # and a step call",
        "Fields, roles and steps of a plan share one name space: rename one of the two.");

    public static readonly ErrorDefinition NameReserved = new("PM1217", Severity.Error,
        "A name has a meaning of its own in the language.", "steps: { due: { task: Pay } }",
        "Choose another name; opened, stage, start and due are anchors of times, the built-in fields and words such as `if` and `and` belong to expressions.");

    public static readonly ErrorDefinition PlanIdDiffers = new("PM1218", Severity.Error,
        "The plan's id is not the name of its folder.", "plan: prospect-to-costumer",
        "Rename the folder or the plan; links and running projects find it by its id.");

    public static readonly ErrorDefinition UnknownPlan = new("PM1219", Severity.Error,
        "A plan that does not exist is named.", "pm plan check prospekt",
        "Name a folder of definitions/plans that holds a plan.yaml, also where a step starts a project of another plan.");

    public static readonly ErrorDefinition FieldOfWrongKind = new("PM1220", Severity.Error,
        "A field of the wrong kind is named.", "wait: at field:product   # a choice",
        "A moment needs a field of kind date or time, `each` one of kind persons, contacts or choices, `attach` one of kind file.");

    public static readonly ErrorDefinition FieldNotWritable = new("PM1221", Severity.Error,
        "A field is to be changed that the engine keeps itself.", "set: { stage: '\"offer\"' }",
        "Of the built-in fields, title, amount, expected-close and source-code can be filled in and set.");

    public static readonly ErrorDefinition BadFieldSetting = new("PM1222", Severity.Error,
        "A setting of a field does not fit it.", "product: { kind: choice, of: [A, B], default: C }",
        "A default is one of the choices and lies between `min` and `max`; `pattern` is a regular expression.");

    public static readonly ErrorDefinition StillThere = new("PM1223", Severity.Error,
        "`was` or `retired` names something that is still there.", "call-back: { was: call, … }   # and a step call",
        "They give the id a thing had in the version before; it must not be used by another one now.");

    public static readonly ErrorDefinition OrganisationMissing = new("PM1224", Severity.Error,
        "The organisation is not known.", "(no definitions/organisation.yaml)",
        "Write definitions/organisation.yaml with the project types, groups and close reasons; mend the errors in it.");

    public static readonly ErrorDefinition RuleNotHere = new("PM1225", Severity.Error,
        "Something is written where it has no meaning.", "share: least-busy   # without a group",
        "Remove it, or write what it refers to.");

    public static readonly ErrorDefinition BadRow = new("PM1226", Severity.Error,
        "A row of a decision table does not fit the table.", "inputs: [amount]\nrules:\n  - [\"< 1000\", \"-\", low]",
        "A row has one cell for each input and the outcome, an id, at the end.");

    public static readonly ErrorDefinition UnknownDocument = new("PM1229", Severity.Error,
        "A document that does not exist is named.", "attach: price-lst.pdf",
        "Name a file of definitions/documents (at most 5 MiB), a step of kind letter, or a field of kind file as `field:x`.");

    public static readonly ErrorDefinition FormTaken = new("PM1230", Severity.Error,
        "Two public forms have one id.", "start: [{ form: enquiry }]   # and in another plan, too",
        "The id is part of the form's address: choose another one.");

    public static readonly ErrorDefinition NotForStrangers = new("PM1231", Severity.Error,
        "A public form needs a field that it does not show.", "start: [{ form: enquiry, ask: [seller!] }]   # seller: { kind: person }",
        "Strangers choose no people, contacts or files: remove the `!`, and ask for it in the first task. A field with `required: always` stands in `ask`, or gets a value under the rule's `fields`.");

    public static readonly ErrorDefinition CalendarIdDiffers = new("PM1227", Severity.Error,
        "A calendar's id is not the name of its file.", "calendar: ofice   # in office.yaml",
        "Rename the file or the calendar.");

    public static readonly ErrorDefinition BadCalendar = new("PM1228", Severity.Error,
        "A calendar cannot be used.", "week: {}",
        "A calendar needs working hours, in order, without overlap, some of them in the next five years.");
}
