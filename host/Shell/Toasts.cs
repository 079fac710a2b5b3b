using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProcessManager.Host.Shell;

/// <summary>How a toast looks; a danger toast stays until it is dismissed.</summary>
public enum ToastKind
{
    Success,
    Info,
    Warning,
    Danger,
}

/// <summary>A short message at the edge of the page.</summary>
/// <param name="Text">One sentence.</param>
/// <param name="Href">A page of ours to go to; null for none.</param>
/// <param name="Action">The link's word, "Undo"; "Open" when null.</param>
public sealed record Toast(string Text, ToastKind Kind = ToastKind.Success, string? Href = null, string? Action = null);

/// <summary>Sends a toast with an answer: at once where htmx asked, on the next page after a redirect.</summary>
public static class Toasts
{
    internal const string Cookie = "pm-toast";

    // Headers and cookies carry ASCII alone; the default encoder writes everything else as \u escapes.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.Default,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    public static void Toast(this HttpContext context, string text, ToastKind kind = ToastKind.Success, string? href = null, string? action = null)
    {
        var toast = new Toast(text, kind, href, action);
        if (context.IsHtmx()) context.Trigger("pm:toast", toast);
        else
            context.Response.Cookies.Append(Cookie, Uri.EscapeDataString(JsonSerializer.Serialize(toast, Json)),
                new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, MaxAge = TimeSpan.FromMinutes(1), IsEssential = true });
    }

    /// <summary>Fires an event in the browser after the swap, beside those already asked for: "pm:tasks", "pm:close-dialog", "pm:close-panel".</summary>
    public static void Trigger(this HttpContext context, string name, object? detail = null)
    {
        var all = context.Response.Headers["HX-Trigger"].ToString() is { Length: > 0 } already
            ? JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(already, Json)!
            : [];
        all[name] = JsonSerializer.SerializeToElement(detail ?? new { }, Json);
        context.Response.Headers["HX-Trigger"] = JsonSerializer.Serialize(all, Json);
    }

    /// <summary>Whether htmx asked, so that a part of a page is wanted instead of a whole one.</summary>
    public static bool IsHtmx(this HttpContext context) => context.Request.Headers.ContainsKey("HX-Request") && !context.Request.Headers.ContainsKey("HX-Boosted");

    /// <summary>The toast left by the answer before, which is thereby used up.</summary>
    internal static Toast? Take(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } stored) return null;
        if (!context.Response.HasStarted) context.Response.Cookies.Delete(Cookie);
        try
        {
            return JsonSerializer.Deserialize<Toast>(Uri.UnescapeDataString(stored), Json);
        }
        catch (JsonException)
        {
            return null; // not ours, or cut off: nothing to say
        }
    }
}
