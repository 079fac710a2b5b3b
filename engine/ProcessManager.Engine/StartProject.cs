using System.Collections.Immutable;

namespace ProcessManager.Engine;

/// <summary>What a new project begins with.</summary>
/// <param name="Plan">The plan's id; the version in force is used.</param>
public sealed record StartProject(string Plan)
{
    /// <summary>Sign-in name; null: by the plan's rule.</summary>
    public string? Owner { get; init; }

    /// <summary>The contact that it is about; not beside <see cref="NewProspect"/>.</summary>
    public long? Prospect { get; init; }

    /// <summary>A contact that is written in the same transaction.</summary>
    public NewProspect? NewProspect { get; init; }

    /// <summary>
    /// Values of the plan's fields and of <c>title</c>, <c>amount</c>, <c>expected-close</c>, <c>source-code</c>: text, decimal,
    /// bool, <see cref="DateOnly"/>, <see cref="DateTimeOffset"/>, a list of these, or null.
    /// </summary>
    public ImmutableSortedDictionary<string, object?> Fields { get; init; } = ImmutableSortedDictionary<string, object?>.Empty;

    /// <summary>Sign-in names by role, for the roles that are filled by hand.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Roles { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;
}

/// <summary>A contact to be written together with the project that is about it.</summary>
/// <param name="Content">Its content as text: tells a repeated command from another one with the same id.</param>
/// <param name="CreateAsync">
/// Writes it in the engine's transaction and gives its id. A <see cref="RefusedException"/> refuses the whole command in words.
/// </param>
public sealed record NewProspect(string Content, Func<IWriteSession, CancellationToken, ValueTask<long>> CreateAsync);
