using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using ProcessManager.Bench.Raw;
using ProcessManager.Engine;
using ProcessManager.Engine.Store;
using ProcessManager.Flow;

namespace ProcessManager.Bench.Setting;

/// <summary>
/// Two files with the same content and settings in one folder: the engine works on one, the bare program on the other. What the bare program writes was
/// learned from what the engine wrote for the same command.
/// </summary>
internal sealed class World : IAsyncDisposable
{
    private readonly string folder;
    private readonly CancellationTokenSource stop = new();
    private int commands;

    private World(BenchOptions options, string folder) => (Options, this.folder) = (options, folder);

    public BenchOptions Options { get; }

    public MovableClock Clock { get; } = new();

    public ProcessEngine Engine { get; private set; } = null!;

    /// <summary>The bare program on its own file.</summary>
    public RawFile Raw { get; private set; } = null!;

    /// <summary>What completing the first task of a call writes.</summary>
    public Recipe CompleteCall { get; private set; } = null!;

    /// <summary>What starting a sale writes.</summary>
    public Recipe StartSale { get; private set; } = null!;

    /// <summary>What firing one reminder writes.</summary>
    public Recipe FireReminder { get; private set; } = null!;

    /// <summary>What starting a project with one reminder writes.</summary>
    public Recipe StartReminded { get; private set; } = null!;

    /// <summary>The call that was completed to learn from.</summary>
    public long LearnedCall { get; private set; }

    /// <summary>Calls in both files whose first task is open, under the same ids.</summary>
    public Calls Calls { get; private set; } = null!;

    public string File => Path.Combine(folder, "pm.db");

    public string RawPath => Path.Combine(folder, "raw.db");

    public string Folder => folder;

    public string NewCommandId() => $"bench-{Interlocked.Increment(ref commands)}";

    public static async Task<World> BuildAsync(BenchOptions options)
    {
        var place = options.Folder ?? Path.GetTempPath();
        var world = new World(options, Path.Combine(place, $"pm-bench-{Environment.ProcessId}"));
        System.IO.Directory.CreateDirectory(world.folder);
        BenchPlans.Write(Path.Combine(world.folder, "definitions"));
        await using (var db = new BenchDb(BenchDb.OptionsOf(world.File))) { await db.Database.EnsureCreatedAsync(); }

        await world.OpenEngineAsync();
        await world.LearnAsync();
        await world.Engine.DisposeAsync();
        world.Fill();
        await world.OpenEngineAsync();
        return world;
    }

    public async Task<long> StartAsync(string plan, int owner = 0)
    {
        var result = await Engine.StartAsync(new StartProject(plan) { Owner = Staff.Name(owner) }, NewCommandId(), Staff.Name(owner), CancellationToken.None);
        return ((CommandResult.Accepted)result).Project;
    }

    public async Task CompleteAsync(long project)
    {
        var command = new Command.Complete(1, null, ImmutableSortedDictionary<string, object?>.Empty) { Actor = Staff.Name(0) };
        if (await Engine.SendAsync(project, command, NewCommandId(), CancellationToken.None) is CommandResult.Refused refused)
        {
            throw new InvalidOperationException(refused.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Engine.DisposeAsync();
        Raw.Dispose();
        SqliteConnection.ClearAllPools();
        stop.Dispose();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    private async Task OpenEngineAsync()
    {
        var options = new EngineOptions
        {
            Database = File, Definitions = Path.Combine(folder, "definitions"), Publish = false, HostName = "bench",
        };
        await using var db = new BenchDb(BenchDb.OptionsOf(File));
        Engine = new ProcessEngine(options, db.Model, WriteGate.ForSqlite(), new Staff(), null, Clock, NullLoggerFactory.Instance);
        await Engine.OpenAsync(CancellationToken.None);
        foreach (var result in await Engine.PublishAsync(null, null, CancellationToken.None))
        {
            if (result.Version is null) { throw new InvalidOperationException($"{result.Plan}: {string.Join("; ", result.Diagnostics)}"); }
        }

        // A host always listens, so that pages show what happens.
        var subscription = Engine.Live.Subscribe();
        _ = Task.Run(async () => { await foreach (var _ in subscription.Events.ReadAllAsync(stop.Token)) { } });
    }

    private async Task LearnAsync()
    {
        var sale = await StartAsync(BenchPlans.Sale);
        StartSale = Recipe.Learn(File, sale, Snapshot.Empty);
        var call = await StartAsync(BenchPlans.Call);
        Calls = new Calls(Recipe.Learn(File, call, Snapshot.Empty));
        var before = Snapshot.Of(File, call);
        await CompleteAsync(call);
        LearnedCall = call;
        CompleteCall = Recipe.Learn(File, call, before);
        var reminded = await StartAsync(BenchPlans.Remind);
        StartReminded = Recipe.Learn(File, reminded, Snapshot.Empty);
        before = Snapshot.Of(File, reminded);
        Clock.PutForward(TimeSpan.FromMinutes(31));
        await Engine.RunDueAsync(CancellationToken.None);
        FireReminder = Recipe.Learn(File, reminded, before);
    }

    private void Fill()
    {
        using (var file = new RawFile(File))
        {
            Filler.AddOpenTasks(file, Options.Tasks);
            Calls.Fill(file, Options);
            file.Execute("analyze; pragma wal_checkpoint(truncate)");
        }

        System.IO.File.Copy(File, RawPath);
        Raw = new RawFile(RawPath);
    }
}
