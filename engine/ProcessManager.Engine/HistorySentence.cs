using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Language;
using Directory = ProcessManager.Flow.Directory;

namespace ProcessManager.Engine;

/// <summary>Says what a history row says, for people: "Ann Field completed ‘Call Ada Ltd back’ with outcome interested".</summary>
public static class HistorySentence
{
    /// <param name="plan">The plan of the project, for names of steps, stages and outcomes; ids are shown where null.</param>
    public static string Of(HistoryRow row, Plan? plan, Directory people) => throw new InvalidOperationException("Not built yet.");
}
