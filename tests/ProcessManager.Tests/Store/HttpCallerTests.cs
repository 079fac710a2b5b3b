using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using ProcessManager.Engine;
using ProcessManager.Engine.Effects;
using Xunit;

namespace ProcessManager.Tests.Store;

public sealed class HttpCallerTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.8.8")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("198.19.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("fe80::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("ff02::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2001::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::1")]
    public void What_is_inside_is_not_public(string address) => Assert.False(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("93.184.216.34")]
    [InlineData("172.32.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2606:2800:220:1:248:1893:25c8:1946")]
    [InlineData("2002:808:808::")]
    [InlineData("64:ff9b::808:808")]
    public void What_is_outside_is_public(string address) => Assert.True(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://[::1]:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0x7f.1:{0}/")]
    [InlineData("http://0177.0.0.1:{0}/")]
    [InlineData("http://0:{0}/")]
    [InlineData("http://inside.example:{0}/")]
    public async Task A_request_to_an_address_inside_is_refused_and_nothing_is_sent(string url)
    {
        using var server = new ScriptedWeb();
        using var caller = Caller();
        caller.Resolve = (host, cancellation) => host == "inside.example"
            ? Task.FromResult<IPAddress[]>([IPAddress.Parse("93.184.216.34"), IPAddress.Loopback]) : Dns.GetHostAddressesAsync(host, cancellation);
        var calling = await caller.CallAsync(Call(string.Format(System.Globalization.CultureInfo.InvariantCulture, url, server.Port)), default);
        Assert.Contains("not a public address", Assert.IsType<Calling.Never>(calling).Error, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("ftp://example.org/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://name:secret@example.org/")]
    [InlineData("/relative")]
    [InlineData("")]
    public async Task An_address_of_another_sort_is_refused(string url)
    {
        using var caller = Caller();
        Assert.IsType<Calling.Never>(await caller.CallAsync(Call(url), default));
    }

    [Fact]
    public async Task A_name_is_resolved_once_and_the_connection_goes_to_what_was_looked_at()
    {
        using var server = new ScriptedWeb();
        using var caller = Caller($"moving.example:{server.Port}");
        var asked = 0;
        caller.Resolve = (_, _) => Task.FromResult<IPAddress[]>([asked++ == 0 ? IPAddress.Loopback : IPAddress.Parse("192.0.2.1")]);
        Assert.IsType<Calling.Answered>(await caller.CallAsync(Call($"http://moving.example:{server.Port}/x"), default));
        Assert.Equal(1, asked);
        Assert.Contains($"Host: moving.example:{server.Port}", Assert.Single(server.Requests), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_answer_becomes_values_of_the_expression_language()
    {
        using var server = new ScriptedWeb { Body = """{"number":12.50,"list":[true,null,"x"],"nested":{"a":"ä"},"huge":1e999}""" };
        using var caller = Caller($"127.0.0.1:{server.Port}");
        var answer = Assert.IsType<Calling.Answered>(await caller.CallAsync(Call(server.Url), default));
        var context = Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(answer.Response);
        Assert.Equal(12.50m, context["number"]);
        Assert.Equal([true, null, "x"], Assert.IsAssignableFrom<IReadOnlyList<object?>>(context["list"]));
        Assert.Equal("ä", Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(context["nested"])["a"]);
        Assert.Null(context["huge"]);
    }

    [Fact]
    public async Task A_request_bears_its_key_and_a_signature_over_id_time_and_body()
    {
        using var server = new ScriptedWeb();
        var options = Options($"127.0.0.1:{server.Port}");
        var key = RandomNumberGenerator.GetBytes(32);
        options.SigningKey = key;
        using var caller = new HttpCaller(options, new ManualTime(StoreFixture.Monday));
        await caller.CallAsync(new HttpCall("pm_1", "POST", server.Url, """{"a":"ö"}"""), default);
        var request = Assert.Single(server.Requests);
        string Header(string name) => request.Split("\r\n").Single(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))[(name.Length + 1)..].Trim();
        var timestamp = StoreFixture.Monday.ToUnixTimeSeconds();
        var expected = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($$"""pm_1.{{timestamp}}.{"a":"ö"}""")));
        Assert.Equal(("pm_1", "pm_1", $"{timestamp}", $"v1,{expected}"),
            (Header("Idempotency-Key"), Header("webhook-id"), Header("webhook-timestamp"), Header("webhook-signature")));
        Assert.EndsWith("""{"a":"ö"}""", request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, true, false)]
    [InlineData(204, true, false)]
    [InlineData(302, false, false)]
    [InlineData(400, false, false)]
    [InlineData(404, false, false)]
    [InlineData(408, false, true)]
    [InlineData(429, false, true)]
    [InlineData(500, false, true)]
    [InlineData(503, false, true)]
    public async Task A_status_says_whether_it_worked_and_whether_to_try_again(int status, bool answered, bool again)
    {
        using var server = new ScriptedWeb { Status = status, Headers = "Location: http://127.0.0.1/\r\nRetry-After: 77\r\n" };
        using var caller = Caller($"127.0.0.1:{server.Port}");
        var calling = await caller.CallAsync(Call(server.Url), default);
        Assert.Equal((answered, again), (calling is Calling.Answered, calling is Calling.Later));
        if (calling is Calling.Later later) { Assert.Equal(TimeSpan.FromSeconds(77), later.After); }
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("Content-Length: 3000000\r\n")]
    [InlineData("")]
    public async Task An_endless_answer_is_cut_off(string length)
    {
        using var server = new ScriptedWeb { Headers = length, EndlessBody = true };
        using var caller = Caller($"127.0.0.1:{server.Port}");
        var calling = await caller.CallAsync(Call(server.Url), default);
        Assert.Contains("larger", Assert.IsType<Calling.Never>(calling).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{not json")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]")]
    public async Task An_answer_that_is_not_json_is_said_to_be_none(string body)
    {
        using var server = new ScriptedWeb { Body = body };
        using var caller = Caller($"127.0.0.1:{server.Port}");
        Assert.IsType<Calling.Never>(await caller.CallAsync(Call(server.Url), default));
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up_in_time()
    {
        using var server = new ScriptedWeb { Silent = true };
        var options = Options($"127.0.0.1:{server.Port}");
        options.Timeout = TimeSpan.FromMilliseconds(200);
        using var caller = new HttpCaller(options, TimeProvider.System);
        Assert.Contains("did not answer", Assert.IsType<Calling.Later>(await caller.CallAsync(Call(server.Url), default)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_at_the_other_end_is_trouble_that_may_pass()
    {
        using var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        var port = ((IPEndPoint)unused.LocalEndpoint).Port;
        unused.Stop();
        using var caller = Caller($"127.0.0.1:{port}");
        Assert.IsType<Calling.Later>(await caller.CallAsync(Call($"http://127.0.0.1:{port}/"), default));
    }

    private static HttpCall Call(string url) => new("pm_1", "GET", url, null);

    private static OutgoingOptions Options(params string[] allowed)
    {
        var options = new OutgoingOptions();
        foreach (var host in allowed) { options.AllowedHosts.Add(host); }
        return options;
    }

    private static HttpCaller Caller(params string[] allowed) => new(Options(allowed), TimeProvider.System);
}
