using System.Diagnostics;
using System.Globalization;

namespace ProcessManager.Torture.Hosting;

/// <summary>The largest file that a running process may write: a disk that fills up and is cleared again, for one process alone.</summary>
internal static class FileLimit
{
    public static Task SetAsync(HostProcess host, long bytes, CancellationToken cancellation) => RunAsync(host, bytes.ToString(CultureInfo.InvariantCulture), cancellation);

    public static Task LiftAsync(HostProcess host, CancellationToken cancellation) => RunAsync(host, "unlimited", cancellation);

    // The soft limit alone: it can be raised again.
    private static async Task RunAsync(HostProcess host, string limit, CancellationToken cancellation)
    {
        using var prlimit = Process.Start("prlimit", ["--pid", host.Id.ToString(CultureInfo.InvariantCulture), $"--fsize={limit}:"]);
        await prlimit.WaitForExitAsync(cancellation);
        if (prlimit.ExitCode != 0) { throw new InvalidOperationException($"prlimit ended with {prlimit.ExitCode}."); }
    }
}
