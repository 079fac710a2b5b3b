using System.Runtime.CompilerServices;
using ProcessManager.Engine.Store.Rows;

namespace ProcessManager.Engine.Store;

/// <summary>A row of work that this host has claimed.</summary>
/// <param name="Fence">The number of the claim: every change of the row names it, so that a late one changes nothing.</param>
internal sealed record Claim(long Id, string Key, long? Project, DateTimeOffset Due, int Attempt, string? Payload, long Fence);

/// <summary>Reads and writes <c>work</c>: what must happen later or outside.</summary>
internal sealed class WorkStore(WriteSession session)
{
    private readonly WorkSql sql = WorkSql.Of(session.Schema);

    /// <summary>Writes a timer, or moves it.</summary>
    public void SetTimer(string key, long project, DateTimeOffset due, string? why)
    {
        session.Prepared(sql.SetTimer, 9).Set(0, (int)WorkKind.Timer).Set(1, key).Set(2, project).Set(3, due).Set(4, why)
            .Set(5, (int)WorkState.Waiting).Set(6, 0).Set(7, 0L).Set(8, (string?)null).Run();
        session.WorkIsDue(WorkKind.Timer, due);
    }

    public void Remove(string key) => session.Prepared(sql.RemoveByKey, 1).Set(0, key).Run();

    public void AddMail(string key, long? project, long mail, DateTimeOffset due) =>
        Add(WorkKind.Mail, key, project, due, mail.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <param name="key">Says what it does, once.</param>
    public void Add(WorkKind kind, string key, long? project, DateTimeOffset due, string payload)
    {
        session.Prepared(sql.Insert, 9).Set(0, (int)kind).Set(1, key).Set(2, project).Set(3, due).Set(4, payload)
            .Set(5, (int)WorkState.Waiting).Set(6, 0).Set(7, 0L).Set(8, (string?)null).Run();
        session.WorkIsDue(kind, due);
    }

    public List<Claim> TakeDue(WorkKind kind, string owner, DateTimeOffset leaseUntil, long fence, DateTimeOffset now, int most)
    {
        var claims = new List<Claim>();
        using var row = session.Prepared(sql.Claim, 6).Set(0, owner).Set(1, leaseUntil).Set(2, fence).Set(3, (int)kind).Set(4, now)
            .Set(5, most).Read();
        while (row.Read())
        {
            claims.Add(new Claim(row.GetInt64(0), row.GetString(1), row.Long(2), row.Moment(3), row.GetInt32(4), row.Text(5), fence));
        }

        // The statement returns rows in the order in which it met them.
        claims.Sort((a, b) => (a.Due, a.Id).CompareTo((b.Due, b.Id)));
        return claims;
    }

    /// <summary>The earliest moment of a kind's unclaimed work; null where there is none.</summary>
    public DateTimeOffset? EarliestDue(WorkKind kind)
    {
        using var row = session.Prepared(sql.EarliestDue, 1).Set(0, (int)kind).Read();
        return row.Read() ? row.Moment(0) : null;
    }

    public bool Has(string key) => session.Prepared(sql.HasKey, 1).Set(0, key).Number() != 0;

    /// <summary>The keys of a kind's work that has not failed.</summary>
    public List<string> WaitingKeys(WorkKind kind)
    {
        var keys = new List<string>();
        using var row = session.Prepared(sql.WaitingKeys, 1).Set(0, (int)kind).Read();
        while (row.Read()) { keys.Add(row.GetString(0)); }

        return keys;
    }

    /// <summary>True while the row is there and nobody has claimed it since.</summary>
    public bool IsOurs(Claim claim) => session.Prepared(sql.IsOurs, 2).Set(0, claim.Id).Set(1, claim.Fence).Number() == 1;

    /// <returns>False where somebody else has claimed or removed it: whatever else was done must not be committed.</returns>
    public bool Finish(Claim claim) => session.Prepared(sql.Finish, 2).Set(0, claim.Id).Set(1, claim.Fence).Run() == 1;

    /// <summary>Gives a claimed row back, to run when it is due.</summary>
    public void Release(Claim claim) => session.Prepared(sql.Release, 2).Set(0, claim.Id).Set(1, claim.Fence).Run();

    /// <summary>Gives back what a host has claimed.</summary>
    public int ReleaseAllOf(string owner) => session.Prepared(sql.ReleaseAllOf, 1).Set(0, owner).Run();

    /// <summary>Gives back everything. For the only engine of a file, before it runs.</summary>
    public int ReleaseEverything() => session.Prepared(sql.ReleaseEverything, 0).Run();

    /// <summary>After a failed attempt: to run again at <paramref name="due"/>, or, without one, failed for good.</summary>
    /// <returns>False where somebody else has claimed or removed it.</returns>
    public bool Postpone(Claim claim, DateTimeOffset? due, string error)
    {
        var state = due is null ? WorkState.Failed : WorkState.Waiting;
        return session.Prepared(sql.Postpone, 6).Set(0, due ?? claim.Due).Set(1, (int)state).Set(2, claim.Attempt + 1)
            .Set(3, Shortened(error)).Set(4, claim.Id).Set(5, claim.Fence).Run() == 1;
    }

    /// <summary>Lets a failed row run again, from its first attempt.</summary>
    /// <returns>Null where there is no such failed row.</returns>
    public (WorkKind Kind, string? Payload)? Retry(long id, DateTimeOffset now)
    {
        using var row = session.Prepared(sql.Retry, 2).Set(0, now).Set(1, id).Read();
        if (!row.Read()) { return null; }
        var kind = (WorkKind)row.GetInt32(0);
        session.WorkIsDue(kind, now);
        return (kind, row.Text(1));
    }

    /// <summary>Removes a failed row that is no timer: a timer belongs to its project's state.</summary>
    /// <returns>Null where there is no such failed row.</returns>
    public (WorkKind Kind, string? Payload, long? Project)? Drop(long id)
    {
        using var row = session.Prepared(sql.Drop, 1).Set(0, id).Read();
        return row.Read() ? ((WorkKind)row.GetInt32(0), row.Text(1), row.Long(2)) : null;
    }

    /// <summary>How much work is due or has failed, by kind: what an index over due rows and one over failed ones can count.</summary>
    public static List<(WorkKind Kind, string State, long Count)> Queue(IReadSession session, Schema schema, DateTimeOffset now)
    {
        var sql = WorkSql.Of(schema);
        var queue = new List<(WorkKind, string, long)>();
        foreach (var kind in Enum.GetValues<WorkKind>())
        {
            queue.Add((kind, "due", session.Prepared(sql.CountDue, 2).Set(0, (int)kind).Set(1, now).Number()));
            queue.Add((kind, "failed", session.Prepared(sql.CountFailed, 1).Set(0, (int)kind).Number()));
        }

        return queue;
    }

    internal static string Shortened(string error) => error.Length <= 1000 ? error : error[..1000];

    private sealed class WorkSql
    {
        private static readonly ConditionalWeakTable<Schema, WorkSql> BySchema = [];

        private WorkSql(Schema schema)
        {
            var w = schema.Work;
            string[] columns =
            [
                nameof(WorkRow.Kind), nameof(WorkRow.Key), nameof(WorkRow.ProjectId), nameof(WorkRow.Due), nameof(WorkRow.Payload),
                nameof(WorkRow.State), nameof(WorkRow.Attempt), nameof(WorkRow.Fence), nameof(WorkRow.LastError),
            ];
            var (id, key, due, state, kind) = (w[nameof(WorkRow.Id)], w[nameof(WorkRow.Key)], w[nameof(WorkRow.Due)], w[nameof(WorkRow.State)], w[nameof(WorkRow.Kind)]);
            var (owner, until, fence) = (w[nameof(WorkRow.LeaseOwner)], w[nameof(WorkRow.LeaseUntil)], w[nameof(WorkRow.Fence)]);
            var (attempt, error, payload) = (w[nameof(WorkRow.Attempt)], w[nameof(WorkRow.LastError)], w[nameof(WorkRow.Payload)]);
            var ours = $"{id} = @p0 and {fence} = @p1 and {owner} is not null";
            Insert = w.Insert(columns);
            SetTimer = $"{Insert} on conflict ({key}) do update set {due} = excluded.{due}, {payload} = coalesce(excluded.{payload}, {w.Name}.{payload}), " +
                $"{state} = 0, {attempt} = 0, {error} = null";
            RemoveByKey = w.Delete(nameof(WorkRow.Key));
            HasKey = $"select exists (select 1 from {w.Name} where {w[nameof(WorkRow.Key)]} = @p0)";
            WaitingKeys = $"select {w[nameof(WorkRow.Key)]} from {w.Name} where {state} = 0 and {kind} = @p0";
            Claim = SqliteDialect.Claim(w);
            EarliestDue = $"select {due} from {w.Name} where {state} = 0 and {kind} = @p0 and {until} is null order by {due}, {id} limit 1";
            IsOurs = $"select count(*) from {w.Name} where {ours}";
            Finish = $"delete from {w.Name} where {ours}";
            Release = $"update {w.Name} set {owner} = null, {until} = null where {ours}";
            ReleaseAllOf = $"update {w.Name} set {owner} = null, {until} = null where {owner} = @p0";
            ReleaseEverything = $"update {w.Name} set {owner} = null, {until} = null where {owner} is not null";
            Postpone = $"update {w.Name} set {due} = @p0, {state} = @p1, {attempt} = @p2, {error} = @p3, {owner} = null, {until} = null " +
                $"where {id} = @p4 and {fence} = @p5 and {owner} is not null";
            Retry = $"update {w.Name} set {state} = 0, {attempt} = 0, {due} = @p0 where {id} = @p1 and {state} = 1 returning {kind}, {payload}";
            CountDue = $"select count(*) from {w.Name} where {state} = 0 and {kind} = @p0 and {due} <= @p1";
            CountFailed = $"select count(*) from {w.Name} where {state} = 1 and {kind} = @p0";
            Drop = $"delete from {w.Name} where {id} = @p0 and {state} = 1 and {kind} <> 0 returning {kind}, {payload}, {w[nameof(WorkRow.ProjectId)]}";
        }

        public string Insert { get; }
        public string SetTimer { get; }
        public string RemoveByKey { get; }
        public string HasKey { get; }
        public string WaitingKeys { get; }
        public string Claim { get; }
        public string EarliestDue { get; }
        public string IsOurs { get; }
        public string Finish { get; }
        public string Release { get; }
        public string ReleaseAllOf { get; }
        public string ReleaseEverything { get; }
        public string Postpone { get; }
        public string Retry { get; }
        public string Drop { get; }
        public string CountDue { get; }
        public string CountFailed { get; }

        public static WorkSql Of(Schema schema) => BySchema.GetValue(schema, s => new WorkSql(s));
    }
}
