using System.Net;
using System.Net.Sockets;

namespace ProcessManager.Torture.Hosting;

/// <summary>A person of the crew with a token to act by.</summary>
internal sealed record Member(string Name, string Token);

/// <summary>
/// A data folder with the crew in it: <c>boss</c> administers, <c>ann</c> and <c>bob</c> manage and run, <c>cy</c> starts projects and runs.
/// Made by the command line once, and copied for every test.
/// </summary>
internal sealed class Installation : IDisposable
{
    private static readonly (string Name, string[] Options)[] People =
    [
        ("boss", ["--role", "administrator"]),
        ("ann", ["--role", "manager", "--group", "runners"]),
        ("bob", ["--role", "manager", "--group", "runners"]),
        ("cy", ["--role", "creator", "--group", "runners"]),
    ];

    private static readonly Lazy<Task<Installation>> Prepared = new(PrepareAsync);

    private Installation(string folder, IReadOnlyList<Member> crew) => (Folder, Crew) = (folder, crew);

    public string Folder { get; }

    public string Database => Path.Combine(Folder, "pm.db");

    public string Mails => Path.Combine(Folder, "mail");

    public IReadOnlyList<Member> Crew { get; }

    public Member Boss => Crew[0];

    /// <summary>On a port that was free a moment ago and stays the same over the lives of a host.</summary>
    public Uri Address { get; } = FreeAddress();

    public static async Task<Installation> NewAsync() => (await Prepared.Value).Copy();

    public HostProcess Serve(params string[] settings) => HostProcess.Serve(Folder, Address, settings);

    /// <summary>Everything as it is now, in a folder of its own. No host may run meanwhile.</summary>
    public Installation Copy()
    {
        var folder = Directory.CreateTempSubdirectory("pm-crash-").FullName;
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return new Installation(folder, Crew);
    }

    public void Dispose()
    {
        // PM_KEEP=1 leaves the folder for whoever wants to look into it.
        if (Environment.GetEnvironmentVariable("PM_KEEP") is null) { Directory.Delete(Folder, recursive: true); }
    }

    private static async Task<Installation> PrepareAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var folder = Directory.CreateTempSubdirectory("pm-crash-crew-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var crew = new List<Member>();
        foreach (var (name, options) in People)
        {
            await MustAsync(["user", "add", name, "--data", folder, .. options], patience.Token);
            var said = await MustAsync(["token", "add", name, "--scope", "read", "--scope", "write", "--data", folder], patience.Token);
            crew.Add(new Member(name, said.Split('\n').Select(l => l.Trim()).Last(l => l.StartsWith("pm_", StringComparison.Ordinal))));
        }

        return new Installation(folder, crew);
    }

    private static async Task<string> MustAsync(string[] arguments, CancellationToken cancellation)
    {
        var (code, output) = await HostProcess.RunAsync(cancellation, arguments);
        return code == 0 ? output : throw new InvalidOperationException($"pm {string.Join(' ', arguments)} ended with {code}:\n{output}");
    }

    private static Uri FreeAddress()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
    }
}
