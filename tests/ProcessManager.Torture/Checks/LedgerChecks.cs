using System.Globalization;
using ProcessManager.Torture.Load;

namespace ProcessManager.Torture.Checks;

/// <summary>I1, I2: what was acknowledged is there exactly once, what was not is there at most once, and nothing is there that nobody sent.</summary>
internal static class LedgerChecks
{
    /// <summary>Causes of history rows that no client's command stands behind.</summary>
    private static readonly HashSet<string> OwnCauses = ["FireTimers", "Mail", "Delivered"];

    public static void Run(Snapshot snapshot, IReadOnlyList<Entry> ledger, List<string> findings)
    {
        var tasks = snapshot.Tasks.ToDictionary(t => t.Id);
        foreach (var entry in ledger)
        {
            Answers(entry, findings);
            var stored = snapshot.Commands[entry.CommandId].ToList();
            if (stored.Count > 1) { findings.Add($"I2: {entry} is there {stored.Count} times"); }
            if (entry.Accepted is { } accepted)
            {
                if (stored is not [var command, ..]) { findings.Add($"I1: {entry} was acknowledged, but it is not there"); }
                else if (!Says(command, accepted)) { findings.Add($"I1: {entry} was answered with version {accepted.Version} of project {accepted.Project}, but stored as {command}"); }
            }
            else if (entry.IsRefused && stored.Count > 0) { findings.Add($"I2: {entry} was refused, but it was carried out"); }

            foreach (var command in stored) { Effect(snapshot, tasks, entry, command, findings); }
        }

        Doubles(snapshot, ledger, findings);
        Ghosts(snapshot, ledger, findings);
    }

    /// <summary>All answers to one key are the first one, and only the first does not say that it is a repetition.</summary>
    private static void Answers(Entry entry, List<string> findings)
    {
        var ok = entry.Answers.Where(a => a.IsAccepted).ToList();
        if (ok.Count(a => !a.Repeated) > 1) { findings.Add($"I2: {entry} was carried out twice by its answers"); }
        if (ok.Any(a => a.Project != ok[0].Project || a.Version != ok[0].Version || !a.NewTasks.SequenceEqual(ok[0].NewTasks)))
        {
            findings.Add($"I2: {entry} was answered in two ways");
        }

        if (ok.Count > 0 && entry.Answers.Any(a => a.Status is >= 400 and < 500)) { findings.Add($"I2: {entry} was accepted and refused"); }
        foreach (var odd in entry.Answers.Where(a => a.Status is >= 500 and not 503)) { findings.Add($"I9: {entry} was answered {odd.Status}: {odd.Problem}"); }
    }

    private static bool Says(StoredCommand command, Answer answer) =>
        command.Project == answer.Project && command.Version == answer.Version && command.NewTasks == string.Join(',', answer.NewTasks);

    /// <summary>The command's own version of its project holds what it asked for.</summary>
    private static void Effect(Snapshot snapshot, Dictionary<long, StoredTask> tasks, Entry entry, StoredCommand command, List<string> findings)
    {
        var written = snapshot.History[command.Project].Where(h => h.Version == command.Version).ToList();
        var task = entry.Task is { } id ? tasks.GetValueOrDefault(id) : null;
        var there = entry.Kind switch
        {
            CommandKind.Start => written.Exists(h => h.Kind == "ProjectStarted") && snapshot.Projects.GetValueOrDefault(command.Project)?.Title == entry.Value,
            CommandKind.Complete => task is { State: 1 } && task.Outcome == entry.Value && task.SettledBy == entry.Person
                && written.Exists(h => h.Kind == "TaskSettled" && h.Task == task.Number && h.After == entry.Value),
            CommandKind.Claim => task is not null && written.Exists(h => h.Kind == "TaskAssigned" && h.Task == task.Number && h.After == entry.Value),
            CommandKind.Remark => written.Exists(h => h.Kind == "FieldChanged" && h.Field == "remark" && h.After == entry.Value),
            // A moment may be the one that was there already: then nothing changed, and the version is that of whoever was last.
            CommandKind.Moment => snapshot.History[command.Project]
                .LastOrDefault(h => h is { Kind: "FieldChanged", Field: "when" } && h.Version <= command.Version)?.After == entry.Value,
            _ => throw new InvalidOperationException($"Unknown command {entry.Kind}."),
        };
        if (!there) { findings.Add($"I1: {entry} is noted, but version {command.Version} of project {command.Project} does not hold what it did"); }
        var changed = entry.Kind != CommandKind.Moment || written.Exists(h => h is { Kind: "FieldChanged", Field: "when", Cause: "SetFields" } && h.After == entry.Value && h.Actor == entry.Person);
        if (changed && written.Exists(h => h.Actor is { } actor && actor != entry.Person)) { findings.Add($"I2: {entry} was written in the name of somebody else"); }
        foreach (var opened in command.NewTasks.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(t => long.Parse(t, CultureInfo.InvariantCulture)).Where(t => !tasks.ContainsKey(t)))
        {
            findings.Add($"I1: {entry} opened task {opened}, which is not there");
        }
    }

    /// <summary>What only one command can do was done by one.</summary>
    private static void Doubles(Snapshot snapshot, IReadOnlyList<Entry> ledger, List<string> findings)
    {
        foreach (var task in ledger.Where(e => e.Kind == CommandKind.Complete && e.Accepted is not null).GroupBy(e => e.Task).Where(g => g.Count() > 1))
        {
            findings.Add($"I2: task {task.Key} was completed by {string.Join(" and ", task)}");
        }

        foreach (var title in snapshot.Projects.Values.GroupBy(p => p.Title).Where(g => g.Count() > 1)) { findings.Add($"I2: “{title.Key}” was started {title.Count()} times"); }
        foreach (var remark in snapshot.History.SelectMany(h => h).Where(h => h is { Kind: "FieldChanged", Field: "remark" }).GroupBy(h => h.After).Where(g => g.Count() > 1))
        {
            findings.Add($"I2: “{remark.Key}” was written {remark.Count()} times");
        }
    }

    /// <summary>Every change by a person is a command that a client knows of.</summary>
    private static void Ghosts(Snapshot snapshot, IReadOnlyList<Entry> ledger, List<string> findings)
    {
        var known = ledger.Select(e => e.CommandId).ToHashSet(StringComparer.Ordinal);
        var commands = snapshot.Commands.SelectMany(c => c).ToList();
        foreach (var stranger in commands.Where(c => !known.Contains(c.Id))) { findings.Add($"I2: nobody sent {stranger}"); }
        var told = commands.Select(c => (c.Project, c.Version)).ToHashSet();
        foreach (var version in snapshot.History.SelectMany(h => h).Where(h => !OwnCauses.Contains(h.Cause)).Select(h => (h.Project, h.Version, h.Cause)).Distinct())
        {
            if (!told.Contains((version.Project, version.Version))) { findings.Add($"I2: version {version.Version} of project {version.Project} ({version.Cause}) is of no command"); }
        }
    }
}
