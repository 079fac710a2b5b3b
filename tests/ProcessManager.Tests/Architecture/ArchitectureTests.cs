using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace ProcessManager.Tests.Architecture;

public class ArchitectureTests
{
    private static bool Pure(string path) =>
        path.StartsWith("engine/ProcessManager.Language/", StringComparison.Ordinal) ||
        path.StartsWith("engine/ProcessManager.Flow/", StringComparison.Ordinal);

    private const string LetterReader = "engine/ProcessManager.Language/Reading/WordFields.cs";

    private static bool In(string path, string folder) => path.StartsWith(folder, StringComparison.Ordinal);

    private static readonly SourceRule[] Rules =
    [
        // A Word document is a packed file in memory, so its reader knows the packing and nothing else of System.IO.
        new("The reader of letters knows no files", path => path == LetterReader,
            SourceRule.ForbidNames("File", "FileStream", "FileInfo", "Directory", "DirectoryInfo", "Path", "ZipFile"),
            LetterReader, "class C { object M() => File.ReadAllBytes(\"x\"); }"),

        new("Pure rooms know no files, network, database, logging or containers", path => Pure(path) && path != LetterReader,
            SourceRule.ForbidNamespaces(
                "System.IO", "System.Net", "System.Data", "Microsoft.EntityFrameworkCore", "Microsoft.Extensions", "Microsoft.AspNetCore"),
            "engine/ProcessManager.Flow/Planted.cs", "using System.IO; class C { }"),

        new("Pure rooms take no clock, no identifiers from the air and no chance", Pure,
            SourceRule.ForbidNames(
                "Guid.NewGuid", "DateTime.Now", "DateTime.UtcNow", "DateTimeOffset.Now", "DateTimeOffset.UtcNow", "Random",
                "Random.Shared", "TimeProvider", "Stopwatch", "Environment.TickCount", "Environment.TickCount64", "Environment.MachineName"),
            "engine/ProcessManager.Language/Planted.cs", "class C { object M() => System.TimeProvider.System ?? (object)Guid.NewGuid(); object N() => Guid.NewGuid(); }"),

        new("Pure rooms are not asynchronous", Pure, file =>
            file.Root.DescendantTokens().Where(t => t.IsKind(SyntaxKind.AsyncKeyword) || t.IsKind(SyntaxKind.AwaitKeyword))
                .Select(t => $"{file.Path}:{t.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: {t}"),
            "engine/ProcessManager.Flow/Planted.cs", "class C { async System.Threading.Tasks.Task M() { await N(); } }"),

        new("Only the reading room knows YamlDotNet", path => !In(path, "engine/ProcessManager.Language/Reading/"),
            SourceRule.ForbidNamespaces("YamlDotNet"),
            "engine/ProcessManager.Language/Binding/Planted.cs", "using YamlDotNet.Core; class C { }"),

        new("The store does not know who runs it", path => In(path, "engine/ProcessManager.Engine/Store/"),
            SourceRule.ForbidNamespaces("ProcessManager.Engine.Running", "Microsoft.AspNetCore", "System.Net.Http"),
            "engine/ProcessManager.Engine/Store/Planted.cs", "using ProcessManager.Engine.Running; class C { }"),

        new("The worker and the effects know no EF types", path =>
                In(path, "engine/ProcessManager.Engine/Running/") || In(path, "engine/ProcessManager.Engine/Effects/"),
            SourceRule.ForbidNamespaces("Microsoft.EntityFrameworkCore", "Microsoft.Data.Sqlite", "Npgsql"),
            "engine/ProcessManager.Engine/Running/Planted.cs", "using Microsoft.EntityFrameworkCore; class C { }"),

        new("The engine knows no pages", path => In(path, "engine/") || In(path, "crm/"),
            SourceRule.ForbidNamespaces("Microsoft.AspNetCore", "ProcessManager.Host"),
            "crm/Planted.cs", "using Microsoft.AspNetCore.Http; class C { }"),

        new("Only doors save: pages and endpoints of the host write no rows", path =>
                In(path, "host/") && !In(path, "host/Access/") && !In(path, "host/Data/"),
            file => file.Root.DescendantNodes().OfType<InvocationExpressionSyntax>()
                .Select(i => i.Expression is MemberAccessExpressionSyntax m ? m.Name.Identifier.Text : "")
                .Where(name => name is "SaveChanges" or "SaveChangesAsync" or "ExecuteUpdate" or "ExecuteUpdateAsync" or "ExecuteDelete" or "ExecuteDeleteAsync" or "ExecuteSqlRaw" or "ExecuteSqlRawAsync")
                .Select(name => $"{file.Path}: {name}"),
            "host/Tasks/Planted.cs", "class C { void M(dynamic db) { db.SaveChanges(); } }"),

        new("Files are named after what they hold, not after a habit", _ => true, file =>
            file.Path.Split('/').Concat(file.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Select(t => t.Identifier.Text))
                .Where(n => n is "Helpers" or "Utils" or "Common" or "Managers" or "Services" or "Models"
                    || n.EndsWith("Helper", StringComparison.Ordinal) || n.EndsWith("Utils", StringComparison.Ordinal))
                .Select(n => $"{file.Path}: {n}"),
            "host/Helpers/Planted.cs", "class C { }"),

        new("Public asynchronous methods take a cancellation token", path => In(path, "engine/") || In(path, "crm/"), file =>
            file.Root.DescendantNodes().OfType<MethodDeclarationSyntax>()
                .Where(m => m.Modifiers.Any(SyntaxKind.PublicKeyword) && !m.Modifiers.Any(SyntaxKind.OverrideKeyword)
                    && m.Identifier.Text.EndsWith("Async", StringComparison.Ordinal) && m.Identifier.Text != "DisposeAsync"
                    && !m.ParameterList.Parameters.Any(p => p.Type?.ToString() == "CancellationToken"))
                .Select(m => $"{file.Path}: {m.Identifier.Text}"),
            "engine/ProcessManager.Engine/Planted.cs", "class C { public Task SaveAsync() => null!; }"),

        new("Nothing waits by blocking and nothing is async void", _ => true, file =>
            file.Root.DescendantNodes().OfType<MethodDeclarationSyntax>()
                .Where(m => m.Modifiers.Any(SyntaxKind.AsyncKeyword) && m.ReturnType.ToString() == "void")
                .Select(m => $"{file.Path}: async void {m.Identifier.Text}")
                .Concat(file.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
                    .Where(m => m.ToString().EndsWith("GetAwaiter().GetResult", StringComparison.Ordinal) || m.ToString() is "Thread.Sleep")
                    .Select(m => $"{file.Path}: {m}")),
            "host/Planted.cs", "class C { async void M() { } }"),
    ];

    public static TheoryData<string> RuleNames => [.. Rules.Select(r => r.Name)];

    private static SourceRule Rule(string name) => Rules.Single(r => r.Name == name);

    [Theory, MemberData(nameof(RuleNames))]
    public void The_sources_keep_the_rule(string name)
    {
        var rule = Rule(name);
        var violations = Sources.All.Where(f => rule.AppliesTo(f.Path)).SelectMany(rule.Violations).ToList();
        Assert.True(violations.Count == 0, $"{name}:\n  {string.Join("\n  ", violations)}");
    }

    [Theory, MemberData(nameof(RuleNames))]
    public void A_planted_violation_is_found(string name)
    {
        var rule = Rule(name);
        Assert.True(rule.AppliesTo(rule.PlantedPath));
        Assert.NotEmpty(rule.Violations(SourceFile.Parse(rule.PlantedPath, rule.Planted)));
    }

    [Theory]
    [InlineData("engine/ProcessManager.Language/ProcessManager.Language.csproj", "", "YamlDotNet")]
    [InlineData("engine/ProcessManager.Flow/ProcessManager.Flow.csproj", "ProcessManager.Language", "")]
    [InlineData("crm/ProcessManager.Crm.csproj", "ProcessManager.Engine", "")]
    public void Projects_reference_only_what_their_room_may_use(string project, string projects, string packages)
    {
        var xml = XDocument.Load(Path.Combine(Sources.Root, project));
        string Names(string element) => string.Join(",", xml.Descendants(element)
            .Select(e => Path.GetFileNameWithoutExtension(((string?)e.Attribute("Include") ?? "").Replace('\\', '/') + (element == "PackageReference" ? ".x" : "")))
            .Order(StringComparer.Ordinal));
        Assert.Equal(projects, Names("ProjectReference"));
        Assert.Equal(packages, Names("PackageReference"));
    }

    [Fact]
    public void The_main_solution_needs_no_integration_packages()
    {
        var versions = File.ReadAllText(Path.Combine(Sources.Root, "Directory.Packages.props"));
        Assert.DoesNotContain("Include=\"Elsa", versions, StringComparison.Ordinal);
        Assert.DoesNotContain("Include=\"Hangfire", versions, StringComparison.Ordinal);
    }
}
