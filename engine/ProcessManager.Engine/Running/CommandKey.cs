using System.Collections.Immutable;
using ProcessManager.Engine.Store;
using ProcessManager.Flow;

namespace ProcessManager.Engine.Running;

/// <summary>What tells one command from another: the caller's id, and a fingerprint of the content for the case that an id is used twice.</summary>
internal sealed record CommandKey(string Id, byte[] Fingerprint)
{
    private const int LongestId = 100;

    /// <summary>Why an id cannot be used; null where it can.</summary>
    public static CommandResult.Refused? Refuse(string id) => id is { Length: > 0 and <= LongestId }
        ? null : new CommandResult.Refused(Refusal.Invalid, $"A command needs an id of 1 to {LongestId} characters.");

    public static CommandKey Of(string id, long project, Command command) => new(id, CommandStore.FingerprintOf(project, command));

    public static CommandKey Of(string id, StartProject start, string? actor) => new(id, CommandStore.FingerprintOf(0, Content.Of(start, actor)));

    /// <summary>What makes a start this start; the delegate of a new contact is represented by its text.</summary>
    private sealed record Content(
        string Plan, string? Owner, long? Prospect, string? NewProspect, ImmutableSortedDictionary<string, object?> Fields,
        ImmutableSortedDictionary<string, ImmutableArray<string>> Roles, string? Actor)
    {
        public static Content Of(StartProject start, string? actor) =>
            new(start.Plan, start.Owner, start.Prospect, start.NewProspect?.Content, start.Fields, start.Roles, actor);
    }
}

/// <summary>A command with this id was carried out before: what was done now must be undone.</summary>
internal sealed class RepeatedCommandException() : Exception("The command was carried out before.");
