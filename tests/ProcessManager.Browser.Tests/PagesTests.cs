using Microsoft.Playwright;
using ProcessManager.Host.Tests;
using static Microsoft.Playwright.Assertions;

namespace ProcessManager.Browser.Tests;

/// <summary>The demo as it is on its first day, with the browsers of ann, who sells, and ada, who administers.</summary>
public sealed class Demo(Chromium chromium) : IAsyncLifetime
{
    private readonly Dictionary<string, Desk> desks = [];
    private TestHost? host;

    public async Task InitializeAsync()
    {
        if (Missing.Reason is not null) { return; }
        host = await TestHost.Start(definitions: Path.Combine(Repository.Root, "definitions"), args: ["--demo=true"]);
    }

    /// <summary>The window of one of the demo's people, who comes in by a click; "" is nobody's.</summary>
    internal async Task<Desk> DeskOf(string person)
    {
        if (desks.TryGetValue(person, out var known)) { return known; }
        var desk = await Desk.Open(await Desk.Context(chromium.Browser, host!));
        if (person != "")
        {
            await desk.Page.GotoAsync("/");
            await desk.Page.Locator($"form:has(input[value='{person}']) button.demo-person").ClickAsync();
            await Expect(desk.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Good");
        }

        return desks[person] = desk;
    }

    public async Task DisposeAsync()
    {
        foreach (var desk in desks.Values) { await desk.Page.Context.CloseAsync(); }
        if (host is not null) { await host.DisposeAsync(); }
    }
}

/// <summary>Every page in light and dark, wide and narrow: nothing sticks out, nothing breaks a rule of WCAG 2.2 AA, the browser complains of nothing.</summary>
[Collection(BrowserTests.Name)]
public sealed class PagesTests(Demo demo) : IClassFixture<Demo>
{
    private const int Wide = 1280;
    private const int Narrow = 360;

    private static readonly Lazy<string> Axe = new(() => File.ReadAllText(Path.Combine(Repository.Root, "designer", "node_modules", "axe-core", "axe.min.js")));

    /// <summary>Where pictures go: <c>PM_SCREENSHOTS=artifacts/screenshots</c>; none are made without it.</summary>
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("PM_SCREENSHOTS") is { Length: > 0 } folder ? Path.GetFullPath(folder, Repository.Root) : null;

    /// <summary>Name, person, address. A star in an address stands for the first such link on the page before the bar.</summary>
    public static TheoryData<string, string, string> All => new()
    {
        { "sign-in", "", "/sign-in" },
        { "home", "ann", "/" },
        { "tasks", "ann", "/tasks" },
        { "tasks-queue", "sam", "/tasks?tab=queue" },
        { "tasks-team", "mia", "/tasks?tab=team" },
        { "tasks-done", "ann", "/tasks?tab=done" },
        { "task", "ann", "/tasks|/tasks/*" },
        { "alerts", "ann", "/alerts" },
        { "alerts-all", "ann", "/alerts?tab=all" },
        { "projects", "ann", "/projects" },
        { "projects-of-all", "ada", "/projects" },
        { "projects-condition", "ada", "/projects?where=amount+%3E+1000" },
        { "projects-condition-wrong", "ada", "/projects?where=amuont+%3E+1000+and+stage+%3D+1" },
        { "project-new", "ann", "/projects/new" },
        { "project-new-form", "ann", "/projects/new?plan=brochure-to-customer" },
        { "project", "ann", "/projects|/projects/*" },
        { "project-tasks", "ann", "/projects|/projects/*/tasks" },
        { "project-timeline", "ann", "/projects|/projects/*/timeline" },
        { "project-fields", "ann", "/projects|/projects/*/fields" },
        { "project-people", "ann", "/projects|/projects/*/people" },
        { "project-documents", "ann", "/projects|/projects/*/documents" },
        { "project-documents-filed", "ada", "/projects?plan=prospect-to-customer&state=all|/projects/*/documents" },
        { "project-that-started-others", "ada", "/projects?plan=conference&state=all|/projects/*/fields" },
        { "project-mail", "ann", "/projects|/projects/*/mail" },
        { "project-step", "ann", "/projects|/projects/*/steps/follow-up" },
        { "plans", "ann", "/plans" },
        { "plan", "ann", "/plans/membership-application" },
        { "plan-version", "ann", "/plans/membership-application/versions/1" },
        { "plan-printed", "ann", "/plans/membership-application/print" },
        { "plan-of-a-conference", "ann", "/plans/conference" },
        { "project-of-a-conference", "ada", "/projects?plan=conference&state=all|/projects/*" },
        { "plan-of-a-review", "ann", "/plans/editorial-review" },
        { "plan-of-donations", "ann", "/plans/prospective-donor" },
        { "contacts", "ann", "/contacts" },
        { "contact", "ann", "/contacts|/contacts/*" },
        { "account", "ann", "/account" },
        { "home-of-a-manager", "mia", "/" },
        { "mails", "ada", "/mail" },
        { "mail", "ada", "/mail|/mail/*" },
        { "people-settings", "ada", "/settings/people" },
        { "person-new", "ada", "/settings/people/new" },
        { "person", "ada", "/settings/people/ann" },
        { "public-form", "", "/forms/become-a-member" },
        { "public-form-sent", "", "/forms/become-a-member?sent=1" },
        { "not-found", "ann", "/nowhere" },
    };

    [BrowserTheory]
    [MemberData(nameof(All))]
    public async Task A_page_is_whole_in_each_width_and_theme(string name, string person, string address)
    {
        var desk = await demo.DeskOf(person);
        await Go(desk.Page, address);
        await AssertWhole(desk, name, name == "not-found" ? [404] : []);
    }

    [BrowserFact]
    public async Task A_task_in_the_panel_is_whole_in_each_width_and_theme()
    {
        var desk = await demo.DeskOf("ann");
        await Go(desk.Page, "/tasks");
        await desk.Page.Locator("a.task-title").First.ClickAsync();
        await Expect(desk.Panel.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToBeVisibleAsync();
        await AssertWhole(desk, "task-panel");
    }

    [BrowserTheory]
    [InlineData("owner", "Hand over")]
    [InlineData("task", "Add task")]
    [InlineData("move", "Move")]
    [InlineData("close", "Close…")]
    public async Task A_dialog_of_a_project_is_whole_in_each_width_and_theme(string name, string button)
    {
        var desk = await demo.DeskOf("ada");
        await Go(desk.Page, "/projects|/projects/*");
        await desk.Button(button).ClickAsync();
        await Expect(desk.Page.Locator("#dialog")).ToBeVisibleAsync();
        await AssertWhole(desk, $"dialog-{name}");
    }

    [BrowserFact]
    public async Task The_dialog_that_opens_a_closed_project_again_is_whole_in_each_width_and_theme()
    {
        var desk = await demo.DeskOf("ada");
        await Go(desk.Page, "/projects?state=lost|/projects/*");
        await desk.Button("Open again").ClickAsync();
        await Expect(desk.Page.Locator("#dialog")).ToBeVisibleAsync();
        await AssertWhole(desk, "dialog-reopen");
    }

    private static async Task Go(IPage page, string address)
    {
        await page.SetViewportSizeAsync(Wide, 800);
        if (address.Split('|') is [var list, var wanted])
        {
            await page.GotoAsync(list);
            var start = wanted[..wanted.IndexOf('*', StringComparison.Ordinal)];
            var first = await page.EvaluateAsync<string>(
                "start => [...document.querySelectorAll('main a[href]')].map(a => a.getAttribute('href')).find(h => h.startsWith(start) && /^\\d+$/.test(h.slice(start.length)))", start);
            address = wanted.Replace(start + "*", first, StringComparison.Ordinal);
        }

        await page.GotoAsync(address);
    }

    private static async Task AssertWhole(Desk desk, string name, params int[] expected)
    {
        List<string> faults = [];
        foreach (var theme in (string[])["light", "dark"])
        {
            await desk.Page.EvaluateAsync("theme => { document.documentElement.dataset.theme = theme; }", theme);
            foreach (var width in (int[])[Wide, Narrow])
            {
                await desk.Page.SetViewportSizeAsync(width, 800);
                var sticksOut = await desk.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
                if (sticksOut > 0) { faults.Add($"{theme} {width}: {sticksOut} px stick out"); }
                faults.AddRange((await Violations(desk.Page)).Select(v => $"{theme} {width}: {v}"));
                if (Pictures is not null)
                {
                    await desk.Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-{width}-{theme}.png"), FullPage = true });
                }
            }
        }

        faults.AddRange(desk.Surprises(expected));
        desk.Complaints.Clear();
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults.Distinct()));
    }

    private static async Task<string[]> Violations(IPage page)
    {
        await page.EvaluateAsync(Axe.Value);
        // Colours that are on their way from one theme to the other are nobody's fault; what inherits one sets out when that has arrived.
        return await page.EvaluateAsync<string[]>("""
            async () => {
              for (let tries = 0; tries < 20 && document.getAnimations().length > 0; tries++) {
                for (const animation of document.getAnimations()) animation.finish();
                await new Promise(requestAnimationFrame);
              }
              const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
              const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
              return violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(" | ")} (${v.nodes.length})`);
            }
            """);
    }
}
