using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using ProcessManager.Torture.Checks;
using ProcessManager.Torture.Hosting;
using ProcessManager.Torture.Load;
using Xunit;
using Xunit.Abstractions;

namespace ProcessManager.Torture;

/// <summary>Ends and refusals of the host that need a certain moment instead of chance.</summary>
public sealed class EndingTests(ITestOutputHelper output) : IDisposable
{
    private readonly CancellationTokenSource patience = new(TimeSpan.FromMinutes(3));

    private CancellationToken Cancellation => patience.Token;

    public void Dispose() => patience.Dispose();

    [Fact]
    public async Task A_command_whose_reply_died_with_the_host_is_answered_by_its_first_result_when_sent_again()
    {
        using var installation = await Installation.NewAsync();
        var entry = StartOf("ann", "lost-reply");
        using (var host = await UpAsync(installation))
        {
            // Sent by hand: the reply stays unread until the host is dead.
            using var socket = new TcpClient(installation.Address.Host, installation.Address.Port);
            var body = Encoding.UTF8.GetBytes(entry.Body);
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST {entry.Path} HTTP/1.1\r\nHost: {installation.Address.Authority}\r\nAuthorization: Bearer {TokenOf(installation, "ann")}\r\n"
                + $"Idempotency-Key: {entry.Key}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"), Cancellation);
            await socket.GetStream().WriteAsync(body, Cancellation);
            while (!IsNoted(installation, entry)) { await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancellation); }

            await host.KillAsync(Cancellation);
        }

        var stored = Snapshot.Read(installation.Database).Commands[entry.CommandId].Single();
        using var again = await UpAsync(installation);
        using var ann = new Client(installation.Address, installation.Crew[1]);
        var answer = await ann.SendAsync(entry, Cancellation);

        Assert.Equal((201, true, stored.Project, stored.Version), (answer!.Status, answer.Repeated, answer.Project, answer.Version));
        Assert.Equal(stored.NewTasks, string.Join(',', answer.NewTasks));
        Assert.Single(Snapshot.Read(installation.Database).Projects);
    }

    [Fact]
    public async Task A_second_host_on_the_same_data_is_refused_in_a_sentence_and_the_first_goes_on()
    {
        using var installation = await Installation.NewAsync();
        using var first = await UpAsync(installation);
        using var second = HostProcess.Serve(installation.Folder, new Uri("http://127.0.0.1:0"));

        Assert.Equal(1, await second.EndAsync(Cancellation));

        output.WriteLine(second.Output);
        Assert.Contains("Another Process Manager runs on", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Output, StringComparison.Ordinal);
        using var ann = new Client(installation.Address, installation.Crew[1]);
        Assert.Equal(201, (await ann.SendAsync(StartOf("ann", "after"), Cancellation))!.Status);
    }

    [Fact]
    public async Task A_host_that_is_asked_to_stop_under_load_ends_within_ten_seconds_and_loses_nothing()
    {
        using var installation = await Installation.NewAsync();
        using var ledger = new Ledger(null);
        using var crowd = new Crowd(installation, ledger, 99);
        crowd.Begin();
        for (var stop = 0; stop < 3; stop++)
        {
            using var host = await UpAsync(installation);
            await crowd.HostIsUpAsync(Cancellation);
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, Cancellation);
            var watch = Stopwatch.StartNew();
            var ending = host.TerminateAsync(Cancellation);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
            crowd.HostIsDown();
            var code = await ending;
            output.WriteLine($"ended with {code} after {watch.ElapsedMilliseconds} ms, {ledger.Entries.Count(e => e.Accepted is not null)} commands acknowledged so far");
            Assert.True(code == 0, host.Output);
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"It took {watch.Elapsed}.");
        }

        await SettleAsync(installation, crowd);
        Assert.Empty(await Checker.CheckAsync(installation, ledger.Entries, Cancellation));
    }

    [Fact]
    public async Task A_full_disk_fails_commands_clearly_and_the_same_host_goes_on_when_there_is_room_again()
    {
        using var installation = await Installation.NewAsync();
        using var ledger = new Ledger(null);
        using var host = await UpAsync(installation);
        using var ann = new Client(installation.Address, installation.Crew[1]);
        var before = await SendAsync(ledger, ann, StartOf("ann", "before"));
        Assert.Equal(201, before!.Status);

        await FileLimit.SetAsync(host, 4096, Cancellation);
        var refused = StartOf("ann", "meanwhile");
        for (var i = 0; i < 3; i++)
        {
            var answer = await SendAsync(ledger, ann, refused);
            output.WriteLine($"{answer?.Status} {answer?.Problem}");
            Assert.Equal(503, answer!.Status);
            Assert.Contains("nothing was changed", answer.Problem, StringComparison.Ordinal);
        }

        // Reading goes on.
        Assert.NotEmpty((await ann.TasksOfAsync(before.Project, Cancellation))!);
        Assert.False(IsNoted(installation, refused));

        await FileLimit.LiftAsync(host, Cancellation);
        Assert.Equal(201, (await SendAsync(ledger, ann, refused))!.Status);
        Assert.Equal(0, await host.TerminateAsync(Cancellation));
        Assert.Empty(await Checker.CheckAsync(installation, ledger.Entries, Cancellation));
    }

    private static Entry StartOf(string person, string key) => new(
        key, person, CommandKind.Start, "/api/v1/projects",
        JsonSerializer.Serialize(new { plan = "relay", fields = new Dictionary<string, string> { ["title"] = key, ["when"] = "2099-01-01T00:00:00Z" } }), null, null, key);

    private static async Task<Answer?> SendAsync(Ledger ledger, Client client, Entry entry)
    {
        if (!ledger.Entries.Contains(entry)) { ledger.Add(entry); }
        var answer = await client.SendAsync(entry, CancellationToken.None);
        ledger.Hear(entry, answer);
        return answer;
    }

    private static string TokenOf(Installation installation, string person) => installation.Crew.First(m => m.Name == person).Token;

    private static bool IsNoted(Installation installation, Entry entry)
    {
        using var connection = new SqliteConnection($"Data Source={installation.Database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from commands where id = $id";
        command.Parameters.AddWithValue("$id", entry.CommandId);
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture) > 0;
    }

    private async Task<HostProcess> UpAsync(Installation installation)
    {
        var host = installation.Serve();
        if (await host.IsReadyAsync(Cancellation)) { return host; }
        var said = host.Output;
        host.Dispose();
        throw new InvalidOperationException($"The host did not start:\n{said}");
    }

    private async Task SettleAsync(Installation installation, Crowd crowd)
    {
        using var host = await UpAsync(installation);
        await crowd.HostIsUpAsync(Cancellation);
        await crowd.EndAsync();
        await CrashRun.UntilIdleAsync(installation, output.WriteLine, Cancellation);
        Assert.Equal(0, await host.TerminateAsync(Cancellation));
    }
}
