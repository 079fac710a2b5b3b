namespace ProcessManager.Torture.Hosting;

/// <summary>The checkout that the test was built from, and the host's program in it.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string Definitions { get; } = Path.Combine(Root, "tests", "ProcessManager.Torture", "definitions");

    /// <summary>The host's own output, built like this test (Debug or Release); <c>PM_HOST</c> names another, such as a published one.</summary>
    public static string Program { get; } = Environment.GetEnvironmentVariable("PM_HOST") is { Length: > 0 } named
        ? Path.GetFullPath(named)
        : Path.Combine(Root, "host", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", OperatingSystem.IsWindows() ? "pm.exe" : "pm");

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException("The tests don't run inside the repository."),
        _ when File.Exists(Path.Combine(folder.FullName, "ProcessManager.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
