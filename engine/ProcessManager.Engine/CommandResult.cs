using System.Collections.Immutable;
using ProcessManager.Flow;

namespace ProcessManager.Engine;

/// <summary>What the engine answers to a command.</summary>
public abstract record CommandResult
{
    private CommandResult() { }

    /// <summary>Done, and on disk.</summary>
    /// <param name="Project">The project's id: of the new one after a start.</param>
    /// <param name="Version">The project's version after the command.</param>
    /// <param name="NewTasks">The ids of the tasks that it opened.</param>
    /// <param name="Repeated">True where the same command id was carried out before and nothing was done now.</param>
    public sealed record Accepted(long Project, long Version, ImmutableArray<long> NewTasks, bool Repeated) : CommandResult;

    /// <summary>Nothing changed. A refusal is not remembered: the same command may be sent again and is decided again.</summary>
    /// <param name="Message">A sentence for the person who asked.</param>
    public sealed record Refused(Refusal Reason, string Message) : CommandResult;
}
