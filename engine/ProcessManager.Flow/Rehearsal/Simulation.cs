using System.Collections.Immutable;
using ProcessManager.Language;
using ProcessManager.Language.Time;

namespace ProcessManager.Flow;

/// <summary>What is played through, and with which chances.</summary>
public sealed record SimulationSettings
{
    /// <summary>1–10,000.</summary>
    public int Projects { get; init; } = 1;
    public ulong Seed { get; init; } = 1;

    /// <summary>When the first project starts.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>How long after each other projects start, in the plan's calendar.</summary>
    public required Duration Every { get; init; }

    /// <summary>Who starts the projects: a sign-in name.</summary>
    public required string By { get; init; }

    /// <summary>
    /// How often an outcome comes, 0–1, by <c>step.outcome</c>. The outcomes of a step that are not named share the rest equally; mails and
    /// requests fail only where a chance says so.
    /// </summary>
    public ImmutableSortedDictionary<string, double> Chances { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>The values that projects start with.</summary>
    public ImmutableSortedDictionary<string, object?> Fields { get; init; } = ImmutableSortedDictionary<string, object?>.Empty;
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Roles { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>After this many days a project counts as unfinished.</summary>
    public int MostDays { get; init; } = 1100;
}

/// <summary>How a simulated project ended.</summary>
public enum SimulationEnd { Won, Lost, Cancelled, Unfinished, Faulted }

/// <summary>A stay in a stage.</summary>
/// <param name="Left">Null where it is still there.</param>
public sealed record StageVisit(string Stage, DateTimeOffset Entered, DateTimeOffset? Left);

/// <summary>A piece of work that somebody did.</summary>
/// <param name="Effort">The step's expected working time; an hour where the plan says none.</param>
/// <param name="Late">True where it was done after its due moment.</param>
public sealed record WorkDone(string Person, string Step, DateTimeOffset At, TimeSpan Effort, bool Late);

/// <summary>One simulated project.</summary>
/// <param name="Ended">Null where it is unfinished.</param>
/// <param name="Trouble">Why it faulted or stands still; null otherwise.</param>
public sealed record SimulatedProject(
    int Number, DateTimeOffset Started, DateTimeOffset? Ended, SimulationEnd End, ImmutableArray<StageVisit> Visits, ImmutableArray<WorkDone> Work,
    string? Trouble, Journal Journal);

/// <summary>
/// The door of the rehearsal of a whole plan: plays projects through on one clock, with outcomes by chance and work done in the
/// time that a plan gives it. The same settings give the same result. It says what a plan does, not how long people really
/// take: nobody is ever too busy, and what comes from outside comes within days.
/// </summary>
public static class Simulation
{
    public const int MostProjects = 10_000;

    public static ImmutableArray<SimulatedProject> Run(Plan plan, Facts facts, SimulationSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(settings.Projects is >= 1 and <= MostProjects, true, nameof(settings));
        var calendar = Calendars.Of(plan, facts);
        var runs = new List<SimulatedRun>();
        var next = new PriorityQueue<SimulatedRun, (DateTimeOffset, int)>();
        var start = settings.From.ToUniversalTime();
        for (var number = 1; number <= settings.Projects; number++)
        {
            var run = new SimulatedRun(plan, facts, settings, number, start);
            runs.Add(run);
            next.Enqueue(run, (start, number));
            start = calendar.Add(start, settings.Every);
        }

        Play(next, facts);
        return [.. runs.Select(r => r.Result())];
    }

    /// <summary>Whatever comes first of all projects happens first, so that work is shared out with an eye on the others.</summary>
    private static void Play(PriorityQueue<SimulatedRun, (DateTimeOffset, int)> next, Facts facts)
    {
        var rotation = facts.Rotation;
        var load = facts.Workload.ToBuilder();
        while (next.TryDequeue(out var run, out var _))
        {
            foreach (var (person, open) in run.OpenWork) { load[person] = load.GetValueOrDefault(person) - open; }

            run.Step(load.ToImmutable(), rotation);
            rotation = run.Rotation;
            foreach (var (person, open) in run.OpenWork) { load[person] = load.GetValueOrDefault(person) + open; }

            if (run.Next is { } at) { next.Enqueue(run, (at, run.Number)); }
        }
    }
}
