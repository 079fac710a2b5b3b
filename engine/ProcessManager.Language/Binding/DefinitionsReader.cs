using System.Collections.Immutable;
using ProcessManager.Language.Binding;
using ProcessManager.Language.Shaping;
using ProcessManager.Language.Time;

namespace ProcessManager.Language;

public sealed partial record Definitions
{
    private const string OrganisationPath = "organisation.yaml";
    internal const string CalendarFolder = "calendars/";
    private const string PlanFolder = "plans/";

    internal const string DocumentFolder = "documents/";

    /// <summary>Bytes of a text file; a longer one is refused.</summary>
    public const int MostBytesOfText = 1 << 20;

    /// <summary>Bytes of a Word template or of another document; a longer one is refused.</summary>
    public const int MostBytesOfDocument = 5 << 20;

    /// <summary>Whether a file of the folder is one that the language reads.</summary>
    /// <param name="path">In the folder, with forward slashes.</param>
    public static bool Reads(string path) => IsDocument(path)
        || path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".md", StringComparison.Ordinal) || path.EndsWith(".ics", StringComparison.Ordinal);

    /// <summary>
    /// How many bytes of a file are to be read: one more than it may have, so that the compiler says that it is too long and
    /// nobody reads 100 MB to find out.
    /// </summary>
    public static int MostToRead(string path) => (IsDocument(path) ? MostBytesOfDocument : MostBytesOfText) + 1;

    private static bool IsDocument(string path) =>
        path.EndsWith(".docx", StringComparison.Ordinal) || path.StartsWith(DocumentFolder, StringComparison.Ordinal);

    /// <summary>No file at all.</summary>
    public static Definitions None { get; } = new();

    /// <summary>
    /// Reads organisation and calendars, and notes which plans there are; plans are compiled one by one by
    /// <see cref="PlanCompiler"/>. Never throws for what a file holds.
    /// </summary>
    /// <param name="files">The files of the definitions folder, by their paths in it. Of two with one path the last counts.</param>
    public static Definitions Read(IEnumerable<DefinitionFile> files)
    {
        var byPath = ImmutableDictionary.CreateBuilder<string, DefinitionFile>();
        foreach (var file in files)
        {
            byPath[file.Path] = file;
        }

        var diagnostics = new List<Diagnostic>();
        var root = byPath.TryGetValue(OrganisationPath, out var organisation)
            ? PlanFile.Read(organisation, OrganisationShape.Organisation, diagnostics) : null;
        var calendars = ImmutableDictionary.CreateBuilder<string, WorkingCalendar>();
        var there = new List<string>();
        foreach (var (path, file) in byPath.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            if (IdOf(path, CalendarFolder, ".yaml") is not { } id)
            {
                continue;
            }

            there.Add(id);
            if (PlanFile.Read(file, CalendarShape.Calendar, diagnostics) is { } calendar
                && !diagnostics.Exists(d => d.Severity == Severity.Error && d.Span.File == path)
                && CalendarBinder.Bind(id, calendar, root?.Text("zone"), byPath, diagnostics) is { } bound)
            {
                calendars[id] = bound;
            }
        }

        var found = root is null ? null : OrganisationBinder.Bind(root, there, diagnostics);
        var ownErrors = diagnostics.Exists(d => d.Severity == Severity.Error && d.Span.File == OrganisationPath);
        return new Definitions
        {
            Organisation = ownErrors ? null : found,
            Calendars = calendars.ToImmutable(),
            Files = byPath.ToImmutable(),
            PlanIds = [.. byPath.Keys.Select(p => IdOf(p, PlanFolder, "/plan.yaml")).OfType<string>().Order(StringComparer.Ordinal)],
            Diagnostics = [.. diagnostics],
        };
    }

    /// <summary>The same definitions with one file replaced or added, such as a draft.</summary>
    public Definitions With(DefinitionFile file) => Read(Files.SetItem(file.Path, file).Values);

    internal static string PathOfPlan(string id) => $"{PlanFolder}{id}/plan.yaml";

    internal static string? PlanIdOf(string path) => IdOf(path, PlanFolder, "/plan.yaml");

    private static string? IdOf(string path, string folder, string suffix) =>
        path.StartsWith(folder, StringComparison.Ordinal) && path.EndsWith(suffix, StringComparison.Ordinal)
        && path.Length > folder.Length + suffix.Length && path[folder.Length..^suffix.Length] is var id && !id.Contains('/', StringComparison.Ordinal)
            ? id : null;
}
