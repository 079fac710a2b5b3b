using System.Collections.Immutable;
using ProcessManager.Language.Expressions;
using ProcessManager.Language.Reading;
using ProcessManager.Language.Time;

namespace ProcessManager.Language.Binding;

/// <summary>Binds the keys that every step may have, around what <see cref="KindBinder"/> makes of its kind.</summary>
internal sealed class StepBinder(BindingContext context, KindBinder kinds, MomentBinder moments)
{
    /// <summary>Null where the kind has an error; the other keys are checked all the same.</summary>
    public Step? Bind(StepDraft draft)
    {
        var body = draft.Body;
        var kind = kinds.Bind(draft);
        var when = body.Scalar("when") is { } condition
            ? ExpressionCompiler.Compile(condition.Text, context.Scope, FeelType.YesNoType, context.Diagnostics) : null;
        var starts = moments.Bind(body.Scalar("starts"), MomentUse.Starts, draft, hasDue: false);
        return kind is null ? null : new Step
        {
            Index = draft.Index,
            Id = draft.Id,
            Stage = draft.Stage?.Index ?? -1,
            Name = StepNames.Of(draft),
            Kind = kind,
            After = draft.After,
            When = when,
            PassesAs = draft.PassesAs,
            Starts = starts,
            Optional = draft.Optional,
            Each = draft.Each is { Source: { } source } each
                ? new EachRule(source, each.Need, each.Count, each.Outcome, draft.Choices, each.Span) : null,
            Probability = body.Whole("probability"),
            Milestone = body.Flag("milestone"),
            Comment = body.Text("comment"),
            Was = body.Text("was"),
            Outcomes = draft.Outcomes,
            Span = draft.Key.Span,
        };
    }

    /// <summary>Rule 2: what a step counts as when it is passed. Ways and outcomes must be bound by now.</summary>
    /// <param name="awaited">The outcomes of it that somebody waits for by name.</param>
    public void BindPassesAs(StepDraft draft, IReadOnlySet<string> awaited)
    {
        var on = draft.WaysOn.Select(o => o.Id).ToList();
        if (draft.Body.Scalar("passes-as") is { } written)
        {
            draft.PassesAs = written.Value;
            if (draft.IsOpaque)
            {
                return;
            }

            if (draft.FindOutcome(written.Value) is not { } outcome)
            {
                context.Unknown(Errors.UnknownOutcome, written.Span, written.Value, $"“{draft.Id}” has no outcome “{written.Value}”",
                    draft.Outcomes.Select(o => o.Id), "it has no outcomes");
            }
            else if (outcome.Effect is not Effect.GoOn)
            {
                var expected = on.Count == 0 ? "" : $" Expected {Words.Or(on)}.";
                context.Report(Errors.PassesAsNoWay, written.Span,
                    $"A passed step lets the flow go on, but “{written.Value}” redoes, leaves the stage or closes the project.{expected}");
            }

            return;
        }

        draft.PassesAs = draft.Kind?.Name == "approval" && on.Contains("approved") ? "approved" : on.Count == 1 ? on[0] : null;
        if (draft.PassesAs is null && draft.HasWhen && on.Count > 1 && on.Any(awaited.Contains) && !draft.IsOpaque)
        {
            context.Report(Errors.PassesAsWhat, draft.Body.Find("when")!.Key.Span,
                $"When `when` is false “{draft.Id}” is passed, but {Words.And(on.Where(awaited.Contains))} {(on.Count(awaited.Contains) == 1 ? "is" : "are")} waited for: say what it then counts as, `passes-as: {Words.Or(on)}`.");
        }
    }

    public static ImmutableArray<Step> Linked(ImmutableArray<Step> steps, FlowGraph graph) =>
        [.. steps.Select(s => s.Stage < 0 ? s : s with
        {
            Followers = [.. graph.FollowersOf(s.Index)],
            After = s.After is Join.First { Cancels.IsEmpty: false } first ? first with { Cancels = graph.CancelledBy(first) } : s.After,
            Outcomes = s.Outcomes.Any(o => o.Effect is Effect.Redo) ? [.. s.Outcomes.Select(o => WhatItSetsBack(o, graph))] : s.Outcomes,
        })];

    private static Outcome WhatItSetsBack(Outcome outcome, FlowGraph graph) =>
        outcome.Effect is Effect.Redo redo ? outcome with { Effect = redo with { SetsBack = graph.RestingOn(redo.Step) } } : outcome;
}
