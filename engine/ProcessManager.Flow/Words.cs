using System.Globalization;
using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>Names, times and values as sentences say them.</summary>
internal static class Words
{
    public static string Person(Facts facts, string name) =>
        facts.Directory.People.TryGetValue(name, out var member) ? member.DisplayName : name;

    /// <summary>A member of an <c>each</c>: a person's or contact's name, or a choice as it is.</summary>
    public static string Member(Run run, string member) =>
        run.Facts.Contacts.TryGetValue(member, out var contact) ? contact.Name : Person(run.Facts, member);

    public static string Of(EachSource source) => source switch
    {
        EachSource.RoleOf role => $"role:{role.Role}",
        EachSource.FieldOf field => field.Field,
        _ => throw new InvalidOperationException($"Unknown source {source.GetType().Name}."),
    };

    /// <summary>As a plan writes it: <c>all</c>, <c>2</c>, <c>2 accept</c>.</summary>
    public static string Need(EachRule each)
    {
        var count = each.Need == NeedRule.All ? "all" : each.Count.ToString(CultureInfo.InvariantCulture);
        return each.Outcome is null ? count : $"{count} {each.Outcome}";
    }

    public static string Status(Run run, string status) =>
        run.Facts.Organisation.FindType(run.Plan.Type)?.Statuses.GetValueOrDefault(status, status) ?? status;

    /// <summary>"at 10:42" of the same day, else "on Tue 3 Mar at 10:42", in the organisation's zone.</summary>
    public static string At(Run run, DateTimeOffset at)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(run.Facts.Organisation.Zone, out var known) ? known : run.Calendar.Zone;
        var (then, now) = (TimeZoneInfo.ConvertTime(at, zone), TimeZoneInfo.ConvertTime(run.Now, zone));
        var format = then.Date == now.Date ? "'at' HH:mm" : then.Year == now.Year ? "'on' ddd d MMM 'at' HH:mm" : "'on' d MMM yyyy 'at' HH:mm";
        return then.ToString(format, CultureInfo.InvariantCulture);
    }

    public static string Of(CloseResult result) => result switch
    {
        CloseResult.Won => "won",
        CloseResult.Lost => "lost",
        CloseResult.Cancelled => "cancelled",
        _ => throw new InvalidOperationException($"Unknown result {result}."),
    };

    public static string Of(StepPhase phase) => phase switch
    {
        StepPhase.Waiting => "waiting",
        StepPhase.Ready => "ready",
        StepPhase.Open => "open",
        StepPhase.Done => "done",
        StepPhase.Passed => "passed",
        StepPhase.Dead => "dead",
        StepPhase.Cancelled => "cancelled",
        _ => throw new InvalidOperationException($"Unknown phase {phase}."),
    };

    public static string Value(object? value) => value switch
    {
        null => "nothing",
        bool yes => yes ? "true" : "false",
        string text => text,
        IFormattable number and (decimal or int or long) => number.ToString(null, CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture),
        IReadOnlyDictionary<string, object?> => "…",
        IEnumerable<object?> list => string.Join(", ", list.Select(Value)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>"a, b or c".</summary>
    public static string Or(IEnumerable<string> all) => List(all, "or");

    /// <summary>"a, b and c".</summary>
    public static string And(IEnumerable<string> all) => List(all, "and");

    /// <summary>The parts that say something; null where none does.</summary>
    public static string? Join(string separator, params ReadOnlySpan<string?> parts)
    {
        string? joined = null;
        foreach (var part in parts)
        {
            if (!string.IsNullOrEmpty(part)) { joined = joined is null ? part : joined + separator + part; }
        }

        return joined;
    }

    private static string List(IEnumerable<string> all, string last)
    {
        string[] words = [.. all];
        return words.Length < 2 ? string.Concat(words) : $"{string.Join(", ", words[..^1])} {last} {words[^1]}";
    }
}
