using System.Collections.Immutable;
using ProcessManager.Language;

namespace ProcessManager.Flow.Steps;

/// <summary>Starts a project of another plan, and waits for its start or its end.</summary>
internal static class StartStep
{
    /// <summary>How many projects may stand above one another.</summary>
    public const int Deepest = 10;

    public static void Open(Run run, int index, StartKind start)
    {
        var step = run.Step(index);
        if (run.State.Depth >= Deepest)
        {
            Parts.Fault(run, index, $"“{step.Name}” can't start a project of “{start.Plan}”: {Deepest} projects stand above this one already, and there may be no more.");
            return;
        }

        var fields = start.Fields.ToImmutableSortedDictionary(f => f.Name, f => f.Value.Evaluate(run.Context).Value, StringComparer.Ordinal);
        run.Emit(new FlowEvent.ChildRequested(
            Requests.Key(run, Requests.Child, index), step.Id, run[index].Occurrence, run.Turn, start.Plan, fields, start.UntilClosed)
        {
            Why = new Why($"start: {start.Plan}", step.Span),
        });
    }

    public static Decision.Refused? Started(Run run, Command.ChildStarted command)
    {
        if (run.Plan.FindStep(command.Step) is not { Kind: StartKind start } step) { return Refuse.NotFound($"There is no start step “{command.Step}”."); }
        using var turn = run.ForMember(command.Member);
        if (IsKnown(run, step, command.Child)) { return null; }
        var awaited = Requests.IsAwaited(run, Requests.Child, step.Index, command.Occurrence, command.Member, command.Request);
        run.Emit(new FlowEvent.ChildStarted(step.Id, command.Occurrence, command.Member, command.Child) { Why = new Why($"start: {start.Plan}", step.Span) });
        if (!awaited)
        {
            if (start.UntilClosed)
            {
                run.Emit(new FlowEvent.ChildDropped(step.Id, command.Occurrence, command.Member, command.Child)
                {
                    Why = new Why($"start: {start.Plan}", step.Span, null, "it started when nobody waited for it any more"),
                });
            }

            return null;
        }

        Keep(run, step, command.Member, command.Child);
        if (!start.UntilClosed) { Parts.Settle(run, step.Index, "started", null, new Why("the project has started", step.Span)); }
        return null;
    }

    public static Decision.Refused? Closed(Run run, Command.ChildClosed command)
    {
        if (run.Plan.FindStep(command.Step) is not { Kind: StartKind start } step) { return Refuse.NotFound($"There is no start step “{command.Step}”."); }
        using var turn = run.ForMember(command.Member);
        var awaited = start.UntilClosed && Requests.IsAwaited(run, Requests.Child, step.Index, command.Occurrence, command.Member, command.Request)
            && (ChildOf(run, step, command.Member) ?? command.Child) == command.Child;
        run.Emit(new FlowEvent.ChildClosed(step.Id, command.Occurrence, command.Member, command.Child, command.Result)
        {
            Why = new Why($"start: {start.Plan}", step.Span, null, awaited ? null : "nobody waited for it any more"),
        });
        if (!awaited) { return null; }
        Keep(run, step, command.Member, command.Child);
        var result = Words.Of(command.Result);
        Parts.Settle(run, step.Index, result, null, new Why($"the project it started closed as {result}", step.Span));
        return null;
    }

    private static void Keep(Run run, Step step, string? member, string child)
    {
        if (member is null) { run[step.Index] = run[step.Index] with { Child = child }; }
        else { EachStep.Change(run, step.Index, member, m => m with { Child = child }); }
    }

    private static string? ChildOf(Run run, Step step, string? member) =>
        member is null ? run[step.Index].Child : EachStep.Find(run, step.Index, member)?.Child;

    /// <summary>True where the same result came before.</summary>
    private static bool IsKnown(Run run, Step step, string child) => run.TakesPart(step.Index)
        && (run[step.Index].Child == child || run[step.Index].Members.Any(m => m.Child == child));
}
