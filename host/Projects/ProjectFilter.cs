using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using ProcessManager.Language;

namespace ProcessManager.Host.Projects;

/// <summary>In which order a list of projects stands.</summary>
public enum ProjectOrder
{
    /// <summary>The last started first.</summary>
    Newest,

    /// <summary>The first started first.</summary>
    Oldest,

    /// <summary>By expected close, the soonest first; projects without one are left out.</summary>
    Close,
}

/// <summary>What a list of projects shows. All of it stands in the page's address, so that a list can be kept and sent on.</summary>
public sealed record ProjectFilter
{
    /// <summary>"open", "won", "lost", "cancelled" or "all".</summary>
    public string State { get; init; } = "open";

    public string? Plan { get; init; }

    public string? Type { get; init; }

    /// <summary>A stage of <see cref="Plan"/>.</summary>
    public string? Stage { get; init; }

    public string? Status { get; init; }

    /// <summary>Sign-in name; null: everybody's.</summary>
    public string? Owner { get; init; }

    /// <summary>How the title begins.</summary>
    public string? Text { get; init; }

    /// <summary>A condition in the language of plans: <c>amount &gt; 10000</c>.</summary>
    public string? Where { get; init; }

    public ProjectOrder Order { get; init; }

    /// <summary>The place behind which the page begins; null on the first.</summary>
    public string? After { get; init; }

    /// <summary>The place before which the page ends.</summary>
    public string? Before { get; init; }

    public CloseResult? Result => State switch
    {
        "won" => CloseResult.Won,
        "lost" => CloseResult.Lost,
        "cancelled" => CloseResult.Cancelled,
        _ => null,
    };

    /// <summary>True where it leaves out something of what the person could see by default.</summary>
    public bool IsNarrow => Plan is not null || Type is not null || Stage is not null || Status is not null || Owner is not null || Text is not null || Where is not null;

    public static ProjectFilter From(IQueryCollection query)
    {
        string? Given(string name) => query[name].ToString().Trim() is { Length: > 0 } text ? text : null;
        return new ProjectFilter
        {
            State = Given("state") is "won" or "lost" or "cancelled" or "all" ? Given("state")! : "open",
            Plan = Given("plan"), Type = Given("type"), Stage = Given("plan") is null ? null : Given("stage"), Status = Given("status"),
            Owner = Given("owner"), Text = Given("text"), Where = Given("where"),
            Order = Enum.TryParse<ProjectOrder>(Given("sort"), ignoreCase: true, out var order) && Enum.IsDefined(order) ? order : ProjectOrder.Newest,
            After = Given("after"), Before = Given("before"),
        };
    }

    public string Address(string? after = null, string? before = null)
    {
        var parts = new Dictionary<string, string?>
        {
            ["state"] = State == "open" ? null : State, ["plan"] = Plan, ["type"] = Type, ["stage"] = Stage, ["status"] = Status,
            ["owner"] = Owner, ["text"] = Text, ["where"] = Where, ["sort"] = Order == ProjectOrder.Newest ? null : Order.ToString().ToLowerInvariant(),
            ["after"] = after, ["before"] = before,
        };
        return QueryHelpers.AddQueryString("/projects", parts.Where(p => p.Value is not null));
    }
}

/// <summary>A project's place in an order, as a page's address carries it: "2027-03-01_17", or only the id.</summary>
internal readonly record struct ProjectPlace(DateOnly? Close, long Id)
{
    public static ProjectPlace? Read(string? text)
    {
        if (text is null) return null;
        var parts = text.Split('_');
        if (!long.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return null;
        if (parts.Length == 1) return new ProjectPlace(null, id);
        return DateOnly.TryParseExact(parts[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? new ProjectPlace(day, id) : null;
    }

    public override string ToString() => Close is { } day
        ? string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}_{Id}")
        : Id.ToString(CultureInfo.InvariantCulture);
}
