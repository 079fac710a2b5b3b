using System.Diagnostics;
using System.Formats.Tar;
using ProcessManager.Language;

namespace ProcessManager.Host.Cli;

/// <summary>Plan files as they were in a commit: <c>HEAD~1:definitions/plans/x</c>.</summary>
internal static class GitRevision
{
    private const long MostBytes = 256L << 20;

    /// <summary>Null where the text names no revision and path that git knows.</summary>
    public static PlanFiles? Find(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || text[0] == '-' || colon == text.Length - 1) { return null; }
        var (revision, path) = (text[..colon], text[(colon + 1)..].TrimEnd('/'));
        if (Git("rev-parse", "--show-prefix") is not { } prefix || Git("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}") is not { } commit) { return null; }
        path = path.StartsWith("./", StringComparison.Ordinal) ? prefix.Trim() + path[2..] : path;
        if (Git("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit.Trim()) is not { } listed) { return null; }
        var names = listed.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        if (Array.IndexOf(names, path + "/plan.yaml") >= 0) { path += "/plan.yaml"; }
        var isFile = Array.IndexOf(names, path) >= 0;
        if (!isFile && !names.Any(n => n.StartsWith(path + "/", StringComparison.Ordinal))) { return null; }
        var root = RootOf(isFile ? Parent(path) : path, names) ?? (isFile ? Parent(path) : path);
        var all = Read(commit.Trim(), root);
        var below = root.Length == 0 ? path : path.Length == root.Length ? "" : path[(root.Length + 1)..];
        List<DefinitionFile> wanted = [.. all.Where(f => isFile ? f.Path == below
            : f.Path.EndsWith("/plan.yaml", StringComparison.Ordinal) && (below.Length == 0 || f.Path.StartsWith(below + "/", StringComparison.Ordinal)))];
        return wanted.Count == 0 ? null : new PlanFiles(revision + ":" + root, all, wanted);
    }

    private static string Parent(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : "";

    private static string? RootOf(string folder, string[] names)
    {
        for (var at = folder; ; at = Parent(at))
        {
            if (Array.IndexOf(names, at.Length == 0 ? "organisation.yaml" : at + "/organisation.yaml") >= 0) { return at; }
            if (at.Length == 0) { return null; }
        }
    }

    private static List<DefinitionFile> Read(string commit, string root)
    {
        using var git = Start(["archive", "--format=tar", root.Length == 0 ? commit : $"{commit}:{root}"]);
        using var tar = new TarReader(git.StandardOutput.BaseStream);
        List<DefinitionFile> files = [];
        for (long read = 0; tar.GetNextEntry() is { } entry && read < MostBytes;)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || entry.DataStream is null || !Definitions.Reads(entry.Name)) { continue; }
            using var content = new MemoryStream();
            entry.DataStream.CopyTo(content);
            read += content.Length;
            files.Add(new DefinitionFile(entry.Name, content.ToArray()));
        }

        git.WaitForExit();
        return [.. files.OrderBy(f => f.Path, StringComparer.Ordinal)];
    }

    /// <summary>What git prints; null where it fails or isn't there.</summary>
    private static string? Git(params string[] arguments)
    {
        try
        {
            using var git = Start(arguments);
            var printed = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? printed : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo("git") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) { start.ArgumentList.Add(argument); }
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }
}
