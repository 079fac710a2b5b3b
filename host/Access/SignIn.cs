using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Access;

/// <summary>What became of a try to sign in.</summary>
internal abstract record SignInResult
{
    private SignInResult()
    {
    }

    public sealed record Done : SignInResult;

    /// <summary>One sentence for a wrong name and a wrong password alike, so that names can't be found out.</summary>
    public sealed record Wrong(string Text) : SignInResult;

    public sealed record Slowed(TimeSpan Wait) : SignInResult;
}

/// <summary>Checks a name and a password and starts the session.</summary>
internal sealed class SignIn(
    People people, Passwords passwords, SignInPace pace, Sessions sessions, IDataProtectionProvider protection, ILogger<SignIn> log)
{
    private const string DeviceCookie = "pm-device";

    private readonly IDataProtector devices = protection.CreateProtector("devices");

    public async Task<SignInResult> Try(HttpContext context, string userName, string password, bool remember, CancellationToken cancellation)
    {
        var address = context.Connection.RemoteIpAddress;
        var device = KnownDevice(context.Request, userName);
        var wait = pace.Begin(userName, address, device);
        if (wait > TimeSpan.Zero)
        {
            // Not a row: whoever hammers at the door must not fill the database.
            log.LogWarning("Sign-in of {UserName} from {Address}: slowed by {Wait}", userName, address, wait);
            return new SignInResult.Slowed(wait);
        }

        var person = await people.Find(userName, cancellation);
        if (!passwords.IsRight(person, password))
        {
            await Log(person is null ? "unknown name" : "wrong password", person?.Id);
            return new SignInResult.Wrong("The name or the password is wrong.");
        }
        if (person!.Disabled)
        {
            await Log("disabled", person.Id);
            return new SignInResult.Wrong("This account is disabled. Ask an administrator.");
        }

        pace.Succeeded(userName, address, device);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person.Id.ToString(CultureInfo.InvariantCulture))], IdentityConstants.ApplicationScheme);
        await context.SignInAsync(IdentityConstants.ApplicationScheme, new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = remember });
        RememberDevice(context, person, device);
        ShellRoom.WriteTheme(context, person.Theme);
        await Log("signed in", person.Id);
        return new SignInResult.Done();

        Task Log(string what, long? personId)
        {
            log.LogInformation("Sign-in of {UserName} from {Address}: {What}", userName, address, what);
            return sessions.Log(userName, personId, what, address?.ToString(), cancellation);
        }
    }

    /// <summary>The id of this browser, if this very person has signed in with it before.</summary>
    private string? KnownDevice(HttpRequest request, string userName)
    {
        if (request.Cookies[DeviceCookie] is not { Length: > 0 } stored) return null;
        try
        {
            var (name, id) = devices.Unprotect(stored).Split('\n') is [var n, var i] ? (n, i) : ("", "");
            return string.Equals(name, userName.Trim(), StringComparison.OrdinalIgnoreCase) ? id : null;
        }
        catch (CryptographicException)
        {
            return null; // of another installation, or made up
        }
    }

    private void RememberDevice(HttpContext context, Person person, string? device) =>
        context.Response.Cookies.Append(DeviceCookie, devices.Protect($"{person.UserName}\n{device ?? Secrets.New()}"), new CookieOptions
        {
            HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Strict, MaxAge = TimeSpan.FromDays(365), IsEssential = true, Path = SessionHandler.SignInPath,
        });
}
