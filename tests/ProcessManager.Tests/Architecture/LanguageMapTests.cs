using System.Text.RegularExpressions;
using ProcessManager.Tests.Plans;
using Xunit;

namespace ProcessManager.Tests.Architecture;

/// <summary>The list of what the plan language promises names tests that are there, in every section.</summary>
public partial class LanguageMapTests
{
    private static readonly List<(string Section, string Promise, string[] Tests)> Promises =
        [.. File.ReadLines(Path.Combine(Repository.Root, "tests", "plan-language-map.tsv"))
            .Where(l => l.Length > 0 && l[0] != '#')
            .Select(l => l.Split('\t'))
            .Select(c => (c[0], c[1], c[2].Split(' ')))];

    [Fact]
    public void Every_test_that_the_list_names_is_there()
    {
        var known = Tests();
        Assert.Empty(Promises.SelectMany(p => p.Tests.Where(t => !known.Contains(t)).Select(t => $"{p.Section}, {p.Promise}: {t}")));
    }

    [Fact]
    public void Every_section_and_each_of_the_eleven_rules_is_in_the_list()
    {
        var sections = Promises.Select(p => p.Section).ToHashSet();
        Assert.Superset(Enumerable.Range(1, 11).Select(n => $"{n}").Concat(Enumerable.Range(1, 11).Select(n => $"6 rule {n}")).ToHashSet(), sections);
        Assert.All(Promises, p => Assert.NotEmpty(p.Tests));
    }

    private static HashSet<string> Tests()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var sources = Directory.GetFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(p => p is "bin" or "obj"));
        foreach (var source in sources)
        {
            var of = "";
            foreach (Match match in ClassOrTest().Matches(File.ReadAllText(source)))
            {
                of = match.Groups[1].Success ? match.Groups[1].Value : of;
                known.Add($"{of}.{match.Groups[2].Value}");
            }
        }

        known.UnionWith(GoldenFolder.Names.Select(n => "Plans/" + n));
        known.UnionWith(DiagnosticCase.All.SelectMany(c => c.Codes).Select(c => "Diagnostics/" + c));
        return known;
    }

    [GeneratedRegex(@"\bclass (\w+)|\[\w*(?:Fact|Theory)\b[^\n]*\](?:\s*\[[^\n]*\])*\s*(?:public|internal)[^\n(]*? (\w+)\(")]
    private static partial Regex ClassOrTest();
}
