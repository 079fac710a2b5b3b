using Xunit;

namespace ProcessManager.Tests.Expressions;

/// <summary>Case files: a line is <c>left => right</c>; blank lines and lines that begin with # say nothing.</summary>
internal static class Cases
{
    public static TheoryData<string, string> Read(string file)
    {
        var data = new TheoryData<string, string>();
        foreach (var line in File.ReadLines(Path.Combine(Folder(), file)).Where(l => l.Length > 0 && l[0] != '#'))
        {
            var at = line.LastIndexOf(" => ", StringComparison.Ordinal);
            Assert.True(at > 0, $"{file}: no => in “{line}”");
            data.Add(line[..at].Trim(), line[(at + 4)..].Trim());
        }

        return data;
    }

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ProcessManager.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        return Path.Combine(folder.FullName, "tests", "ProcessManager.Tests", "Expressions", "cases");
    }
}
