using System.Globalization;
using ProcessManager.Flow;
using ProcessManager.Language;
using ProcessManager.Language.Time;

namespace ProcessManager.Tests.Properties;

/// <summary>
/// What sections 4, 6 and 7 of the plan language say of which steps are waiting, open, done, passed, dead or cancelled: written
/// from those pages alone, as plainly as possible, and knowing neither the compiled plan nor the stepper. After every command
/// it starts again from what has been settled and looks for whatever may happen next, until nothing does.
/// </summary>
internal sealed partial class ReferenceModel(RandomPlan plan, WorkingCalendar calendar)
{
    private const int TooMany = 1_000;

    private readonly Dictionary<string, object?> fields = new() { ["n"] = null, ["flag"] = false, ["day"] = null };
    private readonly Dictionary<string, DateTimeOffset> settledBefore = [];
    private List<ModelStep> steps = [];
    private DateTimeOffset now, started, entered;
    private DateTimeOffset? heldSince;
    private int automatic;
    private bool firing;

    public RandomStage? Stage { get; private set; }
    public int Visits { get; private set; }
    public CloseResult? Closed { get; private set; }
    public int Probability { get; private set; }

    /// <summary>It goes round in circles without anybody or any time (rule 11).</summary>
    public bool Faulted { get; private set; }
    public IReadOnlyList<ModelStep> Steps => steps;

    // ---- commands ----

    public void Start(DateTimeOffset at, IReadOnlyDictionary<string, object?> given, IReadOnlyList<string> crew)
    {
        started = at;
        lists["role:crew"] = crew;
        Do(at, () => { SetFields(given); Enter(plan.Stages[0]); });
    }

    public void Complete(DateTimeOffset at, string step, string? member, string outcome, IReadOnlyDictionary<string, object?> given) =>
        Do(at, () => { SetFields(given); End(Find(step), member, outcome); });

    /// <summary>The world has done what the step asked of it.</summary>
    public void Result(DateTimeOffset at, string step, string? member, string outcome, decimal? n = null) => Do(at, () =>
    {
        if (n is not null) { fields["n"] = n; }
        End(Find(step), member, outcome);
    });

    /// <param name="voters">How many were asked.</param>
    public void Vote(DateTimeOffset at, string step, bool approve, int voters, IReadOnlyDictionary<string, object?> given) => Do(at, () =>
    {
        SetFields(given);
        var s = Find(step);
        if (approve) { s.Approvals++; } else { s.Rejections++; }

        var need = s.Plan.Need switch { "all" => voters, "majority" => (voters / 2) + 1, var number => int.Parse(number, null) };
        if (s.Approvals >= need) { Settle(s, StepPhase.Done, "approved"); }
        else if (need <= voters && voters - s.Rejections < need) { Settle(s, StepPhase.Done, "rejected"); }
    });

    public void Set(DateTimeOffset at, IReadOnlyDictionary<string, object?> given) => Do(at, () => SetFields(given));

    public void Bypass(DateTimeOffset at, string step, string? outcome) => Do(at, () =>
    {
        var s = Find(step);
        outcome ??= s.Plan.CountsAs;
        if (s.Phase == StepPhase.Open || s.LiveAt is not null) { Settle(s, StepPhase.Passed, outcome); }
        else { s.Bypassed = true; s.BypassedAs = outcome; }
    });

    public void Close(DateTimeOffset at, CloseResult result) => Do(at, () => End(result));

    public void Hold(DateTimeOffset at) => heldSince = at;

    /// <summary>What hangs on a date field stays where it is; all other times move by the time held.</summary>
    public void Resume(DateTimeOffset at)
    {
        // What hangs on a date, in a field or written in the plan, does not move.
        foreach (var s in steps.Where(s => s.Due is not null && !(s.Hangs?.Anchor is { } a && (a == "field:day" || char.IsDigit(a[0])))))
        {
            s.Due += at - heldSince!.Value;
        }


        foreach (var s in steps)
        {
            s.ExpiresAt += at - heldSince!.Value;
            foreach (var m in s.Members) { m.ExpiresAt += at - heldSince!.Value; }
        }

        heldSince = null;
        Do(at, TakeKept);
    }

    /// <summary>Everything that is due is done before the stage is looked at as a whole.</summary>
    public void FireTimers(DateTimeOffset at)
    {
        firing = true;
        Do(at, () => { });
        firing = false;
    }

    /// <summary>The earliest first; at one instant expire, then waits, then openings, then file order.</summary>
    private bool FireNext()
    {
        var act = steps
            .Where(s => firing || s.Hurried)
            .SelectMany((s, i) => new[]
            {
                (At: s.Phase == StepPhase.Open ? s.ExpiresAt : null, Rank: 0, File: i, Act: (Action)(() => Settle(s, StepPhase.Done, s.Plan.Expire!.Value.Outcome))),
                (At: s.Phase == StepPhase.Open ? s.Due : null, Rank: 1, File: i, Act: () => Settle(s, StepPhase.Done, "done")),
                (At: s.Phase == StepPhase.Waiting ? s.Due : null, Rank: 2, File: i, Act: () => s.MayOpen = true),
            }.Concat(s.Phase != StepPhase.Open ? [] : s.Members.Where(m => m.Phase == StepPhase.Open).Select(m =>
                (At: m.ExpiresAt, Rank: 0, File: i, Act: (Action)(() => End(m, s.Plan.Expire!.Value.Outcome))))))
            .Where(d => d.At <= now)
            .OrderBy(d => d.At).ThenBy(d => d.Rank).ThenBy(d => d.File)
            .FirstOrDefault().Act;
        act?.Invoke();
        return act is not null;
    }

    // ---- what happens by itself ----

    private bool Running => Closed is null && !Faulted && heldSince is null;

    private void Do(DateTimeOffset at, Action act)
    {
        (now, automatic) = (at, 0);
        act();
        while (Running && SomethingHappens()) { }
    }

    /// <summary>One thing at a time, in file order, and what is worked out at once before what opens.</summary>
    private bool SomethingHappens() => FollowLists() || LookAtWays() || OpenNext() || FireNext() || Leave() || Complete();

    private bool LookAtWays()
    {
        if (steps.FirstOrDefault(s => s.Phase == StepPhase.Waiting && s.LiveAt is null && (IsDead(s) || IsLive(s))) is not { } s) { return false; }

        if (IsDead(s)) { Cancel(s, StepPhase.Dead); return true; }

        s.LiveAt = now;
        s.Winners = WinnersOf(s);
        Await(s, s.Plan.Starts);
        if (s.Plan.After.CancelRest) { CancelRest(s); }
        return true;
    }

    private void CancelRest(ModelStep join)
    {
        var rest = join.Plan.After.Ways.Select(w => Find(w.Step)).Where(s => !s.IsSettled).ToHashSet();
        while (rest.Count > 0 && steps.FirstOrDefault(s => !s.IsSettled && !rest.Contains(s) && Followers(s) is { Count: > 0 } f && f.All(rest.Contains)) is { } more)
        {
            rest.Add(more);
        }

        foreach (var s in rest) { Cancel(s); }
    }

    private HashSet<string> WinnersOf(ModelStep s) => s.Plan.After.Meeting != Meeting.First ? []
        : [.. s.Plan.After.Ways.Where(w => State(w) == true).Take(s.Plan.After.Need).Select(w => w.Step)];

    private bool OpenNext()
    {
        if (steps.FirstOrDefault(s => s.Phase == StepPhase.Waiting && s.LiveAt is not null && (s.MayOpen || s.Bypassed)) is not { } s) { return false; }

        if (CountAutomatic()) { Open(s); }
        return true;
    }

    private void Open(ModelStep s)
    {
        (s.Due, s.Hangs, s.MayOpen) = (null, null, false);
        if (s.Bypassed) { Settle(s, StepPhase.Passed, s.BypassedAs); return; }
        if (s.Plan.When is { } when && !Holds(when)) { Settle(s, StepPhase.Passed, s.Plan.CountsAs); return; }

        s.Phase = StepPhase.Open;
        s.Occurrence++;
        (s.Approvals, s.Rejections) = (0, 0);
        s.OpenedAt = now;
        s.Members.Clear();
        if (s.Plan.Each is not null) { return; }   // its members come next

        s.ExpiresAt = s.Plan.Expire is { } expire ? now.AddHours(expire.Hours) : null;
        switch (s.Plan.Kind)
        {
            case Kind.Receive:
                if (Taken(s)) { Settle(s, StepPhase.Done, "received"); }
                break;
            case Kind.Wait:
                Await(s, s.Plan.Until);
                if (s.MayOpen) { Settle(s, StepPhase.Done, "done"); }
                break;
            case Kind.Set:
                fields["n"] = s.Plan.SetTo ?? (decimal?)fields["n"] + 1;
                Settle(s, StepPhase.Done, "done");
                break;
            case Kind.Decide:
                Settle(s, StepPhase.Done, s.Plan.Rules.First(r => r.When is null || Holds(r.When)).Outcome);
                break;
            case Kind.Gate or Kind.Alert:
                Settle(s, StepPhase.Done, "done");
                break;
            case Kind.Email:
                Settle(s, StepPhase.Done, "sent");
                break;
            default:
                break;   // people, the post, or the end of everything automatic settle it
        }
    }

    /// <summary>A goto or close step acts when nothing automatic is left; of several the first in the file.</summary>
    private bool Leave()
    {
        if (steps.FirstOrDefault(s => s.Phase == StepPhase.Open && s.Plan.Deed is not null) is not { } s) { return false; }

        Settle(s, StepPhase.Done, null);
        Act(s.Plan.Deed!);
        return true;
    }

    private bool Complete()
    {
        if (!steps.All(s => s.IsSettled || s.Plan.Optional)) { return false; }

        var next = Stage!.Next.FirstOrDefault(r => r.When is null || Holds(r.When))?.Deed
            ?? (Stage == plan.Stages[^1] ? new Deed.Close(CloseResult.Won) : new Deed.GoTo(plan.Stages[plan.Stages.IndexOf(Stage) + 1].Id));
        Act(next);
        return true;
    }

    // ---- settling and what it does ----

    private void Settle(ModelStep s, StepPhase phase, string? outcome)
    {
        (s.Phase, s.Outcome, s.Due, s.Hangs, s.ExpiresAt) = (phase, outcome, null, null, null);
        settledBefore[s.Id] = now;
        (s.Bypassed, s.BypassedAs) = (false, null);
        var deed = s.Plan.Outcomes.FirstOrDefault(o => o.Id == outcome)?.Deed ?? Deed.None;
        if (deed is not Deed.Redo) { Probability = s.Plan.Probability ?? Probability; }
        Act(deed);
    }

    private void Act(Deed deed)
    {
        switch (deed)
        {
            case Deed.Redo redo: Redo(Find(redo.Step), redo.Later); break;
            case Deed.GoTo to: if (CountAutomatic()) { Enter(plan.StageOf(to.Stage)); } break;
            case Deed.Close close: End(close.Result); break;
            default: break;
        }
    }

    private void Redo(ModelStep x, AtTime? later)
    {
        foreach (var s in RestingOn(x)) { s.SetBack(); }

        // Its inputs do not rest on it, so they are as they were: only the time is new, and `starts` isn't applied.
        x.LiveAt = now;
        x.Winners = WinnersOf(x);
        Await(x, later);
    }

    /// <summary>x and what follows it; not a first join that another way opened, nor what only follows that.</summary>
    private HashSet<ModelStep> RestingOn(ModelStep x)
    {
        var resting = new HashSet<ModelStep> { x };
        while (steps.FirstOrDefault(s => !resting.Contains(s) && s.Plan.After.Ways.Any(w => resting.Contains(Find(w.Step))
            && (s.Winners.Count == 0 || s.Winners.Contains(w.Step)))) is { } next)
        {
            resting.Add(next);
        }

        return resting;
    }

    private void Enter(RandomStage stage)
    {
        foreach (var s in steps.Where(s => !s.IsSettled)) { Cancel(s); }
        (Stage, entered, steps) = (stage, now, [.. stage.Steps.Select(s => new ModelStep(s))]);
        Visits++;
        Probability = stage.Probability ?? Probability;
    }

    private void End(CloseResult result)
    {
        foreach (var s in steps.Where(s => !s.IsSettled)) { Cancel(s); }
        Closed = result;
        kept.Clear();
        Probability = result == CloseResult.Won ? 100 : 0;
    }

    private void Cancel(ModelStep s, StepPhase phase = StepPhase.Cancelled)
    {
        settledBefore.Remove(s.Id);
        (s.Phase, s.Outcome, s.Due, s.Hangs, s.ExpiresAt) = (phase, null, null, null, null);
        (s.Winners, s.Bypassed, s.BypassedAs) = ([], false, null);
    }

    /// <returns>False where it was one too many.</returns>
    private bool CountAutomatic() => !(Faulted = ++automatic > TooMany);

    // ---- ways ----

    /// <summary>Live, dead (false), or not settled yet (null).</summary>
    private bool? State(RandomWay way)
    {
        var from = Find(way.Step);
        return !from.IsSettled ? null
            : from.Phase is StepPhase.Done or StepPhase.Passed && (way.Outcome is null || way.Outcome == from.Outcome);
    }

    private bool IsLive(ModelStep s)
    {
        var ways = s.Plan.After.Ways.Select(State).ToList();
        return s.Plan.After.Meeting switch
        {
            Meeting.Any => ways.All(w => w is not null) && ways.Contains(true),
            Meeting.First => ways.Count(w => w == true) >= s.Plan.After.Need,
            _ => ways.All(w => w == true),
        };
    }

    private bool IsDead(ModelStep s)
    {
        var ways = s.Plan.After.Ways.Select(State).ToList();
        return s.Plan.After.Meeting switch
        {
            Meeting.Start => false,
            Meeting.All => ways.Contains(false),
            Meeting.Any => ways.All(w => w == false),
            _ => ways.Count(w => w != false) < s.Plan.After.Need,
        };
    }

    private List<ModelStep> Followers(ModelStep of) => [.. steps.Where(s => s.Plan.After.Ways.Any(w => w.Step == of.Id))];

    private ModelStep Find(string id) => steps.Single(s => s.Id == id);

    // ---- conditions and times ----

    private bool Holds(Condition condition) => condition switch
    {
        Condition.Fixed c => c.Value,
        Condition.Above c => fields["n"] is decimal n && n > c.Limit,
        Condition.Missing => fields["n"] is null,
        Condition.Flagged => fields["flag"] is true,
        Condition.Chose c => Find(c.Step).Outcome == c.Outcome,
        Condition.Not { Inner: Condition.Above } when fields["n"] is null => false,   // not(null) is null, which counts as false
        Condition.Not { Inner: Condition.Flagged } when fields["flag"] is null => false,
        Condition.Not { Inner: Condition.Chose c } when Find(c.Step).Outcome is null => false,
        Condition.Not c => !Holds(c.Inner),
        _ => throw new ArgumentOutOfRangeException(nameof(condition)),
    };

    private void SetFields(IReadOnlyDictionary<string, object?> given)
    {
        foreach (var (field, value) in given)
        {
            if (lists.ContainsKey(field)) { lists[field] = value is IEnumerable<string> members ? [.. members] : []; }
            else { fields[field] = value; }
        }

        foreach (var s in steps.Where(s => s.Hangs?.Anchor == "field:day"))
        {
            s.Due = Moment(s, s.Hangs!);
            s.Hurried = s.Due <= now;
        }
    }

    /// <summary>Lets a step wait for a moment; none, or one in the past, is now.</summary>
    private void Await(ModelStep s, AtTime? moment)
    {
        (s.Hangs, s.Due, s.Hurried) = (moment, moment is null ? now : Moment(s, moment), false);
        s.MayOpen = s.Due <= now;
    }

    /// <summary>Days after a date are counted as dates; a start or wait from a date is the beginning of that working day.</summary>
    private DateTimeOffset? Moment(ModelStep s, AtTime moment)
    {
        var date = moment.Anchor switch
        {
            "field:day" => fields["day"] as DateOnly?,
            ['2', '0', ..] => DateOnly.Parse(moment.Anchor, CultureInfo.InvariantCulture),
            _ => null,
        };
        if (date is { } day && moment.IsDays) { return calendar.StartOfWorkingDay(day.AddDays((moment.Before ? -moment.Hours : moment.Hours) / 24)); }

        var from = date is { } fixedDay ? calendar.StartOfWorkingDay(fixedDay) : moment.Anchor switch
        {
            null => s.LiveAt,
            "stage" => entered,
            "start" => started,
            "field:day" => null,
            var step => settledBefore.TryGetValue(step, out var at) ? at : now,
        };
        return from is not { } start ? null : moment.Before ? calendar.Subtract(start, moment.Length) : calendar.Add(start, moment.Length);
    }
}
