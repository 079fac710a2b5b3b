using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Logging.Abstractions;
using ProcessManager.Crm.Contacts;
using ProcessManager.Engine;
using ProcessManager.Engine.Store;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using Xunit;
using Directory = ProcessManager.Flow.Directory;

namespace ProcessManager.Tests.Store;

/// <summary>An engine on a real SQLite file in a folder of its own, with a few small plans, some people and a clock that is moved by hand.</summary>
internal sealed class StoreFixture : IAsyncDisposable
{
    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private static readonly IModel TheModel = StoreDb.OfSqlite(":memory:").Model;
    private static int commands;

    private StoreFixture()
    {
        Folder = System.IO.Directory.CreateTempSubdirectory("pm-store-").FullName;
        Clock = new ManualTime(Monday);
    }

    public string Folder { get; }

    public string File => Path.Combine(Folder, "pm.db");

    public string Definitions => Path.Combine(Folder, "definitions");

    public string Outbox => Path.Combine(Folder, "mail");

    public ManualTime Clock { get; }

    public WriteGate Gate { get; private set; } = WriteGate.ForSqlite();

    public People People { get; } = new();

    public ProcessEngine Engine { get; private set; } = null!;

    public ContactBook Contacts { get; private set; } = null!;

    public EngineOptions Options { get; private set; } = null!;

    public static IModel Model => TheModel;

    public static CancellationToken None => CancellationToken.None;

    /// <param name="more">Changes the options before the engine opens.</param>
    public static async Task<StoreFixture> OpenAsync(Action<EngineOptions>? more = null)
    {
        var fixture = new StoreFixture();
        fixture.WritePlans();
        await using (var db = StoreDb.OfSqlite(fixture.File)) { await db.Database.EnsureCreatedAsync(); }

        await fixture.StartEngineAsync(more);
        return fixture;
    }

    public async Task StartEngineAsync(Action<EngineOptions>? more = null)
    {
        Options = new EngineOptions { Database = File, Definitions = Definitions, HostName = "test" };
        more?.Invoke(Options);
        Gate = WriteGate.ForSqlite();
        Engine = NewEngine(Options, Gate);
        Contacts = new ContactBook(Engine, () => StoreDb.OfSqlite(File));
        await Engine.OpenAsync(None);
    }

    public ProcessEngine NewEngine(EngineOptions options, WriteGate gate) =>
        new(options, TheModel, gate, People, new ProspectFacts(), Clock, NullLoggerFactory.Instance);

    /// <summary>Stops the engine and starts another one on the same file.</summary>
    public async Task RestartAsync()
    {
        await Engine.DisposeAsync();
        await StartEngineAsync();
    }

    public static string NewId() => $"c{Interlocked.Increment(ref commands)}";

    public async Task<CommandResult.Accepted> StartAsync(string plan = "call", string actor = "ann", StartProject? start = null) =>
        Assert.IsType<CommandResult.Accepted>(await Engine.StartAsync(start ?? new StartProject(plan), NewId(), actor, None));

    public Task<CommandResult> SendAsync(long project, Command command) => Engine.SendAsync(project, command, NewId(), None);

    public async Task<CommandResult.Accepted> DoAsync(long project, Command command) =>
        Assert.IsType<CommandResult.Accepted>(await SendAsync(project, command));

    public static Command.Complete Complete(int task, string? outcome = null, string actor = "ann") =>
        new(task, outcome, ImmutableSortedDictionary<string, object?>.Empty) { Actor = actor };

    public Task RunUntilIdleAsync() => Engine.Worker.RunUntilIdleAsync(None);

    public async Task PassAsync(TimeSpan span)
    {
        Clock.Pass(span);
        await RunUntilIdleAsync();
    }

    public List<T> Rows<T>() where T : class
    {
        using var db = StoreDb.OfSqlite(File);
        return [.. db.Set<T>().AsNoTracking()];
    }

    public List<HistoryRow> History(long project) => [.. Rows<HistoryRow>().Where(h => h.ProjectId == project).OrderBy(h => h.Seq)];

    /// <summary>Every row of every table as text: to compare before and after.</summary>
    public string Dump()
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        var tables = Texts(connection, "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name");
        return string.Join('\n', tables.SelectMany(table => Texts(connection, $"select '{table} ' || json_array({Columns(connection, table)}) from \"{table}\"")));
    }

    public void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "pragma foreign_keys = off; " + sql;
        command.ExecuteNonQuery();
    }

    public async Task<ImmutableArray<Finding>> VerifyAsync() => await Verifier.VerifyAsync(File, TheModel, Clock, None);

    public void WritePlan(string id, string text)
    {
        var folder = Path.Combine(Definitions, "plans", id);
        System.IO.Directory.CreateDirectory(folder);
        System.IO.File.WriteAllText(Path.Combine(folder, "plan.yaml"), text);
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        System.IO.Directory.Delete(Folder, recursive: true);
    }

    private void WritePlans()
    {
        System.IO.Directory.CreateDirectory(Path.Combine(Definitions, "calendars"));
        System.IO.Directory.CreateDirectory(Path.Combine(Definitions, "templates"));
        System.IO.File.WriteAllText(Path.Combine(Definitions, "organisation.yaml"), StorePlans.Organisation);
        System.IO.File.WriteAllText(Path.Combine(Definitions, "calendars", "office.yaml"), StorePlans.Calendar);
        System.IO.File.WriteAllText(Path.Combine(Definitions, "templates", "welcome.email.md"), StorePlans.Welcome);
        foreach (var (id, text) in StorePlans.All) { WritePlan(id, text); }
    }

    private static string Columns(SqliteConnection connection, string table) => string.Join(
        ", ", Texts(connection, $"select 'quote(\"' || name || '\")' from pragma_table_info('{table}')"));

    private static List<string> Texts(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var row = command.ExecuteReader();
        var texts = new List<string>();
        while (row.Read()) { texts.Add(row.GetString(0)); }

        return texts;
    }
}

/// <summary>Who works in the tests: Ann and Bob in sales, Meg their manager, Ada the administrator.</summary>
internal sealed class People : IDirectorySource
{
    public Directory Directory { get; set; } = new()
    {
        People = new[] { Person("ann", "Ann Field"), Person("bob", "Bob Hill"), Person("meg", "Meg Lake", null), Person("ada", "Ada Root", null, true) }
            .ToImmutableDictionary(p => p.Name),
        Groups = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("sales", ["ann", "bob"]),
    };

    public ImmutableHashSet<string> AlertsByMail { get; set; } = [];

    public int Reads { get; private set; }

    public Task<DirectorySnapshot> ReadAsync(CancellationToken cancellation)
    {
        Reads++;
        return Task.FromResult(new DirectorySnapshot(Directory, AlertsByMail));
    }

    public static Member Person(string name, string display, string? manager = "meg", bool administrator = false) =>
        new(name, display, $"{name}@example.org", manager, administrator, false, []);
}
