using System.Globalization;

namespace ProcessManager.Flow;

/// <summary>
/// What the world does at once with what leaves a project: mails are delivered, letters are filed, projects of other plans
/// start; or they fail, where somebody wants to see that.
/// </summary>
/// <param name="fails">Whether what a step sends fails for good.</param>
internal sealed class Arrivals(Func<string, bool> fails)
{
    private int made;

    /// <summary>The arrival of what an event asked for; null where nothing arrives by itself.</summary>
    public Command? Of(FlowEvent happened) => happened switch
    {
        FlowEvent.MailRequested mail => Of(mail, fails(mail.Step)),
        FlowEvent.LetterRequested letter => fails(letter.Step)
            ? new Command.Failed(letter.Step, letter.Occurrence, letter.Member, "the template could not be merged") { Request = letter.Key }
            : new Command.Filed(letter.Step, letter.Occurrence, letter.Member, Next("document"), $"{letter.Template}.docx") { Request = letter.Key },
        FlowEvent.ChildRequested child => new Command.ChildStarted(child.Step, child.Occurrence, child.Member, Next(child.Plan)) { Request = child.Key },
        _ => null,
    };

    private static Command.Delivered? Of(FlowEvent.MailRequested mail, bool failed) => !mail.Awaited && !failed ? null
        : new Command.Delivered(mail.Step, mail.Occurrence, !failed, failed ? "the address does not exist" : null) { Member = mail.Member, Request = mail.Key };

    private string Next(string what) => string.Create(CultureInfo.InvariantCulture, $"{what}-{++made}");
}
