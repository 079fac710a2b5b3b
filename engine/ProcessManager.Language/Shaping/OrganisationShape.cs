namespace ProcessManager.Language.Shaping;

/// <summary>The shape of organisation.yaml.</summary>
public static class OrganisationShape
{
    private static readonly Shape Id = new IdShape();
    private static readonly Shape Labels = new MapShape(Id, StepParts.Text, "names") { Noun = "ids with their names" };

    private static readonly ObjectShape Group = new("group",
    [
        new("name", StepParts.Text, "As people read it.") { Example = "Night shift" },
        new("calendar", new ReferenceShape(ReferenceTo.Calendar, "calendar"), "The calendar its members work by; the plan's or the organisation's where nothing is written.") { Example = "nights" },
    ]);

    private static readonly ObjectShape Type = new("project type",
    [
        new("name", StepParts.Text, "As people read it.") { Required = true, Example = "Sale" },
        new("won", StepParts.Text, "What the positive result is called.") { Required = true, Example = "Sold" },
        new("currency", new CurrencyShape(), "The currency of a project's value; the organisation's first where nothing is written.") { Example = "EUR" },
        new("quantity", StepParts.Text, "What a project's value counts where it isn't money.") { Example = "Hours saved" },
        new("statuses", Labels, "The statuses of its projects, beside open and closed.") { Example = "{ active: Active }" },
        new("owners", new ReferenceShape(ReferenceTo.Group, "group"), "The group whose members can own such a project; anybody where nothing is written.") { Example = "sales" },
        new("administrator", StepParts.Text, "The sign-in name of who gets what nobody else can.") { Example = "admin" },
    ])
    { Choices = [new KeyChoice(false, "currency", "quantity")] };

    public static ObjectShape Organisation { get; } = new("organisation",
    [
        new("organisation", StepParts.Text, "Its name.") { Required = true, Example = "Example Association" },
        new("zone", new ZoneShape(), "Its time zone.") { Required = true, Example = "Europe/Vienna" },
        new("calendar", new ReferenceShape(ReferenceTo.Calendar, "calendar"), "The calendar used where nothing else names one.") { Required = true, Example = "office" },
        new("currencies", new ListShape(new CurrencyShape(), Plural: "currency codes"), "The first is the default.") { Required = true, Example = "[EUR, USD]" },
        new("groups", new MapShape(Id, new OneOfShape(StepParts.Text, Group) { Noun = "a name, or the keys of a group" }, "groups"), "Groups that work can be given to.") { Example = "{ sales: Sales, guards: { name: Guards, calendar: nights } }" },
        new("group-roles", Labels, "Parts that contacts play towards a project.") { Example = "{ primary-contact: Primary contact }" },
        new("close-reasons", new ObjectShape("close reasons",
        [
            new("won", Labels, "Why a project was won.") { Example = "{ quality: Quality }" },
            new("lost", Labels, "Why a project was lost.") { Example = "{ price: Price }" },
            new("cancelled", Labels, "Why a project was cancelled.") { Example = "{ duplicate: Entered twice }" },
        ]), "Why projects close, by result.") { Example = "{ lost: { price: Price } }" },
        new("types", new MapShape(Id, Type, "project types"), "The types of projects.") { Required = true, Example = "{ sales: { name: Sale, won: Sold } }" },
    ]);
}

/// <summary>The shape of a working calendar's file.</summary>
public static class CalendarShape
{
    private static readonly Shape Hours = new OneOfShape(new ListShape(new HoursShape(), AtLeast: 0, Plural: "hours"), new HoursShape());

    private static readonly KeyShape HoursKey = new("hours", Hours, "What is worked nevertheless.") { Example = "[\"08:00-12:00\"]" };

    public static ObjectShape Calendar { get; } = new("calendar",
    [
        new("calendar", new IdShape(), "The calendar's id, the name of its file.") { Required = true, Example = "office" },
        new("name", StepParts.Text, "As people read it.") { Example = "Office" },
        new("zone", new ZoneShape(), "Its time zone; the organisation's where nothing is written.") { Example = "Europe/Vienna" },
        new("week", new ObjectShape("week",
        [
            .. from day in (string[])["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
               select new KeyShape(day, Hours, "Working hours, in order.") { Example = "[\"08:00-12:00\", \"13:00-17:00\"]" },
        ]), "Working hours of each weekday; a weekday that is left out is free.") { Required = true, Example = "{ monday: [\"08:00-12:00\"] }" },
        new("holidays", new ListShape(new ObjectShape("holiday",
        [
            new("on", new DateShape(Yearly: true), "The day; for every year month and day, a day counted from Easter, or a weekday of a month.") { Required = true, Example = "12-25" },
            new("name", StepParts.Text, "As people read it.") { Required = true, Example = "Christmas Day" },
            HoursKey,
        ]), AtLeast: 0, Plural: "holidays"), "Days on which nothing, or less, is worked.") { Example = "[{ on: 12-25, name: Christmas Day }, { on: easter + 1, name: Easter Monday }]" },
        new("import", StepParts.OneOrMany(StepParts.Text, "file names"), "Holidays from iCalendar files beside this one; what is written here wins.") { Example = "at-holidays.ics" },
        new("exceptions", new ListShape(new ObjectShape("exception",
        [
            new("on", new DateShape(), "The day.") { Required = true, Example = "2026-12-19" },
            new("name", StepParts.Text, "As people read it.") { Example = "Stocktaking" },
            HoursKey with { Required = true, Help = "The hours of this day; [] where nothing is worked." },
        ]), AtLeast: 0, Plural: "exceptions"), "Days whose hours replace weekday and holiday alike.") { Example = "[{ on: 2026-12-19, hours: [\"08:00-12:00\"] }]" },
    ]);
}

/// <summary>The shape of the front matter of an email template.</summary>
public static class EmailTemplateShape
{
    public static ObjectShape FrontMatter { get; } = new("email template",
    [
        new("subject", new TemplateShape(), "The subject line.") { Required = true, Example = "\"Welcome, {{prospect.name}}\"" },
        new("from", StepParts.Text, "The sender; the installation's where nothing is written.") { Example = "office@example.org" },
        new("reply-to", StepParts.Text, "Where answers go.") { Example = "office@example.org" },
    ]);
}
