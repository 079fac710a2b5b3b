using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Host.Data;

namespace ProcessManager.Host.Shell;

internal static class ShellRoom
{
    public static void AddShell(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddRazorComponents();
        services.AddCascadingAuthenticationState();
        services.AddHttpContextAccessor();
        services.AddSingleton<ReaderDefaults>();
        services.AddScoped<Reader>();
        services.AddScoped<PageTokens>();
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<PublicPace>();
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
            context.ProblemDetails.Extensions["traceId"] = Problems.TraceId(context.HttpContext));
        services.AddResponseCompression(options => options.EnableForHttps = true);
        services.AddAntiforgery(options =>
        {
            options.HeaderName = AntiforgeryGuard.Header;
            options.Cookie.Name = "pm-antiforgery";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        // What can't be read comes as an exception that says why; FailurePages answers with it.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.WebHost.ConfigureKestrel(options => options.AddServerHeader = false);
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            // Who asks, and whether by https, is believed of the named proxies alone (setting Http:Proxies, addresses).
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            foreach (var proxy in builder.Configuration.GetSection("Http:Proxies").Get<string[]>() ?? []) options.KnownProxies.Add(IPAddress.Parse(proxy));
        });
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: ["ready"]);
    }

    public static void UseShell(this WebApplication app)
    {
        app.UseForwardedHeaders();
        if (!app.Environment.IsDevelopment()) app.UseHsts();
        app.UseResponseCompression();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<FailurePages>();
        // Numbers and dates are formatted by Reader, in words of the person; what code formats by itself must not depend on the server's language.
        app.UseRequestLocalization(new RequestLocalizationOptions { DefaultRequestCulture = new RequestCulture(CultureInfo.InvariantCulture), RequestCultureProviders = [] });
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<Access.TokenScopeGuard>();
        app.UseAntiforgery();
        app.UseMiddleware<AntiforgeryGuard>();
    }

    public static void MapShell(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous().Add(KeepFonts);
        // Pages that are no pages of the frame, such as a printed plan, don't name the icon; browsers ask for it here.
        app.MapGet("/favicon.ico", () => TypedResults.LocalRedirect("/favicon.svg")).AllowAnonymous().ExcludeFromDescription();
        app.MapRazorComponents<App>();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") }).AllowAnonymous();
        app.MapGet("/events", (LiveFeed feed, Reader reader, CancellationToken cancellation) => TypedResults.ServerSentEvents(Items(feed, reader.UserName, cancellation)));
        app.MapPost("/theme", SetTheme).AllowAnonymous();
    }

    /// <summary>Changes for one person as server-sent events; a ping every now and then keeps the connection open.</summary>
    internal static async IAsyncEnumerable<SseItem<string>> Items(
        LiveFeed feed, string userName, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var change in feed.Listen(userName, cancellation))
        {
            yield return change is null
                ? new SseItem<string>("", "ping")
                : new SseItem<string>(JsonSerializer.Serialize(change, LiveFeed.Json), "change");
        }
    }

    private static async Task<IResult> SetTheme([FromForm] string theme, HttpContext context, Reader reader, Access.People people, CancellationToken cancellation)
    {
        if (theme is not ("light" or "dark" or "auto")) return Problems.Problem(400, "unknown-theme", "There is no such theme", "Choose light, dark or auto.");
        WriteTheme(context, theme);
        if (reader.IsSignedIn) await people.SetTheme(reader.PersonId, theme, cancellation);
        return TypedResults.NoContent();
    }

    /// <summary>Remembers the theme in the browser, so that even the sign-in page comes in it.</summary>
    internal static void WriteTheme(HttpContext context, string theme) =>
        context.Response.Cookies.Append(Reader.ThemeCookie, theme, new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(400), SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = context.Request.IsHttps, IsEssential = true,
        });

    /// <summary>Font files and script chunks are named by what is in them but bear no fingerprint of ours: let browsers keep them.</summary>
    private static void KeepFonts(EndpointBuilder endpoint)
    {
        if (endpoint is not RouteEndpointBuilder { RoutePattern.RawText: { } path, RequestDelegate: { } serve }
            || !(path.StartsWith("dist/fonts/", StringComparison.Ordinal) || path.StartsWith("dist/chunks/", StringComparison.Ordinal))) return;
        endpoint.RequestDelegate = context =>
        {
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return Task.CompletedTask;
            });
            return serve(context);
        };
    }
}

/// <summary>Whether the database answers.</summary>
internal sealed class DatabaseHealth(IDbContextFactory<ProcessManagerDb> databases) : Microsoft.Extensions.Diagnostics.HealthChecks.IHealthCheck
{
    public async Task<Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult> CheckHealthAsync(
        Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Database.CanConnectAsync(cancellationToken)
            ? Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult.Healthy()
            : Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult.Unhealthy("The database can't be opened.");
    }
}
