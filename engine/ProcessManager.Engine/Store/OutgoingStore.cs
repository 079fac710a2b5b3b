using System.Runtime.CompilerServices;
using ProcessManager.Engine.Store.Rows;

namespace ProcessManager.Engine.Store;

/// <summary>Reads and writes whether anything may leave the machine.</summary>
internal static class OutgoingStore
{
    private static readonly ConditionalWeakTable<Schema, string[]> Texts = [];

    /// <summary>Whether work of this kind speaks to other machines, and so waits while outgoing is paused.</summary>
    public static bool Leaves(WorkKind kind) => kind is WorkKind.Mail or WorkKind.Http;

    /// <summary>The pause that lasts; null where there is none.</summary>
    public static OutgoingPause? Find(IReadSession session, Schema schema)
    {
        using var row = session.Prepared(SqlOf(schema)[0], 0).Read();
        return row.Read() ? new OutgoingPause(row.Moment(0), row.GetString(1)) : null;
    }

    /// <returns>False where it is paused already.</returns>
    public static bool Pause(WriteSession session, string reason)
    {
        if (Find(session, session.Schema) is not null) { return false; }
        session.Prepared(SqlOf(session.Schema)[1], 2).Set(0, session.Now).Set(1, reason).Run();
        return true;
    }

    /// <returns>False where it isn't paused.</returns>
    public static bool Resume(WriteSession session, string by)
    {
        if (session.Prepared(SqlOf(session.Schema)[2], 2).Set(0, session.Now).Set(1, by).Run() == 0) { return false; }
        foreach (var kind in Enum.GetValues<WorkKind>().Where(Leaves)) { session.WorkIsDue(kind, session.Now); }

        return true;
    }

    private static string[] SqlOf(Schema schema) => Texts.GetValue(schema, s =>
    {
        var p = s.OutgoingPauses;
        var (since, reason, ended, by) = (
            p[nameof(OutgoingPauseRow.Since)], p[nameof(OutgoingPauseRow.Reason)], p[nameof(OutgoingPauseRow.EndedAt)], p[nameof(OutgoingPauseRow.EndedBy)]);
        return
        [
            $"select {since}, {reason} from {p.Name} where {ended} is null",
            $"insert into {p.Name} ({since}, {reason}) values (@p0, @p1) on conflict ({since}) do update set {reason} = excluded.{reason}, {ended} = null, {by} = null",
            $"update {p.Name} set {ended} = @p0, {by} = @p1 where {ended} is null",
        ];
    });
}
