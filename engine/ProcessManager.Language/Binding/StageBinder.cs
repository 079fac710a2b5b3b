using System.Collections.Immutable;
using ProcessManager.Language.Expressions;
using ProcessManager.Language.Reading;
using ProcessManager.Language.Time;

namespace ProcessManager.Language.Binding;

/// <summary>Binds what a stage says of itself: deadline, status, probability, and where it leads.</summary>
internal sealed class StageBinder(BindingContext context, MomentBinder moments, WorkBinder work, OutcomeBinder outcomes)
{
    public Stage Bind(StageDraft draft, int firstStep)
    {
        var body = draft.Body;
        return new Stage
        {
            Index = draft.Index,
            Id = draft.Id,
            Name = draft.Name,
            Description = body.Text("description"),
            Guidance = body.Text("guidance"),
            Probability = body.Whole("probability"),
            Status = Status(body.Scalar("status")),
            Within = Within(body),
            Milestone = body.Flag("milestone"),
            FirstStep = firstStep,
            StepCount = draft.Steps.Count,
            Next = draft.Next,
            Was = body.Text("was"),
            Span = draft.Key.Span,
        };
    }

    /// <summary>Binds <c>next</c>; the stages must be declared by now.</summary>
    public void BindNext(StageDraft draft)
    {
        var rules = draft.Body.ItemsOf("next").OfType<YamlMapping>().ToList();
        var key = draft.Body.Find("next")?.Key.Span ?? draft.Key.Span;
        RuleOrder.Check(context, rules.ConvertAll(r => (r.Scalar("when") is null, r.Span)), "next", key);
        var bound = ImmutableArray.CreateBuilder<NextRule>();
        foreach (var rule in rules)
        {
            var when = rule.Scalar("when") is { } text
                ? ExpressionCompiler.Compile(text.Text, context.Scope, FeelType.YesNoType, context.Diagnostics) : null;
            if (Target(rule) is { } target)
            {
                bound.Add(new NextRule(when, target, rule.Span));
            }
            else
            {
                draft.NextIsKnown = false;
            }
        }

        draft.Next = bound.ToImmutable();
    }

    private Effect? Target(YamlMapping rule)
    {
        var (stage, close) = (rule.Find("stage"), rule.Find("close"));
        if ((stage?.Value as YamlScalar).Written() is { } name)
        {
            return context.Stage(name) is { } found ? new Effect.GoTo(found.Index) : null;
        }

        return (close?.Value as YamlScalar).Written() is { } result ? outcomes.Close(result, rule.Scalar("reason")) : null;
    }

    private string? Status(YamlScalar? status)
    {
        if (status is not null && context.Type is { } type && !type.Statuses.ContainsKey(status.Value))
        {
            context.Unknown(Errors.UnknownStatus, status.Span, status.Value, $"Projects of the type {type.Id} have no status “{status.Value}”",
                type.Statuses.Keys.Order(StringComparer.Ordinal), "it declares no statuses");
        }

        return status?.Value;
    }

    private StageDeadline? Within(YamlMapping body)
    {
        // Without a deadline the shape check refuses the keys that need it.
        var due = moments.Bind(body.Scalar("within"), MomentUse.Within, null, hasDue: false);
        var reminders = moments.Reminders(body["remind"], null, hasDue: true);
        var escalations = work.Escalations(body["escalate"], null, hasDue: true);
        return due is null ? null : new StageDeadline(due, reminders, escalations);
    }
}
