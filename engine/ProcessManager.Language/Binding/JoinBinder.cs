using System.Collections.Immutable;
using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Binding;

/// <summary>Binds <c>after</c> in its six forms.</summary>
internal sealed class JoinBinder(BindingContext context)
{
    /// <summary>The scalars that name ways, in whatever form <c>after</c> is written.</summary>
    public static IEnumerable<YamlScalar> WaysOf(YamlNode? after) => after switch
    {
        YamlMapping map => map["any"].Scalars().Concat(map["first"].Scalars()),
        _ => after.Scalars(),
    };

    public void Bind(StepDraft step)
    {
        var after = step.Body.Find("after");
        if (after is null || after.Value is YamlScalar { IsNothing: true })
        {
            return;
        }

        step.AfterSpan = after.Value.Span;
        if (step.Stage is null)
        {
            context.Report(Errors.RuleNotHere, after.Key.Span, "The steps of on-close run one after the other, without `after`.");
            return;
        }

        var ways = Ways(step, after.Value);
        step.After = after.Value switch
        {
            _ when ways.IsEmpty => new Join.AtStart(),
            YamlMapping map when map.Find("any") is not null => new Join.Any { Ways = ways },
            YamlMapping map => new Join.First(Need(map, ways, step), []) { Ways = ways },
            _ => new Join.All { Ways = ways },
        };
        if (step.After is Join.First first && after.Value is YamlMapping named && named.Text("cancel") == "rest")
        {
            // Worked out with the graph; until then the named steps mark that there is something to cancel.
            step.After = first with { Cancels = [.. ways.Select(w => w.Step).Distinct().Order()] };
        }
    }

    private ImmutableArray<Way> Ways(StepDraft step, YamlNode after)
    {
        var ways = ImmutableArray.CreateBuilder<Way>(1);
        foreach (var scalar in WaysOf(after))
        {
            if (One(step, scalar) is not { } way)
            {
                step.WaysAreKnown = false;
            }
            else if (ways.Contains(way))
            {
                context.Report(Errors.OneWayTwice, scalar.Span, $"“{scalar.Value}” is named twice.");
            }
            else
            {
                ways.Add(way);
            }
        }

        return ways.ToImmutable();
    }

    private Way? One(StepDraft step, YamlScalar scalar)
    {
        var text = scalar.Value.Trim();
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var (id, outcome) = dot < 0 ? (text, null) : (text[..dot], text[(dot + 1)..]);
        var from = context.FindStep(id);
        if (from?.Stage != step.Stage)
        {
            from = context.StepOfStage(scalar.Text.At(0, id.Length), id, step.Stage!, "after");
        }

        if (from is null)
        {
            return null;
        }

        if (from.LeavesByItself)
        {
            context.Report(Errors.NeverSettled, scalar.Span, $"Nothing comes after “{id}”: a step of kind {from.Kind!.Name} ends the stage.");
            return null;
        }

        if (outcome is null)
        {
            return new Way(from.Index, null);
        }

        return Outcome(from, outcome, scalar.Text.At(dot + 1, outcome.Length)) ? new Way(from.Index, outcome) : null;
    }

    private bool Outcome(StepDraft from, string id, SourceSpan span)
    {
        if (from.Kind is null)
        {
            return false;
        }

        if (from.FindOutcome(id) is not { } outcome)
        {
            if (from is { IsOpaque: false, Each: not null } && from.Choices.Any(c => c.Id == id))
            {
                var way = from.Each.Outcome is null ? $"wait for “{from.Id}”, or write `need: 2 {id}` on it" : $"expected {Words.Or(from.Outcomes.Select(o => $"{from.Id}.{o.Id}"))}";
                context.Report(Errors.EachOutcomeAwaited, span, $"“{id}” is what one member chooses, and the step as a whole settles with {Words.Or(from.Outcomes.Select(o => o.Id))}: {way}.");
                return false;
            }

            if (!from.Outcomes.IsEmpty)
            {
                context.Unknown(Errors.UnknownOutcome, span, id, $"“{from.Id}” has no outcome “{id}”", from.Outcomes.Select(o => o.Id), "");
            }

            return false;
        }

        var instead = outcome.Effect switch
        {
            Effect.Redo redo => $"does “{context.Steps[redo.Step].Id}” again",
            Effect.GoTo leave => $"leaves for the stage {context.Stages[leave.Stage].Name}",
            Effect.Close close => $"closes the project as {Kinds.Lower(close.Result)}",
            _ => null,
        };
        if (instead is not null)
        {
            context.Report(Errors.OutcomeIsNoWay, span, $"“{from.Id}.{id}” can't be waited for, because it {instead} (line {outcome.Span.StartLine}).");
        }

        return instead is null;
    }

    private int Need(YamlMapping map, ImmutableArray<Way> ways, StepDraft step)
    {
        if (map.Scalar("need") is not { } need || map.Whole("need") is not { } count)
        {
            return 1;
        }

        if (count > ways.Length && step.WaysAreKnown)
        {
            context.Report(Errors.NeedTooMany, need.Span, $"{count} of {ways.Length} {(ways.Length == 1 ? "way" : "ways")} can't be needed: expected 1 to {ways.Length}.");
            step.WaysAreKnown = false;
        }

        return Math.Clamp(count, 1, ways.Length);
    }
}
