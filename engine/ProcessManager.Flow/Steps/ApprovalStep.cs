using System.Collections.Immutable;
using System.Globalization;
using ProcessManager.Language;

namespace ProcessManager.Flow.Steps;

/// <summary>A decision by everybody whom the rule names: one task a person, settled as soon as the result is certain.</summary>
internal static class ApprovalStep
{
    public const string Approved = "approved";
    public const string Rejected = "rejected";

    public static void Open(Run run, int index)
    {
        var kind = (ApprovalKind)run.Step(index).Kind;
        var who = Assignment.Resolve(run, kind.Human.Assign, each: true);
        foreach (var voter in who.People) { Tasks.Open(run, index, who, voter); }
        Tasks.SetExpiry(run, index);
        if (TooFew(run, index, kind)) { SayTooFew(run, index, kind); }
    }

    public static void Vote(Run run, int index, TaskState task, bool approve)
    {
        Tasks.Finish(run, index, task, approve ? Approved : Rejected);
        Judge(run, index);
    }

    /// <summary>Gives the people who came since a task each, where there were too few.</summary>
    public static void Recruit(Run run)
    {
        foreach (var index in run.Indexes.ToArray())
        {
            if (run[index].Phase != StepPhase.Open || run.Step(index).Kind is not ApprovalKind kind || !TooFew(run, index, kind)) { continue; }
            var who = Assignment.Resolve(run, kind.Human.Assign, each: true);
            if (who.FellBack || kind.Human.Assign.Share != Share.Claim) { continue; }
            foreach (var voter in who.People.Where(p => !run[index].Tasks.Any(t => t.Member == p || t.Assignee == p || t.By == p)))
            {
                Tasks.Open(run, index, who, voter);
            }
        }
    }

    /// <summary>The need may be another one now: what was voted is counted again.</summary>
    public static void CountAgain(Run run, int index)
    {
        if (run.TakesPart(index) && run[index].Phase == StepPhase.Open && run.Step(index).Kind is ApprovalKind && run[index].Tasks.Any(t => t.Phase == TaskPhase.Done)) { Judge(run, index); }
    }

    private static void Judge(Run run, int index)
    {
        var kind = (ApprovalKind)run.Step(index).Kind;
        var tasks = run[index].Tasks;
        var approvals = tasks.Count(t => t.Outcome == Approved);
        var votes = approvals + tasks.Count(t => t.Outcome == Rejected);
        var need = Need(kind, tasks.Length);
        var certain = approvals >= need ? Approved
            : !TooFew(run, index, kind) && approvals + tasks.Length - votes < need ? Rejected : null;
        if (certain is null) { return; }
        var why = new Why($"need: {Text(kind)}", run.Step(index).Span, null, $"{approvals} of {tasks.Length} approved, {votes - approvals} rejected");
        Notices.Settled(run, index, certain);
        Settling.Settle(run, index, StepPhase.Done, certain, run.Actor, why);
    }

    /// <summary>How many must approve; a tie isn't a majority.</summary>
    private static int Need(ApprovalKind kind, int voters) => kind.Need switch
    {
        NeedRule.Number => kind.Count,
        NeedRule.All => voters,
        NeedRule.Majority => (voters / 2) + 1,
        _ => throw new InvalidOperationException($"Unknown need {kind.Need}."),
    };

    private static bool TooFew(Run run, int index, ApprovalKind kind) =>
        kind.Need == NeedRule.Number && run[index].Tasks.Length < kind.Count;

    private static void SayTooFew(Run run, int index, ApprovalKind kind)
    {
        var step = run.Step(index);
        var key = string.Create(CultureInfo.InvariantCulture, $"too-few:{run.State.Visit}:{step.Id}:{run[index].Occurrence}");
        var text = $"{Texts.Title(run, index)}: {kind.Count} must approve, but only {run[index].Tasks.Length} can be asked. It stays open until more people are named or it is bypassed.";
        run.Emit(new FlowEvent.AlertRaised(key, AlertCause.Trouble, step.Id, null, People.ForTrouble(run), text, false)
        {
            Why = new Why($"need: {Text(kind)}", step.Span, null, "need is never lowered"),
        });
    }

    private static string Text(ApprovalKind kind) => kind.Need switch
    {
        NeedRule.All => "all",
        NeedRule.Majority => "majority",
        _ => kind.Count.ToString(CultureInfo.InvariantCulture),
    };
}
