using System.Net;
using ProcessManager.Host.Access;
using ProcessManager.Host.Tests.Projects;

namespace ProcessManager.Host.Tests.Plans;

public sealed class PlanPageTests
{
    [Fact]
    public async Task A_plan_shows_its_diagram_its_steps_in_words_and_the_source_of_its_version()
    {
        await using var office = await Office.Open();
        await office.Start();
        var mara = await office.As("mara");
        var catalogue = await mara.Page("/plans");
        var card = catalogue.QuerySelectorAll(".plan-card").Single(c => c.QuerySelector("a")!.GetAttribute("href") == "/plans/brochure-to-customer");
        Assert.Contains("1 open project", card.TextContent, StringComparison.Ordinal);

        var page = await mara.Page("/plans/brochure-to-customer");
        Assert.NotNull(page.QuerySelector("svg.plan-drawing [data-step=call-back]"));
        Assert.Contains("4 working hours", page.QuerySelector("#step-call-back")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("flowchart", page.QuerySelector("#mermaid")!.TextContent, StringComparison.Ordinal);
        var source = await mara.Page(page.QuerySelector("a[href$='/versions/1']")!.GetAttribute("href")!);
        Assert.Contains(source.QuerySelectorAll("#source code"), line => line.TextContent.StartsWith("plan: brochure-to-customer", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await mara.GetAsync(new Uri("/plans/no-such-plan", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await mara.GetAsync(new Uri("/plans/brochure-to-customer/versions/9", UriKind.Relative))).StatusCode);
        Assert.Equal("text/css", (await mara.GetAsync(new Uri("/plans/drawing.css", UriKind.Relative))).Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_plan_has_a_page_to_print_that_the_strict_policy_of_the_site_lets_show()
    {
        await using var office = await Office.Open();
        var mara = await office.As("mara");
        var link = (await mara.Page("/plans/brochure-to-customer")).QuerySelector("a[href$='/print']")!.GetAttribute("href")!;

        var page = await mara.Page(link);
        Assert.NotNull(page.QuerySelector("#step-call-back"));
        Assert.NotNull(page.QuerySelector("svg.plan-drawing"));
        Assert.Empty(page.QuerySelectorAll("style, script, [style]"));
        foreach (var sheet in page.QuerySelectorAll("link[rel=stylesheet]"))
        {
            Assert.Equal("text/css", (await mara.GetAsync(new Uri(sheet.GetAttribute("href")!, UriKind.Relative))).Content.Headers.ContentType!.MediaType);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await mara.GetAsync(new Uri("/plans/no-such-plan/print", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task A_file_with_a_mistake_is_shown_with_its_line_while_the_version_before_runs()
    {
        var folder = Copy(Path.Combine(RepositoryRoot(), "definitions"));
        try
        {
            await using var office = await Office.Open(folder);
            var mara = await office.As("mara");
            var file = Path.Combine(folder, "plans", "brochure-to-customer", "plan.yaml");
            var good = await File.ReadAllTextAsync(file);
            await File.WriteAllTextAsync(file, good.Replace("assign: group:shipping", "assign: group:shiping", StringComparison.Ordinal));
            var published = await mara.Post("/plans/publish", ("note", "A typing mistake"));
            Assert.Equal("/plans", published.Headers.Location!.ToString());
            Assert.Contains("mistake", (await mara.Page("/plans")).QuerySelector("toast-list")!.TextContent, StringComparison.Ordinal);

            var page = await mara.Page("/plans/brochure-to-customer");
            var problem = page.QuerySelector(".problem")!;
            Assert.Contains("shiping", problem.TextContent, StringComparison.Ordinal);
            Assert.Contains("plans/brochure-to-customer/plan.yaml, line ", problem.TextContent, StringComparison.Ordinal);
            Assert.Contains("assign: group:shiping", problem.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
            Assert.Contains("version 1 stays in force", page.QuerySelector(".problems")!.TextContent, StringComparison.Ordinal);
            Assert.Equal(1, (await office.Start()).PlanNumber);

            await File.WriteAllTextAsync(file, good.Replace("probability: 10", "probability: 15", StringComparison.Ordinal));
            var tests = Path.Combine(folder, "plans", "brochure-to-customer", "tests.yaml");
            await mara.Post("/plans/publish", ("note", "Forgotten: the tests say ten"), ("despiteTests", "yes"));
            Assert.Contains("probability: 15", (await mara.Page("/plans/brochure-to-customer")).QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
            Assert.Null((await mara.Page("/plans")).QuerySelector("[name=despiteTests]"));
            await File.WriteAllTextAsync(tests, (await File.ReadAllTextAsync(tests)).Replace("probability: 10,", "probability: 15,", StringComparison.Ordinal));
            await mara.Post("/plans/publish", ("note", "Fifteen is nearer the truth"));
            var mended = await mara.Page("/plans/brochure-to-customer");
            Assert.Null(mended.QuerySelector(".problem"));
            Assert.Contains("Fifteen is nearer the truth", mended.QuerySelector("[aria-labelledby=versions-title]")!.TextContent, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task An_administrator_publishes_a_plan_whose_tests_fail_and_its_version_says_so()
    {
        var folder = Copy(Path.Combine(RepositoryRoot(), "definitions"));
        try
        {
            await using var office = await Office.Open(folder);
            await office.Host.Person("adam", Roles.Administrator);
            var adam = await office.As("adam");
            var file = Path.Combine(folder, "plans", "brochure-to-customer", "plan.yaml");
            await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("probability: 10", "probability: 15", StringComparison.Ordinal));
            Assert.NotNull((await adam.Page("/plans")).QuerySelector("[name=despiteTests]"));
            await adam.Post("/plans/publish", ("note", "The tests follow tomorrow"), ("despiteTests", "yes"));
            var versions = (await adam.Page("/plans/brochure-to-customer")).QuerySelector("[aria-labelledby=versions-title]")!.TextContent;
            Assert.Contains("The tests follow tomorrow (Published although its tests fail: ", versions, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Publishing_is_for_those_who_design_plans()
    {
        await using var office = await Office.Open();
        var ann = await office.As("ann");
        Assert.Null((await ann.Page("/plans")).QuerySelector("form[action='/plans/publish']"));
        Assert.Equal(HttpStatusCode.Forbidden, (await ann.Htmx(HttpMethod.Post, "/plans/publish")).StatusCode);
    }

    [Fact]
    public async Task A_manager_sees_what_a_move_would_change_moves_and_puts_back_and_the_API_says_the_same()
    {
        var folder = Copy(Path.Combine(RepositoryRoot(), "definitions"));
        try
        {
            await using var office = await Office.Open(folder);
            var project = (await office.Start()).Row.Id;
            var mara = await office.As("mara");
            var file = Path.Combine(folder, "plans", "brochure-to-customer", "plan.yaml");
            var tests = Path.Combine(folder, "plans", "brochure-to-customer", "tests.yaml");
            await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("probability: 10", "probability: 15", StringComparison.Ordinal));
            await File.WriteAllTextAsync(tests, (await File.ReadAllTextAsync(tests)).Replace("probability: 10,", "probability: 15,", StringComparison.Ordinal));
            await mara.Post("/plans/publish", ("note", "Fifteen is nearer the truth"));

            var link = (await mara.Page("/plans/brochure-to-customer")).QuerySelector("a[href$='/versions/2/move']")!.GetAttribute("href")!;
            var preview = await mara.Page(link);
            Assert.Contains("The probability goes from 10 to 15 %.", preview.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);

            using var program = new ProcessManager.Host.Tests.Api.ApiClient(office.Host.Address, await office.Host.People.CreateToken(
                (await office.Host.People.Find("mara", CancellationToken.None))!.Id, "test", TokenScopes.All, office.Host.Time.GetUtcNow().AddDays(3), CancellationToken.None));
            var item = (await program.Get("/api/v1/plans/brochure-to-customer/versions/2/preview")).GetProperty("items").EnumerateArray().Single();
            Assert.Equal((project, true, true, 10, 15), (item.GetProperty("project").GetInt64(), item.GetProperty("canMove").GetBoolean(), item.GetProperty("isClean").GetBoolean(),
                item.GetProperty("probability").GetInt32(), item.GetProperty("probabilityTo").GetInt32()));

            var answer = await mara.Post(link, ("which", "clean"), ("note", "As agreed"));
            var back = answer.Headers.Location!.ToString();
            Assert.Equal((2, 15), ((await office.View(project)).PlanNumber, (await office.View(project)).Row.Probability));
            var moved = await mara.Page(back);
            var batch = moved.QuerySelector("form[action$='/moves/undo'] [name=batch]")!.GetAttribute("value")!;
            await mara.Post("/plans/brochure-to-customer/moves/undo", ("batch", batch));
            Assert.Equal((1, 10), ((await office.View(project)).PlanNumber, (await office.View(project)).Row.Probability));

            using var again = await program.Send("POST", "/api/v1/plans/brochure-to-customer/versions/2/move", """{ "note": "By a program" }""");
            Assert.Contains("\"moved\":1", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            using var undone = await program.Send("POST", "/api/v1/plans/brochure-to-customer/moves/undo", $$"""{ "projects": [{{project}}] }""");
            Assert.Contains("\"moved\":1", await undone.Content.ReadAsStringAsync(), StringComparison.Ordinal);

            var bob = await office.As("bob");
            Assert.NotEqual(HttpStatusCode.OK, (await bob.GetAsync(new Uri(link, UriKind.Relative))).StatusCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Copy(string from)
    {
        var to = Directory.CreateTempSubdirectory("pm-definitions-").FullName;
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return to;
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ProcessManager.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
