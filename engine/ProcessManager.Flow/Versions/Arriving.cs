using System.Collections.Immutable;
using ProcessManager.Flow.Steps;
using ProcessManager.Language;

namespace ProcessManager.Flow.Versions;

/// <summary>Arrives in the new version: sets what is new there from now on, and lets the flow come to rest.</summary>
internal sealed class Arriving(PlanMove move, Run run, Leaving leaving)
{
    /// <summary>While a project is on hold time stands still: what is set then counts from when it was held.</summary>
    private DateTimeOffset Since => run.State.Hold?.Since ?? run.Now;

    public void Arrive(ProjectState before, ImmutableArray<FlowTimer> cancelled)
    {
        foreach (var timer in cancelled) { run.Emit(new FlowEvent.TimerCancelled(timer)); }

        Roles(before);
        foreach (var field in run.Plan.Fields)
        {
            if (field.Default is { } value && move.Names.IsNewField(field.Id)) { FieldValues.Write(run, field.Id, value, new Why("default", field.Span)); }
        }

        var timers = new NewTimers(run, Since);
        timers.OfStage(StageBefore(before)?.Within);
        foreach (var index in run.Indexes.ToArray())
        {
            if (run[index].Phase == StepPhase.Open && leaving.Origin(run.Step(index).Id) is { } origin) { timers.OfStep(index, origin); }
        }

        timers.OfUnset();
        Chance(before);
        GoOn();
    }

    private void Roles(ProjectState before)
    {
        foreach (var role in before.Roles.Keys.Where(r => move.Names.Role(r) != r))
        {
            run.Emit(new FlowEvent.RoleFilled(role, []) { Why = PlanMove.Why() });
            if (move.Names.Role(role) is { } name) { run.Emit(new FlowEvent.RoleFilled(name, before.Roles[role]) { Why = PlanMove.Why() }); }
        }

        foreach (var role in run.Plan.Roles)
        {
            if (role.From is { } && move.Names.IsNewRole(role.Id)) { Starting.FillByRule(run, role); }
        }
    }

    /// <summary>The probability follows the new version where it followed the old one.</summary>
    private void Chance(ProjectState before)
    {
        if (leaving.Chance != before.PlanProbability || run.Stage is not { } stage) { return; }
        var chance = Powers.ChanceNow(run, stage);
        if (chance != before.PlanProbability) { Chances.Set(run, chance, PlanMove.Why()); }
    }

    private void GoOn()
    {
        foreach (var index in run.Indexes)
        {
            var state = run[index];
            if (state.Phase != StepPhase.Waiting) { continue; }
            if (state.LiveAt is null) { run.Touched.Add(index); }
            else if (!Timers.Of(run, state.Id).Any(t => t.Kind == TimerKind.Open)) { run.Live.Add(index); }
        }

        run.Recount = true;
        if (!run.GoesOn) { return; }
        foreach (var index in run.Indexes.ToArray()) { ApprovalStep.CountAgain(run, index); }

        ReceiveStep.TakeKept(run);
        ApprovalStep.Recruit(run);
        Agenda.Work(run);
    }

    private Stage? StageBefore(ProjectState before) => before.Stage is { } id ? move.From.FindStage(id) : null;
}
