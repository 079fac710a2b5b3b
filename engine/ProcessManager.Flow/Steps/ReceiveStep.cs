using System.Collections.Immutable;
using ProcessManager.Language;

namespace ProcessManager.Flow.Steps;

/// <summary>
/// Messages about the project. One is taken by the <c>receive</c> that has been open longest, at once or when one opens;
/// until then it is kept.
/// </summary>
internal static class ReceiveStep
{
    public const string Received = "received";

    /// <summary>How many keys of taken messages are remembered.</summary>
    private const int Remembered = 200;

    public static void Open(Run run, int index, ReceiveKind receive)
    {
        foreach (var kept in run.State.Messages.Where(m => m.Name == receive.Message).ToArray())
        {
            if (Fit(run, receive, kept.Fields, out var fields) is not null) { continue; }
            run.State = run.State with { Messages = run.State.Messages.Remove(kept) };
            run.Emit(new FlowEvent.MessageTaken(kept.Name, kept.Key, run.Step(index).Id) { Why = Because(run, index) });
            Take(run, index, kept.Key, fields, kept.By);
            return;
        }

        Tasks.SetExpiry(run, index);
    }

    public static Decision.Refused? Receive(Run run, Command.Receive command)
    {
        if (string.IsNullOrWhiteSpace(command.Message) || string.IsNullOrWhiteSpace(command.Key)) { return Refuse.Invalid("A message has a name and a key."); }
        if (run.State.Messages.Any(m => m.Key == command.Key) || run.State.Received.Contains(command.Key)) { return null; }
        var kinds = run.Plan.Steps.Select(s => s.Kind).OfType<ReceiveKind>().ToArray();
        if (!kinds.Any(k => k.Message == command.Message))
        {
            var known = kinds.Select(k => k.Message).Distinct().ToArray();
            return Refuse.NotFound($"No step of this plan waits for a message “{command.Message}”{(known.Length == 0 ? "" : $"; there are {Words.And(known)}")}.");
        }

        string? problem = null;
        if (run.GoesOn)
        {
            foreach (var (index, member) in OpenLongest(run, command.Message))
            {
                if (Fit(run, (ReceiveKind)run.Step(index).Kind, command.Fields, out var fields) is { } unfit) { problem ??= unfit; continue; }
                using var turn = run.ForMember(member);
                run.Emit(new FlowEvent.MessageReceived(command.Message, command.Key, run.Step(index).Id));
                Take(run, index, command.Key, fields, run.Actor);
                return null;
            }
        }

        return problem is null ? Keep(run, command, kinds.Where(k => k.Message == command.Message)) : Refuse.Invalid(problem);
    }

    /// <summary>After a hold or a fault: what came meanwhile is taken by what has been open, in the order in which it came.</summary>
    public static void TakeKept(Run run)
    {
        foreach (var kept in run.State.Messages)
        {
            foreach (var (index, member) in OpenLongest(run, kept.Name))
            {
                if (Fit(run, (ReceiveKind)run.Step(index).Kind, kept.Fields, out var fields) is not null) { continue; }
                using var turn = run.ForMember(member);
                run.State = run.State with { Messages = run.State.Messages.Remove(kept) };
                run.Emit(new FlowEvent.MessageTaken(kept.Name, kept.Key, run.Step(index).Id) { Why = Because(run, index) });
                Take(run, index, kept.Key, fields, kept.By);
                break;
            }
        }
    }

    private static Decision.Refused? Keep(Run run, Command.Receive command, IEnumerable<ReceiveKind> takers)
    {
        string? problem = null;
        foreach (var taker in takers)
        {
            if (Fit(run, taker, command.Fields, out var fields) is { } unfit) { problem ??= unfit; continue; }
            run.State = run.State with { Messages = run.State.Messages.Add(new KeptMessage(command.Key, command.Message, run.Now, fields, run.Actor)) };
            run.Emit(new FlowEvent.MessageReceived(command.Message, command.Key, null));
            return null;
        }

        return Refuse.Invalid(problem!);
    }

    private static void Take(Run run, int index, string key, ImmutableSortedDictionary<string, object?> fields, string? by)
    {
        var received = run.State.Received.Length < Remembered ? run.State.Received : run.State.Received.RemoveRange(0, run.State.Received.Length - Remembered + 1);
        run.State = run.State with { Received = received.Add(key) };
        foreach (var (id, value) in fields) { FieldValues.Write(run, id, value, Because(run, index)); }
        Parts.Settle(run, index, Received, by, Because(run, index));
    }

    private static Why Because(Run run, int index) => new($"receive: {((ReceiveKind)run.Step(index).Kind).Message}", run.Step(index).Span);

    /// <summary>The open steps and members that wait for a message, the longest waiting first, then in file order.</summary>
    private static (int Index, string? Member)[] OpenLongest(Run run, string message) => [.. run.Indexes
        .Where(i => run[i].Phase == StepPhase.Open && run.Step(i).Kind is ReceiveKind kind && kind.Message == message)
        .SelectMany(i => run.Step(i).Each is null
            ? [(Index: i, Member: (string?)null, Since: run[i].OpenedAt ?? run.Now)]
            : run[i].Members.Where(m => m.Phase == StepPhase.Open).Select(m => (Index: i, Member: (string?)m.Id, Since: m.OpenedAt)))
        .OrderBy(w => w.Since).ThenBy(w => w.Index)
        .Select(w => (w.Index, w.Member))];

    /// <returns>What is wrong with the fields for this step's form; null where they fit.</returns>
    private static string? Fit(
        Run run, ReceiveKind receive, ImmutableSortedDictionary<string, object?> given, out ImmutableSortedDictionary<string, object?> fields)
    {
        var unfit = Required.Fit(run, given, [.. receive.Form.Select(f => f.Field)], out fields);
        return Words.Join(" ", unfit, Required.Missing(run, receive.Form, unfit is null ? fields : given, null));
    }
}
