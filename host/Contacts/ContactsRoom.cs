using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ProcessManager.Crm.Contacts;
using ProcessManager.Engine;
using ProcessManager.Host.Access;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Contacts;

internal static class ContactsRoom
{
    public static void AddContacts(this WebApplicationBuilder builder) => builder.Services.AddSingleton<ContactList>();

    public static void MapContacts(this WebApplication app)
    {
        app.MapGet("/contacts/find", FindAsync);
        app.MapGet("/contacts/doubles", DoublesAsync);
        app.MapPost("/contacts/{id:long}/account-manager", SetAccountManagerAsync).RequireAuthorization(Policies.CreateProjects);
    }

    private static async Task<IResult> SetAccountManagerAsync(
        long id, [FromForm] string? person, HttpContext context, ContactBook contacts, ProcessEngine engine, CancellationToken cancellation)
    {
        var chosen = string.IsNullOrEmpty(person) ? null : person;
        if (chosen is not null && !(await engine.DirectoryAsync(cancellation)).People.ContainsKey(chosen)) { return TypedResults.BadRequest(); }
        if (!await contacts.SetAccountManagerAsync(id, chosen, cancellation)) { return TypedResults.NotFound(); }
        context.Toast(chosen is null ? "Nobody in particular looks after this contact now." : "The account manager is saved.");
        return TypedResults.LocalRedirect($"/contacts/{id}");
    }

    /// <summary>Contacts to choose from while somebody types: by the start of the name, the whole address, or the number.</summary>
    private static async Task<RazorComponentResult<ContactChoices>> FindAsync(string? q, ContactBook contacts, CancellationToken cancellation)
    {
        var text = q?.Trim() ?? "";
        var found = text.Length == 0 ? []
            : text.Contains('@', StringComparison.Ordinal) ? await contacts.DoublesOfAsync(new NewContact(ContactKind.Individual, "") { Emails = [text] }, cancellation)
            : text.Count(char.IsAsciiDigit) >= 5 ? await contacts.DoublesOfAsync(new NewContact(ContactKind.Individual, "") { Phones = [text] }, cancellation)
            : await contacts.SearchAsync(text, 8, cancellation);
        return new RazorComponentResult<ContactChoices>(new
        {
            Contacts = found,
            Nothing = text.Length == 0 ? null : $"Nobody found for “{text}”. Add a new contact below.",
        });
    }

    /// <summary>Contacts that have one of these addresses or numbers already.</summary>
    private static async Task<RazorComponentResult<ContactChoices>> DoublesAsync(
        [FromQuery(Name = "contact.emails")] string? emails, [FromQuery(Name = "contact.phones")] string? phones, ContactBook contacts, CancellationToken cancellation)
    {
        static ImmutableArray<string> Parts(string? text) => [.. (text ?? "").Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        var found = await contacts.DoublesOfAsync(new NewContact(ContactKind.Individual, "") { Emails = Parts(emails), Phones = Parts(phones) }, cancellation);
        return new RazorComponentResult<ContactChoices>(new { Contacts = found, Words = "Known already: use this one" });
    }
}
