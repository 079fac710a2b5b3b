using Microsoft.EntityFrameworkCore.Metadata;
using ProcessManager.Engine.Store;

namespace ProcessManager.Engine;

/// <summary>That mails and requests wait instead of leaving.</summary>
/// <param name="Since">Since when.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record OutgoingPause(DateTimeOffset Since, string Reason);

/// <summary>
/// Whether mails and requests leave the machine, in a database file whose engine may run in another process: that one takes notice before it
/// claims its next work.
/// </summary>
public static class OutgoingSwitch
{
    /// <returns>Null where nothing is paused.</returns>
    public static OutgoingPause? Find(string database, IModel model)
    {
        using var session = new ReadSession(new SqliteDialect(database).OpenReader());
        return OutgoingStore.Find(session, new Schema(model));
    }

    /// <returns>False where it is paused already.</returns>
    public static bool Pause(string database, IModel model, string reason, TimeProvider clock) =>
        Write(database, model, clock, session => OutgoingStore.Pause(session, reason));

    /// <param name="by">Whom the record names.</param>
    /// <returns>False where it isn't paused.</returns>
    public static bool Resume(string database, IModel model, string by, TimeProvider clock) =>
        Write(database, model, clock, session => OutgoingStore.Resume(session, by));

    private static bool Write(string database, IModel model, TimeProvider clock, Func<WriteSession, bool> work)
    {
        using var session = new WriteSession(new SqliteDialect(database).OpenWriter(), new Schema(model), clock);
        session.Prepared(SqliteDialect.Begin, 0).Run();
        var changed = work(session);
        session.Prepared("commit", 0).Run();
        return changed;
    }
}
