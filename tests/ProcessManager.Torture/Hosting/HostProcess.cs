using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ProcessManager.Torture.Hosting;

/// <summary>One life of the real host program, from its start to its end by a signal.</summary>
internal sealed class HostProcess : IDisposable
{
    private static readonly HttpClient Probe = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly Uri address;

    private HostProcess(Process process, Uri address) => (this.process, this.address) = (process, address);

    /// <summary>What it has written so far.</summary>
    public string Output
    {
        get { lock (output) { return output.ToString(); } }
    }

    public int Id => process.Id;

    public bool HasEnded => process.HasExited;

    /// <summary>Starts <c>pm serve</c>; <see cref="IsReadyAsync"/> says when it answers.</summary>
    public static HostProcess Serve(string data, Uri address, params string[] settings) => Start(
        address, ["serve", "--data", data, "--definitions", Repository.Definitions, "--urls", address.ToString().TrimEnd('/'), .. settings]);

    /// <summary>Runs a command of the program to its end.</summary>
    public static async Task<(int Code, string Output)> RunAsync(CancellationToken cancellation, params string[] arguments)
    {
        using var host = Start(new Uri("http://127.0.0.1"), arguments);
        var code = await host.EndAsync(cancellation);
        return (code, host.Output);
    }

    /// <summary>Waits until the host answers.</summary>
    /// <returns>False where it ended instead.</returns>
    public async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        while (!process.HasExited)
        {
            try
            {
                using var answer = await Probe.GetAsync(new Uri(address, "/health/ready"), cancellation);
                if (answer.IsSuccessStatusCode) { return true; }
            }
            catch (HttpRequestException) { /* not listening yet */ }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellation);
        }

        return false;
    }

    /// <summary>SIGKILL: nothing in the process gets to say a word.</summary>
    public async Task KillAsync(CancellationToken cancellation)
    {
        process.Kill();
        await process.WaitForExitAsync(cancellation);
    }

    /// <summary>SIGTERM: asks the host to stop, and waits until it has.</summary>
    public async Task<int> TerminateAsync(CancellationToken cancellation)
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellation);
        return await EndAsync(cancellation);
    }

    public async Task<int> EndAsync(CancellationToken cancellation)
    {
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited) { process.Kill(); }
        process.Dispose();
    }

    private static HostProcess Start(Uri address, IEnumerable<string> arguments)
    {
        if (!File.Exists(Repository.Program)) { throw new InvalidOperationException($"{Repository.Program} is not there: build the host first."); }
        // SIGXFSZ is ignored, and stays so in the program: a file that may not grow any further is an error of writing then, as on a full disk.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "trap '' XFSZ; exec \"$0\" \"$@\"", Repository.Program, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = Path.GetTempPath(),
        };
        // Settings of whoever runs the test are not the host's.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("PM_", StringComparison.Ordinal)).ToList()) { start.Environment.Remove(name); }

        var host = new HostProcess(new Process { StartInfo = start }, address);
        host.process.OutputDataReceived += host.Hear;
        host.process.ErrorDataReceived += host.Hear;
        host.process.Start();
        host.process.StandardInput.Close();
        host.process.BeginOutputReadLine();
        host.process.BeginErrorReadLine();
        return host;
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) { return; }
        lock (output) { output.AppendLine(line.Data); }
    }
}
