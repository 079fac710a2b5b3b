using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using ProcessManager.Host.Data;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Access;

internal static class AccessRoom
{
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddIdentityCore<Person>(options =>
        {
            options.User.AllowedUserNameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_@+";
            options.Password = new PasswordOptions { RequiredLength = PasswordRules.Shortest, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false, RequiredUniqueChars = 0 };
        }).AddRoles<Role>().AddEntityFrameworkStores<ProcessManagerDb>();
        // Ours says everything about passwords in its own words.
        services.RemoveAll<IPasswordValidator<Person>>();
        services.AddSingleton<IPasswordValidator<Person>, PasswordRules>();
        // OWASP's count for PBKDF2 with SHA-512.
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 210_000);

        services.AddSingleton<AccessStore>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<SignInPace>();
        services.AddSingleton(provider => new People(
            provider.GetRequiredService<AccessStore>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<LiveFeed>(),
            provider.GetRequiredService<ProcessManager.Engine.ProcessEngine>()));
        services.AddScoped<SignIn>();

        services.AddAuthentication("any")
            .AddPolicyScheme("any", null, options => options.ForwardDefaultSelector = context =>
                PersonalTokenHandler.IsMeant(context.Request) ? PersonalTokenHandler.Scheme : IdentityConstants.ApplicationScheme)
            .AddScheme<SessionOptions, SessionHandler>(IdentityConstants.ApplicationScheme, null)
            .AddScheme<AuthenticationSchemeOptions, PersonalTokenHandler>(PersonalTokenHandler.Scheme, null);
        services.AddAuthorization(Policies.Configure);
    }

    public static void MapAccess(this WebApplication app)
    {
        app.MapPost("/sign-out", async (HttpContext context) =>
        {
            await context.SignOutAsync(IdentityConstants.ApplicationScheme);
            return TypedResults.LocalRedirect(SessionHandler.SignInPath);
        }).AllowAnonymous();
    }
}
