using System.Collections.Immutable;
using ProcessManager.Language.Reading;
using ProcessManager.Language.Time;

namespace ProcessManager.Language.Binding;

/// <summary>
/// Binds the ways a step can settle: first their names (so that other steps can wait for them), then what each does.
/// </summary>
internal sealed class OutcomeBinder(BindingContext context, MomentBinder moments, FieldBinder fields)
{
    /// <summary>How a <c>receive</c> settles when nothing came.</summary>
    public const string TimedOut = "timed-out";

    private readonly Dictionary<StageDraft, HashSet<string>> failedMails = [];

    /// <summary>Names the step's outcomes, declared or of its kind.</summary>
    public void Declare(StepDraft step)
    {
        if (step.Kind is null)
        {
            step.OutcomesAreKnown = false;
            return;
        }

        Twice(step);
        var declared = Declared(step);
        if (step.Each is not { } each)
        {
            step.Outcomes = OfOne(step, declared);
            return;
        }

        step.Choices = OfOne(step, each.Outcome is null ? declared : [.. declared.Where(d => d.Key.Value != EachDraft.TooFew)]);
        step.Outcomes = OfAll(step, each, declared);
    }

    /// <summary>What one occurrence settles with.</summary>
    private ImmutableArray<Outcome> OfOne(StepDraft step, List<(YamlScalar Key, YamlMapping? Map)> declared)
    {
        var kind = step.Kind!;
        if (kind.Name == "task" && declared.Count > 0)
        {
            return [.. declared.Select(d => Plain(d.Key, d.Map))];
        }

        var own = OfKind(step);
        if (declared.Count == 0)
        {
            return [.. own.Select(id => OfKind(kind, id))];
        }

        foreach (var (key, _) in declared.Where(d => !own.Contains(d.Key.Value)))
        {
            Foreign(step, key, kind.Name == "email" ? ["sent", "failed"] : own);
        }

        return [.. own.Select(id => declared.FirstOrDefault(d => d.Key.Value == id) is { Key: not null } found
            ? Plain(found.Key, found.Map)
            : OfKind(kind, id))];
    }

    private static Outcome OfKind(StepKey kind, string id) => new(id, Words.Humanise(id), [], Effect.Nothing, kind.Key.Span);

    /// <summary>What a step with <c>each</c> settles with as a whole.</summary>
    private ImmutableArray<Outcome> OfAll(StepDraft step, EachDraft each, List<(YamlScalar Key, YamlMapping? Map)> declared)
    {
        if (!each.NeedIsKnown)
        {
            step.OutcomesAreKnown = false;
            return [];
        }

        if (each.Outcome is null)
        {
            return [new Outcome("done", "Done", [], Effect.Nothing, step.Kind!.Key.Span)];
        }

        if (step.Choices.FirstOrDefault(c => c.Id == each.Outcome) is not { } counted)
        {
            context.Unknown(Errors.UnknownOutcome, each.OutcomeSpan, each.Outcome, $"A member of “{step.Id}” can't choose “{each.Outcome}”",
                step.Choices.Select(c => c.Id), "there is nothing to choose");
            step.OutcomesAreKnown = false;
            return [];
        }

        var tooFew = declared.Find(d => d.Key.Value == EachDraft.TooFew);
        return
        [
            counted,
            tooFew.Key is { } key ? Plain(key, tooFew.Map) : new Outcome(EachDraft.TooFew, Words.Humanise(EachDraft.TooFew), [], Effect.Nothing, step.Kind!.Key.Span),
        ];
    }

    /// <summary>Binds what each declared outcome asks and does; every step must have its outcomes named by now.</summary>
    public void Bind(StepDraft step)
    {
        if (step.Body.Find("outcomes") is null)
        {
            return;
        }

        foreach (var (key, map) in Declared(step))
        {
            var whole = step.FindOutcome(key.Value);
            var choice = step.Choices.FirstOrDefault(c => c.Id == key.Value);
            if (map is null || (whole ?? choice) is null || (step.Each is { Outcome: null } && MemberActs(step, key, map)))
            {
                continue;
            }

            var effect = whole is null && MemberActs(step, key, map) ? Effect.Nothing : EffectOf(step, map);
            if (effect is null)
            {
                step.OutcomesAreKnown = false;
                continue;
            }

            var ask = Ask(step, map, effect, choice is null);
            if (step.Each is null)
            {
                step.Outcomes = step.Outcomes.Replace(whole!, whole! with { Ask = ask, Effect = effect });
                continue;
            }

            step.Choices = choice is null ? step.Choices : step.Choices.Replace(choice, choice with { Ask = ask });
            step.Outcomes = whole is null || step.Each.Outcome is null ? step.Outcomes : step.Outcomes.Replace(whole, whole with { Effect = effect });
        }
    }

    /// <summary>Reports what one member of a step with <c>each</c> can't set off; true where there is something.</summary>
    private bool MemberActs(StepDraft step, YamlScalar key, YamlMapping map)
    {
        if (map.Entries.FirstOrDefault(e => e.Name is "redo" or "goto" or "close") is not { } action)
        {
            return false;
        }

        var own = step.Each!.Outcome is { } outcome ? $"only {outcome} and {EachDraft.TooFew} may act" : $"write `need: 2 {key.Value}`, and {key.Value} and {EachDraft.TooFew} may act";
        context.Report(Errors.EachOutcomeActs, action.Key.Span,
            $"“{key.Value}” is what one member chooses, and one member's answer doesn't {action.Name}: {own}.");
        return true;
    }

    /// <summary>What <c>close</c> and <c>reason</c> say; null where the result is none that there is.</summary>
    public Effect.Close? Close(YamlScalar result, YamlScalar? reason)
    {
        if (Kinds.Close(result.Value) is not { } known)
        {
            return null;
        }

        if (reason is not null && context.Organisation is { } organisation
            && organisation.ReasonsByResult.GetValueOrDefault(known, []) is var reasons && !reasons.Contains(reason.Value))
        {
            context.Unknown(Errors.UnknownReason, reason.Span, reason.Value, $"“{reason.Value}” is no reason to close a project as {result.Value}", reasons,
                "definitions/organisation.yaml declares none");
        }

        return new Effect.Close(known, reason?.Value);
    }

    private static Outcome Plain(YamlScalar key, YamlMapping? map) =>
        new(key.Value, map?.Text("label") ?? Words.Humanise(key.Value), [], Effect.Nothing, key.Span);

    private static List<(YamlScalar Key, YamlMapping? Map)> Declared(StepDraft step) => step.Body["outcomes"] switch
    {
        YamlMapping map => [.. map.Entries.Select(e => (e.Key, e.Value as YamlMapping))],
        YamlSequence list => [.. list.Items.OfType<YamlScalar>().DistinctBy(s => s.Value).Select(s => (s, (YamlMapping?)null))],
        _ => [],
    };

    /// <summary>The outcomes that a step has by its kind.</summary>
    private List<string> OfKind(StepDraft step)
    {
        // Who declares outcomes declares this one, too.
        var expires = step.Body.Map("expire")?.Text("outcome");
        expires = expires is null || step.Body["outcomes"] is null || Declared(step).Any(d => d.Key.Value == expires) ? expires : null;
        expires = step.Each?.Outcome is not null && expires == EachDraft.TooFew ? null : expires;
        List<string> own = step.Kind!.Name switch
        {
            "approval" => ["approved", "rejected"],
            "email" => MayFail(step) ? ["sent", "failed"] : ["sent"],
            "decide" => DecideBinder.OutcomesOf(step.Kind.Value),
            "receive" => step.Body.Map("expire") is { } expire && expire.Text("outcome") != "received" ? ["received", TimedOut] : ["received"],
            "http" => ["done", "failed"],
            "start" => step.Body.Scalar("until") is null ? ["started"] : ["won", "lost", "cancelled"],
            "close" or "goto" => [],
            _ => ["done"],
        };
        if (expires is not null && step.Kind.Descriptor.IsForPeople && Words.IsId(expires) && !own.Contains(expires)
            && !(step.Kind.Name == "approval" && Shaping.Words.Nearest(expires, own) is not null))
        {
            own.Add(expires);
        }

        return own;
    }

    /// <summary>An email can fail only where it waits for its delivery: with <c>wait</c>, or because somebody waits for <c>failed</c>.</summary>
    public bool MayFail(StepDraft step) =>
        step.Body.Flag("wait") || Declared(step).Any(d => d.Key.Value == "failed") || step.Body.Text("passes-as") == "failed"
        || (step.Stage is { } stage && failedMails.TryGetValue(stage, out var named) ? named : NamedAsFailed(step.Stage)).Contains(step.Id);

    private HashSet<string> NamedAsFailed(StageDraft? stage)
    {
        const string suffix = ".failed";
        if (stage is null)
        {
            return [];
        }

        return failedMails[stage] = [.. stage.Steps
            .SelectMany(s => JoinBinder.WaysOf(s.Body["after"]))
            .Where(w => w.Value.EndsWith(suffix, StringComparison.Ordinal))
            .Select(w => w.Value[..^suffix.Length])];
    }

    private void Twice(StepDraft step)
    {
        if (step.Body["outcomes"] is not YamlSequence list)
        {
            return;
        }

        foreach (var again in list.Items.OfType<YamlScalar>().GroupBy(s => s.Value).SelectMany(g => g.Skip(1)))
        {
            context.Report(Errors.OutcomeTwice, again.Span, $"The outcome “{again.Value}” of “{step.Id}” is listed already.");
        }
    }

    private void Foreign(StepDraft step, YamlScalar key, List<string> own)
    {
        if (step.Kind!.Name == "decide")
        {
            if (own.Count > 0)
            {
                context.Unknown(Errors.UnknownOutcome, key.Span, key.Value, $"No rule of “{step.Id}” gives “{key.Value}”", own, "");
            }

            return;
        }

        var hint = (step.Kind.Name, key.Value) switch
        {
            ("receive", TimedOut) => "; give it an `expire` to let it time out.",
            ("start", "won" or "lost" or "cancelled") => "; write `until: closed` to wait for how the new project ends.",
            _ => null,
        };
        var near = hint is null ? Shaping.Words.Nearest(key.Value, own) : null;
        var settles = own.Count == 0 ? "ends the stage and has no outcomes" : $"settles with {Words.Or(own)}";
        context.Report(Errors.OutcomeNotOfKind, key.Span,
            $"“{key.Value}” is no outcome of “{step.Id}”: a step of kind {step.Kind.Name} {settles}{hint ?? (near is null ? "." : $"; did you mean “{near}”?")}",
            near is null ? null : BindingContext.Replace(key.Span, near));
    }

    /// <param name="ofWhole">True for an outcome that no person chooses, because the whole step settles with it.</param>
    private ImmutableArray<FormField> Ask(StepDraft step, YamlMapping map, Effect effect, bool ofWhole)
    {
        if (ofWhole)
        {
            if (map.Find("ask") is { } asks)
            {
                context.Report(Errors.RuleNotHere, asks.Key.Span, $"Nobody can be asked: nobody chooses {EachDraft.TooFew}.");
            }

            return [];
        }

        if (map.Find("ask") is { } entry && step.Kind is { Descriptor.IsForPeople: false } kind)
        {
            context.Report(Errors.RuleNotHere, entry.Key.Span, $"Nobody can be asked: a step of kind {kind.Name} runs by itself.");
            return [];
        }

        var ask = fields.Form(map["ask"]);
        if (effect is not Effect.Redo { When.Anchor: Anchor.FieldValue { Field: var field } }
            || !(context.Fields.ContainsKey(field) || BuiltIns.Writable.Contains(field)) || step.Kind is { Descriptor.IsForPeople: false })
        {
            return ask;
        }

        // Rule 8: a field that says when to redo is required for that outcome.
        var asked = ask.FirstOrDefault(f => f.Field == field);
        return asked is null ? ask.Add(new FormField(field, true)) : ask.Replace(asked, asked with { Required = true });
    }

    private Effect? EffectOf(StepDraft step, YamlMapping map)
    {
        var actions = map.Entries.Where(e => e.Name is "redo" or "goto" or "close").ToList();
        if (actions.Count == 0)
        {
            return Effect.Nothing;
        }

        if (step.Stage is null)
        {
            context.Report(Errors.RuleNotHere, actions[0].Key.Span, $"`{actions[0].Name}` has no meaning after the close: the project has left its stages.");
            return null;
        }

        if ((actions[0].Value as YamlScalar).Written() is not { } target)
        {
            return null;
        }

        return actions[0].Name switch
        {
            "redo" => Redo(step, map, target),
            "goto" => context.Stage(target) is { } stage ? new Effect.GoTo(stage.Index) : null,
            _ => Close(target, map.Scalar("reason")),
        };
    }

    private Effect.Redo? Redo(StepDraft step, YamlMapping map, YamlScalar target)
    {
        var when = moments.Delay(map.Scalar("in")) ?? moments.Bind(map.Scalar("on"), MomentUse.Redo, step, step.Body.Scalar("due") is not null);
        return context.StepOfStage(target.Span, target.Value, step.Stage!, "redo") is { } found
            ? new Effect.Redo(found.Index, when, [])
            : null;
    }
}
