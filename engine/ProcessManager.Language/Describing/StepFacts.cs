using System.Collections.Immutable;
using System.Globalization;
using ProcessManager.Language.Binding;

namespace ProcessManager.Language.Describing;

/// <summary>What a plan says of one step.</summary>
internal sealed class StepFacts(Plan plan, PlanWords words)
{
    public ImmutableArray<PlanFact> Of(Step step)
    {
        var facts = new FactList();
        facts.Add("kind", "Kind", PlanWords.Kind(step.Kind));
        facts.Add("name", "Name", step.Name);
        facts.Add("each", "Once for each of", step.Each is { } each ? words.Each(each) : null);
        if (step.Kind.Work is { } work)
        {
            Work(work, step, facts);
        }

        Kind(step, facts);
        facts.Add("after", "After", words.After(step.After));
        facts.Add("when", "Only if", step.When?.Text, PlanWords.Meaning(step.When));
        facts.Add("passes-as", "If passed, counts as", step.When is not null && step.Outcomes.Count(o => o.Effect is Effect.GoOn) > 1 ? step.PassesAs : null);
        facts.Add("starts", "Not before", step.Starts is { } starts ? PlanWords.Moment(starts, "after its way is open") : null, PlanWords.Meaning(step.Starts));
        facts.Flag("optional", "Optional", step.Optional, "the stage doesn’t wait for it");
        facts.Add("probability", "Probability", step.Probability is { } p ? string.Create(CultureInfo.InvariantCulture, $"{p} %") : null);
        facts.Flag("milestone", "Milestone", step.Milestone);
        facts.Prose("comment", "Comment", step.Comment);
        Outcomes(step, facts);
        return facts.All;
    }

    private void Outcomes(Step step, FactList facts)
    {
        foreach (var outcome in step.Each?.Choices ?? [])
        {
            facts.Add("choice:" + outcome.Id, "A member chooses", words.Outcome(outcome));
        }

        if (step.Outcomes is [{ Effect: Effect.GoOn, Ask.IsEmpty: true }])
        {
            // One way to settle, and it goes on: worth a word only where it has a name of its own.
            facts.Add("outcome:" + step.Outcomes[0].Id, "Outcome", step.Outcomes[0].Id is "done" or "sent" or "received" or "started" ? null : words.Outcome(step.Outcomes[0]));
            return;
        }

        foreach (var outcome in step.Outcomes)
        {
            facts.Add("outcome:" + outcome.Id, "Outcome", words.Outcome(outcome),
                $"{outcome.Label} {words.Fields(outcome.Ask)} {words.Effect(outcome.Effect)} {PlanWords.Meaning((outcome.Effect as Effect.Redo)?.When)}");
        }
    }

    private void Work(HumanWork work, Step step, FactList facts)
    {
        facts.Add("title", "Title", work.Title.Source, work.Title.Canonical);
        facts.Prose("instructions", "Instructions", work.Instructions?.Source, work.Instructions?.Canonical);
        facts.Add("assign", "Who", words.Who(work.Assign));
        facts.Add("due", "Due", work.Due is { } due ? PlanWords.Moment(due, "after it opened") : null, PlanWords.Meaning(work.Due));
        facts.Add("effort", "Effort", work.Effort?.Text, work.Effort is { } effort ? PlanWords.Meaning(effort) : null);
        facts.Add("priority", "Priority", work.Priority == Priority.Normal ? null : Kinds.Lower(work.Priority));
        facts.Add("remind", "Reminds", string.Join("; ", work.Reminders.Select(r => r.Text)), string.Join(";", work.Reminders.Select(PlanWords.Meaning)));
        facts.Add("escalate", "Escalates", string.Join("; ", work.Escalations.Select(words.Escalation)),
            string.Join(";", work.Escalations.Select(e => words.Escalation(e with { At = e.At with { Text = PlanWords.Meaning(e.At) } }))));
        facts.Add("expire", "Expires", work.Expire is { } expire ? words.Expiry(expire, step) : null,
            work.Expire is { } at ? $"{PlanWords.Meaning(at.At)} {at.Outcome}" : null);
        facts.Add("form", "Form", words.Fields(work.Form));
        facts.Add("checklist", "Checklist", string.Join("; ", work.Checklist));
        facts.Add("attach", "Documents", string.Join(", ", work.Attach.Select(words.Attachment)),
            string.Join(",", work.Attach.Select(a => a is Attachment.OfPlan file ? file.File + file.Digest : words.Attachment(a))));
        facts.Add("offers", "Offers the letter", work.Offers);
        facts.Add("notify", "Tells", string.Join("; ", work.Notify.Select(words.Notification)));
    }

    private void Kind(Step step, FactList facts)
    {
        switch (step.Kind)
        {
            case ApprovalKind approval:
                facts.Add("need", "Needs", PlanWords.Need(approval));
                break;
            case AlertKind alert:
                facts.Add("text", "Text", alert.Text.Source, alert.Text.Canonical);
                facts.Add("to", "To", words.Told(alert.To));
                facts.Flag("acknowledge", "Receipt", alert.Acknowledge, "asked for");
                break;
            case EmailKind mail:
                facts.Add("template", "Template", mail.Template);
                facts.Add("to", "To", words.Told(mail.To));
                facts.Flag("wait", "Delivery", mail.WaitForDelivery, "is waited for");
                break;
            case LetterKind letter:
                facts.Add("template", "Template", letter.Template);
                break;
            case ReceiveKind receive:
                facts.Add("message", "Message", receive.Message);
                facts.Add("form", "Form", words.Fields(receive.Form));
                facts.Add("expire", "Expires", receive.Expire is { } expire ? words.Expiry(expire, step) : null);
                break;
            case HttpKind http:
                facts.Add("request", "Request", $"{http.Method} {http.Url.Source}", $"{http.Method} {http.Url.Canonical}");
                facts.Add("body", "Sends", Named(http.Body), string.Join(";", http.Body.Select(v => $"{v.Name}={v.Value.Canonical}")));
                facts.Add("into", "Takes from the answer", Assigned(http.Into), Meaning(http.Into));
                facts.Add("retry", "Tries again", http.Retries == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{http.Retries} times"));
                break;
            case StartKind start:
                facts.Add("plan", "Starts a project of", start.Plan);
                facts.Add("fields", "With", Named(start.Fields), string.Join(";", start.Fields.Select(v => $"{v.Name}={v.Value.Canonical}")));
                facts.Flag("until", "Waits", start.UntilClosed, "until that project is closed");
                break;
            case WaitKind wait:
                facts.Add("until", "Waits", PlanWords.Moment(wait.Until, "after its way is open"), PlanWords.Meaning(wait.Until));
                break;
            case SetKind set:
                facts.Add("set", "Sets", Assigned(set.Assignments), Meaning(set.Assignments));
                break;
            case DecideKind decide:
                Rules(decide, facts);
                break;
            case CloseKind close:
                facts.Add("close", "Closes as", words.Closes(close.Result, close.Reason));
                break;
            case GoToKind leave:
                facts.Add("goto", "Goes to", plan.Stages[leave.Stage] is var stage ? words.Stage(stage.Index) : null);
                break;
        }
    }

    private static void Rules(DecideKind decide, FactList facts)
    {
        var number = 0;
        foreach (var rule in decide.Rules)
        {
            number++;
            var cells = rule.Inputs.Where(c => c.Test is not null).Select(c => $"{c.Input.Text} {c.Test!.Text}").ToList();
            var condition = rule.When?.Text ?? (cells.Count > 0 ? string.Join(" and ", cells) : "otherwise");
            facts.Add(string.Create(CultureInfo.InvariantCulture, $"rule:{number}"), string.Create(CultureInfo.InvariantCulture, $"Rule {number}"), $"{condition} → {rule.Outcome}",
                $"{rule.When?.Canonical} {string.Join(" ", rule.Inputs.Select(c => $"{c.Input.Canonical}:{c.Test?.Canonical}"))} {rule.Outcome}");
        }
    }

    private string Assigned(IEnumerable<FieldAssignment> assignments) =>
        string.Join("; ", assignments.Select(a => $"{words.Field(a.Field)} = {a.Value.Text}"));

    private static string Meaning(IEnumerable<FieldAssignment> assignments) =>
        string.Join(";", assignments.Select(a => $"{a.Field}={a.Value.Canonical}"));

    private static string Named(IEnumerable<NamedValue> values) => string.Join("; ", values.Select(v => $"{v.Name} = {v.Value.Text}"));
}
