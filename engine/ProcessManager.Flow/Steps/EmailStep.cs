using System.Collections.Immutable;
using System.Globalization;
using ProcessManager.Language;

namespace ProcessManager.Flow.Steps;

/// <summary>Renders a template and asks for the mail; waits for the delivery only where somebody waits for its failing.</summary>
internal static class EmailStep
{
    private const string Sent = "sent";
    private const string Failed = "failed";

    public static void Open(Run run, int index, EmailKind email)
    {
        var step = run.Step(index);
        var template = run.Plan.Templates.GetValueOrDefault(email.Template);
        var to = Addresses(run, email.To);
        if (template is null || to.IsEmpty)
        {
            Trouble(run, index, template is null
                ? $"“{step.Name}” was not sent: there is no template “{email.Template}”."
                : $"“{step.Name}” was not sent: no email address is known for {email.To.Text}.");
            Parts.Settle(run, index, email.WaitForDelivery ? Failed : Sent, null, new Why($"to: {email.To.Text}", email.To.Span, null, "no address"));
            return;
        }

        run.Emit(new FlowEvent.MailRequested(
            Requests.Key(run, Requests.Mail, index), step.Id, run[index].Occurrence, template.Id, to, template.From, template.ReplyTo,
            template.Subject.Render(run.TextContext), template.Body.Render(run.TextContext), email.WaitForDelivery)
        {
            Member = run.Turn, Why = new Why($"to: {email.To.Text}", email.To.Span),
        });
        if (!email.WaitForDelivery) { Parts.Settle(run, index, Sent, null, null); }
    }

    public static Decision.Refused? Delivered(Run run, Command.Delivered command)
    {
        if (run.Plan.FindStep(command.Step) is not { Kind: EmailKind } step) { return Refuse.NotFound($"There is no email step “{command.Step}”."); }
        using var turn = run.ForMember(command.Member);
        var awaited = Requests.IsAwaited(run, Requests.Mail, step.Index, command.Occurrence, command.Member, command.Request);
        if (!command.Sent)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"undelivered:{run.State.Visit}:{step.Id}:{command.Occurrence}{(command.Member is null ? "" : $":{Uri.EscapeDataString(command.Member)}")}");
            run.Emit(new FlowEvent.AlertRaised(key, AlertCause.Trouble, step.Id, null, [run.State.Owner], $"“{step.Name}” could not be delivered: {command.Error ?? "no reason was given"}.", false)
            {
                Why = new Why("delivery failed for good", step.Span),
            });
        }

        if (awaited)
        {
            Parts.Settle(run, step.Index, command.Sent ? Sent : Failed, null, new Why(command.Sent ? "delivered" : "delivery failed for good", step.Span, null, command.Error));
        }

        return null;
    }

    private static void Trouble(Run run, int index, string text) => run.Emit(
        new FlowEvent.AlertRaised(Requests.Key(run, "unsent", index), AlertCause.Trouble, run.Step(index).Id, null, [run.State.Owner], text, false)
        {
            Why = new Why("the mail has nowhere to go", run.Step(index).Span),
        });

    /// <summary>The addresses of everybody whom the rule names, each once.</summary>
    private static ImmutableArray<string> Addresses(Run run, AssigneeRule rule)
    {
        var except = Assignment.Excepted(run, rule);
        return [.. rule.InOrder.SelectMany(a => a switch
        {
            Assignee.Address address => [address.Email],
            Assignee.Prospect => run.Facts.Prospect?.GetValueOrDefault("email") is string { Length: > 0 } email ? [email] : [],
            Assignee.Item when run.Turn is { } contact && run.Facts.Contacts.TryGetValue(contact, out var known) =>
                known.Email is { Length: > 0 } email ? [email] : [],
            _ => People.Named(run, a, null)
                .Where(p => People.IsActive(run, p) && !except.Contains(p))
                .Select(p => run.Facts.Directory.People[p].Email)
                .OfType<string>(),
        }).Where(e => e.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
    }
}
