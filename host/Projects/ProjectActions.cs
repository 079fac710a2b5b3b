using System.Collections.Immutable;
using System.Globalization;
using ProcessManager.Flow;
using ProcessManager.Host.Access;
using ProcessManager.Host.Shell;
using ProcessManager.Language;

namespace ProcessManager.Host.Projects;

/// <summary>What a person does with a project as a whole, each in a dialog of its own.</summary>
public static class ProjectActions
{
    /// <summary>Title, the words of the button, and what is said when it is done; null where there is no such action.</summary>
    public static (string Title, string Button, string Done)? WordsOf(string action) => action switch
    {
        "close" => ("Close the project", "Close the project", "The project is closed."),
        "hold" => ("Put on hold", "Put on hold", "The project is on hold."),
        "resume" => ("Resume the project", "Resume", "The project goes on."),
        "owner" => ("Hand over the project", "Hand over", "The project has a new owner."),
        "role" => ("Who has this role?", "Save", "The role is filled."),
        "probability" => ("Probability by hand", "Save", "The probability is set."),
        "bypass" => ("Bypass a step", "Bypass", "The step is bypassed."),
        "task" => ("Add a task", "Add the task", "The task is added."),
        "move" => ("Move to another stage", "Move", "The project has moved."),
        "redo" => ("Open a step again", "Open it again", "The step is open again."),
        "reopen" => ("Open the project again", "Open it again", "The project is open again."),
        "resolve" => ("Let the project go on", "Let it go on", "The project goes on."),
        _ => null,
    };

    public static bool MayDo(string action, ProjectLook project, Reader reader) =>
        action == "resolve" ? reader.Is(Roles.Administrator) : project.MaySteer;

    /// <summary>The command, or a sentence that says what is missing.</summary>
    /// <param name="zone">The zone in which the person writes times.</param>
    public static (Command? Command, string? Problem) Read(string action, IFormCollection form, string actor, TimeZoneInfo zone)
    {
        var why = form["why"].ToString().Trim();
        Command? command = action switch
        {
            "close" => Enum.TryParse<CloseResult>(form["result"], ignoreCase: true, out var result) && Enum.IsDefined(result)
                ? new Command.Close(result, Given(form[$"reason.{result}"]), Given(why)) : null,
            "hold" => new Command.PutOnHold(why),
            "resume" => new Command.Resume(),
            "owner" => Given(form["person"]) is { } person ? new Command.SetOwner(person) : null,
            "role" => new Command.SetRole(form["role"].ToString(), [.. form["people"].OfType<string>().Where(p => p.Length > 0)]),
            "probability" => new Command.OverrideProbability(null),
            "bypass" => new Command.Bypass(form["step"].ToString(), Given(form["as"]), why),
            "move" => Given(form["stage"]) is { } stage ? new Command.MoveTo(stage, why) : null,
            "redo" => new Command.Reopen(form["step"].ToString(), why),
            "reopen" => new Command.ReopenProject(Given(form["stage"]), why),
            "resolve" => new Command.ResolveFault(why),
            _ => null,
        };
        if (action == "probability" && Given(form["percent"]) is { } typed)
        {
            if (!int.TryParse(typed, NumberStyles.Integer, CultureInfo.InvariantCulture, out var percent)) return (null, "A probability is a whole number between 0 and 100.");
            command = new Command.OverrideProbability(percent);
        }

        if (action == "task") return AddedTask(form, actor, zone);
        return command is null
            ? (null, action switch { "close" => "Say how it ended: won, lost or cancelled.", "move" => "Choose a stage.", _ => "Choose a person." })
            : (command with { Actor = actor }, null);
    }

    private static (Command? Command, string? Problem) AddedTask(IFormCollection form, string actor, TimeZoneInfo zone)
    {
        if (Given(form["title"]) is not { } title) return (null, "Say what is to be done.");
        DateTimeOffset? due = null;
        if (Given(form["due"]) is { } typed && (due = Fields.PlanFields.Moment(typed, zone)) is null) return (null, "The due date must be a date and time, such as 2027-01-31 14:00.");
        var (person, group) = form["to"].ToString().Split(':', 2) switch
        {
            ["person", var name] => (name, (string?)null),
            ["group", var id] => (null, id),
            _ => (null, null),
        };
        return (new Command.AddTask(title, Given(form["instructions"]), person, group, due, Priority.Normal) { Actor = actor }, null);
    }

    /// <summary>The reasons that go with a result, by id and label.</summary>
    public static ImmutableArray<(string Id, string Label)> ReasonsFor(Organisation? organisation, CloseResult result) => organisation is null ? []
        : [.. organisation.ReasonsByResult.GetValueOrDefault(result, [.. organisation.CloseReasons.Keys.Order(StringComparer.Ordinal)])
            .Select(id => (id, organisation.CloseReasons.GetValueOrDefault(id, id)))];

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
