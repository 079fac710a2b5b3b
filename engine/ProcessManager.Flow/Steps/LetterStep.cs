using System.Collections.Immutable;
using ProcessManager.Language;
using ProcessManager.Language.Expressions;

namespace ProcessManager.Flow.Steps;

/// <summary>Works out what stands in a letter, and waits until the document is filed.</summary>
internal static class LetterStep
{
    public static void Open(Run run, int index, LetterKind letter)
    {
        var step = run.Step(index);
        if (!run.Plan.Letters.TryGetValue(letter.Template, out var template))
        {
            Parts.Fault(run, index, $"“{step.Name}” can't be written: there is no letter template “{letter.Template}”.");
            return;
        }

        run.Emit(new FlowEvent.LetterRequested(
            Requests.Key(run, Requests.Letter, index), step.Id, run[index].Occurrence, run.Turn, template.Id, Merged(run, template))
        {
            Why = new Why($"letter: {letter.Template}", step.Span),
        });
    }

    public static Decision.Refused? Filed(Run run, Command.Filed command)
    {
        if (run.Plan.FindStep(command.Step) is not { Kind: LetterKind } step) { return Refuse.NotFound($"There is no letter step “{command.Step}”."); }
        using var turn = run.ForMember(command.Member);
        if (!Requests.IsAwaited(run, Requests.Letter, step.Index, command.Occurrence, command.Member, command.Request))
        {
            if (!IsKnown(run, step, command)) { Record(run, step, command); }
            return null;
        }

        Record(run, step, command);
        if (command.Member is { } member) { EachStep.Change(run, step.Index, member, m => m with { Document = command.Document }); }
        else { run[step.Index] = run[step.Index] with { Document = command.Document }; }
        Parts.Settle(run, step.Index, "done", null, new Why("the document was filed", step.Span, null, command.Name));
        return null;
    }

    private static void Record(Run run, Step step, Command.Filed command) => run.Emit(
        new FlowEvent.DocumentFiled(step.Id, command.Occurrence, command.Member, command.Document, command.Name) { Why = new Why($"letter: {step.Id}", step.Span) });

    /// <summary>True where the same result came before.</summary>
    private static bool IsKnown(Run run, Step step, Command.Filed command) => run.TakesPart(step.Index)
        && (run[step.Index].Document == command.Document || run[step.Index].Members.Any(m => m.Document == command.Document));

    /// <summary>Each merge field as people read it.</summary>
    public static ImmutableSortedDictionary<string, string> Merged(Run run, LetterTemplate template)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var field in template.Fields) { values[field.Name] = field.Render(run.TextContext); }
        return values.ToImmutable();
    }
}
