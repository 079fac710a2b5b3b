using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using ProcessManager.Torture.Hosting;

namespace ProcessManager.Torture.Load;

/// <summary>
/// People who all work at once: start projects, claim and complete tasks (often two at the same one), change fields, send again after a lost
/// reply with the same key, and now and then give up or send twice for no reason.
/// </summary>
internal sealed class Crowd : IDisposable
{
    private const int Runners = 8;
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    private readonly Ledger ledger;
    private readonly Client[] clients;
    private readonly ConcurrentDictionary<int, long> projects = new();
    private readonly CancellationTokenSource stop = new();
    private readonly int seed;
    private int lastKey;
    private int projectCount;
    private volatile TaskCompletionSource up = New();
    private volatile TaskCompletionSource heard = New();
    private Task running = Task.CompletedTask;

    public Crowd(Installation installation, Ledger ledger, int seed)
    {
        (this.ledger, this.seed) = (ledger, seed);
        clients = [.. installation.Crew.Select(m => new Client(installation.Address, m))];
    }

    public void Begin() => running = Task.WhenAll(Enumerable.Range(0, Runners).Select(i => Task.Run(() => WorkAsync(clients[i % clients.Length], new Random(seed + i)))));

    /// <summary>The host answers: whoever waited goes on.</summary>
    /// <returns>Completed by the first answer after that; failed where nobody works any more.</returns>
    public async Task HostIsUpAsync(CancellationToken cancellation)
    {
        var first = heard = New();
        up.TrySetResult();
        await await Task.WhenAny(first.Task, running).WaitAsync(LongestSilence, TimeProvider.System, cancellation);
    }

    /// <summary>Whoever gets no reply waits. Those who wait already go on waiting for the same moment.</summary>
    public void HostIsDown()
    {
        if (up.Task.IsCompleted) { up = New(); }
    }

    /// <summary>Nobody begins anything new; what is under way is answered or given up.</summary>
    public async Task EndAsync()
    {
        await stop.CancelAsync();
        await running;
    }

    public void Dispose()
    {
        foreach (var client in clients) { client.Dispose(); }

        stop.Dispose();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WorkAsync(Client me, Random random)
    {
        while (!stop.IsCancellationRequested)
        {
            await up.Task;
            var project = SomeProject(random);
            await (random.Next(10) switch
            {
                0 or 1 => StartAsync(me, random),
                _ when project is null => StartAsync(me, random),
                2 => ChangeAsync(me, CommandKind.Remark, "remark", project.Value, $"remark {NextKey()}", random),
                3 => ChangeAsync(me, CommandKind.Moment, "when", project.Value, Soon(random), random),
                _ => WorkOnAsync(me, project.Value, random),
            });
        }
    }

    private Task StartAsync(Client me, Random random)
    {
        var title = $"run {NextKey()}";
        var body = JsonSerializer.Serialize(new { plan = "relay", fields = new Dictionary<string, string> { ["title"] = title, ["when"] = Soon(random) } });
        return DoAsync(me, new Entry(NextKey(), me.Name, CommandKind.Start, "/api/v1/projects", body, null, null, title), random);
    }

    private Task ChangeAsync(Client me, CommandKind kind, string field, long project, string value, Random random) => DoAsync(
        me, new Entry(
            NextKey(), me.Name, kind, $"/api/v1/projects/{project}/fields",
            JsonSerializer.Serialize(new { fields = new Dictionary<string, string> { [field] = value } }), project, null, value), random);

    private async Task WorkOnAsync(Client me, long project, Random random)
    {
        if (await me.TasksOfAsync(project, CancellationToken.None) is not { Count: > 0 } tasks) { return; }
        var task = tasks[random.Next(tasks.Count)];
        if (task is { Group: not null, Assignee: null } && random.Next(3) == 0)
        {
            await DoAsync(me, new Entry(NextKey(), me.Name, CommandKind.Claim, $"/api/v1/tasks/{task.Id}/claim", "{}", project, task.Id, me.Name), random);
            return;
        }

        if (random.Next(3) > 0)
        {
            await CompleteAsync(me, project, task, random);
            return;
        }

        // Two people at the same task at the same time: one of them has it.
        var other = clients[random.Next(clients.Length)];
        await Task.WhenAll(CompleteAsync(me, project, task, random), CompleteAsync(other, project, task, new Random(random.Next())));
    }

    private Task CompleteAsync(Client me, long project, OpenTask task, Random random)
    {
        var outcome = task.Step != "pick" ? null : random.Next(10) switch { 0 => "leave", 1 or 2 => "again", _ => "go" };
        return DoAsync(me, new Entry(
            NextKey(), me.Name, CommandKind.Complete, $"/api/v1/tasks/{task.Id}/complete", outcome is null ? "{}" : $$"""{"outcome":"{{outcome}}"}""",
            project, task.Id, outcome ?? "done"), random);
    }

    private async Task DoAsync(Client me, Entry entry, Random random)
    {
        ledger.Add(entry);
        while (true)
        {
            var answer = await me.SendAsync(entry, CancellationToken.None);
            ledger.Hear(entry, answer);
            if (answer is { IsAccepted: true })
            {
                heard.TrySetResult();
                if (entry.Kind == CommandKind.Start) { projects[Interlocked.Increment(ref projectCount) - 1] = answer.Project; }

                // A second click, or a retry that crossed the reply.
                if (random.Next(10) == 0) { ledger.Hear(entry, await me.SendAsync(entry, CancellationToken.None)); }
                return;
            }

            if (answer is { Status: < 500 }) { return; }
            if (random.Next(6) == 0)
            {
                entry.GaveUp = true;
                return;
            }

            await up.Task;
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    /// <summary>Rather a new one than an old one, so that projects get on.</summary>
    private long? SomeProject(Random random)
    {
        var count = projects.Count;
        if (count == 0) { return null; }
        return projects.TryGetValue(count - 1 - Math.Min(count - 1, (int)(count * Math.Pow(random.NextDouble(), 2))), out var project) ? project : null;
    }

    private string NextKey() => string.Create(CultureInfo.InvariantCulture, $"k{Interlocked.Increment(ref lastKey)}");

    /// <summary>Whole seconds: history tells moments no finer.</summary>
    private static string Soon(Random random) =>
        TimeProvider.System.GetUtcNow().AddSeconds(random.Next(1, 6)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
