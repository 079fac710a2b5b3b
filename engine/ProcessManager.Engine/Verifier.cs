using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ProcessManager.Engine;

/// <summary>Something that should not be so.</summary>
/// <param name="Check">The invariant: <c>I5 history</c>.</param>
/// <param name="Where">The row: <c>project 7, history 12</c>.</param>
public sealed record Finding(string Check, string Where, string What)
{
    public override string ToString() => $"{Check}: {Where}: {What}";
}

/// <summary>
/// Checks that what the engine promises holds in a database file: it reads in one transaction, so that it can run beside a host, and
/// needs none.
/// </summary>
public static class Verifier
{
    /// <returns>Nothing where all is well.</returns>
    public static Task<ImmutableArray<Finding>> VerifyAsync(string database, IModel model, TimeProvider clock, CancellationToken cancellation) =>
        throw new InvalidOperationException("Not built yet.");
}
