using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>Who opens a step that may open.</summary>
public enum Driver
{
    /// <summary>The stepper itself, in the same decision.</summary>
    Embedded,

    /// <summary>Somebody else: it becomes ready, and waits for <see cref="Command.Open"/>.</summary>
    External,
}

/// <summary>
/// Decides what happens next in a project. A pure function: no clock, no I/O, no randomness; the same input gives the same
/// output, which is why production, plan tests, rehearsal and previews can share it.
/// </summary>
public static class Stepper
{
    /// <summary>
    /// Applies one command, and everything automatic that follows from it at that instant.
    /// </summary>
    /// <param name="state">Null for <see cref="Command.Start"/> only.</param>
    /// <param name="now">UTC in whole milliseconds.</param>
    public static Decision Advance(
        Plan plan, ProjectState? state, Command command, Facts facts, DateTimeOffset now, Driver driver = Driver.Embedded) =>
        throw new InvalidOperationException("Not built yet.");
}
