using System.Collections.Immutable;
using ProcessManager.Language.Expressions;
using ProcessManager.Language.Reading;
using ProcessManager.Language.Time;

namespace ProcessManager.Language.Binding;

/// <summary>Binds what tasks, approvals and notes have in common, and escalations, which stages have too.</summary>
internal sealed class WorkBinder(
    BindingContext context, AssigneeBinder assignees, MomentBinder moments, FieldBinder fields, LetterBinder letters, AttachmentBinder attachments)
{
    public HumanWork? Bind(StepDraft step)
    {
        var body = step.Body;
        var hasDue = body.Scalar("due") is not null;
        var title = Title(step);
        var assign = Assign(step);
        var work = new HumanWork
        {
            Title = title!,
            Instructions = body.Scalar("instructions") is { } text ? context.Text(text.Text, context.ScopeOf(step)) : null,
            Assign = assign,
            Due = moments.Bind(body.Scalar("due"), MomentUse.Due, step, hasDue: false),
            Priority = Kinds.Priority(body.Text("priority")) ?? Priority.Normal,
            Reminders = moments.Reminders(body["remind"], step, hasDue),
            Escalations = Escalations(body["escalate"], step, hasDue),
            Expire = Expires(step, hasDue),
            Form = fields.Form(body["form"]),
            Checklist = [.. body["checklist"].Scalars().Select(s => s.Value)],
            Effort = moments.Length(body.Scalar("effort")),
            Attach = attachments.Bind(body["attach"]),
            Offers = Offers(step),
            Notify = Notify(step, hasDue),
        };
        return title is null ? null : work;
    }

    /// <param name="step">Null for a stage.</param>
    public ImmutableArray<Escalation> Escalations(YamlNode? node, StepDraft? step, bool hasDue)
    {
        if (node is null)
        {
            return [];
        }

        var found = ImmutableArray.CreateBuilder<Escalation>();
        foreach (var map in node.Items().OfType<YamlMapping>())
        {
            if (Escalate(map, step, hasDue) is { } escalation)
            {
                found.Add(escalation);
            }
        }

        return found.ToImmutable();
    }

    /// <summary>The text after the key of a kind.</summary>
    public TextTemplate? Title(StepDraft step)
    {
        if (step.Kind!.Value is not YamlScalar text || text.Written() is null)
        {
            return null;
        }

        return context.Text(text.Text, context.ScopeOf(step));
    }

    private AssigneeRule Assign(StepDraft step)
    {
        var share = step.Body.Scalar("share");
        var how = Kinds.Share(share?.Value);
        var rule = assignees.Bind(step.Body["assign"], AssigneeUse.Work, step, step.Body["except"], how ?? Share.Claim);
        if (step.Body["assign"] is null && step.Body["except"] is { } except)
        {
            context.Report(Errors.RuleNotHere, except.Span, "`except` leaves people out of those that `assign` names, but there is no `assign`.");
        }

        if (share is not null && (rule is null ? step.Body["assign"] is null : !rule.InOrder.Any(a => a is Assignee.GroupOf or Assignee.RoleOf)))
        {
            context.Report(Errors.RuleNotHere, share.Span, "`share` hands out the work of a group, but `assign` names none: expected `assign: group:x`.");
        }

        return rule ?? (step is { Kind.Name: not "approval", Each.Members: MembersAre.People }
            ? AssigneeBinder.Default(new Assignee.Item(), "item", step.Key.Span)
            : AssigneeBinder.Default(new Assignee.Owner(), "owner", step.Key.Span));
    }

    private string? Offers(StepDraft step)
    {
        if (step.Body.Scalar("offers") is not { } name)
        {
            return null;
        }

        letters.Use(name, step);
        return name.Value;
    }

    private ImmutableArray<Notification> Notify(StepDraft step, bool hasDue)
    {
        if (step.Body.Map("notify") is not { } notify)
        {
            return [];
        }

        var found = ImmutableArray.CreateBuilder<Notification>();
        foreach (var entry in notify.Entries)
        {
            WorkMoment? on = entry.Name switch
            {
                "opened" => WorkMoment.Opened,
                "claimed" => WorkMoment.Claimed,
                "overdue" => WorkMoment.Overdue,
                "done" => WorkMoment.Done,
                _ => null,
            };
            if (on == WorkMoment.Overdue && !hasDue)
            {
                moments.NoDue(entry.Key.Span, "overdue", step);
            }

            if (on is { } moment && assignees.Bind(entry.Value, AssigneeUse.Alert, step) is { } to)
            {
                found.Add(new Notification(moment, to, entry.Span));
            }
        }

        return found.ToImmutable();
    }

    private Escalation? Escalate(YamlMapping map, StepDraft? step, bool hasDue)
    {
        var after = map.Scalar("after");
        var at = moments.Bind(after, MomentUse.Escalate, step, hasDue);
        if (at is { IsBareDuration: true } && !hasDue)
        {
            moments.NoDue(after!.Span, after.Value, step);
            at = null;
        }

        var actions = map.Entries.Where(e => e.Name is "alert" or "reassign" or "priority").ToList();
        if (actions.Count != 1)
        {
            return null;
        }

        EscalationAction? action = actions[0].Name switch
        {
            "alert" => assignees.Bind(actions[0].Value, AssigneeUse.Alert, step) is { } to ? new EscalationAction.Alert(to) : null,
            "reassign" when step is null => Misplaced(actions[0], "a stage is nobody's work"),
            "reassign" => assignees.Bind(actions[0].Value, AssigneeUse.Work, step) is { } to ? new EscalationAction.Reassign(to) : null,
            "priority" when step is null => Misplaced(actions[0], "a stage has no priority"),
            _ => Kinds.Priority((actions[0].Value as YamlScalar)?.Value) is { } raised ? new EscalationAction.Raise(raised) : null,
        };
        return at is null || action is null ? null : new Escalation(at, action, map.Span);
    }

    private EscalationAction? Misplaced(YamlEntry entry, string why)
    {
        context.Report(Errors.RuleNotHere, entry.Key.Span, $"`{entry.Name}` has no meaning for a stage, because {why}: expected alert.");
        return null;
    }

    /// <param name="otherwise">The outcome that is taken where none is written; null where one must be.</param>
    public Expiry? Expires(StepDraft step, bool hasDue, string? otherwise = null)
    {
        if (step.Body.Map("expire") is not { } map)
        {
            return null;
        }

        var at = moments.Bind(map.Scalar("after"), MomentUse.Expire, step, hasDue);
        var outcome = map.Scalar("outcome");
        if (outcome is not null && step.Choices.All(o => o.Id != outcome.Value))
        {
            context.Unknown(Errors.UnknownOutcome, outcome.Span, outcome.Value, $"“{step.Id}” has no outcome “{outcome.Value}”", step.Choices.Select(o => o.Id), "");
            return null;
        }

        return (outcome?.Value ?? otherwise) is { } taken && at is not null ? new Expiry(at, taken, map.Span) : null;
    }
}
