using System.Collections.Immutable;
using ProcessManager.Language;

namespace ProcessManager.Tests.Properties;

/// <summary>
/// Makes valid plans from a seed, with every pattern of flow at a frequency that is known: each is named where it is drawn.
/// The same seed gives the same plan.
/// </summary>
internal sealed class PlanGenerator(int seed)
{
    private readonly Random random = new(seed);
    private readonly List<RandomStep> earlier = [];
    private int stages;

    public static RandomPlan Of(int seed) => new PlanGenerator(seed).Make();

    private RandomPlan Make()
    {
        stages = Draw((50, 1), (35, 2), (15, 3));
        return new RandomPlan([.. Enumerable.Range(0, stages).Select(Stage)]);
    }

    private static string StageId(int index) => $"stage{index + 1}";

    private RandomStage Stage(int index)
    {
        var made = new List<Made>();
        for (var count = Draw((10, 1), (20, 2), (25, 3), (20, 4), (15, 6), (10, 9)); made.Count < count;) { made.Add(Step(index, made)); }

        earlier.AddRange(made.Select(m => m.Step).Where(s => s.Kind is not (Kind.Close or Kind.GoTo)));
        var steps = made.Select(m => m.Step).ToArray();
        if (Chance(25)) { random.Shuffle(steps); }   // a step may wait for one that stands below it

        return new RandomStage(
            StageId(index), Chance(60) ? 10 * random.Next(10) : null, Chance(10),
            HumanLines.OfStage(random), [.. steps], Next(index));
    }

    /// <summary>A step with what is true whenever it opens: the steps that are then done or passed, and their outcomes.</summary>
    private sealed record Made(RandomStep Step, ImmutableDictionary<string, string?> Surely);

    private Made Step(int stage, List<Made> before)
    {
        var id = $"{(char)('a' + stage)}{before.Count + 1}";
        var (after, surely) = Chance(before.Count == 0 ? 0 : 80) ? Join(before) : (After.Nothing, NothingSure);
        var leaves = Chance(20) && CanBeAvoided(after, before);
        var kind = leaves ? (Chance(50) ? Kind.Close : Kind.GoTo) : Draw(
            (40, Kind.Task), (4, Kind.Note), (10, Kind.Approval), (4, Kind.Alert), (4, Kind.Email), (3, Kind.AwaitedEmail),
            (4, Kind.Letter), (6, Kind.Receive), (5, Kind.Http), (3, Kind.Start), (4, Kind.AwaitedStart), (8, Kind.Wait), (8, Kind.Set), (9, Kind.Decide), (10, Kind.Gate));
        var step = Flesh(new RandomStep
        {
            Id = id,
            Kind = kind,
            After = after,
            When = Chance(leaves ? 0 : 20) ? SomeCondition(surely) : null,
            Starts = Chance(10) ? Moment(surely) : null,
            Optional = !leaves && Chance(12),
            Probability = Chance(12) ? 5 * random.Next(1, 20) : null,
        }, stage, before, surely);
        return new Made(step, surely);
    }

    /// <summary>
    /// A step that leaves for good stands behind one of several outcomes that go on, and only one does so in a stage: so there is
    /// always a way to won.
    /// </summary>
    private static bool CanBeAvoided(After after, List<Made> before) =>
        after.Meeting == Meeting.All
        && !before.Exists(m => m.Step.Kind is Kind.Close or Kind.GoTo)
        && after.Ways.Any(w => w.Outcome is not null && before.Single(m => m.Step.Id == w.Step).Step.Ways.Count() > 1);

    private RandomStep Flesh(RandomStep step, int stage, List<Made> before, ImmutableDictionary<string, string?> surely)
    {
        if (step.Kind == Kind.Receive) { step = step with { Message = Pick(["ping", "pong"]), Expire = Chance(30) ? (Hours(), "timed-out") : null }; }

        var outcomes = OutcomesOf(step, stage, surely);
        if (MayRepeat(step.Kind) && Chance(25)) { (step, outcomes) = Repeat(step, outcomes, stage, surely); }

        var people = surely.Keys.Where(k => before.Single(m => m.Step.Id == k).Step.IsHuman).ToList();
        step = step with { Outcomes = outcomes };
        step = step.Kind switch
        {
            Kind.Task or Kind.Note => HumanLines.On(step, random, people) with { Expire = Expiry(step) },
            Kind.Approval => HumanLines.On(step, random, people) with
            {
                Need = Draw((40, "1"), (25, "2"), (20, "all"), (15, "majority")), Expire = Expiry(step),
            },
            Kind.Wait => step with { Until = Moment(surely) },
            Kind.Set => step with { SetTo = Chance(40) ? random.Next(10) : null },
            Kind.Decide => step with
            {
                Rules = [.. outcomes.Select((o, i) => (i == outcomes.Length - 1 ? null : SomeCondition(surely), o.Id))],
            },
            Kind.Close => step with { Deed = SomeClose() },
            Kind.GoTo => step with { Deed = new Deed.GoTo(StageId(random.Next(stages))) },
            _ => step,
        };

        // Several ways on and a condition need a word on which one counts (rule 2).
        return step.When is not null && step.Kind != Kind.Approval && step.Ways.Count() > 1 || (step.When is not null && Chance(20) && step.Ways.Any())
            ? step with { PassesAs = Pick(step.Ways.ToList()) }
            : step;
    }

    private ImmutableArray<Choice> OutcomesOf(RandomStep step, int stage, ImmutableDictionary<string, string?> surely)
    {
        string[] ids = step.Kind switch
        {
            Kind.Task => Draw<string[]>((35, ["done"]), (45, ["yes", "no"]), (20, ["yes", "no", "maybe"])),
            Kind.Approval => ["approved", "rejected"],
            Kind.Decide => Draw<string[]>((70, ["big", "small"]), (30, ["big", "middle", "small"])),
            Kind.Email => ["sent"],
            Kind.AwaitedEmail => ["sent", "failed"],
            Kind.Receive => step.Expire is null ? ["received"] : ["received", "timed-out"],
            Kind.Http => ["done", "failed"],
            Kind.Start => ["started"],
            Kind.AwaitedStart => ["won", "lost", "cancelled"],
            Kind.Close or Kind.GoTo => [],
            _ => ["done"],
        };

        // The first outcome lets the flow go on, so that every step can be waited for and none can only be done again.
        return [.. ids.Select((id, i) => new Choice(id, i == 0 || !MayAct(step.Kind) ? Deed.None : SomeDeed(step, stage, surely)))];
    }

    private static bool MayAct(Kind kind) => kind is Kind.Task or Kind.Approval or Kind.Decide or Kind.Receive or Kind.Http or Kind.AwaitedStart;

    private static bool MayRepeat(Kind kind) => kind is Kind.Task or Kind.Note or Kind.Alert or Kind.Email or Kind.AwaitedEmail
        or Kind.Letter or Kind.Receive or Kind.Http or Kind.Start or Kind.AwaitedStart;

    /// <summary>Lets a step open once per member: what it settled with is what one member does, and the whole is done, or has enough of one outcome or too few.</summary>
    private (RandomStep, ImmutableArray<Choice>) Repeat(
        RandomStep step, ImmutableArray<Choice> one, int stage, ImmutableDictionary<string, string?> surely)
    {
        ImmutableArray<string> choices = [.. one.Select(c => c.Id)];
        var number = Draw((40, "all"), (20, "any"), (25, "2"), (15, "3"));
        var wanted = number is "2" or "3" && Chance(60) || number == "any" && Chance(50);
        var need = wanted ? $"{(number == "any" ? "1" : number)} {choices[0]}" : number;
        step = step with { Each = new RandomEach(Pick(["role:crew", "people", "colours"]), need, choices) };
        return (step, wanted ? [new Choice(choices[0], Deed.None), new Choice("too-few", SomeDeed(step, stage, surely))] : [new Choice("done", Deed.None)]);
    }

    private Deed SomeDeed(RandomStep step, int stage, ImmutableDictionary<string, string?> surely) => Draw(0,
        (55, () => Deed.None),
        (28, () => new Deed.Redo(Pick([step.Id, .. surely.Keys.Order()]), Draw<AtTime?>(
            (65, null), (20, new AtTime(Hours())), (15, new AtTime(0, "field:day"))))),
        (7, () => new Deed.GoTo(StageId(random.Next(stages)))),
        (10, () => SomeClose()));

    private (int, string)? Expiry(RandomStep step) =>
        Chance(15) ? (Hours(), step.Each is { } each ? Pick(each.Choices) : Pick(step.Outcomes).Id) : null;

    // ---- joins ----

    private static readonly ImmutableDictionary<string, string?> NothingSure = ImmutableDictionary<string, string?>.Empty;

    private (After, ImmutableDictionary<string, string?>) Join(List<Made> before)
    {
        var sources = before.Where(m => m.Step.Ways.Any()).ToList();
        if (sources.Count == 0) { return (After.Nothing, NothingSure); }

        var ways = Enumerable.Range(0, Draw((45, 1), (35, 2), (20, 3))).Select(_ => Way(sources)).DistinctBy(w => w.Way.Step).ToList();
        var meeting = ways.Count == 1 ? Draw((80, Meeting.All), (10, Meeting.Any), (10, Meeting.First)) : Draw((40, Meeting.All), (25, Meeting.Any), (35, Meeting.First));
        var need = meeting == Meeting.First && ways.Count > 1 && Chance(45) ? random.Next(2, ways.Count + 1) : 1;
        if (Contradict(ways, meeting, need)) { (meeting, need) = (Meeting.Any, 1); }

        var after = new After(meeting, [.. ways.Select(w => w.Way)], need, meeting == Meeting.First && Chance(50));
        return (after, meeting == Meeting.All || need == ways.Count && meeting == Meeting.First ? All(ways) : Common(ways));
    }

    private sealed record Entry(RandomWay Way, ImmutableDictionary<string, string?> Surely);

    private Entry Way(List<Made> sources)
    {
        var from = Chance(60) ? sources[^1] : Pick(sources);
        var outcome = from.Step.Ways.Count() > 1 ? (Chance(70) ? Pick(from.Step.Ways.ToList()) : null) : Chance(15) ? from.Step.Ways.Single() : null;
        return new Entry(new RandomWay(from.Step.Id, outcome), from.Surely.SetItem(from.Step.Id, outcome));
    }

    /// <summary>Ways that need two outcomes of one step can never be live together; a plan that asks for it is refused.</summary>
    private static bool Contradict(List<Entry> ways, Meeting meeting, int need) =>
        (meeting == Meeting.All || need > 1) && ways
            .SelectMany(w => w.Surely)
            .Where(s => s.Value is not null)
            .GroupBy(s => s.Key)
            .Any(g => g.Select(s => s.Value).Distinct().Count() > 1);

    private static ImmutableDictionary<string, string?> All(List<Entry> ways) => ways
        .SelectMany(w => w.Surely)
        .GroupBy(s => s.Key)
        .ToImmutableDictionary(g => g.Key, g => g.Select(s => s.Value).FirstOrDefault(v => v is not null));

    private static ImmutableDictionary<string, string?> Common(List<Entry> ways) => ways[0].Surely
        .Where(s => ways.All(w => w.Surely.ContainsKey(s.Key)))
        .ToImmutableDictionary(s => s.Key, s => ways.All(w => w.Surely[s.Key] == s.Value) ? s.Value : null);

    // ---- conditions, times, next ----

    private Condition SomeCondition(ImmutableDictionary<string, string?> surely)
    {
        var asked = surely.Keys.Order().Where(k => surely[k] is null).ToList();
        return Draw<Func<Condition>>(
            (15, () => new Condition.Fixed(true)), (15, () => new Condition.Fixed(false)), (35, () => new Condition.Above(random.Next(8))),
            (10, () => new Condition.Missing()), (10, () => new Condition.Flagged()), (5, () => new Condition.Not(SomeCondition(surely))),
            (10, () => asked.Count == 0 ? new Condition.Flagged() : new Condition.Chose(Pick(asked), Pick(["yes", "no", "approved", "big", "done"]))))();
    }

    /// <summary>Steps of this stage are anchors only where they are done by then; those of earlier stages may never have been reached.</summary>
    private AtTime Moment(ImmutableDictionary<string, string?> surely)
    {
        var anchor = Draw(
            (45, null), (10, "stage"), (5, "start"), (15, "field:day"), (5, "2026-03-04"),
            (15, surely.IsEmpty ? null : Pick([.. surely.Keys.Order()])), (5, earlier.Count == 0 ? null : Pick(earlier).Id));
        return new AtTime(Hours(), anchor, anchor is not null && Chance(20));
    }

    private ImmutableArray<RandomNext> Next(int index)
    {
        if (Chance(75)) { return []; }

        Deed last = index == stages - 1 ? new Deed.Close(CloseResult.Won) : new Deed.GoTo(StageId(index + 1));
        Deed other = Chance(60) ? new Deed.GoTo(StageId(random.Next(stages))) : SomeClose();
        return [new RandomNext(SomeCondition(NothingSure), other), new RandomNext(null, last)];
    }

    private Deed.Close SomeClose() => new(Draw((40, CloseResult.Lost), (30, CloseResult.Cancelled), (30, CloseResult.Won)));

    private int Hours() => Draw((30, 1), (30, 5), (20, 24), (20, 72));

    // ---- drawing ----

    private bool Chance(int percent) => random.Next(100) < percent;

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private T Draw<T>(params ReadOnlySpan<(int Weight, T Value)> options)
    {
        var total = 0;
        foreach (var option in options) { total += option.Weight; }

        var at = random.Next(total);
        foreach (var option in options)
        {
            if ((at -= option.Weight) < 0) { return option.Value; }
        }

        throw new InvalidOperationException("No weights.");
    }

    private T Draw<T>(int _, params ReadOnlySpan<(int Weight, Func<T> Make)> options) => Draw(options)();
}
