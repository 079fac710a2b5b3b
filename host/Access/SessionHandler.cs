using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Access;

/// <summary>
/// Signs a browser in by a cookie that holds nothing but a random key of a row in <c>sessions</c>. Each sign-in makes a new key;
/// who the person is and what they may do is read at each request, so that a disabled person's next one is refused.
/// </summary>
internal sealed class SessionHandler(IOptionsMonitor<SessionOptions> options, ILoggerFactory logger, UrlEncoder encoder, Sessions sessions)
    : SignInAuthenticationHandler<SessionOptions>(options, logger, encoder)
{
    public const string Cookie = "pm-session";

    /// <summary>Set in the properties of a sign-in to keep the person signed in after the browser closes.</summary>
    public const string SignInPath = "/sign-in";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Cookies[Cookie] is not { Length: > 0 } key) return AuthenticateResult.NoResult();
        var principal = await sessions.Find(key, Scheme.Name, Context.RequestAborted);
        return principal is null
            ? AuthenticateResult.Fail("The session has ended.")
            : AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name));
    }

    protected override async Task HandleSignInAsync(ClaimsPrincipal user, AuthenticationProperties? properties)
    {
        var personId = long.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier)!, System.Globalization.CultureInfo.InvariantCulture);
        var remember = properties?.IsPersistent == true;
        var (key, endsAt) = await sessions.Start(
            personId, remember, Request.Cookies[Cookie], Context.Connection.RemoteIpAddress?.ToString(), Request.Headers.UserAgent, Context.RequestAborted);
        Response.Cookies.Append(Cookie, key, new CookieOptions
        {
            HttpOnly = true, Secure = Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true, Expires = remember ? endsAt : null,
        });
    }

    protected override async Task HandleSignOutAsync(AuthenticationProperties? properties)
    {
        if (Request.Cookies[Cookie] is { Length: > 0 } key) await sessions.End(key, Context.RequestAborted);
        Response.Cookies.Delete(Cookie);
    }

    /// <summary>A person is sent to the sign-in page and back; a program is told with a status.</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var page = $"{SignInPath}?returnUrl={Uri.EscapeDataString(PageToReturnTo())}";
        if (Problems.WantsPage(Context))
        {
            Response.Redirect(page);
            return Task.CompletedTask;
        }
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        if (Context.IsHtmx()) Response.Headers["HX-Redirect"] = page;
        return Task.CompletedTask;
    }

    private string PageToReturnTo()
    {
        // A part of a page, or an answer to a form, is no place to come back to: the page it belongs to is.
        var current = Request.Headers["HX-Current-URL"].ToString();
        if (current.Length > 0) return Uri.TryCreate(current, UriKind.Absolute, out var url) ? url.PathAndQuery : "/";
        return HttpMethods.IsGet(Request.Method) ? Request.Path + Request.QueryString : "/";
    }
}

/// <summary>Nothing to set: the limits are the product's.</summary>
internal sealed class SessionOptions : AuthenticationSchemeOptions;
