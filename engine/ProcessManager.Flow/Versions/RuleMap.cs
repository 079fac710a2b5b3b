using System.Collections.Immutable;
using ProcessManager.Language;

namespace ProcessManager.Flow.Versions;

/// <summary>
/// Which reminder, escalation or notice of one version is which of another: those that say the same are the same, whatever
/// their place in the list.
/// </summary>
internal sealed class RuleMap
{
    private readonly int?[] there;
    private readonly ImmutableArray<int> added;

    private RuleMap(string[] from, string[] to)
    {
        there = new int?[from.Length];
        var free = Enumerable.Range(0, to.Length).ToList();
        for (var i = 0; i < from.Length; i++)
        {
            var place = free.FindIndex(t => to[t] == from[i]);
            if (place < 0) { continue; }
            there[i] = free[place];
            free.RemoveAt(place);
        }

        added = [.. free];
    }

    /// <summary>The rules that the other version has and this one has not.</summary>
    public ImmutableArray<int> Added => added;

    /// <summary>Its place there; null where it is gone.</summary>
    public int? Of(int rule) => rule < there.Length ? there[rule] : null;

    public ImmutableArray<int> Of(ImmutableArray<int> rules) => [.. rules.Select(Of).OfType<int>()];

    public static RuleMap Reminders(HumanWork? from, HumanWork? to) =>
        new([.. (from?.Reminders ?? []).Select(r => r.Text)], [.. (to?.Reminders ?? []).Select(r => r.Text)]);

    public static RuleMap Escalations(HumanWork? from, HumanWork? to) => new(Texts(from?.Escalations ?? []), Texts(to?.Escalations ?? []));

    public static RuleMap Notices(HumanWork? from, HumanWork? to) => new(Texts(from?.Notify ?? []), Texts(to?.Notify ?? []));

    public static RuleMap Reminders(StageDeadline? from, StageDeadline? to) =>
        new([.. (from?.Reminders ?? []).Select(r => r.Text)], [.. (to?.Reminders ?? []).Select(r => r.Text)]);

    public static RuleMap Escalations(StageDeadline? from, StageDeadline? to) => new(Texts(from?.Escalations ?? []), Texts(to?.Escalations ?? []));

    private static string[] Texts(ImmutableArray<Notification> rules) => [.. rules.Select(n => $"{n.On} {n.To.Text}")];

    private static string[] Texts(ImmutableArray<Escalation> rules) => [.. rules.Select(e => $"{e.At.Text} {Text(e.Action)}")];

    private static string Text(EscalationAction action) => action switch
    {
        EscalationAction.Alert alert => $"alert {alert.To.Text}",
        EscalationAction.Reassign reassign => $"reassign {reassign.To.Text}",
        EscalationAction.Raise raise => $"raise {raise.To}",
        _ => throw new InvalidOperationException($"Unknown escalation {action.GetType().Name}."),
    };
}
