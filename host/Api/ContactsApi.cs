using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Crm.Contacts;
using ProcessManager.Engine;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;

namespace ProcessManager.Host.Api;

/// <summary>Contacts, as far as projects need them.</summary>
internal static class ContactsApi
{
    /// <param name="Country">ISO 3166-1 alpha-2 code.</param>
    /// <param name="AccountManager">Sign-in name of who looks after the contact.</param>
    public sealed record ContactItem(long Id, ContactKind Kind, string Name, string? Email, string? Phone, string? City, string? Country, string? AccountManager);

    /// <param name="Person">Sign-in name; null: nobody in particular.</param>
    public sealed record AccountManagerRequest(string? Person);

    /// <summary>A contact to be added.</summary>
    /// <param name="Country">ISO 3166-1 alpha-2 code.</param>
    public sealed record ContactRequest(
        ContactKind Kind, string Name, string[]? Emails = null, string[]? Phones = null, string? City = null, string? Country = null, string? Note = null)
    {
        public string? Problem() =>
            string.IsNullOrWhiteSpace(Name) ? "The contact needs a name."
            : Name.Length > 300 ? "A name may have 300 characters at most."
            : Answers.HasGap(Emails) || Answers.HasGap(Phones) ? "An address or number must not be null."
            : (Emails?.Length ?? 0) + (Phones?.Length ?? 0) > 20 ? "A contact may have 20 addresses and numbers at most."
            : (Emails ?? []).FirstOrDefault(e => !System.Net.Mail.MailAddress.TryCreate(e, out _)) is { } odd ? $"“{odd}” isn't an email address."
            : null;

        public NewContact AsNew(string by) => new(Kind, Name.Trim())
        {
            Emails = [.. (Emails ?? []).Select(e => e.Trim())], Phones = [.. (Phones ?? []).Select(p => p.Trim())], City = City, Country = Country, Note = Note, By = by,
        };
    }

    public sealed record Added(long Id);

    public static void Map(RouteGroupBuilder api)
    {
        var contacts = api.MapGroup("/contacts").WithTags("Contacts");
        contacts.MapGet("", Search).WithName("SearchContacts").WithSummary("Contacts whose name begins so");
        contacts.MapGet("/{id:long}", Get).WithName("GetContact").WithSummary("A contact");
        contacts.MapPost("", Add).RequireAuthorization(Policies.CreateProjects).WithName("AddContact").WithSummary("Add a contact; an email address that is taken is refused")
            .ProducesProblem(StatusCodes.Status409Conflict);
        contacts.MapPut("/{id:long}/account-manager", SetAccountManager).RequireAuthorization(Policies.CreateProjects).WithName("SetAccountManager")
            .WithSummary("Say who looks after a contact; plans assign work to them as account-manager");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SetAccountManager(
        long id, AccountManagerRequest body, ContactBook book, ProcessEngine engine, CancellationToken cancellation)
    {
        if (body.Person is { } person && !(await engine.DirectoryAsync(cancellation)).People.ContainsKey(person))
        {
            return Answers.Invalid($"Nobody with the sign-in name “{person}” works here.");
        }

        return await book.SetAccountManagerAsync(id, body.Person, cancellation) ? TypedResults.NoContent() : Answers.Missing($"contact {id}");
    }

    private static async Task<Ok<List<ContactItem>>> Search(string? name, int? count, ContactBook book, CancellationToken cancellation) =>
        TypedResults.Ok((await book.SearchAsync(name ?? "", Cursor.Count(count), cancellation)).Select(Item).ToList());

    private static async Task<Results<Ok<ContactItem>, ProblemHttpResult>> Get(long id, HttpContext context, ProcessManagerDb db, CancellationToken cancellation) =>
        await Visible.To(context.User).Contacts(db).FirstOrDefaultAsync(c => c.Id == id, cancellation) is { } row
            ? TypedResults.Ok(Item(row)) : Answers.Missing($"contact {id}");

    private static async Task<Results<Created<Added>, ProblemHttpResult>> Add(ContactRequest request, ContactBook book, HttpContext context, CancellationToken cancellation)
    {
        if (request.Problem() is { } problem) { return Answers.Invalid(problem); }
        return await book.AddAsync(request.AsNew(Answers.Me(context.User)), cancellation) switch
        {
            AddedContact.Added added => TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"{ApiRoom.Base}/contacts/{added.Id}"), new Added(added.Id)),
            AddedContact.Refused refused => Shell.Problems.Problem(409, "contact-exists", "There is such a contact already", refused.Message),
            var other => throw new InvalidOperationException($"Unknown answer {other}."),
        };
    }

    private static ContactItem Item(ContactRow c) => new(c.Id, c.Kind, c.Name, c.Email, c.Phone, c.City, c.Country, c.AccountManager);
}
