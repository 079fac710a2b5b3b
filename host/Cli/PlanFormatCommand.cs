using System.CommandLine;
using System.Text;
using ProcessManager.Language;

namespace ProcessManager.Host.Cli;

/// <summary><c>pm plan fmt</c>: one layout for all files of definitions.</summary>
internal static class PlanFormatCommand
{
    private const int MostLines = 20;

    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "YAML files or folders", Arity = ArgumentArity.OneOrMore };
        var check = new Option<bool>("--check") { Description = "Change nothing; exit code 1 where something would change" };
        var command = new Command("fmt", "Lay plan files out in one way: white space, needless quotes and the place of a step's kind; comments stay") { paths, check };
        command.SetAction(parsed =>
        {
            List<string> files = [];
            foreach (var path in parsed.GetValue(paths)!)
            {
                if (FilesAt(path) is not { } found)
                {
                    Console.Error.WriteLine($"{path}: there is no such file or folder.");
                    return 2;
                }

                if (found.Count == 0)
                {
                    Console.Error.WriteLine($"{path}: there are no YAML files in it.");
                    return 2;
                }

                files.AddRange(found);
            }

            return Format([.. files.Distinct()], parsed.GetValue(check));
        });
        return command;
    }

    private static List<string>? FilesAt(string path)
    {
        var full = Path.GetFullPath(path);
        if (File.Exists(full)) { return [full]; }
        return Directory.Exists(full)
            ? [.. Directory.EnumerateFiles(full, "*.yaml", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 4 }).Order(StringComparer.Ordinal)]
            : null;
    }

    private static int Format(List<string> files, bool check)
    {
        var (changed, broken) = (0, 0);
        foreach (var file in files)
        {
            var whole = new PlanFiles(Path.GetDirectoryName(file)!, [], []);
            var shown = whole.Shown(file);
            var content = File.ReadAllBytes(file);
            var read = new DefinitionFile(shown, content);
            var result = content.Length >= PlanFiles.MostBytes || !IsText(content)
                ? new Formatted("", [], [Errors.NotUtf8.At(SourceSpan.StartOf(shown), "The file is too large or not UTF-8 text.")])
                : PlanFormatter.Format(shown, PlanFiles.Text(read));
            if (result.Problems.Length > 0)
            {
                broken++;
                Console.Error.Write(DiagnosticPrinter.Print([result.Problems[0]], _ => result.Text.Length > 0 ? result.Text : null));
                Console.Error.WriteLine($"{shown}: left as it is; pm plan check tells more.");
            }
            else if (result.Changes.Length > 0)
            {
                changed++;
                if (!check) { File.WriteAllText(file, result.Text, new UTF8Encoding(content.AsSpan().StartsWith(Encoding.UTF8.Preamble))); }
                Tell(shown, result, check);
            }
        }

        Console.Out.WriteLine(Sum(files.Count - broken, changed, check));
        return broken > 0 || (check && changed > 0) ? 1 : 0;
    }

    private static bool IsText(byte[] content)
    {
        try
        {
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(content);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static void Tell(string file, Formatted result, bool check)
    {
        var kinds = result.Changes.GroupBy(c => c.Kind).Select(g => $"{Words(g.Key)} {(g.Count() == 1 ? "in line" : "in lines")} {Lines([.. g.Select(c => c.Line)])}");
        Console.Out.WriteLine($"{file}: {(check ? "would change " : "")}{string.Join("; ", kinds)}");
    }

    private static string Lines(List<int> lines) =>
        string.Join(", ", lines.Take(MostLines)) + (lines.Count > MostLines ? $" and {lines.Count - MostLines} more" : "");

    private static string Words(FormatChangeKind kind) => kind switch
    {
        FormatChangeKind.Indentation => "indentation",
        FormatChangeKind.Spacing => "spaces",
        FormatChangeKind.LineEnd => "line ends",
        FormatChangeKind.BlankLines => "empty lines",
        FormatChangeKind.Quotes => "quotes",
        _ => "the order of keys",
    };

    private static string Sum(int files, int changed, bool check)
    {
        var all = files == 1 ? "1 file" : $"{files} files";
        return changed == 0 ? $"{all}: nothing to change." : $"{all}: {changed} {(check ? "would be" : "were")} changed.";
    }
}
