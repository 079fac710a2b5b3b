using System.Collections.Immutable;
using System.Data.Common;
using ProcessManager.Flow;
using Directory = ProcessManager.Flow.Directory;

namespace ProcessManager.Engine;

/// <summary>Who works here: the host's sign-in database. Read once and kept until <see cref="ProcessEngine.DirectoryChanged"/>.</summary>
public interface IDirectorySource
{
    Task<DirectorySnapshot> ReadAsync(CancellationToken cancellation);
}

/// <param name="AlertsByMail">Sign-in names of those who want alerts and reminders by mail, too.</param>
public sealed record DirectorySnapshot(Directory Directory, ImmutableHashSet<string> AlertsByMail)
{
    public static DirectorySnapshot Empty { get; } = new(Directory.Empty, []);
}

/// <summary>What plans may know of a project's prospect: the contacts' room.</summary>
public interface IProspectSource
{
    /// <summary>
    /// The entries of <c>prospect</c> in expressions (name, kind, email, phone, city, country); null where there is no such contact.
    /// </summary>
    /// <param name="createCommand">Makes a command in the engine's transaction; the caller disposes it.</param>
    IReadOnlyDictionary<string, object?>? Find(long contact, Func<string, DbCommand> createCommand);
}
