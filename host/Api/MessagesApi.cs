using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using ProcessManager.Crm.Contacts;
using ProcessManager.Engine;
using ProcessManager.Host.Access;

namespace ProcessManager.Host.Api;

/// <summary>Messages that are about no project yet: the start rules of plans take them.</summary>
internal static class MessagesApi
{
    /// <param name="Message">The name that a start rule has.</param>
    /// <param name="Key">Yours, 1 to 200 characters: the same key again starts nothing.</param>
    /// <param name="Prospect">Id of the contact that it is about; not beside <paramref name="Contact"/>.</param>
    /// <param name="Contact">A contact that is found by its first email address, or added.</param>
    /// <param name="Fields">What the rule's expressions see as <c>message</c>.</param>
    public sealed record StartMessage(
        string Message, string Key, long? Prospect = null, ContactsApi.ContactRequest? Contact = null, Dictionary<string, JsonElement>? Fields = null);

    /// <param name="Projects">The projects that were started, now or by the same key before; empty where no rule's condition held.</param>
    /// <param name="Repeated">True where the key came before and nothing was started now.</param>
    public sealed record TakenMessage(IReadOnlyList<long> Projects, bool Repeated);

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/messages", Take).RequireAuthorization(Policies.CreateProjects).WithTags("Projects").WithName("StartByMessage")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Send a message that is about no project yet: it starts one of every plan whose start rule takes it");

    private static async Task<Results<Ok<TakenMessage>, ProblemHttpResult>> Take(StartMessage body, ProcessEngine engine, HttpContext context, CancellationToken cancellation) =>
        await TakeAsync(engine.StartRules, body.Message, body.Key, body.Prospect, body.Contact, body.Fields, Answers.Me(context.User), cancellation);

    /// <summary>Shared with signed web hooks.</summary>
    public static async Task<Results<Ok<TakenMessage>, ProblemHttpResult>> TakeAsync(
        StartRuleDoor door, string message, string key, long? prospect, ContactsApi.ContactRequest? contact, Dictionary<string, JsonElement>? given, string? by,
        CancellationToken cancellation)
    {
        if (prospect is not null && contact is not null) { return Answers.Invalid("Give prospect or contact, not both."); }
        if (contact?.Problem() is { } wrong) { return Answers.Invalid(wrong); }
        if (JsonFields.Read(given, out var problem) is not { } fields) { return Answers.Invalid(problem!); }
        var incoming = new IncomingMessage(message, key)
        {
            Prospect = prospect, NewProspect = contact is null ? null : ContactBook.Finding(contact.AsNew(by ?? "")), Fields = fields,
        };
        return await door.TakeAsync(incoming, cancellation) switch
        {
            Taken.Started started => TypedResults.Ok(new TakenMessage(started.Projects, started.Repeated)),
            Taken.Refused refused => Answers.Problem(new CommandResult.Refused(refused.Reason, refused.Message)),
            var other => throw new InvalidOperationException($"Unknown answer {other}."),
        };
    }
}
