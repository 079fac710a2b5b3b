using ProcessManager.Flow;

namespace ProcessManager.Tests.Properties;

/// <summary>What section 6 of the plan language says of steps for each member, and of messages.</summary>
internal sealed partial class ReferenceModel
{
    private readonly Dictionary<string, IReadOnlyList<string>> lists = new() { ["role:crew"] = [], ["people"] = [], ["colours"] = [] };
    private readonly List<(string Name, string Key, decimal? N)> kept = [];
    private readonly HashSet<string> keys = [];

    /// <summary>Messages that wait to be taken, in the order in which they came.</summary>
    public IEnumerable<string> Kept => kept.Select(k => k.Key);

    /// <summary>A message is taken by whoever has waited for it longest, or kept; the same key twice is one message.</summary>
    public void Receive(DateTimeOffset at, string name, string key, decimal? n)
    {
        if (!keys.Add(key)) { return; }

        Do(at, () => { kept.Add((name, key, n)); if (Running) { TakeKept(); } });
    }

    public void FillCrew(DateTimeOffset at, IReadOnlyList<string> crew) => Do(at, () => lists["role:crew"] = crew);

    /// <summary>New members get a part and removed ones lose theirs; then the step settles as soon as its result is certain.</summary>
    private bool FollowLists()
    {
        foreach (var s in steps.Where(s => s.Phase == StepPhase.Open && s.Plan.Each is not null))
        {
            var each = s.Plan.Each!;
            foreach (var gone in s.Members.Where(m => m.Phase == StepPhase.Open && !lists[each.List].Contains(m.Id))) { gone.Phase = StepPhase.Cancelled; }
            foreach (var id in lists[each.List].Where(id => !s.Members.Exists(m => m.Id == id && m.Phase != StepPhase.Cancelled))) { Open(s, id); }

            var asked = s.Members.FindAll(m => m.Phase != StepPhase.Cancelled);
            var open = asked.Count(m => m.Phase == StepPhase.Open);
            var good = asked.Count(m => m.Phase == StepPhase.Done && (each.Wanted is null || m.Outcome == each.Wanted));
            if (asked.Count == 0) { Settle(s, StepPhase.Passed, each.Wanted is null ? "done" : "too-few"); return true; }
            if (good >= each.Of(asked.Count)) { Settle(s, StepPhase.Done, each.Wanted ?? "done"); return true; }
            if (good + open < each.Of(asked.Count)) { Settle(s, StepPhase.Done, "too-few"); return true; }
        }

        return false;
    }

    private void Open(ModelStep s, string member)
    {
        var m = new ModelMember(member, now);
        s.Members.Add(m);
        switch (s.Plan.Kind)
        {
            case Kind.Alert: End(m, "done"); break;
            case Kind.Email: End(m, "sent"); break;
            case Kind.Receive when Taken(s): End(m, "received"); break;
            default: m.ExpiresAt = s.Plan.Expire is { } expire ? now.AddHours(expire.Hours) : null; break;
        }
    }

    /// <summary>Each message goes to the step, or the member, that has waited for it longest.</summary>
    private void TakeKept()
    {
        foreach (var message in kept.ToArray())
        {
            var waiting = steps
                .Where(s => s.Phase == StepPhase.Open && s.Plan.Message == message.Name)
                .SelectMany(s => s.Plan.Each is null ? [(Since: s.OpenedAt, Act: (Action)(() => Settle(s, StepPhase.Done, "received")))]
                    : s.Members.Where(m => m.Phase == StepPhase.Open).Select(m => (Since: m.OpenedAt, Act: (Action)(() => End(m, "received")))))
                .OrderBy(w => w.Since)
                .FirstOrDefault().Act;
            if (waiting is null || !Running) { continue; }

            Take(message);
            waiting();
        }
    }

    /// <summary>True where a message was kept for a step that opens.</summary>
    private bool Taken(ModelStep s)
    {
        var at = kept.FindIndex(k => k.Name == s.Plan.Message);
        if (at >= 0) { Take(kept[at]); }
        return at >= 0;
    }

    private void Take((string Name, string Key, decimal? N) message)
    {
        kept.Remove(message);
        if (message.N is not null) { fields["n"] = message.N; }
    }

    /// <summary>Ends the step, or one member's part of it.</summary>
    private void End(ModelStep s, string? member, string outcome)
    {
        if (member is null) { Settle(s, StepPhase.Done, outcome); }
        else { End(s.Members.Last(m => m.Id == member && m.Phase == StepPhase.Open), outcome); }
    }

    private static void End(ModelMember m, string outcome) => (m.Phase, m.Outcome, m.ExpiresAt) = (StepPhase.Done, outcome, null);
}
