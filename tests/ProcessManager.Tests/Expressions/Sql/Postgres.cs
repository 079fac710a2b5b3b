using System.Diagnostics;
using System.Runtime.InteropServices;
using Xunit;

namespace ProcessManager.Tests.Expressions.Sql;

/// <summary>A PostgreSQL server of the tests' own, reached by a socket in a folder of its own; stopped and deleted at the end.</summary>
public sealed class Postgres : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pm-pg-");

    public Postgres()
    {
        if (Programs is null) { throw new InvalidOperationException("PostgreSQL's programs (initdb, pg_ctl) aren't installed; Debian: apt-get install postgresql."); }
        if (IsRoot) { Run("chown", "postgres", folder.FullName); }
        AsServer("initdb", "-D", Data, "-U", "pm", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "--no-sync");
        AsServer("pg_ctl", "-D", Data, "-w", "-l", Path.Combine(folder.FullName, "log"), "-o", $"-k {folder.FullName} -c listen_addresses= -c fsync=off", "start");
    }

    private string Data => Path.Combine(folder.FullName, "data");

    public string ConnectionString => $"Host={folder.FullName};Username=pm;Database=postgres;Pooling=false";

    /// <summary>The folder of the server's programs; null where it isn't installed.</summary>
    internal static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(v => Path.Combine(v, "bin")).LastOrDefault(b => File.Exists(Path.Combine(b, "initdb")))
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').FirstOrDefault(p => File.Exists(Path.Combine(p, "initdb")));

    private static bool IsRoot => RuntimeInformation.IsOSPlatform(OSPlatform.Linux) && Environment.UserName == "root";

    public void Dispose()
    {
        AsServer("pg_ctl", "-D", Data, "-m", "immediate", "stop");
        folder.Delete(recursive: true);
    }

    /// <summary>The server refuses to run as root.</summary>
    private static void AsServer(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs!, program);
        if (IsRoot) { Run("runuser", ["-u", "postgres", "--", path, .. arguments]); }
        else { Run(path, arguments); }
    }

    private static void Run(string program, params string[] arguments)
    {
        // The server keeps what it inherits open: reading its output to the end would wait for it to stop.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null", program, .. arguments]) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        if (process.ExitCode != 0) { throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}."); }
    }
}

/// <summary>A test that needs PostgreSQL: skipped where it isn't installed, failing where everything is required (<c>PM_REQUIRE=all</c>).</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (Postgres.Programs is null && Environment.GetEnvironmentVariable("PM_REQUIRE") != "all") { Skip = "PostgreSQL isn't installed."; }
    }
}
