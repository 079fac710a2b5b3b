namespace ProcessManager.Host.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException("The tests don't run inside the repository."),
        _ when File.Exists(Path.Combine(folder.FullName, "ProcessManager.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
