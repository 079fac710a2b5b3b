using ProcessManager.Language;
using ProcessManager.Language.Expressions;
using Xunit;

namespace ProcessManager.Tests.Expressions;

/// <summary>Case files: a line is <c>left => right</c>; blank lines and lines that begin with # say nothing.</summary>
internal static class Cases
{
    public static TheoryData<string, string> Read(string file)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1" && file is "errors.txt" or "searches.txt")
        {
            Update(file);
        }

        var data = new TheoryData<string, string>();
        foreach (var line in File.ReadLines(Path.Combine(Folder(), file)).Where(l => l.Length > 0 && l[0] != '#'))
        {
            var at = line.LastIndexOf(" => ", StringComparison.Ordinal);
            Assert.True(at > 0, $"{file}: no => in “{line}”");
            data.Add(line[..at].Trim(), line[(at + 4)..].Trim());
        }

        return data;
    }

    /// <summary>Every expression of the case files that is in order, and every example of the catalogue.</summary>
    public static IEnumerable<string> Expressions =>
        Read("values.txt").Concat(Read("problems.txt")).Concat(Read("canonical.txt")).Select(c => (string)c[0])
            .Concat(FunctionCatalogue.Topics.SelectMany(t => t.Functions).Select(f => f.Example))
            .Distinct();

    /// <summary>Accepts the messages as they are now.</summary>
    private static void Update(string file)
    {
        var path = Path.Combine(Folder(), file);
        File.WriteAllLines(path, File.ReadAllLines(path).Select(line =>
        {
            var at = line.LastIndexOf(" =>", StringComparison.Ordinal);
            if (at < 0)
            {
                return line;
            }

            List<Diagnostic> diagnostics = [];
            if (file == "searches.txt")
            {
                SqlTranslation.Compile(SourceText.Of(line[..at].Trim()), Sql.Rows.Columns, SqlTarget.Sqlite, Sample.Now, Sample.Vienna, diagnostics);
            }
            else
            {
                Sample.TryCompile(line[..at].Trim(), out diagnostics);
            }

            return $"{line[..at]} => {Describe(diagnostics)}";
        }));
    }

    /// <summary>Code, offset, length and message of each.</summary>
    public static string Describe(IEnumerable<Diagnostic> diagnostics) => string.Join(" ¦ ", diagnostics.Select(d =>
        $"{d.Code} {d.Span.Start}+{d.Span.End - d.Span.Start} {d.Message}"));

    private static string Folder() => Path.Combine(Root(), "tests", "ProcessManager.Tests", "Expressions", "cases");

    /// <summary>The repository.</summary>
    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ProcessManager.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        return folder.FullName;
    }
}
