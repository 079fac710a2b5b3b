namespace ProcessManager.Host.Cli;

/// <summary>What the place that output goes to can show.</summary>
internal static class Terminals
{
    /// <summary>Colours only on a terminal that has them, and never where NO_COLOR is set (no-color.org).</summary>
    public static bool ShowColours =>
        !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb";
}
