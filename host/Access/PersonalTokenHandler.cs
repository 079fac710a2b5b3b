using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ProcessManager.Host.Access;

/// <summary>Lets a program act as a person: <c>Authorization: Bearer pm_…</c>.</summary>
internal sealed class PersonalTokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Sessions sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "personal-token";

    private const string Start = "Bearer " + People.TokenPrefix;

    public static bool IsMeant(HttpRequest request) => request.Headers.Authorization.ToString().StartsWith(Start, StringComparison.OrdinalIgnoreCase);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!IsMeant(Request)) return AuthenticateResult.NoResult();
        var token = Request.Headers.Authorization.ToString()["Bearer ".Length..].Trim();
        var principal = await sessions.FindToken(token, Scheme, Context.RequestAborted);
        return principal is null
            ? AuthenticateResult.Fail("The token is unknown, expired or revoked.")
            : AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return Task.CompletedTask;
    }
}

/// <summary>A token reads with the scope "read" and changes with the scope "write", whatever else its person may do.</summary>
internal sealed class TokenScopeGuard(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.User.Identity?.AuthenticationType == PersonalTokenHandler.Scheme && !context.User.HasClaim(AccessClaims.Scope, Needed(context.Request.Method)))
        {
            await Shell.Problems.Write(context, StatusCodes.Status403Forbidden, "scope-missing", "The token's scopes don't allow this",
                $"This needs the scope \"{Needed(context.Request.Method)}\".");
            return;
        }
        await next(context);
    }

    private static string Needed(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) ? TokenScopes.Read : TokenScopes.Write;
}
