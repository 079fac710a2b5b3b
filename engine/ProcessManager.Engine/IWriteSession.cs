using System.Data.Common;
using ProcessManager.Flow;

namespace ProcessManager.Engine;

/// <summary>
/// The engine's transaction, lent to another room so that its rows and the engine's are written together. Valid during the
/// call that it is given to.
/// </summary>
public interface IWriteSession
{
    /// <summary>The time of the transaction, in UTC and whole milliseconds.</summary>
    DateTimeOffset Now { get; }

    /// <summary>A command within the transaction. The caller disposes it and neither commits nor rolls back.</summary>
    DbCommand CreateCommand(string sql);
}

/// <summary>Thrown by work in a <see cref="IWriteSession"/> that must not happen: undoes it, and is answered as a refusal.</summary>
public sealed class RefusedException(Refusal reason, string message) : Exception(message)
{
    public Refusal Reason { get; } = reason;
}
