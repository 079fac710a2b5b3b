using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Api;

/// <summary>A person's own access tokens. Only a session makes or revokes them: a leaked token must not breed.</summary>
internal static class TokensApi
{
    public const int MostDays = 365;

    /// <param name="Scopes"><c>read</c>, <c>write</c>.</param>
    public sealed record TokenItem(long Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsedAt);

    /// <param name="Name">What it is for.</param>
    /// <param name="Scopes"><c>read</c>, <c>write</c>; only <c>read</c> where absent.</param>
    /// <param name="Days">How long it is good for, 1 to 365; 90 where absent.</param>
    public sealed record TokenRequest(string Name, string[]? Scopes = null, int? Days = null)
    {
        public string? Problem() =>
            string.IsNullOrWhiteSpace(Name) || Name.Length > 100 ? "The token needs a name of 100 characters at most."
            : (Scopes ?? []).Except(TokenScopes.All).Any() ? $"The scopes are {string.Join(" and ", TokenScopes.All)}."
            : Days is < 1 or > MostDays ? $"days must be between 1 and {MostDays}."
            : null;
    }

    /// <param name="Token">Shown this once.</param>
    public sealed record NewToken(string Token, DateTimeOffset ExpiresAt);

    public static void Map(RouteGroupBuilder api)
    {
        var tokens = api.MapGroup("/me/tokens").WithTags("People").RequireAuthorization(Policies.InPerson);
        tokens.MapGet("", List).WithName("ListTokens").WithSummary("Your access tokens that are good now");
        tokens.MapPost("", Create).WithName("CreateToken").WithSummary("Make an access token; it is shown this once");
        tokens.MapDelete("/{id:long}", Revoke).WithName("RevokeToken").WithSummary("End an access token from the next request on");
    }

    private static async Task<Ok<List<TokenItem>>> List(ProcessManagerDb db, Reader reader, CancellationToken cancellation)
    {
        var rows = await Good(db, reader).OrderBy(t => t.Id).Take(Cursor.MostItems).ToListAsync(cancellation);
        return TypedResults.Ok(rows.Select(t => new TokenItem(t.Id, t.Name, t.Scopes.Split(' '), t.CreatedAt, t.ExpiresAt, t.LastUsedAt)).ToList());
    }

    private static async Task<Results<Created<NewToken>, ProblemHttpResult>> Create(TokenRequest request, Access.People people, Reader reader, CancellationToken cancellation)
    {
        if (request.Problem() is { } problem) { return Answers.Invalid(problem); }
        var until = reader.Now.AddDays(request.Days ?? 90);
        string[] scopes = request.Scopes is { Length: > 0 } wanted ? [.. TokenScopes.All.Intersect(wanted)] : [TokenScopes.Read];
        return TypedResults.Created(
            string.Create(CultureInfo.InvariantCulture, $"{ApiRoom.Base}/me/tokens"),
            new NewToken(await people.CreateToken(reader.PersonId, request.Name.Trim(), scopes, until, cancellation), until));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Revoke(long id, ProcessManagerDb db, Access.People people, Reader reader, CancellationToken cancellation)
    {
        if (!await Good(db, reader).AnyAsync(t => t.Id == id, cancellation)) { return Answers.Missing($"token {id}"); }
        await people.RevokeToken(reader.PersonId, id, cancellation);
        return TypedResults.NoContent();
    }

    private static IQueryable<PersonalToken> Good(ProcessManagerDb db, Reader reader) =>
        db.Set<PersonalToken>().AsNoTracking().Where(t => t.PersonId == reader.PersonId && t.RevokedAt == null && t.ExpiresAt > reader.Now);
}
