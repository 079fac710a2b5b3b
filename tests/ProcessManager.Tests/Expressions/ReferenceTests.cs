using System.Text;
using ProcessManager.Language.Expressions;
using Xunit;

namespace ProcessManager.Tests.Expressions;

public class ReferenceTests
{
    private const string Marker = "<!-- From here on written by the tests (UPDATE_GOLDEN=1). -->\n";

    [Fact]
    public void The_reference_lists_every_function()
    {
        var path = Path.Combine(Cases.Root(), "docs", "plans", "expressions.md");
        var text = File.ReadAllText(path);
        var expected = text[..(text.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length)] + Functions();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, text);
    }

    private static string Functions()
    {
        var page = new StringBuilder();
        foreach (var topic in FunctionHelp.All.GroupBy(f => f.Topic))
        {
            page.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n### {topic.Key}\n\n| function | gives | example (each is true) |\n| --- | --- | --- |\n");
            foreach (var function in topic)
            {
                page.Append(System.Globalization.CultureInfo.InvariantCulture, $"| `{function.Signature}` | {function.Summary} | `{function.Example.Replace("|", "\\|", StringComparison.Ordinal)}` |\n");
            }
        }

        return page.ToString();
    }
}
