using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using ProcessManager.Engine;
using ProcessManager.Host.Data;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Access;

internal static class AccessRoom
{
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddIdentityCore<Person>(options =>
            options.User.AllowedUserNameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_@+")
            .AddRoles<Role>().AddEntityFrameworkStores<ProcessManagerDb>();
        // OWASP's count for PBKDF2 with SHA-512.
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 210_000);

        services.AddSingleton<AccessStore>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<SignInPace>();
        services.TryAddSingleton<IPasswordHasher<Person>, PasswordHasher<Person>>();
        services.AddSingleton<Passwords>();
        services.AddSingleton(provider => new People(
            provider.GetRequiredService<AccessStore>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<LiveFeed>(),
            provider.GetRequiredService<ProcessEngine>(), provider.GetRequiredService<Passwords>()));
        services.AddScoped<SignIn>();
        services.AddSingleton<SetUp>();
        services.AddHostedService(provider => provider.GetRequiredService<SetUp>());

        services.AddAuthentication("any")
            .AddPolicyScheme("any", null, options => options.ForwardDefaultSelector = context =>
                PersonalTokenHandler.IsMeant(context.Request) ? PersonalTokenHandler.Scheme : IdentityConstants.ApplicationScheme)
            .AddScheme<SessionOptions, SessionHandler>(IdentityConstants.ApplicationScheme, null)
            .AddScheme<AuthenticationSchemeOptions, PersonalTokenHandler>(PersonalTokenHandler.Scheme, null);
        services.AddAuthorization(Policies.Configure);
    }

    public static void MapAccess(this WebApplication app)
    {
        app.MapPost("/sign-out", async (HttpContext context, Reader reader, Sessions sessions, CancellationToken cancellation) =>
        {
            if (reader.IsSignedIn) await sessions.Log(reader.UserName, reader.PersonId, "signed out", context.Connection.RemoteIpAddress?.ToString(), cancellation);
            await context.SignOutAsync(IdentityConstants.ApplicationScheme);
            return TypedResults.LocalRedirect(SessionHandler.SignInPath);
        }).AllowAnonymous();
    }
}
