using Microsoft.Data.Sqlite;
using ProcessManager.Bench.Setting;
using ProcessManager.Engine;

namespace ProcessManager.Bench.Measures;

/// <summary>
/// P16: how long after a reminder is due its alert and its mail are committed, while the worker sleeps in between. The bare side is one such commit.
/// </summary>
internal sealed class Reminders(World world) : Measure(world)
{
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(15);

    public override string Id => "P16";

    public override string What => "reminder due → alert and mail on disk";

    public override string Goal => "p99 ≤ 250 ms, max 1 s";

    public override bool IsLatency => true;

    protected override int Size => 200;

    protected override int Slices => 1;

    protected override async Task<Sample> ProductAsync(int count)
    {
        var projects = new HashSet<long>();
        for (var i = 0; i < count; i++)
        {
            projects.Add(await World.StartAsync(BenchPlans.Remind, i % Staff.Count));
            await Task.Delay(Apart);
        }

        var due = DueOf(projects);

        // The first is due in a second; the rest follow as they were started.
        World.Clock.PutForward(due.Values.Min() - World.Clock.GetUtcNow() - TimeSpan.FromSeconds(1));
        using var subscription = World.Engine.Live.Subscribe();
        using var stop = new CancellationTokenSource();
        var running = Task.Run(() => World.Engine.RunAsync(stop.Token));
        var watch = Watch.Start();
        var late = await ListenAsync(subscription, due);
        var sample = Sample.Of(late, watch);
        await stop.CancelAsync();
        await running;
        return sample;
    }

    protected override Task<Sample> RawAsync(int count)
    {
        var projects = new Queue<long>();
        World.Raw.Begin();
        for (var i = 0; i < count; i++) { projects.Enqueue(World.Raw.Replay(World.StartReminded, null, World.NewCommandId())); }
        World.Raw.Commit();
        return Task.FromResult(OneAfterTheOther(
            count, _ => World.Raw.ReplayAlone(World.FireReminder, projects.Dequeue(), World.NewCommandId())));
    }

    private async Task<List<TimeSpan>> ListenAsync(LiveEvents.Subscription subscription, Dictionary<long, DateTimeOffset> due)
    {
        var late = new List<TimeSpan>();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (due.Count > 0)
        {
            var told = await subscription.Events.ReadAsync(patience.Token);
            if (told.Project is { } project && told.Kinds.Contains("AlertRaised") && due.Remove(project, out var moment))
            {
                late.Add(World.Clock.GetUtcNow() - moment);
            }
        }

        return late;
    }

    private Dictionary<long, DateTimeOffset> DueOf(HashSet<long> projects)
    {
        using var connection = new SqliteConnection($"Data Source={World.File};Pooling=False;Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select project_id, due from work where project_id >= @first";
        command.Parameters.AddWithValue("@first", projects.Min());
        using var row = command.ExecuteReader();
        var due = new Dictionary<long, DateTimeOffset>();
        while (row.Read())
        {
            if (projects.Contains(row.GetInt64(0))) { due[row.GetInt64(0)] = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)); }
        }

        return due;
    }
}
