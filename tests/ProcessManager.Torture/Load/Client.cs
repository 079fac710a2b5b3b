using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ProcessManager.Torture.Hosting;

namespace ProcessManager.Torture.Load;

/// <summary>An open task as the API lists it.</summary>
internal sealed record OpenTask(long Id, string Step, string? Assignee, string? Group);

/// <summary>One person at the API. Where no reply comes, it says so and nothing else.</summary>
internal sealed class Client : IDisposable
{
    private readonly HttpClient http;

    public Client(Uri address, Member member)
    {
        Name = member.Name;
        http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(3) }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", member.Token);
    }

    public string Name { get; }

    /// <returns>Null where the reply was lost.</returns>
    public async Task<Answer?> SendAsync(Entry entry, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, entry.Path) { Content = new StringContent(entry.Body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", entry.Key);
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            var text = await response.Content.ReadAsStringAsync(cancellation);
            var status = (int)response.StatusCode;
            if (!response.IsSuccessStatusCode) { return new Answer(status, 0, 0, [], false, text); }
            using var json = JsonDocument.Parse(text);
            var done = json.RootElement;
            return new Answer(
                status, done.GetProperty("project").GetInt64(), done.GetProperty("version").GetInt64(),
                [.. done.GetProperty("newTasks").EnumerateArray().Select(t => t.GetInt64())], done.GetProperty("repeated").GetBoolean(), null);
        }
        catch (Exception e) when (IsLost(e, cancellation))
        {
            return null;
        }
    }

    /// <returns>Null where the reply was lost.</returns>
    public async Task<IReadOnlyList<OpenTask>?> TasksOfAsync(long project, CancellationToken cancellation)
    {
        using var json = await GetAsync($"/api/v1/tasks?project={project}", cancellation);
        return json is null ? null
            : [.. json.RootElement.GetProperty("items").EnumerateArray().Select(t => new OpenTask(
                t.GetProperty("id").GetInt64(), t.GetProperty("step").GetString()!, TextOf(t, "assignee"), TextOf(t, "group")))];
    }

    /// <summary>When the waiting work is due, the earliest first; null where the reply was lost.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>?> WaitingWorkAsync(CancellationToken cancellation)
    {
        using var json = await GetAsync("/api/v1/work?count=100", cancellation);
        return json is null ? null : [.. json.RootElement.EnumerateArray().Select(w => w.GetProperty("due").GetDateTimeOffset())];
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonDocument?> GetAsync(string path, CancellationToken cancellation)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(path, UriKind.Relative), cancellation);
            var text = await response.Content.ReadAsStringAsync(cancellation);
            return response.IsSuccessStatusCode ? JsonDocument.Parse(text) : throw new InvalidOperationException($"GET {path} was answered {(int)response.StatusCode}: {text}");
        }
        catch (Exception e) when (IsLost(e, cancellation))
        {
            return null;
        }
    }

    private static bool IsLost(Exception e, CancellationToken cancellation) =>
        e is HttpRequestException or IOException or JsonException || (e is OperationCanceledException && !cancellation.IsCancellationRequested);

    private static string? TextOf(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetString() : null;
}
