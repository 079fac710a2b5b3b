using System.Collections.Immutable;
using System.Globalization;
using ProcessManager.Language;

namespace ProcessManager.Flow.Steps;

/// <summary>A step that opens one part per member of a role or list field, and settles once enough of them have.</summary>
internal static class EachStep
{
    public const string TooFew = "too-few";

    public static void Open(Run run, int index) => Count(run, index);

    /// <summary>Follows the lists of all open steps, and settles those whose result is certain.</summary>
    public static void CountAll(Run run)
    {
        foreach (var index in run.Indexes.ToArray())
        {
            if (run.GoesOn && run.TakesPart(index) && run.Step(index).Each is not null && run[index].Phase == StepPhase.Open) { Count(run, index); }
        }
    }

    /// <summary>One member's part is done.</summary>
    public static void Settle(Run run, int index, string member, string outcome, string? by, Why? why)
    {
        EndTask(run, index, member, why, outcome);
        Change(run, index, member, m => m with { Phase = StepPhase.Done, Outcome = outcome, By = by, SettledAt = run.Now });
        run.Emit(new FlowEvent.MemberSettled(run.Step(index).Id, run[index].Occurrence, member, StepPhase.Done, outcome) { Why = why });
        run.Recount = true;
    }

    /// <summary>One member's part is over without a result.</summary>
    public static void Cancel(Run run, int index, string member, Why? why)
    {
        EndTask(run, index, member, why, null);
        if (run.Step(index).Kind is StartKind { UntilClosed: true } && Find(run, index, member)?.Child is { } child) { Parts.Drop(run, index, member, child); }
        Change(run, index, member, m => m with { Phase = StepPhase.Cancelled, SettledAt = run.Now });
        run.Emit(new FlowEvent.MemberSettled(run.Step(index).Id, run[index].Occurrence, member, StepPhase.Cancelled, null) { Why = why });
    }

    /// <summary>The step is over: what is open of it is cancelled.</summary>
    public static void CancelRest(Run run, int index, Why? why)
    {
        foreach (var member in run[index].Members.Where(m => m.Phase == StepPhase.Open).Select(m => m.Id).ToArray()) { Cancel(run, index, member, why); }
    }

    /// <summary>The open part of a member; null where it has none.</summary>
    public static MemberState? Find(Run run, int index, string? member) =>
        run[index].Members.LastOrDefault(m => m.Id == member && m.Phase == StepPhase.Open);

    public static void Change(Run run, int index, string member, Func<MemberState, MemberState> change)
    {
        var members = run[index].Members;
        var place = members.Length - 1;
        while (place >= 0 && !(members[place].Id == member && members[place].Phase == StepPhase.Open)) { place--; }
        if (place >= 0) { run[index] = run[index] with { Members = members.SetItem(place, change(members[place])) }; }
    }

    private static void Count(Run run, int index)
    {
        Follow(run, index);
        if (run.GoesOn && run[index].Phase == StepPhase.Open) { Judge(run, index); }
    }

    /// <summary>New members get a part, those who were removed lose theirs; what is done stays done.</summary>
    private static void Follow(Run run, int index)
    {
        var step = run.Step(index);
        var list = ListOf(run, step.Each!.Source);
        foreach (var gone in run[index].Members.Where(m => m.Phase == StepPhase.Open && !list.Contains(m.Id)).Select(m => m.Id).ToArray())
        {
            using var turn = run.ForMember(gone);
            Cancel(run, index, gone, new Why($"each: {Words.Of(step.Each.Source)}", step.Each.Span, null, "removed from the list"));
        }

        foreach (var member in list)
        {
            if (!run.GoesOn) { return; }
            if (run[index].Members.Any(m => m.Id == member && m.Phase != StepPhase.Cancelled)) { continue; }
            run[index] = run[index] with { Members = run[index].Members.Add(new MemberState(member, StepPhase.Open, run.Now)) };
            run.Emit(new FlowEvent.MemberOpened(step.Id, run[index].Occurrence, member)
            {
                Why = new Why($"each: {Words.Of(step.Each.Source)}", step.Each.Span),
            });
            using var turn = run.ForMember(member);
            StepCatalog.Open(run, index);
        }
    }

    private static void Judge(Run run, int index)
    {
        var step = run.Step(index);
        var each = step.Each!;
        MemberState[] asked = [.. run[index].Members.Where(m => m.Phase is StepPhase.Open or StepPhase.Done)];
        var open = asked.Count(m => m.Phase == StepPhase.Open);
        var counted = asked.Count(m => m.Phase == StepPhase.Done && (each.Outcome is null || m.Outcome == each.Outcome));
        var need = each.Need == NeedRule.All ? asked.Length : Math.Min(each.Count, asked.Length);
        if (asked.Length == 0)
        {
            var passed = each.Outcome is null ? Settling.PassedOutcome(step) ?? "done" : TooFew;
            Settling.Settle(run, index, StepPhase.Passed, passed, null, new Why($"each: {Words.Of(each.Source)}", each.Span, null, "nobody is in the list"));
            return;
        }

        var certain = counted >= need ? each.Outcome ?? "done" : counted + open < need ? TooFew : null;
        if (certain is null) { return; }
        var last = asked.Where(m => m.SettledAt == run.Now).Select(m => m.By).LastOrDefault(by => by is not null);
        var note = string.Create(CultureInfo.InvariantCulture, $"{counted} of {asked.Length}{(each.Outcome is null ? "" : $" chose {each.Outcome}")}, {need} needed");
        Settling.Settle(run, index, StepPhase.Done, certain, last, new Why($"need: {Words.Need(each)}", each.Span, null, note));
    }

    private static ImmutableArray<string> ListOf(Run run, EachSource source) => source switch
    {
        EachSource.RoleOf role => run.State.Roles.TryGetValue(role.Role, out var people) ? [.. people.Distinct()] : [],
        EachSource.FieldOf field => run.State.Fields.GetValueOrDefault(field.Field) is IEnumerable<object?> values
            ? [.. values.OfType<string>().Distinct()] : [],
        _ => throw new InvalidOperationException($"Unknown source {source.GetType().Name}."),
    };

    /// <summary>Ends what the member still has open of work and time.</summary>
    private static void EndTask(Run run, int index, string member, Why? why, string? outcome)
    {
        var step = run.Step(index);
        foreach (var task in run[index].Tasks.Where(t => t.Phase == TaskPhase.Open && t.Member == member).ToArray())
        {
            Timers.CancelOfTask(run, task.Number);
            Tasks.Replace(run, index, task with { Phase = TaskPhase.Cancelled, Outcome = outcome, SettledAt = run.Now });
            run.Emit(new FlowEvent.TaskSettled(step.Id, task.Number, TaskPhase.Cancelled, outcome) { Why = why });
        }

        foreach (var timer in Timers.Of(run, step.Id).Where(t => t.Member == member).ToArray()) { Timers.Cancel(run, timer); }
    }
}
