using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProcessManager.Tests.Architecture;

/// <summary>A source file of the product, parsed.</summary>
public sealed record SourceFile(string Path, CompilationUnitSyntax Root)
{
    public static SourceFile Parse(string path, string text) =>
        new(path, (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(text).GetRoot());

    /// <summary>Every namespace that the file names in a using.</summary>
    public IEnumerable<string> Usings => Root.DescendantNodes().OfType<UsingDirectiveSyntax>()
        .Where(u => u.Name is not null).Select(u => u.Name!.ToString());

    /// <summary>Every dotted name and member access in the file, as written.</summary>
    public IEnumerable<(string Text, int Line)> Names => Root.DescendantNodes()
        .Where(n => n is MemberAccessExpressionSyntax or QualifiedNameSyntax or IdentifierNameSyntax or GenericNameSyntax)
        .Select(n => (n.ToString(), n.GetLocation().GetLineSpan().StartLinePosition.Line + 1));
}

/// <summary>
/// One rule of the architecture: where it applies, what breaks it, and a planted violation that proves that it can fail.
/// </summary>
public sealed record SourceRule(
    string Name, Func<string, bool> AppliesTo, Func<SourceFile, IEnumerable<string>> Violations, string PlantedPath, string Planted)
{
    public override string ToString() => Name;

    /// <summary>Forbids namespaces (by prefix) in usings and fully written names.</summary>
    public static Func<SourceFile, IEnumerable<string>> ForbidNamespaces(params string[] prefixes) => file =>
        file.Usings.Where(u => prefixes.Any(p => u == p || u.StartsWith(p + ".", StringComparison.Ordinal)))
            .Select(u => $"{file.Path}: using {u}")
            .Concat(file.Names.Where(n => prefixes.Any(p => n.Text.StartsWith(p + ".", StringComparison.Ordinal)))
                .Select(n => $"{file.Path}:{n.Line}: {n.Text}"))
            .Distinct();

    /// <summary>Forbids names as they are written, such as <c>Guid.NewGuid</c>.</summary>
    public static Func<SourceFile, IEnumerable<string>> ForbidNames(params string[] names) => file =>
        file.Names.Where(n => names.Contains(n.Text)).Select(n => $"{file.Path}:{n.Line}: {n.Text}").Distinct();
}

/// <summary>The product's sources as they stand in the checkout.</summary>
public static class Sources
{
    public static string Root { get; } = FindRoot();

    private static readonly Lazy<IReadOnlyList<SourceFile>> Parsed = new(() =>
        [.. new[] { "engine", "crm", "host" }
            .SelectMany(folder => System.IO.Directory.EnumerateFiles(System.IO.Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
            .Select(path => System.IO.Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
                && !path.Contains("/Migrations/", StringComparison.Ordinal))
            .Select(path => SourceFile.Parse(path, File.ReadAllText(System.IO.Path.Combine(Root, path))))]);

    public static IReadOnlyList<SourceFile> All => Parsed.Value;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "ProcessManager.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests must run inside the checkout.");
    }
}
