using ProcessManager.Language;

namespace ProcessManager.Flow.Steps;

/// <summary>What each kind of step does when it opens, or when a member's part of it does. A new kind is one file and one line here.</summary>
internal static class StepCatalog
{
    public static void Open(Run run, int index)
    {
        switch (run.Step(index).Kind)
        {
            case TaskKind or NoteKind: TaskStep.Open(run, index); break;
            case ApprovalKind: ApprovalStep.Open(run, index); break;
            case AlertKind alert: AlertStep.Open(run, index, alert); break;
            case EmailKind email: EmailStep.Open(run, index, email); break;
            case LetterKind letter: LetterStep.Open(run, index, letter); break;
            case ReceiveKind receive: ReceiveStep.Open(run, index, receive); break;
            case HttpKind http: HttpStep.Open(run, index, http); break;
            case StartKind start: StartStep.Open(run, index, start); break;
            case WaitKind wait: WaitStep.Open(run, index, wait); break;
            case SetKind set: SetStep.Open(run, index, set); break;
            case DecideKind decide: DecideStep.Open(run, index, decide); break;
            case GateKind: GateStep.Open(run, index); break;
            case CloseKind or GoToKind: Exits.Open(run, index); break;
            case var unknown: throw new InvalidOperationException($"Unknown kind {unknown.Key}.");
        }
    }
}
