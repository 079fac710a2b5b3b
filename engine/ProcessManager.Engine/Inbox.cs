using ProcessManager.Language;

namespace ProcessManager.Engine;

/// <summary>One line of an inbox, as the covering index holds it.</summary>
/// <param name="Id">The task's id: <see cref="Store.Rows.TaskRow.Id"/>.</param>
/// <param name="Number">The task's number within the project, by which commands name it.</param>
/// <param name="Kind"><c>task</c>, <c>approval</c> or <c>note</c>.</param>
public sealed record InboxLine(
    long Id, long Project, int Number, string Step, string Kind, string Title, string ProjectTitle,
    string? Group, DateTimeOffset? Due, Priority Priority)
{
    /// <summary>Where the page after this line begins.</summary>
    public InboxPlace Place => new(Due?.ToUnixTimeMilliseconds() ?? Store.Rows.TaskRow.NoDue, Id);
}

/// <summary>A place between two lines of an inbox.</summary>
public readonly record struct InboxPlace(long Order, long Id)
{
    public static InboxPlace Start { get; } = new(long.MinValue, 0);
}
