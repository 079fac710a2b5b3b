using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Metadata;
using ProcessManager.Engine.Store.Rows;

namespace ProcessManager.Engine.Store;

/// <summary>The tables' names: made once from the model, shared by all connections.</summary>
internal sealed class Schema(IModel model)
{
    public Table PlanVersions { get; } = Table.Of<PlanVersionRow>(model);
    public Table Plans { get; } = Table.Of<PlanRow>(model);
    public Table Projects { get; } = Table.Of<ProjectRow>(model);
    public Table Participants { get; } = Table.Of<ParticipantRow>(model);
    public Table Tasks { get; } = Table.Of<TaskRow>(model);
    public Table Work { get; } = Table.Of<WorkRow>(model);
    public Table History { get; } = Table.Of<HistoryRow>(model);
    public Table Commands { get; } = Table.Of<CommandRow>(model);
    public Table Alerts { get; } = Table.Of<AlertRow>(model);
    public Table Mails { get; } = Table.Of<MailRow>(model);
    public Table Rotations { get; } = Table.Of<RotationRow>(model);
    public Table Documents { get; } = Table.Of<DocumentRow>(model);
    public Table Children { get; } = Table.Of<ChildRow>(model);
    public Table RuleStarts { get; } = Table.Of<RuleStartRow>(model);
    public Table PlanMoves { get; } = Table.Of<PlanMoveRow>(model);
    public Table OutgoingPauses { get; } = Table.Of<OutgoingPauseRow>(model);
}

/// <summary>
/// The writing connection and its prepared statements. One piece of work at a time uses it, within a savepoint of the transaction
/// that <see cref="GroupCommit"/> opened.
/// </summary>
internal sealed class WriteSession : IWriteSession, IReadSession, IDisposable
{
    private readonly Dictionary<string, Statement> statements = new(StringComparer.Ordinal);
    private readonly List<Action> afterCommit = [];
    private readonly TimeProvider clock;
    private readonly Action<string>? before;

    /// <param name="before">Called with the text of every prepared statement before it runs: tests let it fail.</param>
    public WriteSession(SqliteConnection connection, Schema schema, TimeProvider clock, Action<string>? before = null)
    {
        Connection = connection;
        Schema = schema;
        this.clock = clock;
        this.before = before;
        Projects = new ProjectStore(this);
        Work = new WorkStore(this);
        Mails = new MailStore(this);
        Documents = new DocumentStore(this);
        Children = new ChildStore(this);
        RuleStarts = new RuleStartStore(this);
        Moves = new MoveStore(this);
    }

    public SqliteConnection Connection { get; }

    public Schema Schema { get; }

    public ProjectStore Projects { get; }

    public WorkStore Work { get; }

    public MailStore Mails { get; }

    public DocumentStore Documents { get; }

    public ChildStore Children { get; }

    public RuleStartStore RuleStarts { get; }

    public MoveStore Moves { get; }

    /// <summary>Told, after the commit, of work that was written or moved: wakes whoever runs it.</summary>
    public Action<WorkKind, DateTimeOffset>? OnWork { get; set; }

    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());

    public DbCommand CreateCommand(string sql)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    /// <summary>The prepared statement with this text, prepared on first use. The text must be made once, not per call.</summary>
    public Statement Prepared(string sql, int parameters)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            statement = new Statement(Connection, sql, parameters, before);
            statements.Add(sql, statement);
        }

        return statement;
    }

    /// <summary>Something to do once all this is on disk; forgotten when the work is undone.</summary>
    public void AfterCommit(Action what) => afterCommit.Add(what);

    internal void WorkIsDue(WorkKind kind, DateTimeOffset due)
    {
        if (OnWork is { } tell) { AfterCommit(() => tell(kind, due)); }
    }

    internal List<Action> TakeAfterCommit()
    {
        var taken = new List<Action>(afterCommit);
        afterCommit.Clear();
        return taken;
    }

    public void Dispose()
    {
        foreach (var statement in statements.Values) { statement.Dispose(); }

        Connection.Dispose();
    }
}
