using System.Collections.Immutable;

namespace ProcessManager.Language.Binding;

internal sealed partial class PlanJsonWriter
{
    private void Step(Step step)
    {
        Text("id", step.Id);
        Text("kind", step.Kind.Key);
        Text("name", step.Name);
        Kind(step.Kind);
        Join(step.After);
        Expression("when", step.When);
        Text("passes-as", step.PassesAs);
        Moment("starts", step.Starts);
        Flag("optional", step.Optional);
        if (step.Each is { } each)
        {
            Each(each);
        }

        Number("probability", step.Probability);
        Flag("milestone", step.Milestone);
        Text("comment", step.Comment);
        Text("was", step.Was);
        List("outcomes", step.Outcomes, Outcome);
    }

    private void Kind(StepKind kind)
    {
        if (kind.Work is { } work)
        {
            Work(work);
        }

        switch (kind)
        {
            case ApprovalKind approval:
                Text("need", approval.Need == NeedRule.Number
                    ? approval.Count.ToString(System.Globalization.CultureInfo.InvariantCulture) : Kinds.Lower(approval.Need));
                break;
            case AlertKind alert:
                Text("text", alert.Text);
                People("to", alert.To);
                Flag("acknowledge", alert.Acknowledge);
                break;
            case EmailKind email:
                Text("template", email.Template);
                People("to", email.To);
                Flag("wait", email.WaitForDelivery);
                break;
            case LetterKind letter:
                Text("template", letter.Template);
                break;
            case ReceiveKind receive:
                Text("message", receive.Message);
                Form("form", receive.Form);
                Expires(receive.Expire);
                break;
            case HttpKind http:
                Text("method", http.Method);
                Text("url", http.Url);
                Named("body", http.Body);
                Assignments("into", http.Into);
                Number("retry", http.Retries);
                break;
            case StartKind start:
                Text("plan", start.Plan);
                Named("fields", start.Fields);
                Text("until", start.UntilClosed ? "closed" : null);
                break;
            case WaitKind wait:
                Moment("until", wait.Until);
                break;
            case SetKind set:
                Assignments("set", set.Assignments);
                break;
            case DecideKind decide:
                List("rules", decide.Rules, Rule);
                break;
            case CloseKind close:
                Effect(new Effect.Close(close.Result, close.Reason));
                break;
            case GoToKind leave:
                Effect(new Effect.GoTo(leave.Stage));
                break;
            default:
                break;
        }
    }

    private void Work(HumanWork work)
    {
        Text("title", work.Title);
        Text("instructions", work.Instructions);
        People("assign", work.Assign);
        Moment("due", work.Due);
        Text("priority", work.Priority == Priority.Normal ? null : Kinds.Lower(work.Priority));
        List("remind", work.Reminders, Reminder);
        List("escalate", work.Escalations, Escalation);
        Expires(work.Expire);
        Form("form", work.Form);
        Texts("checklist", work.Checklist);
        if (work.Effort is { } effort)
        {
            json.WriteStartObject("effort");
            Length(effort);
            json.WriteEndObject();
        }

        List("attach", work.Attach, Attachment);
        Text("offers", work.Offers);
        List("notify", work.Notify, n =>
        {
            Text("on", Kinds.Lower(n.On));
            People("to", n.To);
        });
    }

    private void Attachment(Attachment attachment)
    {
        switch (attachment)
        {
            case Attachment.OfField field:
                Text("field", field.Field);
                break;
            case Attachment.OfLetter letter:
                Text("letter", plan.Steps[letter.Step].Id);
                break;
            case Attachment.OfPlan file:
                Text("file", file.File);
                Text("digest", file.Digest);
                break;
            default:
                break;
        }
    }

    private void Each(EachRule each)
    {
        json.WriteStartObject("each");
        Text("of", each.Source switch { EachSource.RoleOf role => "role:" + role.Role, EachSource.FieldOf field => "field:" + field.Field, _ => "" });
        Number("need", each.Need == NeedRule.All ? null : each.Count);
        Text("outcome", each.Outcome);
        List("choices", each.Choices, Outcome);
        json.WriteEndObject();
    }

    private void Expires(Expiry? expire)
    {
        Moment("expire", expire?.At);
        Text("expires-as", expire?.Outcome);
    }

    private void Assignments(string key, ImmutableArray<FieldAssignment> assignments) => List(key, assignments, a =>
    {
        Text("field", a.Field);
        Expression("value", a.Value);
    });

    private void Named(string key, ImmutableArray<NamedValue> values) => List(key, values, v =>
    {
        Text("name", v.Name);
        Expression("value", v.Value);
    });

    private void Rule(DecisionRule rule)
    {
        Expression("when", rule.When);
        List("cells", rule.Inputs, cell =>
        {
            Expression("input", cell.Input);
            Expression("test", cell.Test);
        });
        Text("outcome", rule.Outcome);
    }

    private void Join(Join join)
    {
        if (join is Language.Join.AtStart)
        {
            return;
        }

        json.WriteStartObject("after");
        Text("join", join switch { Language.Join.Any => "any", Language.Join.First => "first", _ => "all" });
        if (join is Language.Join.First first)
        {
            Number("need", first.Need);
            Text("cancel", first.Cancels.IsEmpty ? null : "rest");
        }

        Texts("ways", join.Ways, w => w.Outcome is null ? plan.Steps[w.Step].Id : $"{plan.Steps[w.Step].Id}.{w.Outcome}");
        json.WriteEndObject();
    }

    private void Outcome(Outcome outcome)
    {
        Text("id", outcome.Id);
        Text("label", outcome.Label);
        Form("ask", outcome.Ask);
        Effect(outcome.Effect);
    }

    private void Effect(Effect effect)
    {
        switch (effect)
        {
            case Effect.Redo redo:
                Text("redo", plan.Steps[redo.Step].Id);
                Moment("on", redo.When);
                break;
            case Effect.GoTo leave:
                Text("goto", plan.Stages[leave.Stage].Id);
                break;
            case Effect.Close close:
                Text("close", Kinds.Lower(close.Result));
                Text("reason", close.Reason);
                break;
            default:
                break;
        }
    }

    private void Escalation(Escalation escalation)
    {
        Moment("at", escalation.At);
        switch (escalation.Action)
        {
            case EscalationAction.Alert alert:
                People("alert", alert.To);
                break;
            case EscalationAction.Reassign reassign:
                People("reassign", reassign.To);
                break;
            case EscalationAction.Raise raise:
                Text("priority", Kinds.Lower(raise.To));
                break;
            default:
                break;
        }
    }

    private void Form(string key, ImmutableArray<FormField> form) =>
        Texts(key, form, f => f.Required ? f.Field + "!" : f.Field);

    private void People(string key, AssigneeRule? rule)
    {
        if (rule is null)
        {
            return;
        }

        Texts(key, rule.InOrder, Who);
        Texts("except", rule.Except, Who);
        Text("share", rule.Share switch { Share.RoundRobin => "round-robin", Share.LeastBusy => "least-busy", _ => null });
    }

    private string Who(Assignee who) => who switch
    {
        Assignee.Owner => "owner",
        Assignee.Creator => "creator",
        Assignee.Manager => "manager",
        Assignee.AccountManager => "account-manager",
        Assignee.RoleOf role => "role:" + role.Role,
        Assignee.GroupOf group => "group:" + group.Group,
        Assignee.User user => "user:" + user.Name,
        Assignee.DoneBy by => "by:" + plan.Steps[by.Step].Id,
        Assignee.Prospect => "prospect",
        Assignee.Address address => address.Email,
        Assignee.Participants => "participants",
        Assignee.Item => "item",
        _ => "",
    };
}
