using System.Collections.Immutable;
using ProcessManager.Language.Reading;
using ProcessManager.Language.Time;

namespace ProcessManager.Language.Binding;

/// <summary>Binds moments, reminders and durations, and sees to it that what they are counted from exists.</summary>
internal sealed class MomentBinder(BindingContext context)
{
    private const string Prefix = "field:";

    // A plan says the same times again and again. Kept is what means the same wherever it stands: no steps, whose use
    // depends on the place, and nothing that a diagnostic was reported of.
    private readonly Dictionary<(string Text, MomentUse Use), Moment> moments = [];
    private readonly Dictionary<string, ReminderRule> reminders = new(StringComparer.Ordinal);

    /// <param name="step">Null for a stage's deadline.</param>
    /// <param name="hasDue">Whether the step (the stage) has a due moment that can be counted from.</param>
    public Moment? Bind(YamlScalar? node, MomentUse use, StepDraft? step, bool hasDue)
    {
        if (node is null)
        {
            return null;
        }

        if (!moments.TryGetValue((node.Value, use), out var moment))
        {
            var before = context.Diagnostics.Count;
            moment = Read(node, use, step);
            if (moment is { Anchor: not Anchor.StepSettled } && context.Diagnostics.Count == before)
            {
                moments[(node.Value, use)] = moment;
            }
        }

        return moment is { Anchor: Anchor.Due } && !hasDue ? NoDue(node.Span, node.Value, step) : moment;
    }

    /// <summary>What <c>in</c> says: a bare duration, counted from the outcome.</summary>
    public Moment? Delay(YamlScalar? node) =>
        node is not null && DurationParser.Parse(node.Text, context.Diagnostics) is { } length
            ? new Moment(new Anchor.Opened(), length, false, length.Text) { IsBareDuration = true }
            : null;

    public Duration? Length(YamlScalar? node) =>
        node is null ? null : DurationParser.Parse(node.Text, context.Diagnostics);

    public ImmutableArray<ReminderRule> Reminders(YamlNode? node, StepDraft? step, bool hasDue)
    {
        if (node is null)
        {
            return [];
        }

        var rules = ImmutableArray.CreateBuilder<ReminderRule>();
        foreach (var scalar in node.Scalars())
        {
            if (Reminder(scalar) is not { } rule)
            {
                continue;
            }

            if (!hasDue && rule is not ReminderRule.AfterOpened)
            {
                NoDue(scalar.Span, scalar.Value, step);
                continue;
            }

            rules.Add(rule);
        }

        return rules.ToImmutable();
    }

    private Moment? Read(YamlScalar node, MomentUse use, StepDraft? step)
    {
        var moment = MomentParser.Parse(node.Text, use, context.Diagnostics, out var anchor);
        return moment?.Anchor switch
        {
            null => null,
            Anchor.FieldValue field => FieldAnchor(moment, field.Field, anchor),
            Anchor.StepSettled settled => StepAnchor(moment, settled.Step, anchor, step, use),
            _ => moment,
        };
    }

    private ReminderRule? Reminder(YamlScalar scalar)
    {
        if (reminders.TryGetValue(scalar.Value, out var known))
        {
            return known;
        }

        var before = context.Diagnostics.Count;
        var rule = ReminderParser.Parse(scalar.Text, context.Diagnostics);
        if (rule is not null && context.Diagnostics.Count == before)
        {
            reminders[scalar.Value] = rule;
        }

        return rule;
    }

    public Moment? NoDue(SourceSpan span, string text, StepDraft? step)
    {
        var mend = step is null ? "Give the stage a `within`" : $"Give “{step.Id}” a `due`";
        context.Report(Errors.NoDue, span, $"“{text}” counts from due, but nothing is due here. {mend}, or count from another anchor, such as `3 days after {(step is null ? "stage" : "opened")}`.");
        return null;
    }

    private Moment? FieldAnchor(Moment moment, string id, SourceSpan anchor)
    {
        var span = anchor with { StartColumn = anchor.StartColumn + Prefix.Length, Start = anchor.Start + Prefix.Length };
        if (context.BrokenFields.Contains(id))
        {
            return null;
        }

        if (context.Fields.TryGetValue(id, out var field))
        {
            if (field.Kind is FieldKind.Date or FieldKind.Time)
            {
                return Labelled(moment, field.Label);
            }

            context.Report(Errors.FieldOfWrongKind, span,
                $"“{id}” is a field of kind {Kinds.Name(field.Kind)}: expected one of kind date or time{Dates()}.");
            return null;
        }

        if (id is "expected-close" or "started" or "closed")
        {
            return Labelled(moment, Words.Humanise(id));
        }

        context.Unknown(Errors.UnknownField, span, id, $"There is no field “{id}” that holds a date", DateFields().Append("expected-close"), "");
        return null;
    }

    private Moment? StepAnchor(Moment moment, string id, SourceSpan span, StepDraft? step, MomentUse use)
    {
        if (context.FindStep(id) is not { } anchor)
        {
            var meant = context.Fields.ContainsKey(id) ? "field:" + id
                : Shaping.Words.Nearest(id, context.Steps.Select(s => s.Id).Concat(BuiltIns.Anchors));
            context.Report(Errors.UnknownStep, span,
                $"There is no step “{id}” to count from: expected opened, stage, start, due, a step, field:x or a date{(meant is null ? "." : $"; did you mean “{meant}”?")}",
                meant is null ? null : BindingContext.Replace(span, meant));
            return null;
        }

        if (anchor.LeavesByItself || anchor.Stage is null)
        {
            context.Report(Errors.AnchorNotHere, span, $"“{id}” can't be counted from: it ends the {(anchor.Stage is null ? "project" : "stage")}.");
            return null;
        }

        if (anchor == step && use is (MomentUse.Due or MomentUse.Expire or MomentUse.Escalate))
        {
            context.Report(Errors.AnchorNotHere, span, $"“{id}” isn't settled before this time matters: count from its opening, such as `2 days after opened`.");
            return null;
        }

        if (step?.Stage is { } here && anchor.Stage.Index > here.Index)
        {
            context.Report(Errors.AnchorLater, span, $"“{id}” is a step of the later stage {anchor.Stage.Name}: the time stays unset until it has been settled.");
        }

        else if (step is not null && use is (MomentUse.Starts or MomentUse.Wait))
        {
            context.AnchorUses.Add((step, anchor, span));
        }

        return Labelled(moment, StepNames.Of(anchor));
    }

    private static Moment Labelled(Moment moment, string label) => moment with
    {
        Text = moment.Offset.IsZero ? $"at {label}" : $"{moment.Offset.Text} {(moment.Before ? "before" : "after")} {label}",
    };

    private IEnumerable<string> DateFields() =>
        context.Fields.Values.Where(f => f.Kind is FieldKind.Date or FieldKind.Time).Select(f => f.Id);

    private string Dates() => DateFields().ToList() is { Count: > 0 } names ? $", such as {Words.Or(names)}" : "";
}
