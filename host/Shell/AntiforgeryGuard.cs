using Microsoft.AspNetCore.Antiforgery;
using ProcessManager.Host.Access;

namespace ProcessManager.Host.Shell;

/// <summary>Put on an endpoint that other systems post to without being signed in; it then proves its caller by other means (a signature).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class OpenToOtherSitesAttribute : Attribute;

/// <summary>
/// Every request that may change something must come from a page of ours: it brings the page's token (header X-Antiforgery or the
/// form's hidden field) and no foreign Origin. Requests with a personal access token are exempt: no browser adds those by itself.
/// </summary>
internal sealed class AntiforgeryGuard(RequestDelegate next, IAntiforgery antiforgery)
{
    public const string Header = "X-Antiforgery";

    public async Task InvokeAsync(HttpContext context)
    {
        if (NeedsToken(context) && (IsForeign(context.Request) || !await HasToken(context)))
        {
            await Problems.Write(context, StatusCodes.Status400BadRequest, "antiforgery", "This page is out of date",
                "The request did not carry this page's token. Reload the page and try again.");
            return;
        }
        // Said for requests that need no token too: binding a form asks whether the question was settled.
        context.Features.Set<IAntiforgeryValidationFeature>(new Settled());
        await next(context);
    }

    /// <summary>The framework has looked already where the endpoint reads a form.</summary>
    private async ValueTask<bool> HasToken(HttpContext context) =>
        context.Features.Get<IAntiforgeryValidationFeature>() is { } looked ? looked.IsValid : await antiforgery.IsRequestValidAsync(context);

    private sealed class Settled : IAntiforgeryValidationFeature
    {
        public bool IsValid => true;

        public Exception? Error => null;
    }

    private static bool NeedsToken(HttpContext context) =>
        !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || HttpMethods.IsOptions(context.Request.Method) || HttpMethods.IsTrace(context.Request.Method))
        && context.GetEndpoint() is { } endpoint
        && endpoint.Metadata.GetMetadata<OpenToOtherSitesAttribute>() is null
        && context.User.Identity?.AuthenticationType != PersonalTokenHandler.Scheme;

    private static bool IsForeign(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site") return true;
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && !origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
