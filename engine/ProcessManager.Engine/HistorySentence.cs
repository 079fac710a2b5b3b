using System.Globalization;
using System.Text.Json;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Language;
using Directory = ProcessManager.Flow.Directory;

namespace ProcessManager.Engine;

/// <summary>Says what a history row says, for people: "Ann Field completed ‘Call Ada Ltd back’ with outcome interested".</summary>
public static class HistorySentence
{
    /// <param name="plan">The plan of the project, for names of steps, stages and outcomes; ids are shown where null.</param>
    public static string Of(HistoryRow row, Plan? plan, Directory people) => new Speaker(row, plan, people).Say();

    private sealed class Speaker
    {
        private readonly HistoryRow row;
        private readonly Plan? plan;
        private readonly Directory people;
        private readonly Dictionary<string, string> data;

        public Speaker(HistoryRow row, Plan? plan, Directory people)
        {
            (this.row, this.plan, this.people) = (row, plan, people);
            data = row.Data is null ? [] : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(row.Data)!
                .ToDictionary(e => e.Key, e => e.Value.ToString());
        }

        public string Say() => row.Kind switch
        {
            "ProjectStarted" => row.Actor is null
                ? $"The project was started; {Person(row.After)} owns it"
                : row.Actor == row.After ? $"{Who} started the project" : $"{Who} started the project; {Person(row.After)} owns it",
            "OwnerChanged" => row.Actor == row.After
                ? $"{Who} took over the project"
                : $"{Who} made {Person(row.After)} the owner{(row.Before is null ? "" : $" instead of {Person(row.Before)}")}",
            "RoleFilled" => row.After is { Length: > 0 }
                ? $"{PersonList(row.After)} {(row.After.Contains(',', StringComparison.Ordinal) ? "are" : "is")} now {Role}"
                : $"Nobody is {Role} any more",
            "StageEntered" => row.Before is null
                ? $"The project entered {Stage(row.After)}" : $"The project moved from {Stage(row.Before)} to {Stage(row.After)}",
            "MilestoneReached" => $"Milestone reached: {(row.Step is null ? Stage(row.After) : Step)}",
            "ProbabilityChanged" => $"The probability changed from {row.Before} to {row.After} %{By}",
            "StatusChanged" => row.After is null ? "The status was taken away" : $"The status is now “{row.After}”",
            "FieldChanged" => $"{Who} {(row.Before is null ? "set" : row.After is null ? "cleared" : "changed")} {Field}{FromTo}",
            "StepReady" => $"{Step} is ready",
            "StepOpened" => $"{Step} began",
            "StepSettled" => Settled,
            "StepSetBack" => $"{Step} was set back",
            "TaskOpened" => $"{Task} was opened{(row.After is { Length: > 0 } ? $" for {Responsible(row.After)}" : "")}",
            "TaskAssigned" => Assigned,
            "TaskDueChanged" => row.After is null
                ? $"{Task} no longer has a due date" : $"{(row.Actor is null ? "The plan" : Who)} set the due date of {Task} to {Moment(row.After)}",
            "TaskPriorityChanged" => $"{(row.Actor is null ? "The plan" : Who)} changed the priority of {Task} from {Lower(row.Before)} to {Lower(row.After)}",
            "TaskSettled" => TaskSettled,
            "TimerFired" => $"{TimerName} came due{(row.Step is null ? "" : $" for {Step}")}",
            "AlertRaised" => $"{PersonList(row.After ?? "")} {(row.After?.Contains(',', StringComparison.Ordinal) == true ? "were" : "was")} told: {Data("text")}",
            "MailRequested" => $"A mail “{Data("subject")}” to {row.After} was put into the outbox",
            "MailSent" => $"The mail “{Data("subject")}” was sent to {row.After}",
            "MailFailed" => $"The mail “{Data("subject")}” to {row.After} could not be sent: {Data("error")}",
            "MailRetried" => $"{Who} put the mail “{Data("subject")}” back into the outbox",
            "MailDropped" => $"{Who} gave up sending the mail “{Data("subject")}”",
            "MemberOpened" => $"{Step} began for {Member(row.After)}",
            "MemberSettled" => Data("phase") == "Cancelled"
                ? $"{Step} was cancelled for {Member(row.Before)}"
                : $"{Step} is done for {Member(row.Before)}{(row.After is null or "done" ? "" : $" with outcome {OutcomeName(row.After)}")}",
            "LetterRequested" => $"The letter “{row.After}” is being written",
            "DocumentFiled" => $"{(row.Actor is null ? "The engine" : Who)} filed “{row.After}”{(row.Step is { Length: > 0 } ? $" for {Step}" : "")}",
            "HttpRequested" => $"A request is being sent: {row.After}",
            "HttpAnswered" => row.After == "failed" ? $"The request of {Step} failed: {Data("error")}" : $"The request of {Step} was answered",
            "MessageReceived" => row.Step is null ? $"The message “{row.After}” came and is kept" : $"The message “{row.After}” came for {Step}",
            "MessageTaken" => $"{Step} took the message “{row.After}”",
            "ChildRequested" => $"{Step} starts a project of the plan “{row.After}”",
            "ChildStarted" => $"Project {row.After} was started by {Step}",
            "ChildClosed" => $"Project {row.Before}, which {Step} started, was closed as {Lower(row.After)}",
            "ChildDropped" => $"Project {row.After} is closed, for {Step} no longer waits for it",
            "ProjectReopened" => $"{Who} opened the project again in {Stage(row.After)}{Because}",
            "HoldChanged" => row.After == "held" ? $"{Who} put the project on hold{Because}" : $"{Who} resumed the project",
            "ProjectClosed" => $"{(row.Actor is null ? "The plan" : Who)} closed the project as {Lower(row.After)}{Because}",
            "ProjectFaulted" => $"The project stopped: {Data("reason")}",
            "FaultResolved" => $"{Who} let the project go on{Because}",
            "PlanMoved" => $"{Who} moved the project from version {row.Before} of its plan to version {row.After}{(Data("note") is { Length: > 0 } note ? $": {note}" : "")}",
            "PlanMoveUndone" => $"{Who} put the project back from version {row.Before} of its plan to version {row.After}",
            "BypassNoted" => $"{Who} decided that {Step} will be bypassed{Because}",
            _ => row.Kind,
        };

        private string Who => row.OnBehalfOf is { } principal ? $"{Person(row.Actor)}, for {Person(principal)}," : Person(row.Actor);

        private string By => row.Actor is not null && row.Cause == "OverrideProbability" ? $" by {Person(row.Actor)}" : "";

        private string Because => Data("reason") is { Length: > 0 } reason ? $": {reason}" : "";

        private string FromTo => row.Before is null
            ? $" to {row.After}" : row.After is null ? $", which was {row.Before}" : $" from {row.Before} to {row.After}";

        private string Settled => Data("phase") switch
        {
            "Passed" => row.Actor is null ? $"{Step} was passed over{Counted}" : $"{Who} bypassed {Step}{Counted}",
            "Dead" => $"{Step} will not happen: no way leads to it any more",
            "Cancelled" => $"{Step} was cancelled",
            _ => $"{Step} is done{(row.After is null or "done" ? "" : $" with outcome {OutcomeName(row.After)}")}",
        };

        private string Counted => row.After is null or "done" ? "" : $", counting as {OutcomeName(row.After)}";

        private string TaskSettled => Data("phase") == "Cancelled"
            ? $"{Task} was cancelled"
            : row.Actor is null
                ? $"{Task} ended{(row.After is null ? "" : $" with outcome {OutcomeName(row.After)}")}"
                : $"{Who} completed {Task}{(row.After is null or "done" ? "" : $" with outcome {OutcomeName(row.After)}")}";

        private string Assigned => row.Cause switch
        {
            "Claim" => $"{Who} claimed {Task}",
            "Release" => $"{Who} gave {Task} back to {Responsible(row.After)}",
            _ => $"{(row.Actor is null ? "The plan" : Who)} handed {Task} to {Responsible(row.After)}",
        };

        private string TimerName => row.After switch
        {
            "Expire" => "The expiry",
            "Wait" => "The wait",
            "Open" => "The start",
            "Escalate" or "StageEscalate" => "An escalation",
            _ => "A reminder",
        };

        private string Step => row.Step is null or "" ? "the step" : $"‘{plan?.FindStep(row.Step)?.Name ?? row.Step}’";

        private string Task => Data("title") is { Length: > 0 } title ? $"‘{title}’" : Step;

        private string Role => Data("role") is { } id ? plan?.FindRole(id)?.Label ?? id : "";

        private string Field => Data("field") switch
        {
            null => "a field",
            "title" => "the title",
            "amount" => "the amount",
            "expected-close" => "the expected close",
            "source-code" => "the source code",
            var id => $"“{plan?.FindField(id)?.Label ?? id}”",
        };

        private string Stage(string? id) => id is null ? "no stage" : $"“{plan?.FindStage(id)?.Name ?? id}”";

        private string OutcomeName(string id) =>
            row.Step is { } step && plan?.FindStep(step) is { } found
            && (found.FindOutcome(id) ?? found.Each?.Choices.FirstOrDefault(c => c.Id == id))?.Label is { Length: > 0 } label ? Inside(label) : id;

        private string Person(string? name) => name is null
            ? "The engine" : people.People.TryGetValue(name, out var member) && member.DisplayName.Length > 0 ? member.DisplayName : name;

        private string PersonList(string names) => string.Join(", ", names.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(Person));

        private string Responsible(string? who) => who switch
        {
            null or "" => "nobody",
            _ when who.StartsWith("group:", StringComparison.Ordinal) => $"the group {who["group:".Length..]}",
            _ => Person(who),
        };

        /// <summary>Whom one part of a step with <c>each</c> is for: a person, or a choice as it is.</summary>
        private string Member(string? member) => member is null ? "somebody" : Person(member);

        private string? Data(string name) => data.GetValueOrDefault(name);

        private static string Moment(string text) =>
            DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToString("d MMM yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture);

        // A label begins with a capital where it stands alone; abbreviations keep theirs.
        private static string Inside(string label) =>
            label.Length > 1 && char.IsUpper(label[1]) ? label : char.ToLowerInvariant(label[0]) + label[1..];

        private static string Lower(string? text) => text?.ToLowerInvariant() ?? "";
    }
}
