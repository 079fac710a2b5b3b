#pragma warning disable CA1822 // until it is built
using System.Collections.Immutable;
using System.Data.Common;
using ProcessManager.Engine;

namespace ProcessManager.Crm.Contacts;

/// <summary>A contact to be added.</summary>
public sealed record NewContact(ContactKind Kind, string Name)
{
    public ImmutableArray<string> Emails { get; init; } = [];
    public ImmutableArray<string> Phones { get; init; } = [];
    public string? City { get; init; }

    /// <summary>ISO 3166-1 alpha-2 code.</summary>
    public string? Country { get; init; }
    public long? Parent { get; init; }
    public string? Note { get; init; }

    /// <summary>Sign-in name of who adds it.</summary>
    public string? By { get; init; }
}

/// <summary>What adding a contact gave.</summary>
public abstract record AddedContact
{
    private AddedContact() { }

    public sealed record Added(long Id) : AddedContact;

    /// <summary>Nothing was written.</summary>
    /// <param name="Message">A sentence for the person who asked.</param>
    public sealed record Refused(string Message) : AddedContact;
}

/// <summary>The door to contacts: adding, finding, and checking for doubles before adding.</summary>
public sealed class ContactBook(ProcessEngine engine)
{
    public Task<AddedContact> AddAsync(NewContact contact, CancellationToken cancellation) => throw new InvalidOperationException("Not built yet.");

    /// <summary>The contact as a part of <see cref="StartProject"/>: written in the same transaction as the project.</summary>
    public NewProspect Adding(NewContact contact) => throw new InvalidOperationException("Not built yet.");

    public Task<ContactRow?> FindAsync(long contact, CancellationToken cancellation) => throw new InvalidOperationException("Not built yet.");

    /// <summary>Contacts whose name begins so, in the order of names.</summary>
    public Task<ImmutableArray<ContactRow>> SearchAsync(string namePrefix, int count, CancellationToken cancellation) =>
        throw new InvalidOperationException("Not built yet.");

    /// <summary>Contacts that have one of these addresses or numbers already.</summary>
    public Task<ImmutableArray<ContactRow>> DoublesOfAsync(NewContact contact, CancellationToken cancellation) =>
        throw new InvalidOperationException("Not built yet.");

    internal ProcessEngine Engine { get; } = engine;
}

/// <summary>What plans may know of a contact: the names under <c>prospect</c> in expressions.</summary>
public sealed class ProspectFacts : IProspectSource
{
    public IReadOnlyDictionary<string, object?>? Find(long contact, Func<string, DbCommand> createCommand) =>
        throw new InvalidOperationException("Not built yet.");
}
