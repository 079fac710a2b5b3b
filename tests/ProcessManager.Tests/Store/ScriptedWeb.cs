using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProcessManager.Tests.Store;

/// <summary>As much of a web server as a client needs, on a port of its own: it answers what it was told to, and keeps what it was asked.</summary>
internal sealed class ScriptedWeb : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<string> requests = [];

    public ScriptedWeb()
    {
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string Url => $"http://127.0.0.1:{Port}/hook";

    /// <summary>The status of each answer, in turn; the last one stays.</summary>
    public Queue<int> Statuses { get; } = new();

    public int Status { get; set; } = 200;

    public string Headers { get; set; } = "";

    public string Body { get; set; } = "{}";

    public bool EndlessBody { get; set; }

    public bool Silent { get; set; }

    public IReadOnlyList<string> Requests
    {
        get { lock (requests) { return [.. requests]; } }
    }

    public void Dispose() => listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true) { _ = AnswerAsync(await listener.AcceptTcpClientAsync()); }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException) { /* the test is over */ }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                await using var stream = client.GetStream();
                var request = await ReadAsync(stream);
                lock (requests) { requests.Add(request); }
                if (Silent) { await Task.Delay(Timeout.Infinite, new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token); }
                lock (requests) { if (Statuses.TryDequeue(out var next)) { Status = next; } }
                var body = Encoding.UTF8.GetBytes(Status is 204 ? "" : Body);
                var length = EndlessBody ? "" : $"Content-Length: {body.Length}\r\n";
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {Status} Said\r\n{Headers}{length}Content-Type: application/json\r\nConnection: close\r\n\r\n"));
                do { await stream.WriteAsync(EndlessBody ? new byte[4096] : body); }
                while (EndlessBody);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException) { /* the client went away */ }
    }

    private static async Task<string> ReadAsync(NetworkStream stream)
    {
        var all = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var read = await stream.ReadAsync(buffer);
            all.Write(buffer, 0, read);
            var text = Encoding.UTF8.GetString(all.ToArray());
            if (read == 0) { return text; }
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0) { continue; }
            var length = text.Split("\r\n").Where(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Select(l => int.Parse(l[15..], System.Globalization.CultureInfo.InvariantCulture)).FirstOrDefault();
            if (Encoding.UTF8.GetByteCount(text[(end + 4)..]) >= length) { return text; }
        }
    }
}
