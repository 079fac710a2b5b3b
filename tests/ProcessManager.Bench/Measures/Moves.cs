using System.Diagnostics;
using ProcessManager.Bench.Setting;
using ProcessManager.Engine;
using ProcessManager.Flow;
using ProcessManager.Flow.Versions;

namespace ProcessManager.Bench.Measures;

/// <summary>Live projects and two versions of their plan, between which they are moved to and fro.</summary>
internal sealed class MovingProjects(World world)
{
    private const string Plan = "moving";

    private long[] projects = [];
    private long[] versions = [];
    private PlanMove[] ways = [];
    private ProjectState[] states = [];

    /// <summary>The version that the projects run on: 0 or 1.</summary>
    private int at;

    public IReadOnlyList<long> Some(int count) => projects.AsSpan(0, count).ToArray();

    public long Other => versions[1 - at];

    public void Moved() => at = 1 - at;

    /// <summary>One preview without database: the flow's part alone.</summary>
    public void Bare(int i)
    {
        if (ways[0].Preview(states[i % states.Length], Facts!, world.Clock.GetUtcNow()) is not MovePreview.Possible) { throw new InvalidOperationException("A bare move is impossible."); }
    }

    private Facts? Facts { get; set; }

    public async Task PrepareAsync(int count)
    {
        if (projects.Length >= count) { return; }
        await PublishAsync(Text("call", "print: { task: Print it, due: 3 days, remind: [at due] }"));
        var started = new long[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) => started[i] = await world.StartAsync(Plan));
        await PublishAsync(Text("ring", "log: { task: Log it, due: 2 days }"));
        projects = started;
        versions = [world.Engine.Versions.Find(Plan, 1)!.Value, world.Engine.Versions.Find(Plan, 2)!.Value];
        var plans = new[] { (await world.Engine.FindPlanAsync(versions[0], default))!, (await world.Engine.FindPlanAsync(versions[1], default))! };
        ways = [new PlanMove(plans[0], plans[1]), new PlanMove(plans[1], plans[0])];
        states = [(await world.Engine.FindProjectAsync(started[0], default))!.State];
        Facts = new Facts { Directory = await world.Engine.DirectoryAsync(default), Organisation = world.Engine.Organisation!, Calendars = world.Engine.Calendars };
    }

    private async Task PublishAsync(string text)
    {
        var folder = System.IO.Directory.CreateDirectory(Path.Combine(world.Folder, "definitions", "plans", Plan));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "plan.yaml"), text);
        var result = (await world.Engine.PublishAsync(null, null, CancellationToken.None)).Single(r => r.Plan == Plan);
        if (!result.IsNew) { throw new InvalidOperationException(string.Join("\n", result.Diagnostics)); }
    }

    private static string Text(string first, string second) => $$"""
        plan: moving
        name: Moving
        type: sales
        stages:
          first:
            name: First
            probability: 10
            steps:
              {{first}}: { task: Call, assign: owner, due: 10 days, remind: [1 day before due, at due]{{(first == "ring" ? ", was: call" : "")}} }
              {{second}}
              quote: { task: Prepare the quote, assign: owner, after: {{first}}, due: 10 days }
        """;
}

/// <summary>What moving would do to live projects; the baseline is the flow's part of it alone.</summary>
internal sealed class PreviewMoves(World world, MovingProjects projects) : Measure(world)
{
    public override string Id => "move-preview";

    public override string What => "preview the move of a live project";

    public override string Goal => "10,000 in 10 s (≥ 1,000 /s)";

    protected override int Size => 10_000;

    protected override int Slices => 1;

    protected override async Task<Sample> ProductAsync(int count)
    {
        await projects.PrepareAsync(count);
        var (durations, since) = (new List<TimeSpan>(), Stopwatch.GetTimestamp());
        var watch = Watch.Start();
        await foreach (var preview in World.Engine.Versions.PreviewAsync(projects.Other, projects.Some(count), CancellationToken.None))
        {
            if (preview.Move is not MovePreview.Possible) { throw new InvalidOperationException("A measured move is impossible."); }
            durations.Add(Stopwatch.GetElapsedTime(since));
            since = Stopwatch.GetTimestamp();
        }

        return Sample.Of(durations, watch);
    }

    protected override async Task<Sample> RawAsync(int count)
    {
        await projects.PrepareAsync(count);
        return OneAfterTheOther(count, projects.Bare);
    }
}

/// <summary>Moving live projects, to one version and back in the next turn; the baseline is the flow's part of it alone.</summary>
internal sealed class MakeMoves(World world, MovingProjects projects) : Measure(world)
{
    public override string Id => "move";

    public override string What => "move a live project to another version";

    public override string Goal => "≥ 500 /s";

    protected override int Size => 10_000;

    protected override int Slices => 1;

    protected override async Task<Sample> ProductAsync(int count)
    {
        await projects.PrepareAsync(count);
        var (durations, since) = (new List<TimeSpan>(), Stopwatch.GetTimestamp());
        var order = new MoveOrder(Staff.Name(0), null, World.NewCommandId(), OnlyClean: false);
        var watch = Watch.Start();
        await foreach (var result in World.Engine.Versions.MoveAsync(projects.Other, projects.Some(count), order, CancellationToken.None))
        {
            if (result is MoveResult.Refused refused) { throw new InvalidOperationException(refused.Message); }
            durations.Add(Stopwatch.GetElapsedTime(since));
            since = Stopwatch.GetTimestamp();
        }

        projects.Moved();
        return Sample.Of(durations, watch);
    }

    protected override async Task<Sample> RawAsync(int count)
    {
        await projects.PrepareAsync(count);
        return OneAfterTheOther(count, projects.Bare);
    }
}
