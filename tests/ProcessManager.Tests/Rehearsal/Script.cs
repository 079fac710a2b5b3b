using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using ProcessManager.Flow;
using ProcessManager.Language;
using ProcessManager.Language.Time;

namespace ProcessManager.Tests.Rehearsing;

/// <summary>
/// A run of a plan as people do it, one thing a line, in the verbs of plan tests: <c>complete call as interested with
/// product=Gold; amount=12000 by sam</c>. Lines that begin with <c>#</c> are remarks.
/// </summary>
internal static partial class Script
{
    /// <param name="lines">First <c>at</c>, then <c>prospect</c> where there is one, then <c>start</c>, then what is done.</param>
    public static Rehearsal Run(Plan plan, Definitions definitions, IEnumerable<string> lines)
    {
        var parts = lines.Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#').Select(l => Line().Match(l)).ToList();
        var facts = Cast.Facts(definitions, parts.FirstOrDefault(p => p.Groups["verb"].Value == "prospect")?.Groups["what"].Value);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(facts.Organisation.Zone);
        var rehearsal = new Rehearsal(plan, facts, Moment(parts[0].Groups["what"].Value, zone));
        foreach (var part in parts.Where(p => p.Groups["verb"].Value is not ("at" or "prospect"))) { Do(rehearsal, part, zone); }

        return rehearsal;
    }

    private static void Do(Rehearsal rehearsal, Match line, TimeZoneInfo zone)
    {
        var what = line.Groups["what"].Value;
        var by = Text(line, "by");
        switch (line.Groups["verb"].Value)
        {
            case "start":
                rehearsal.Do(new Command.Start(Text(line, "to"), Fields(line), Roles(line)) { Actor = by });
                break;
            case "complete":
                rehearsal.Complete(what, Text(line, "as"), Fields(line), by, Text(line, "to"));
                break;
            case "message":
                rehearsal.Receive(what, Fields(line), by);
                break;
            case "answer":
                rehearsal.Answer(what, Fields(line).ToDictionary(f => f.Key, f => f.Value), Text(line, "why"), Text(line, "to"));
                break;
            case "child":
                rehearsal.CloseChild(what, Enum.Parse<CloseResult>(Text(line, "as")!, ignoreCase: true), Text(line, "to"));
                break;
            case "deliver":
                rehearsal.Deliver(what, Text(line, "why"), Text(line, "to"));
                break;
            case "fill":
                foreach (var (role, people) in Roles(line)) { rehearsal.Do(new Command.SetRole(role, people) { Actor = by }); }
                break;
            case "add":
                rehearsal.AddTask(what, Text(line, "to"), by: by);
                break;
            case "own":
                rehearsal.Do(new Command.SetOwner(what) { Actor = by });
                break;
            case "approve" or "reject" when by is not null:
                foreach (var voter in by.Split(", ")) { rehearsal.Vote(what, line.Groups["verb"].Value == "approve", voter); }
                break;
            case "bypass":
                rehearsal.Do(new Command.Bypass(what, Text(line, "as"), line.Groups["why"].Value) { Actor = by });
                break;
            case "set":
                rehearsal.Do(new Command.SetFields(Fields(line)) { Actor = by });
                break;
            case "assign":
                rehearsal.Assign(what, Text(line, "to")!, by);
                break;
            case "due":
                rehearsal.SetDue(what, Moment(Text(line, "to")!, zone), by);
                break;
            case "hold":
                rehearsal.Do(new Command.PutOnHold(line.Groups["why"].Value) { Actor = by });
                break;
            case "resume":
                rehearsal.Do(new Command.Resume { Actor = by });
                break;
            case "close":
                rehearsal.Do(new Command.Close(Enum.Parse<CloseResult>(what, ignoreCase: true), Text(line, "as"), Text(line, "why")) { Actor = by });
                break;
            case "pass":
                rehearsal.Pass(DurationParser.Parse(SourceText.Of(what), [])!);
                break;
            case "until":
                rehearsal.Until(Moment(what, zone));
                break;
            default:
                throw new FormatException($"Not a line of a script: {line.Value}");
        }
    }

    private static DateTimeOffset Moment(string text, TimeZoneInfo zone)
    {
        var local = DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private static string? Text(Match line, string group) => line.Groups[group] is { Success: true } found ? found.Value : null;

    /// <summary>Values as a form sends them: the stepper brings them into their fields' kinds.</summary>
    private static ImmutableSortedDictionary<string, object?> Fields(Match line) =>
        Cast.Pairs(line.Groups["with"].Value).ToImmutableSortedDictionary(p => p.Key, p => (object?)p.Value, StringComparer.Ordinal);

    /// <summary><c>where reviewer=rita+rolf</c></summary>
    private static ImmutableSortedDictionary<string, ImmutableArray<string>> Roles(Match line) =>
        Cast.Pairs(line.Groups["where"].Value).ToImmutableSortedDictionary(p => p.Key, p => p.Value.Split('+').ToImmutableArray(), StringComparer.Ordinal);

    [GeneratedRegex("^(?<verb>\\w+)(?: (?!(?:as|to|with|where|because|by) )(?<what>.+?))?(?: as (?<as>\\S+))?(?: to (?<to>.+?))?(?: with (?<with>.+?))?(?: where (?<where>.+?))?(?: because (?<why>.+?))?(?: by (?<by>[a-z, ]+))?$")]
    private static partial Regex Line();
}

/// <summary>The people of the example association: a few for each group, all under one manager, one administrator.</summary>
internal static class Cast
{
    private static readonly Dictionary<string, string[]> Groups = new()
    {
        ["sales"] = ["sam", "sue"], ["sales-leads"] = ["lee"], ["finance"] = ["fay", "finn"], ["shipping"] = ["sid"],
        ["membership"] = ["mia", "max"], ["committee"] = ["carl", "cleo", "cora"], ["editors"] = ["emil", "eva"],
        ["reviewers"] = ["rita", "rolf"], ["support"] = ["sofia", "stan"], ["second-level"] = ["olga", "otto"], ["management"] = ["maria"],
        ["fundraising"] = ["gil", "gwen"], ["events"] = ["enzo", "esra"], ["marketing"] = ["mark"],
    };

    public static Facts Facts(Definitions definitions, string? prospect) => new()
    {
        Organisation = definitions.Organisation!,
        Calendars = definitions.Calendars,
        Prospect = prospect is null ? null : Pairs(prospect).ToDictionary(p => p.Key, p => (object?)p.Value),
        Directory = new ProcessManager.Flow.Directory
        {
            Groups = Groups.ToImmutableDictionary(g => g.Key, g => g.Value.ToImmutableArray()),
            People = Groups.Values.SelectMany(g => g).Append("root").ToImmutableDictionary(n => n, n => new Member(
                n, n, $"{n}@example.org", n is "maria" or "root" ? null : "maria", n == "root", false, [])),
        },
    };

    /// <summary><c>a=1; b=2</c></summary>
    public static IEnumerable<KeyValuePair<string, string>> Pairs(string text) => text
        .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(p => p.Split('=', 2))
        .Select(p => KeyValuePair.Create(p[0], p[1]));
}
