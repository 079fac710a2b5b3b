using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace ProcessManager.Host.Tasks;

/// <summary>Whose tasks a list shows.</summary>
public enum TaskTab
{
    /// <summary>Open tasks of the reader.</summary>
    Mine,

    /// <summary>Unclaimed tasks of the reader's groups.</summary>
    Queue,

    /// <summary>Open tasks of the people whose manager the reader is.</summary>
    Team,

    /// <summary>What the reader has done.</summary>
    Done,
}

/// <summary>Which tasks a list shows, as the address of the page says it.</summary>
/// <param name="Cursor">Null: from the start.</param>
public sealed record TaskFilter(TaskTab Tab, string? Group = null, string? Plan = null, string? Text = null, bool Overdue = false, TaskCursor? Cursor = null)
{
    public bool IsNarrowed => Group is not null || Plan is not null || Text is not null || Overdue;

    public static TaskFilter Read(IQueryCollection query) => new(
        Enum.TryParse<TaskTab>(query["tab"], ignoreCase: true, out var tab) && Enum.IsDefined(tab) ? tab : TaskTab.Mine,
        Given(query["group"]), Given(query["plan"]), Given(query["q"]), query["overdue"] == "1",
        TaskCursor.Read(query["after"], backwards: false) ?? TaskCursor.Read(query["before"], backwards: true));

    /// <summary>The address of this list: <c>/tasks</c> for the page, <c>/tasks/list</c> for its part.</summary>
    public string Address(string path = "/tasks") => QueryHelpers.AddQueryString(path, new Dictionary<string, string?>
    {
        ["tab"] = Tab == TaskTab.Mine ? null : Tab.ToString().ToLowerInvariant(),
        ["group"] = Group,
        ["plan"] = Plan,
        ["q"] = Text,
        ["overdue"] = Overdue ? "1" : null,
        [Cursor?.Backwards == true ? "before" : "after"] = Cursor?.ToString(),
    }.Where(entry => entry.Value is not null));

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>A place in a list: the key of the row beside it.</summary>
/// <param name="Order">The inbox order of an open task, the settling in Unix milliseconds of a done one.</param>
public sealed record TaskCursor(long Order, long Id, bool Backwards)
{
    public static TaskCursor? Read(string? text, bool backwards) =>
        text?.Split('.') is [var order, var id]
        && long.TryParse(order, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var o) && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var i)
            ? new TaskCursor(o, i, backwards) : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Order}.{Id}");
}
