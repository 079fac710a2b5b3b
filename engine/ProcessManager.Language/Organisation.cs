using System.Collections.Immutable;
using ProcessManager.Language.Time;

namespace ProcessManager.Language;

/// <summary>What <c>definitions/organisation.yaml</c> declares: the names that plans refer to.</summary>
public sealed record Organisation
{
    public required string Name { get; init; }

    /// <summary>IANA time zone of the organisation.</summary>
    public required string Zone { get; init; }

    /// <summary>The id of the calendar used where nothing else names one.</summary>
    public required string Calendar { get; init; }

    /// <summary>ISO 4217 codes; the first is the default.</summary>
    public ImmutableArray<string> Currencies { get; init; } = [];
    public ImmutableArray<ProjectType> Types { get; init; } = [];

    /// <summary>Names of groups by id. Who is in them is data of the installation.</summary>
    public ImmutableDictionary<string, string> Groups { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Ids of calendars by group; a group without one works by the plan's or the organisation's.</summary>
    public ImmutableDictionary<string, string> GroupCalendars { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Names of group roles by id, such as primary contact or competitor.</summary>
    public ImmutableDictionary<string, string> GroupRoles { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Labels of close reasons by id.</summary>
    public ImmutableDictionary<string, string> CloseReasons { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The ids of the close reasons that go with each result.</summary>
    public ImmutableDictionary<CloseResult, ImmutableArray<string>> ReasonsByResult { get; init; } =
        ImmutableDictionary<CloseResult, ImmutableArray<string>>.Empty;

    public ProjectType? FindType(string id) => Types.FirstOrDefault(t => t.Id == id);
}

/// <summary>A kind of project: a sale, a donation, a membership application, …</summary>
/// <param name="Won">What the positive result is called: "Sold", "Admitted".</param>
/// <param name="Statuses">Labels of statuses by id.</param>
/// <param name="Currency">Null where the value of a project is not money.</param>
/// <param name="OwnerPool">The group whose members can own such a project; null: anybody.</param>
/// <param name="Administrator">Sign-in name of who gets what nobody else can; null: any administrator.</param>
public sealed record ProjectType(
    string Id, string Name, string Won, ImmutableDictionary<string, string> Statuses, string? Currency,
    string? OwnerPool, string? Administrator)
{
    /// <summary>What a value that is not money counts: hours saved, participants.</summary>
    public string? Quantity { get; init; }
}

/// <summary>A file of the definitions folder, by its path in it with forward slashes.</summary>
public sealed record DefinitionFile(string Path, ReadOnlyMemory<byte> Content);

/// <summary>
/// The definitions folder as read: organisation, calendars, templates and plan files, with what is wrong in them.
/// Made by <c>Definitions.Read(files)</c>; knows no file system.
/// </summary>
public sealed partial record Definitions
{
    /// <summary>Null where organisation.yaml is missing or has an error.</summary>
    public Organisation? Organisation { get; init; }
    public ImmutableDictionary<string, WorkingCalendar> Calendars { get; init; } =
        ImmutableDictionary<string, WorkingCalendar>.Empty;

    /// <summary>Every file by path.</summary>
    public ImmutableDictionary<string, DefinitionFile> Files { get; init; } =
        ImmutableDictionary<string, DefinitionFile>.Empty;

    /// <summary>The ids of the plan folders.</summary>
    public ImmutableArray<string> PlanIds { get; init; } = [];

    /// <summary>What is wrong in organisation.yaml and the calendars.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];
}

/// <summary>What compiling one plan gave.</summary>
/// <param name="Plan">Null where there is an error.</param>
/// <param name="Sources">The files that it was made from: the plan, its templates and documents, the plans that it starts, organisation.yaml and calendars. Compiling just these gives the same plan.</param>
public sealed record Compilation(Plan? Plan, ImmutableArray<Diagnostic> Diagnostics, ImmutableArray<DefinitionFile> Sources)
{
    public bool HasErrors => Diagnostics.Any(d => d.Severity == Severity.Error);
}
