using System.Collections.Immutable;
using System.Globalization;
using ProcessManager.Language.Expressions;
using ProcessManager.Language.Shaping;
using ProcessManager.Language.Time;

namespace ProcessManager.Language.Describing;

/// <summary>
/// Parts of a plan in words. With an organisation by the names that people know (<c>Sales</c>), without one by the ids that
/// the file has (<c>group:sales</c>).
/// </summary>
public sealed class PlanWords(Plan plan, Organisation? organisation = null)
{
    private readonly bool byName = organisation is not null;

    /// <summary>The ids that parts have in a later plan, by the ids they have in this one; for words without names.</summary>
    internal IReadOnlyDictionary<string, string> Renamed { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary><c>Task</c>, <c>Set fields</c>.</summary>
    public static string Kind(StepKind kind) => StepKindCatalog.Find(kind.Key)?.Name ?? kind.Key;

    public string Step(int index) => byName ? $"“{plan.Steps[index].Name}”" : Now(plan.Steps[index].Id);

    public string Stage(int index) => byName ? plan.Stages[index].Name : Now(plan.Stages[index].Id);

    public string Field(string id) => byName ? plan.FindField(id)?.Label ?? Binding.Words.Humanise(id) : Now(id);

    private string Now(string id) => Renamed.GetValueOrDefault(id, id);

    public string Fields(IEnumerable<FormField> form) => string.Join(", ", form.Select(f => Field(f.Field) + (f.Required ? byName ? " (required)" : "!" : "")));

    /// <summary>Who a rule names, tried in order.</summary>
    public string Who(AssigneeRule rule)
    {
        var people = string.Join(", else ", rule.InOrder.Select(One));
        var shared = rule.Share switch { Share.RoundRobin => ", in turns", Share.LeastBusy => ", the least busy", _ => "" };
        var except = rule.Except.IsEmpty ? "" : $", but not {string.Join(" or ", rule.Except.Select(One))}";
        return people + shared + except;
    }

    /// <summary>Whom a rule for telling names: everybody in its list.</summary>
    public string Told(AssigneeRule rule) => Binding.Words.And([.. rule.InOrder.Select(One)]);

    public string One(Assignee who) => who switch
    {
        Assignee.Owner => byName ? "the owner" : "owner",
        Assignee.Creator => byName ? "who started the project" : "creator",
        Assignee.Manager => byName ? "the manager" : "manager",
        Assignee.AccountManager => byName ? "the account manager" : "account-manager",
        Assignee.RoleOf role => byName ? plan.FindRole(role.Role)?.Label ?? role.Role : "role:" + Now(role.Role),
        Assignee.GroupOf group => byName ? organisation!.Groups.GetValueOrDefault(group.Group, group.Group) : "group:" + group.Group,
        Assignee.User user => byName ? user.Name : "user:" + user.Name,
        Assignee.DoneBy by => byName ? $"who did {Step(by.Step)}" : "by:" + Step(by.Step),
        Assignee.Prospect => byName ? "the prospect" : "prospect",
        Assignee.Address address => address.Email,
        Assignee.Participants => byName ? "everybody who takes part" : "participants",
        Assignee.Item => byName ? "the member" : "item",
        _ => throw new InvalidOperationException($"Unknown assignee {who}."),
    };

    /// <summary>What a step waits for; null where it opens with its stage.</summary>
    public string? After(Join join)
    {
        if (join.Ways.IsEmpty)
        {
            return null;
        }

        var ways = join.Ways.Select(Way).ToList();
        return join switch
        {
            Join.Any => Binding.Words.Or(ways),
            Join.First first => string.Create(CultureInfo.InvariantCulture, $"{(first.Need > 1 ? $"the first {first.Need}" : "the first")} of {Binding.Words.And(ways)}{(first.Cancels.IsEmpty ? "" : "; the rest is cancelled")}"),
            _ => Binding.Words.And(ways),
        };
    }

    private string Way(Way way)
    {
        if (way.Outcome is not { } outcome)
        {
            return Step(way.Step);
        }

        return byName ? $"{Step(way.Step)} ({plan.Steps[way.Step].FindOutcome(outcome)?.Label ?? outcome})" : $"{Step(way.Step)}.{outcome}";
    }

    /// <summary>What an effect does to the project.</summary>
    public string Effect(Effect effect) => effect switch
    {
        Language.Effect.Redo redo => $"does {Step(redo.Step)} again{(redo.When is { } when ? $", {Moment(when, "later")}" : "")}",
        Language.Effect.GoTo leave => $"goes to {Stage(leave.Stage)}",
        Language.Effect.Close close => $"closes as {Closes(close.Result, close.Reason)}",
        _ => "goes on",
    };

    public string Closes(CloseResult result, string? reason)
    {
        var name = reason is null ? null : byName ? organisation!.CloseReasons.GetValueOrDefault(reason, reason) : reason;
        return Binding.Kinds.Lower(result) + (name is null ? "" : $" ({name})");
    }

    /// <summary>An outcome with what it asks for and does.</summary>
    public string Outcome(Outcome outcome)
    {
        var ask = outcome.Ask.IsEmpty ? "" : $", asks for {Fields(outcome.Ask)}";
        var label = byName ? outcome.Label : outcome.Label == Binding.Words.Humanise(outcome.Id) ? outcome.Id : $"{outcome.Id} “{outcome.Label}”";
        return outcome.Effect is Effect.GoOn ? label + ask : $"{label}: {Effect(outcome.Effect)}{ask}";
    }

    /// <param name="from">What a bare duration counts from: <c>after due</c>.</param>
    public static string Moment(Moment moment, string from) => moment.IsBareDuration ? $"{moment.Text} {from}" : moment.Text;

    public string Escalation(Escalation escalation)
    {
        var at = Moment(escalation.At, "after due");
        return escalation.Action switch
        {
            EscalationAction.Alert alert => $"{at}: tells {Told(alert.To)}",
            EscalationAction.Reassign reassign => $"{at}: hands over to {Who(reassign.To)}",
            EscalationAction.Raise raise => $"{at}: priority {Binding.Kinds.Lower(raise.To)}",
            _ => at,
        };
    }

    public string Expiry(Expiry expiry, Step step) =>
        $"{Moment(expiry.At, "after it opened")}: {(byName ? step.FindOutcome(expiry.Outcome)?.Label ?? expiry.Outcome : expiry.Outcome)}";

    public string Notification(Notification told) => $"{Binding.Kinds.Lower(told.On)}: {Told(told.To)}";

    public string Attachment(Attachment attachment) => attachment switch
    {
        Language.Attachment.OfField field => byName ? Field(field.Field) : "field:" + Now(field.Field),
        Language.Attachment.OfLetter letter => Step(letter.Step),
        Language.Attachment.OfPlan file => file.File,
        _ => "",
    };

    public string Each(EachRule each)
    {
        var source = each.Source switch
        {
            EachSource.RoleOf role => byName ? plan.FindRole(role.Role)?.Label ?? role.Role : "role:" + Now(role.Role),
            EachSource.FieldOf field => byName ? Field(field.Field) : "field:" + Now(field.Field),
            _ => "",
        };
        var need = each.Need == NeedRule.All ? "all" : string.Create(CultureInfo.InvariantCulture, $"{each.Count}");
        return $"{source}; {need} needed{(each.Outcome is null ? "" : $" with {each.Outcome}")}";
    }

    public static string Need(ApprovalKind approval) => approval.Need switch
    {
        NeedRule.All => "the approval of all",
        NeedRule.Majority => "a majority",
        _ => approval.Count == 1 ? "one approval" : string.Create(CultureInfo.InvariantCulture, $"{approval.Count} approvals"),
    };

    public string Next(NextRule rule) => rule.When is { } when ? $"if {when.Text}: {Effect(rule.Target)}" : Effect(rule.Target);

    /// <summary>What starts a project.</summary>
    public string Start(StartRule rule)
    {
        var what = rule switch
        {
            StartRule.Message message => $"the message {message.Name}",
            StartRule.Form form => $"the public form {form.Id}{(form.Ask.IsEmpty ? "" : $", asking for {Fields(form.Ask)}")}",
            StartRule.Segment segment => $"each contact that enters the segment {segment.Id}",
            StartRule.Response response => $"a response to {response.Rule}",
            StartRule.Every every => $"every {every.Schedule.Text}{(every.For is null ? "" : $", for each contact in {every.For}")}",
            _ => "",
        };
        var owner = rule.Owner is { } by ? $"; owned by {Who(by)}" : "";
        var fields = rule.Fields.IsEmpty ? "" : "; sets " + string.Join(", ", rule.Fields.Select(f => $"{Field(f.Field)} = {f.Value.Text}"));
        return what + (rule.When is { } when ? $", if {when.Text}" : "") + owner + fields;
    }

    /// <summary>Equal for moments that mean the same.</summary>
    internal static string Meaning(Moment? moment) => moment is null ? "" : moment.IsBareDuration
        ? Meaning(moment.Offset) : $"{moment.Anchor} {(moment.Before ? "before" : "after")} {Meaning(moment.Offset)}";

    internal static string Meaning(Duration length) => string.Create(CultureInfo.InvariantCulture,
        $"{length.Months}/{length.Days}/{length.Elapsed}/{length.WorkingDays}/{length.WorkingTime}");

    internal static string Meaning(ReminderRule reminder) => reminder switch
    {
        ReminderRule.BeforeDue before => "before " + Meaning(before.Before),
        ReminderRule.AfterDue after => "after " + Meaning(after.After),
        ReminderRule.AfterOpened after => "opened " + Meaning(after.After),
        ReminderRule.EveryAfterDue every => string.Create(CultureInfo.InvariantCulture, $"every {Meaning(every.Interval)} x {every.AtMost}"),
        _ => "due",
    };

    internal static string? Meaning(Expression? expression) => expression?.Canonical;
}
