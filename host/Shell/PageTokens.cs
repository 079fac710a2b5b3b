using System.Security.Cryptography;
using Microsoft.AspNetCore.Antiforgery;

namespace ProcessManager.Host.Shell;

/// <summary>The two tokens a page carries: one that proves its requests are its own, one that lets an island add a style sheet.</summary>
public sealed class PageTokens(IHttpContextAccessor accessor, IAntiforgery antiforgery)
{
    private static readonly object NonceKey = new();

    /// <summary>Sent back in the header X-Antiforgery.</summary>
    public string Antiforgery => antiforgery.GetAndStoreTokens(accessor.HttpContext!).RequestToken!;

    /// <summary>Allows style elements made by script (the designer's editor); script itself has no such door. One an answer.</summary>
    public string StyleNonce => NonceOf(accessor.HttpContext!);

    internal static string NonceOf(HttpContext context)
    {
        if (context.Items[NonceKey] is not string nonce) context.Items[NonceKey] = nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        return nonce;
    }
}
