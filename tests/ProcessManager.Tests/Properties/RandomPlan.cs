using System.Collections.Immutable;
using ProcessManager.Language;
using ProcessManager.Language.Time;

namespace ProcessManager.Tests.Properties;

/// <summary>
/// A plan as the generator thinks of it: the source of both the YAML that the compiler reads and the rules that the reference
/// model follows, so that neither sees the compiled plan.
/// </summary>
internal sealed record RandomPlan(ImmutableArray<RandomStage> Stages)
{
    public RandomStage StageOf(string id) => Stages.Single(s => s.Id == id);
}

/// <param name="Lines">Further lines of YAML that have no part in the flow: status, within, remind, escalate.</param>
/// <param name="Steps">In file order.</param>
/// <param name="Next">Empty: the following stage, and won after the last.</param>
internal sealed record RandomStage(
    string Id, int? Probability, bool Milestone, ImmutableArray<string> Lines, ImmutableArray<RandomStep> Steps, ImmutableArray<RandomNext> Next);

internal sealed record RandomNext(Condition? When, Deed Deed);

internal enum Kind { Task, Note, Approval, Alert, Email, AwaitedEmail, Letter, Receive, Http, Start, AwaitedStart, Wait, Set, Decide, Gate, Close, GoTo }

internal sealed record RandomStep
{
    public required string Id { get; init; }
    public required Kind Kind { get; init; }
    public required After After { get; init; }
    public Condition? When { get; init; }
    public string? PassesAs { get; init; }
    public AtTime? Starts { get; init; }
    public bool Optional { get; init; }
    public int? Probability { get; init; }
    public ImmutableArray<Choice> Outcomes { get; init; } = [];

    /// <summary>Where it opens once per member of a list.</summary>
    public RandomEach? Each { get; init; }

    /// <summary>Of a receive: the message's name.</summary>
    public string? Message { get; init; }

    /// <summary>Of a wait.</summary>
    public AtTime? Until { get; init; }

    /// <summary>Of a set: <c>n</c> becomes this, or one more where null.</summary>
    public int? SetTo { get; init; }

    /// <summary>Of a decide.</summary>
    public ImmutableArray<(Condition? When, string Outcome)> Rules { get; init; } = [];

    /// <summary>Of a close or goto.</summary>
    public Deed? Deed { get; init; }

    /// <summary>Of an approval: a number, <c>all</c> or <c>majority</c>.</summary>
    public string Need { get; init; } = "1";
    public (int Hours, string Outcome)? Expire { get; init; }

    /// <summary>Further lines of YAML that have no part in the flow: who, due, remind, escalate, form.</summary>
    public ImmutableArray<string> Lines { get; init; } = [];

    public bool IsHuman => Kind is Kind.Task or Kind.Note or Kind.Approval;

    /// <summary>The outcomes that let the flow go on.</summary>
    public IEnumerable<string> Ways => Outcomes.Where(o => o.Deed is Deed.GoOn).Select(o => o.Id);

    /// <summary>What it counts as when its condition was false (rule 2).</summary>
    public string? CountsAs => PassesAs ?? (Kind == Kind.Approval ? "approved" : Ways.Count() == 1 ? Ways.Single() : null);
}

/// <param name="List"><c>role:crew</c>, or the field <c>people</c> or <c>colours</c>.</param>
/// <param name="Need"><c>all</c>, <c>any</c>, a number, or a number and an outcome.</param>
/// <param name="Choices">What one member settles with.</param>
internal sealed record RandomEach(string List, string Need, ImmutableArray<string> Choices)
{
    /// <summary>The outcome that is needed; null where any will do.</summary>
    public string? Wanted => Need.Split(' ') is [_, var outcome] ? outcome : null;

    /// <summary>How many are needed of so many members.</summary>
    public int Of(int members) => Need.Split(' ')[0] switch { "all" => members, "any" => Math.Min(1, members), var number => Math.Min(int.Parse(number, null), members) };
}

internal sealed record Choice(string Id, Deed Deed);

/// <summary>What an outcome, a rule or a step does.</summary>
internal abstract record Deed
{
    public sealed record GoOn : Deed;

    /// <param name="Later">A bare duration or a moment at a date field; null: at once.</param>
    public sealed record Redo(string Step, AtTime? Later) : Deed;
    public sealed record GoTo(string Stage) : Deed;
    public sealed record Close(CloseResult Result) : Deed;

    public static readonly Deed None = new GoOn();
}

internal enum Meeting { Start, All, Any, First }

internal sealed record After(Meeting Meeting, ImmutableArray<RandomWay> Ways, int Need = 1, bool CancelRest = false)
{
    public static readonly After Nothing = new(Meeting.Start, []);
}

internal sealed record RandomWay(string Step, string? Outcome)
{
    public override string ToString() => Outcome is null ? Step : $"{Step}.{Outcome}";
}

/// <summary>A moment: some hours after or before an anchor; without one, hours from where the key says.</summary>
/// <param name="Anchor"><c>stage</c>, <c>start</c>, <c>field:day</c>, a step, a date; null for a bare duration.</param>
internal sealed record AtTime(int Hours, string? Anchor = null, bool Before = false)
{
    public override string ToString() =>
        Anchor is null ? Length.Text : Hours == 0 ? $"at {Anchor}" : $"{Length} {(Before ? "before" : "after")} {Anchor}";

    public bool IsDays => Hours % 24 == 0;

    public Duration Length => IsDays
        ? new Duration(0, Hours / 24, TimeSpan.Zero, 0, TimeSpan.Zero, $"{Hours / 24} days")
        : new Duration(0, 0, TimeSpan.FromHours(Hours), 0, TimeSpan.Zero, $"{Hours} hours");
}

/// <summary>A condition over the fields <c>n</c> (number) and <c>flag</c> (yes-no), or the outcome of a step before.</summary>
internal abstract record Condition
{
    public sealed record Fixed(bool Value) : Condition { public override string ToString() => Value ? "true" : "false"; }
    public sealed record Above(int Limit) : Condition { public override string ToString() => $"n > {Limit}"; }
    public sealed record Missing : Condition { public override string ToString() => "n = null"; }
    public sealed record Flagged : Condition { public override string ToString() => "flag"; }
    public sealed record Chose(string Step, string Outcome) : Condition { public override string ToString() => $"{Step}.outcome = \"{Outcome}\""; }
    public sealed record Not(Condition Inner) : Condition { public override string ToString() => $"not({Inner})"; }
}
