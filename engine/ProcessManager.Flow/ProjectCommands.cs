using ProcessManager.Flow.Steps;
using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>What people and drivers do with the project as a whole.</summary>
internal static class ProjectCommands
{
    public static Decision.Refused? SetFields(Run run, Command.SetFields command)
    {
        var unfit = Required.Fit(run, command.Fields, null, out var fitted);
        var emptied = fitted
            .Where(f => f.Value is null && run.State.Fields.ContainsKey(f.Key) && run.Plan.FindField(f.Key) is { } field && Required.IsNow(run, field))
            .Select(f => FieldValues.LabelOf(run.Plan, f.Key)).ToArray();
        var needed = emptied.Length == 0 ? null : $"{Words.And(emptied)} can't be emptied: {(emptied.Length == 1 ? "it is" : "they are")} required.";
        if (Words.Join(" ", unfit, needed) is { } problem) { return Refuse.Invalid(problem); }
        foreach (var (id, value) in fitted) { FieldValues.Write(run, id, value, null); }
        return null;
    }

    public static Decision.Refused? SetOwner(Run run, Command.SetOwner command)
    {
        if (Owners.Refusal(run, command.Owner) is { } refused) { return Refuse.Invalid(refused); }
        var from = run.State.Owner;
        if (from == command.Owner) { return null; }
        run.State = run.State with { Owner = command.Owner };
        run.Emit(new FlowEvent.OwnerChanged(from, command.Owner));
        Owners.HandOver(run, from);
        return null;
    }

    public static Decision.Refused? SetRole(Run run, Command.SetRole command)
    {
        if (run.Plan.FindRole(command.Role) is null) { return Refuse.NotFound($"There is no role “{command.Role}”."); }
        if (command.People.FirstOrDefault(p => !People.IsActive(run, p)) is { } stranger)
        {
            return Refuse.Invalid($"Nobody with the sign-in name “{stranger}” works here.");
        }

        var people = command.People.Distinct().ToArray();
        if (run.State.Roles.TryGetValue(command.Role, out var known) && known.SequenceEqual(people)) { return null; }
        run.State = run.State with { Roles = run.State.Roles.SetItem(command.Role, [.. people]) };
        run.Emit(new FlowEvent.RoleFilled(command.Role, [.. people]));
        run.Recount = true;
        return null;
    }

    public static Decision.Refused? Close(Run run, Command.Close command)
    {
        var organisation = run.Facts.Organisation;
        var reasons = organisation.ReasonsByResult.GetValueOrDefault(command.Result, [.. organisation.CloseReasons.Keys.Order(StringComparer.Ordinal)]);
        if (command.Reason is { } reason && !reasons.Contains(reason))
        {
            return Refuse.Invalid($"There is no reason “{reason}” for closing as {Words.Of(command.Result)}; please choose {Words.Or(reasons)}.");
        }

        // An administrator's way out of a fault: closing is final, and what runs on closing may run.
        if (run.State.Fault is not null) { run.State = run.State with { Fault = null }; run.Emit(new FlowEvent.FaultResolved("the project was closed")); }
        Stages.Close(run, command.Result, command.Reason, command.Note, null);
        return null;
    }

    public static Decision.Refused? Open(Run run, Command.Open command)
    {
        if (run.Plan.FindStep(command.Step) is not { } step) { return Refuse.NotFound($"There is no step “{command.Step}”."); }
        if (!run.TakesPart(step.Index)) { return Refuse.Conflict($"“{step.Name}” isn't a step of the current stage."); }
        if (run.State.Hold is not null) { return Refuse.Conflict(Refuse.OnHold(run)); }
        var state = run[step.Index];
        if (state.Phase != StepPhase.Ready || state.Occurrence + 1 != command.Occurrence)
        {
            return Refuse.Conflict(state.IsSettled ? Refuse.Settled(run, step, state)
                : $"“{step.Name}” isn't ready for its occurrence {command.Occurrence}: it is {Words.Of(state.Phase)}.");
        }

        Agenda.TakeTurn(run, step.Index);
        return null;
    }

    public static Decision.Refused? PutOnHold(Run run, Command.PutOnHold command)
    {
        if (run.State.Hold is not null) { return Refuse.Conflict(Refuse.OnHold(run)); }
        if (string.IsNullOrWhiteSpace(command.Why)) { return Refuse.Invalid("Please say why the project is put on hold."); }
        Holding.Hold(run, command.Why.Trim());
        return null;
    }

    public static Decision.Refused? Resume(Run run)
    {
        if (run.State.Hold is null) { return Refuse.Conflict("The project isn't on hold."); }
        Holding.Resume(run);
        Agenda.TakeUp(run);
        return null;
    }

    public static Decision.Refused? OverrideProbability(Run run, Command.OverrideProbability command)
    {
        if (command.To is < 0 or > 100) { return Refuse.Invalid("A probability is between 0 and 100."); }
        Chances.Override(run, command.To);
        return null;
    }

    public static Decision.Refused? ResolveFault(Run run, Command.ResolveFault command)
    {
        if (run.State.Fault is null) { return Refuse.Conflict("The project has no fault."); }
        if (string.IsNullOrWhiteSpace(command.Why)) { return Refuse.Invalid("Please say what was done about the fault."); }
        run.Resolving = true;
        run.State = run.State with { Fault = null };
        run.Emit(new FlowEvent.FaultResolved(command.Why.Trim()));
        Agenda.TakeUp(run);

        // Under an external driver the step that came too often is ready; only this decision may let it pass.
        foreach (var index in run.Indexes.ToArray())
        {
            if (run.TakesPart(index) && run[index].Phase == StepPhase.Ready && Opening.CameTooOften(run[index].Occurrence + 1)) { Agenda.TakeTurn(run, index); }
        }

        return null;
    }
}
