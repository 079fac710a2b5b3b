using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace ProcessManager.Engine.Effects;

/// <summary>A request of a plan.</summary>
/// <param name="Id">The same for every attempt, and for no other request.</param>
/// <param name="Body">A JSON object; null for a request without body.</param>
internal sealed record HttpCall(string Id, string Method, string Url, string? Body);

/// <summary>How an attempt went.</summary>
internal abstract record Calling
{
    private Calling() { }

    /// <param name="Response">The answer's body as a value of the expression language.</param>
    public sealed record Answered(object? Response) : Calling;

    /// <summary>May work another time.</summary>
    /// <param name="After">How long the other side asks to wait.</param>
    public sealed record Later(string Error, TimeSpan? After = null) : Calling;

    /// <summary>Will not work as it is.</summary>
    public sealed record Never(string Error) : Calling;
}

/// <summary>
/// Calls other systems. A name is resolved once, every address it has must be public, and the connection goes to an address that was looked at;
/// redirects are not followed, answers and waiting are bounded. Requests are signed as Standard Webhooks has it.
/// </summary>
internal sealed class HttpCaller : IDisposable
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    private readonly OutgoingOptions options;
    private readonly TimeProvider clock;
    private readonly HttpClient client;

    public HttpCaller(OutgoingOptions options, TimeProvider clock)
    {
        (this.options, this.clock) = (options, clock);
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None, // a small answer must not become a large one
            MaxResponseHeadersLength = 64,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2), // a name may move
            PreAuthenticate = false,
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan, // ours is the one with a sentence
        };
    }

    /// <summary>For tests: what a name means.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; set; } = Dns.GetHostAddressesAsync;

    public void Dispose() => client.Dispose();

    public async Task<Calling> CallAsync(HttpCall call, CancellationToken cancellation)
    {
        if (!Methods.Contains(call.Method)) { return new Calling.Never($"{call.Method} is not a method of requests."); }
        if (!Uri.TryCreate(call.Url, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            return new Calling.Never("The address is not an http or https address.");
        }

        if (url.UserInfo.Length > 0) { return new Calling.Never("The address holds a name or password: use a signature or a token in the body instead."); }
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(options.Timeout);
        try
        {
            using var request = RequestOf(call, url);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return await ReadAsync(response, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Calling.Later($"{url.Host} did not answer within {options.Timeout.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} seconds.");
        }
        catch (HttpRequestException e) when (e.InnerException is ForbiddenAddressException forbidden)
        {
            return new Calling.Never(forbidden.Message);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            return new Calling.Later($"{url.Host} could not be reached: {(e.InnerException ?? e).Message}");
        }
    }

    /// <summary>The signature over id, time and body: <c>v1,</c> and the base 64 of HMAC-SHA-256.</summary>
    public static string Signature(ReadOnlyMemory<byte> key, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")), .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key.Span, signed));
    }

    private HttpRequestMessage RequestOf(HttpCall call, Uri url)
    {
        var request = new HttpRequestMessage(new HttpMethod(call.Method), url);
        var body = Encoding.UTF8.GetBytes(call.Body ?? "");
        if (call.Body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        }

        var headers = request.Headers;
        headers.Add("Idempotency-Key", call.Id);
        headers.Add("webhook-id", call.Id);
        headers.UserAgent.Add(new ProductInfoHeaderValue("ProcessManager", "1.0"));
        headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (options.SigningKey is { } key)
        {
            var timestamp = clock.GetUtcNow().ToUnixTimeSeconds();
            headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
            headers.Add("webhook-signature", Signature(key, call.Id, timestamp, body));
        }

        return request;
    }

    private async Task<Calling> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        if (status is 408 or 425 or 429 or >= 500)
        {
            var wait = response.Headers.RetryAfter is not { } retry ? null
                : retry.Delta ?? (retry.Date is { } date ? date - clock.GetUtcNow() : null);
            return new Calling.Later($"The answer was {status}.", wait);
        }

        if (status is >= 300 and < 400) { return new Calling.Never($"The answer was {status}, which points elsewhere: write the address where it ends."); }
        if (status is < 200 or >= 400) { return new Calling.Never($"The answer was {status}."); }
        if (await BodyAsync(response.Content, cancellation) is not { } body)
        {
            return new Calling.Never($"The answer is larger than {options.LargestAnswer} bytes.");
        }

        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        if (body.Length == 0) { return new Calling.Answered(null); }
        if (!type.EndsWith("json", StringComparison.OrdinalIgnoreCase))
        {
            return new Calling.Answered(type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) ? Encoding.UTF8.GetString(body) : null);
        }

        return JsonValues.TryRead(body, out var value) ? new Calling.Answered(value) : new Calling.Never("The answer says that it is JSON, but it can't be read as such.");
    }

    /// <returns>Null where it is too large.</returns>
    private async Task<byte[]?> BodyAsync(HttpContent content, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > options.LargestAnswer) { return null; }
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            if (body.Length + read > options.LargestAnswer) { return null; }
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        IPAddress[] addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Resolve(host, cancellation);
        if (addresses.Length == 0) { throw new SocketException((int)SocketError.HostNotFound); }
        if (!IsAllowed(host, port) && Array.Find(addresses, a => !PublicAddress.Is(a)) is { } inside)
        {
            throw new ForbiddenAddressException($"{host} is {inside}, which is not a public address: an administrator can allow it by the setting Outgoing:AllowedHosts.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsAllowed(string host, int port) => options.AllowedHosts.Any(allowed =>
        allowed.Equals(host, StringComparison.OrdinalIgnoreCase)
        || allowed.Equals(string.Create(CultureInfo.InvariantCulture, $"{host}:{port}"), StringComparison.OrdinalIgnoreCase));

    private sealed class ForbiddenAddressException(string message) : IOException(message);
}
