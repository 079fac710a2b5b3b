using ProcessManager.Language;

namespace ProcessManager.Flow.Steps;

/// <summary>A letter or child that could not be made for good: nothing of the plan can go on without it, so the project stops.</summary>
internal static class Failing
{
    public static Decision.Refused? Failed(Run run, Command.Failed command)
    {
        if (run.Plan.FindStep(command.Step) is not { Kind: LetterKind or StartKind } step)
        {
            return Refuse.NotFound($"There is no letter or start step “{command.Step}”.");
        }

        using var turn = run.ForMember(command.Member);
        var (what, could) = step.Kind is LetterKind
            ? (Requests.Letter, "The letter") : (Requests.Child, "The project of");
        if (!Requests.IsAwaited(run, what, step.Index, command.Occurrence, command.Member, command.Request)) { return null; }
        var whom = command.Member is { } member ? $" for {Words.Member(run, member)}" : "";
        Parts.Fault(run, step.Index, $"{could} “{step.Name}”{whom} could not be {(step.Kind is LetterKind ? "made" : "started")}: {command.Error}");
        return null;
    }
}
