using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ProcessManager.Language;
using ProcessManager.Language.Expressions;
using ProcessManager.Language.Time;

namespace ProcessManager.Tests.Shipped;

/// <summary>What the plan language can do, each with the question whether a compiled plan uses it.</summary>
internal static partial class Features
{
    /// <summary>By group, in the order in which they are shown.</summary>
    public static IEnumerable<(string Group, string Feature, Func<Plan, bool> IsUsed)> All =>
    [
        .. Kinds, .. Settling, .. Joins, .. Flow, .. EachOnes, .. People, .. Times, .. Stages, .. Fields, .. Starts, .. Expressions,
    ];

    private static IEnumerable<(string, string, Func<Plan, bool>)> Kinds =>
        new (string Key, Func<StepKind, bool> Is)[]
        {
            ("task", k => k is TaskKind), ("approval", k => k is ApprovalKind), ("note", k => k is NoteKind), ("alert", k => k is AlertKind),
            ("email", k => k is EmailKind), ("letter", k => k is LetterKind), ("wait", k => k is WaitKind), ("receive", k => k is ReceiveKind),
            ("set", k => k is SetKind), ("decide", k => k is DecideKind), ("http", k => k is HttpKind), ("start", k => k is StartKind),
            ("gate", k => k is GateKind), ("close", k => k is CloseKind), ("goto", k => k is GoToKind),
        }.Select(k => ("kinds of steps", $"`{k.Key}:`", Steps(s => k.Is(s.Kind))));

    private static IEnumerable<(string, string, Func<Plan, bool>)> Settling =>
    [
        .. In("ways to settle",
            ("`need:` a number", Steps(s => s.Kind is ApprovalKind { Need: NeedRule.Number, Count: > 1 })),
            ("`need: all`", Steps(s => s.Kind is ApprovalKind { Need: NeedRule.All })),
            ("`need: majority`", Steps(s => s.Kind is ApprovalKind { Need: NeedRule.Majority })),
            ("`acknowledge`", Steps(s => s.Kind is AlertKind { Acknowledge: true })),
            ("email that waits for its delivery", Steps(s => s.Kind is EmailKind { WaitForDelivery: true })),
            ("`start` that goes on at once", Steps(s => s.Kind is StartKind { UntilClosed: false })),
            ("`start` with `until: closed`", Steps(s => s.Kind is StartKind { UntilClosed: true })),
            ("rules in `decide`", Steps(s => s.Kind is DecideKind d && d.Rules.Any(r => r.When is not null))),
            ("a decision table", Steps(s => s.Kind is DecideKind d && d.Rules.Any(r => !r.Inputs.IsEmpty))),
            ("`expire`", Steps(s => s.Kind.Work?.Expire is not null)),
            ("`expire` of a message", Steps(s => s.Kind is ReceiveKind { Expire: not null })),
            ("outcome with `close`", Outcomes(o => o.Effect is Effect.Close)),
            ("outcome with `goto`", Outcomes(o => o.Effect is Effect.GoTo)),
            ("outcome with `ask`", Outcomes(o => !o.Ask.IsEmpty))),
    ];

    private static IEnumerable<(string, string, Func<Plan, bool>)> Joins => In("joins",
        ("one step", Steps(s => s.After is Join.All { Ways: [{ Outcome: null }] })),
        ("one outcome", Steps(s => s.After is Join.All { Ways: [{ Outcome: not null }] })),
        ("all of several", Steps(s => s.After is Join.All { Ways.Length: > 1 })),
        ("`any`", Steps(s => s.After is Join.Any)),
        ("`first`", Steps(s => s.After is Join.First { Need: 1 })),
        ("`first` with `need`", Steps(s => s.After is Join.First { Need: > 1 })),
        ("`cancel: rest`", Steps(s => s.After is Join.First { Cancels.IsEmpty: false })));

    private static IEnumerable<(string, string, Func<Plan, bool>)> Flow => In("flow",
        ("`redo` at once", Outcomes(o => o.Effect is Effect.Redo { When: null })),
        ("`redo` with `in`", Outcomes(o => o.Effect is Effect.Redo { When.IsBareDuration: true })),
        ("`redo` with `on`", Outcomes(o => o.Effect is Effect.Redo { When.IsBareDuration: false })),
        ("`when`", Steps(s => s.When is not null)),
        ("`passes-as`", Steps(s => s is { PassesAs: not null, When: not null, Outcomes.Length: > 1 })),
        ("`starts`", Steps(s => s.Starts is not null)),
        ("`optional`", Steps(s => s.Optional)),
        ("`probability` of a step", Steps(s => s.Probability is not null)),
        ("`milestone` of a step", Steps(s => s.Milestone)),
        ("`comment`", Steps(s => s.Comment is not null)),
        ("`was`", p => p.Steps.Any(s => s.Was is not null) || p.Roles.Any(r => r.Was is not null)),
        ("`retired`", p => !p.Retired.IsEmpty));

    private static IEnumerable<(string, string, Func<Plan, bool>)> EachOnes => In("each",
        ("of a role", Steps(s => s.Each?.Source is EachSource.RoleOf)),
        ("of people in a field", p => Lists(p, FieldKind.Persons)),
        ("of choices", p => Lists(p, FieldKind.Choices)),
        ("`need: all`", Steps(s => s.Each is { Need: NeedRule.All })),
        ("`need: any`", Steps(s => s.Each is { Need: NeedRule.Number, Count: 1, Outcome: null })),
        ("`need:` a number", Steps(s => s.Each is { Need: NeedRule.Number, Count: > 1, Outcome: null })),
        ("`need:` a number of an outcome", Steps(s => s.Each is { Outcome: not null })));

    private static IEnumerable<(string, string, Func<Plan, bool>)> People => In("people and their work", [
        ("`owner`", Assigned(a => a is Assignee.Owner)),
        ("`account-manager`", Assigned(a => a is Assignee.AccountManager)),
        ("`role:`", Assigned(a => a is Assignee.RoleOf)),
        ("`group:`", Assigned(a => a is Assignee.GroupOf)),
        ("`by:`", Assigned(a => a is Assignee.DoneBy)),
        ("a list tried in order", Works(w => w.Assign.InOrder.Length > 1)),
        ("`except`", Works(w => !w.Assign.Except.IsEmpty)),
        ("`share: round-robin`", Works(w => w.Assign.Share == Share.RoundRobin)),
        ("`share: least-busy`", Works(w => w.Assign.Share == Share.LeastBusy)),
        ("rule for the owner", p => p.Owner.InOrder is not [Assignee.Creator]),
        ("role filled by rule", p => p.Roles.Any(r => r.From is not null)),
        ("role with `at-least`", p => p.Roles.Any(r => r.AtLeast > 1)),
        ("mail to the prospect", Steps(s => s.Kind is EmailKind { To.InOrder: [Assignee.Prospect, ..] })),
        ("mail to everybody in it", Steps(s => s.Kind is EmailKind { To.InOrder: [Assignee.Participants, ..] })),
        ("`form` with a required field", Works(w => w.Form.Any(f => f.Required))),
        ("`checklist`", Works(w => !w.Checklist.IsEmpty)),
        ("`priority`", Works(w => w.Priority != Priority.Normal)),
        ("`effort`", Works(w => w.Effort is not null)),
        ("`offers`", Works(w => w.Offers is not null)),
        ("`attach` of a field", Works(w => w.Attach.Any(a => a is Attachment.OfField))),
        ("`attach` of a letter", Works(w => w.Attach.Any(a => a is Attachment.OfLetter))),
        ("`attach` of a document", Works(w => w.Attach.Any(a => a is Attachment.OfPlan))),
        .. Enum.GetValues<WorkMoment>().Select(m => ($"`notify` when {m.ToString().ToLowerInvariant()}", Works(w => w.Notify.Any(n => n.On == m)))),
    ]);

    private static IEnumerable<(string, string, Func<Plan, bool>)> Times => In("time",
        ("`due` after a duration", Works(w => w.Due is { IsBareDuration: true })),
        ("`due` before a date", Works(w => w.Due is { Before: true, Anchor: Anchor.FieldValue })),
        ("`due` at a date", Works(w => w.Due is { Before: false, Offset.IsZero: true, Anchor: Anchor.FieldValue })),
        ("`due` after a step", Works(w => w.Due?.Anchor is Anchor.StepSettled)),
        ("working days", Works(w => w.Due is { Offset.WorkingDays: > 0 })),
        ("working hours", Works(w => w.Due is { } d && d.Offset.WorkingTime > TimeSpan.Zero)),
        ("reminder before due", Works(w => w.Reminders.Any(r => r is ReminderRule.BeforeDue))),
        ("reminder at due", Works(w => w.Reminders.Any(r => r is ReminderRule.AtDue))),
        ("reminder again and again", Works(w => w.Reminders.Any(r => r is ReminderRule.EveryAfterDue))),
        ("reminder after opening", Works(w => w.Reminders.Any(r => r is ReminderRule.AfterOpened))),
        ("escalation that tells", Works(w => w.Escalations.Any(e => e.Action is EscalationAction.Alert))),
        ("escalation that hands over", Works(w => w.Escalations.Any(e => e.Action is EscalationAction.Reassign))),
        ("escalation that raises", Works(w => w.Escalations.Any(e => e.Action is EscalationAction.Raise))));

    private static IEnumerable<(string, string, Func<Plan, bool>)> Stages => In("stages", [
        ("`guidance`", p => p.Stages.Any(s => s.Guidance is not null)),
        ("`status`", p => p.Stages.Any(s => s.Status is not null)),
        ("`milestone`", p => p.Stages.Any(s => s.Milestone)),
        ("`within`", p => p.Stages.Any(s => s.Within is not null)),
        ("`within` with reminders", p => p.Stages.Any(s => s.Within is { Reminders.IsEmpty: false })),
        ("`within` with escalations", p => p.Stages.Any(s => s.Within is { Escalations.IsEmpty: false })),
        ("`next` to a stage", p => p.Stages.Any(s => s.Next.Any(n => n.Target is Effect.GoTo))),
        ("`next` that closes", p => p.Stages.Any(s => s.Next.Any(n => n.Target is Effect.Close))),
        .. Enum.GetValues<CloseResult>().Select(r => ($"`on-close` {r.ToString().ToLowerInvariant()}", Closing(r))),
    ]);

    private static IEnumerable<(string, string, Func<Plan, bool>)> Fields => In("fields",
    [
        .. Enum.GetValues<FieldKind>().Select(k => ($"`{Words(k)}`", Holding(k))),
        ("`required` always", p => p.Fields.Any(f => f.RequiredFrom == "always")),
        ("`required` from a stage", p => p.Fields.Any(f => f.RequiredFrom is not (null or "always"))),
        ("`default`", p => p.Fields.Any(f => f.Default is not null)),
        ("`min` and `max`", p => p.Fields.Any(f => f is { Min: not null, Max: not null })),
        ("`pattern`", p => p.Fields.Any(f => f.Pattern is not null)),
        ("`sensitive`", p => p.Fields.Any(f => f.Sensitive)),
        ("`help`", p => p.Fields.Any(f => f.Help is not null)),
    ]);

    private static IEnumerable<(string, string, Func<Plan, bool>)> Starts => In("start rules",
        ("`message`", p => p.Start.Any(r => r is StartRule.Message)),
        ("`form`", p => p.Start.Any(r => r is StartRule.Form)),
        ("`every`", p => p.Start.Any(r => r is StartRule.Every)),
        ("with `owner`", p => p.Start.Any(r => r.Owner is not null)),
        ("with `fields`", p => p.Start.Any(r => !r.Fields.IsEmpty)));

    private static IEnumerable<(string, string, Func<Plan, bool>)> Expressions => In("expressions",
        ("`if … then … else`", Written("if ")),
        ("`for … return`", Written("for ")),
        ("`some … satisfies`", Written("some ")),
        ("`every … satisfies`", Written("every ")),
        ("`in` a list", p => Texts(p).Any(t => InList().IsMatch(t))),
        ("parts of a step", p => Texts(p).Any(t => OfStep().IsMatch(t))));

    private static Func<Plan, bool> Written(string word) => p => Texts(p).Any(t => Regex.IsMatch(t, $@"(^|[\s(,{{]){word}\s*\S"));

    private static IEnumerable<string> Texts(Plan plan) => plan.Steps.SelectMany(Texts)
        .Concat(plan.Stages.SelectMany(s => s.Next).Select(n => n.When?.Canonical ?? ""))
        .Concat(plan.Templates.Values.Select(t => Holes(t.Body)));

    private static IEnumerable<string> Texts(Step step)
    {
        IEnumerable<Expression?> written = step.Kind switch
        {
            DecideKind decide => decide.Rules.SelectMany(r => r.Inputs.SelectMany(c => new[] { c.Input, c.Test }).Prepend(r.When)),
            SetKind set => set.Assignments.Select(a => a.Value),
            StartKind start => start.Fields.Select(f => f.Value),
            _ => [],
        };
        return written.Append(step.When).OfType<Expression>().Select(e => e.Canonical).Append(Holes(step.Kind.Work?.Instructions)).Append(Holes(step.Kind.Work?.Title));
    }

    /// <summary>Only what stands between braces: prose has words like “for” and “every”, too.</summary>
    private static string Holes(TextTemplate? text) => text is null ? "" : string.Join('\n', Hole().Matches(text.Canonical).Select(m => m.Value));

    private static bool Lists(Plan plan, FieldKind kind) =>
        plan.Steps.Any(s => s.Each?.Source is EachSource.FieldOf of && plan.FindField(of.Field)?.Kind == kind);

    private static Func<Plan, bool> Closing(CloseResult result) => p => !p.OnClose.GetValueOrDefault(result, []).IsEmpty;

    private static Func<Plan, bool> Holding(FieldKind kind) => p => p.Fields.Any(f => f.Kind == kind);

    private static string Words(FieldKind kind) => kind == FieldKind.YesNo ? "yes-no" : kind.ToString().ToLowerInvariant();

    private static Func<Plan, bool> Steps(Func<Step, bool> of) => p => p.Steps.Any(of);

    private static Func<Plan, bool> Outcomes(Func<Outcome, bool> of) => p => p.Steps.Any(s => s.Outcomes.Any(of));

    private static Func<Plan, bool> Works(Func<HumanWork, bool> of) => p => p.Steps.Any(s => s.Kind.Work is { } work && of(work));

    private static Func<Plan, bool> Assigned(Func<Assignee, bool> of) => Works(w => w.Assign.InOrder.Any(of));

    private static IEnumerable<(string, string, Func<Plan, bool>)> In(string group, params IEnumerable<(string Feature, Func<Plan, bool> IsUsed)> features) =>
        features.Select(f => (group, f.Feature, f.IsUsed));

    [GeneratedRegex(@"\{\{.*?\}\}", RegexOptions.Singleline)]
    private static partial Regex Hole();

    [GeneratedRegex(@"\bin [(\[]")]
    private static partial Regex InList();

    [GeneratedRegex(@"\.(outcomes?|count|by|at|state)\b")]
    private static partial Regex OfStep();
}
