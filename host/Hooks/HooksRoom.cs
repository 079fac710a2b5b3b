using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using ProcessManager.Engine;
using ProcessManager.Flow;
using ProcessManager.Host.Api;
using ProcessManager.Host.Operations;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Hooks;

/// <summary>
/// Web hooks of other systems: <c>POST /hooks/{message}</c>, signed as Standard Webhooks has it. Whoever knows the key may send a message about a project, or
/// one that start rules take; the same <c>webhook-id</c> again changes nothing.
/// </summary>
internal static class HooksRoom
{
    private const int LargestBody = 256 << 10;
    private const int LongestId = 200;
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <param name="Project">The project that it is about; absent: start rules take it.</param>
    /// <param name="Prospect">Of a message that starts a project: id of the contact.</param>
    /// <param name="Contact">Of a message that starts a project: a contact that is found by its first email address, or added.</param>
    public sealed record HookBody(
        long? Project = null, long? Prospect = null, ContactsApi.ContactRequest? Contact = null, Dictionary<string, JsonElement>? Fields = null);

    public static void AddHooks(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SigningKeys>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<SigningKeys>());
    }

    public static void MapHooks(this WebApplication app) => app.MapPost("/hooks/{message}", TakeAsync)
        .AllowAnonymous().WithMetadata(new OpenToOtherSitesAttribute(), new RequestSizeLimitAttribute(LargestBody));

    private static async Task<IResult> TakeAsync(
        string message, HttpContext context, SigningKeys keys, PublicPace pace, ProcessEngine engine, TimeProvider clock, IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json, CancellationToken cancellation)
    {
        var body = await BodyAsync(context.Request, cancellation);
        var headers = context.Request.Headers;
        var (id, timestamp, signatures) = (headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), headers["webhook-signature"].ToString());
        if (!IsSigned(keys[SigningKey.Incoming].Span, id, timestamp, signatures, body, clock.GetUtcNow()))
        {
            // Counted here alone: whoever signs may send as fast as they like.
            return pace.Pass(context.Connection.RemoteIpAddress)
                ? Problems.Problem(401, "signature", "The signature is missing or wrong", "Sign id, time and body with this installation's key, at most five minutes ago: see docs/api/web-hooks.md.")
                : Problems.Problem(429, "too-many-requests", "Too many requests", "Wait a minute and try again.");
        }

        HookBody? sent;
        try { sent = body.Length == 0 ? new HookBody() : JsonSerializer.Deserialize<HookBody>(body, json.Value.SerializerOptions); }
        catch (JsonException e) { return Answers.Invalid($"The body can't be read: {e.Message}"); }
        if (sent is null) { return Answers.Invalid("The body is null."); }
        return sent.Project is { } project
            ? await SendAsync(engine, project, message, id, sent, cancellation)
            : (await MessagesApi.TakeAsync(engine.StartRules, message, id, sent.Prospect, sent.Contact, sent.Fields, null, cancellation)).Result;
    }

    private static async Task<IResult> SendAsync(ProcessEngine engine, long project, string message, string id, HookBody sent, CancellationToken cancellation)
    {
        if (sent.Prospect is not null || sent.Contact is not null) { return Answers.Invalid("A message about a project brings no contact."); }
        if (JsonFields.Read(sent.Fields, out var problem) is not { } fields) { return Answers.Invalid(problem!); }
        var command = "hook-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{project}\n{id}")))[..48];
        return Answers.Of(await engine.SendAsync(project, new Command.Receive(message, id, fields), command, cancellation)).Result;
    }

    private static async Task<byte[]> BodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellation);
        return body.ToArray();
    }

    /// <summary>True where one of the signatures is ours, and its time is near enough that nobody has kept the request for later.</summary>
    internal static bool IsSigned(ReadOnlySpan<byte> key, string id, string timestamp, string signatures, byte[] body, DateTimeOffset now)
    {
        if (id.Length is 0 or > LongestId || signatures.Length > 2000) { return false; }
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > 253402300799
            || (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Tolerance)
        {
            return false;
        }

        var expected = HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body]);
        var found = false;
        foreach (var signature in signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var given = new byte[expected.Length];
            found |= signature.StartsWith("v1,", StringComparison.Ordinal)
                && Convert.TryFromBase64String(signature[3..], given, out var length) && length == expected.Length
                && CryptographicOperations.FixedTimeEquals(given, expected);
        }

        return found;
    }
}
