using ProcessManager.Language;

namespace ProcessManager.Host.Plans;

/// <summary>Steps of a plan in words: what each is, who does it, by when, and what leads to it.</summary>
public static class StepWords
{
    public static string Kind(StepKind kind) => kind switch
    {
        TaskKind => "Task",
        ApprovalKind => "Approval",
        NoteKind => "Note",
        AlertKind => "Alert",
        EmailKind => "E-mail",
        LetterKind => "Letter",
        ReceiveKind => "Message",
        HttpKind => "HTTP request",
        StartKind => "Start a project",
        WaitKind => "Wait",
        SetKind => "Set fields",
        DecideKind => "Decision",
        GateKind => "Gate",
        CloseKind => "Close",
        GoToKind => "Go to stage",
        _ => kind.Key,
    };

    public static string Icon(StepKind kind) => kind switch
    {
        TaskKind => "checkbox",
        ApprovalKind => "clipboard-check",
        NoteKind => "note",
        AlertKind => "bell",
        EmailKind => "mail",
        LetterKind => "file-type-docx",
        ReceiveKind => "mail-opened",
        HttpKind => "webhook",
        StartKind => "subtask",
        WaitKind => "hourglass",
        SetKind => "variable",
        DecideKind => "git-fork",
        GateKind => "git-branch",
        CloseKind => "flag",
        GoToKind => "arrow-right",
        _ => "point-filled",
    };

    /// <summary>What the plan says of a step, as pairs of a label and its text.</summary>
    public static IEnumerable<(string Label, string Text)> Facts(Step step, Plan plan, Organisation? organisation)
    {
        if (Who(step.Kind) is { } rule) yield return step.Kind.Work is null ? ("To", Told(rule, plan, organisation)) : ("Who", Named(rule, plan, organisation));
        if (step.Each is { } each) yield return ("For each", Each(each, plan));
        if (step.Kind is ApprovalKind approval) yield return ("Needs", Need(approval));
        if (After(step, plan) is { } after) yield return ("After", after);
        if (step.When is { } when) yield return ("Only if", when.Text);
        if (step.Starts is { } starts) yield return ("Starts", starts.Text);
        if (step.Kind.Work?.Due is { } due) yield return ("Due", due.Text);
        if (step.Kind is WaitKind wait) yield return ("Until", wait.Until.Text);
        if (step.Kind is EmailKind mail) yield return ("Template", mail.Template);
        foreach (var fact in Outside(step.Kind, plan)) yield return fact;
        if (step.Kind is GoToKind leave) yield return ("Goes to", plan.Stages[leave.Stage].Name);
        if (step.Kind is CloseKind close) yield return ("Closes as", Ends(close.Result, close.Reason, organisation));
        if (step.Kind.Work is { } work && work.Form.Length > 0) yield return ("Asks for", string.Join(", ", work.Form.Select(f => plan.FindField(f.Field)?.Label ?? f.Field)));
        if (step.Kind.Work?.Reminders.Length > 0) yield return ("Reminds", string.Join("; ", step.Kind.Work.Reminders.Select(r => r.Text)));
        if (step.Kind.Work?.Escalations.Length > 0) yield return ("Escalates", string.Join("; ", step.Kind.Work.Escalations.Select(e => Escalates(e, plan, organisation))));
        if (step.Kind.Work is { Notify.Length: > 0 } told) yield return ("Tells", string.Join("; ", told.Notify.Select(n => $"{When(n.On)}: {Told(n.To, plan, organisation)}")));
        if (step.Kind.Work is { Attach.Length: > 0 } with) yield return ("Documents", string.Join(", ", with.Attach.Select(a => Attached(a, plan))));
        if (step.Kind.Work?.Offers is { } letter) yield return ("Letter to merge", letter);
        if (step.Each is { } members && members.Choices.Length > 1) yield return ("Each chooses", string.Join(", ", members.Choices.Select(c => c.Label)));
        if (step.Outcomes.Length > 1 || step.Outcomes.Any(o => o.Effect is not Effect.GoOn)) yield return ("Outcomes", string.Join("; ", step.Outcomes.Select(o => Outcome(o, plan, organisation))));
        if (step.Optional) yield return ("Optional", "It may stay undone");
    }

    /// <summary>Of the kinds that reach out of the project.</summary>
    private static IEnumerable<(string Label, string Text)> Outside(StepKind kind, Plan plan)
    {
        switch (kind)
        {
            case LetterKind letter:
                yield return ("Template", letter.Template);
                break;
            case ReceiveKind receive:
                yield return ("Message", receive.Message);
                if (receive.Form.Length > 0) yield return ("May set", string.Join(", ", receive.Form.Select(f => plan.FindField(f.Field)?.Label ?? f.Field)));
                if (receive.Expire is { } expire) yield return ("Waits until", expire.At.IsBareDuration ? $"{expire.At.Text} after opening" : expire.At.Text);
                break;
            case HttpKind http:
                yield return ("Request", $"{http.Method} {http.Url.Source}");
                if (http.Into.Length > 0) yield return ("Sets", string.Join(", ", http.Into.Select(a => plan.FindField(a.Field)?.Label ?? a.Field)));
                yield return ("Tried again", http.Retries == 0 ? "never" : http.Retries == 1 ? "once" : $"{http.Retries} times");
                break;
            case StartKind start:
                yield return ("Plan", start.Plan);
                if (start.UntilClosed) yield return ("Waits", "until the new project has closed");
                break;
            default:
                break;
        }
    }

    private static string Each(EachRule each, Plan plan)
    {
        var source = each.Source switch
        {
            EachSource.RoleOf role => plan.FindRole(role.Role)?.Label ?? role.Role,
            EachSource.FieldOf field => plan.FindField(field.Field)?.Label ?? field.Field,
            _ => throw new InvalidOperationException($"Unknown source {each.Source}."),
        };
        var need = each.Need == NeedRule.All ? "all of them" : each.Count == 1 ? "one of them" : $"{each.Count} of them";
        return $"{source}; needs {need}{(each.Outcome is { } outcome ? $" to choose {each.Choices.FirstOrDefault(c => c.Id == outcome)?.Label ?? outcome}" : "")}";
    }

    private static string When(WorkMoment moment) => moment switch
    {
        WorkMoment.Opened => "when it opens",
        WorkMoment.Claimed => "when somebody takes it",
        WorkMoment.Overdue => "when it is overdue",
        WorkMoment.Done => "when it is done",
        _ => throw new InvalidOperationException($"Unknown moment {moment}."),
    };

    private static string Attached(Attachment attachment, Plan plan) => attachment switch
    {
        Attachment.OfField field => plan.FindField(field.Field)?.Label ?? field.Field,
        Attachment.OfLetter letter => plan.Steps[letter.Step].Name,
        Attachment.OfPlan file => file.File,
        _ => throw new InvalidOperationException($"Unknown attachment {attachment}."),
    };

    /// <summary>Who a rule names, tried in order.</summary>
    private static string Named(AssigneeRule rule, Plan plan, Organisation? organisation)
    {
        var people = string.Join(", else ", rule.InOrder.Select(a => One(a, plan, organisation)));
        var shared = rule.Share switch { Share.RoundRobin => ", in turns", Share.LeastBusy => ", the least busy", _ => "" };
        var except = rule.Except.IsEmpty ? "" : $", but not {string.Join(" or ", rule.Except.Select(a => One(a, plan, organisation)))}";
        return people + shared + except;
    }

    /// <summary>Whom a rule for telling names: everybody in its list.</summary>
    private static string Told(AssigneeRule rule, Plan plan, Organisation? organisation)
    {
        string[] all = [.. rule.InOrder.Select(a => One(a, plan, organisation))];
        return all is [.. var first, var last] && first.Length > 0 ? $"{string.Join(", ", first)} and {last}" : all[0];
    }

    private static string One(Assignee who, Plan plan, Organisation? organisation) => who switch
    {
        Assignee.Owner => "the owner",
        Assignee.Creator => "who started the project",
        Assignee.Manager => "the manager",
        Assignee.AccountManager => "the account manager",
        Assignee.RoleOf role => plan.FindRole(role.Role)?.Label ?? role.Role,
        Assignee.GroupOf group => organisation?.Groups.GetValueOrDefault(group.Group) ?? group.Group,
        Assignee.User user => user.Name,
        Assignee.DoneBy done => $"who did “{plan.Steps[done.Step].Name}”",
        Assignee.Prospect => "the prospect",
        Assignee.Address address => address.Email,
        Assignee.Participants => "everybody who takes part",
        Assignee.Item => "the member it is for",
        _ => throw new InvalidOperationException($"Unknown assignee {who}."),
    };

    private static string Escalates(Escalation escalation, Plan plan, Organisation? organisation)
    {
        var after = escalation.At.IsBareDuration ? $"{escalation.At.Text} after due" : escalation.At.Text;
        return escalation.Action switch
        {
            EscalationAction.Alert alert => $"{after}: tells {Told(alert.To, plan, organisation)}",
            EscalationAction.Reassign reassign => $"{after}: to {Named(reassign.To, plan, organisation)}",
            EscalationAction.Raise raise => $"{after}: {raise.To.ToString().ToLowerInvariant()} priority",
            _ => after,
        };
    }

    private static AssigneeRule? Who(StepKind kind) => kind switch
    {
        { Work: { } work } => work.Assign,
        AlertKind alert => alert.To,
        EmailKind mail => mail.To,
        _ => null,
    };

    private static string Need(ApprovalKind approval) => approval.Need switch
    {
        NeedRule.All => "the approval of all",
        NeedRule.Majority => "a majority",
        _ => approval.Count == 1 ? "one approval" : $"{approval.Count} approvals",
    };

    private static string? After(Step step, Plan plan)
    {
        if (step.After.Ways.IsEmpty) return null;
        var ways = step.After.Ways.Select(w => plan.Steps[w.Step].Name + (w.Outcome is { } o ? $" ({plan.Steps[w.Step].FindOutcome(o)?.Label ?? o})" : ""));
        var word = step.After switch
        {
            Join.Any => " or ",
            Join.First first when first.Need > 1 => ", ",
            Join.First => " or first ",
            _ => " and ",
        };
        return (step.After is Join.First { Need: > 1 } some ? $"{some.Need} of " : "") + string.Join(word, ways);
    }

    private static string Outcome(Outcome outcome, Plan plan, Organisation? organisation) => outcome.Effect switch
    {
        Effect.Redo redo => $"{outcome.Label} → again {plan.Steps[redo.Step].Name}{(redo.When is { } when ? $", {when.Text}" : "")}",
        Effect.GoTo leave => $"{outcome.Label} → {plan.Stages[leave.Stage].Name}",
        Effect.Close close => $"{outcome.Label} → closes as {Ends(close.Result, close.Reason, organisation)}",
        _ => outcome.Label,
    };

    private static string Ends(CloseResult result, string? reason, Organisation? organisation) =>
        result.ToString().ToLowerInvariant() + (reason is null ? "" : $" ({organisation?.CloseReasons.GetValueOrDefault(reason, reason) ?? reason})");
}
