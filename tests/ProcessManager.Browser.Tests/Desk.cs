using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProcessManager.Host.Tests;

namespace ProcessManager.Browser.Tests;

/// <summary>Somebody's window onto the application; remembers what the browser complains about.</summary>
internal sealed class Desk
{
    private Desk(IPage page) => Page = page;

    public IPage Page { get; }

    /// <summary>Errors on the console (a violated content security policy is one) and of scripts.</summary>
    public List<string> Complaints { get; } = [];

    public ILocator Panel => Page.Locator("#panel");

    /// <summary>A browser of its own, with the host's clock on the wall, in which nobody is signed in.</summary>
    public static async Task<IBrowserContext> Context(IBrowser browser, TestHost host)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = host.Address.ToString(),
            ViewportSize = new() { Width = 1280, Height = 800 },
            ColorScheme = ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(30_000);
        await context.Clock.SetFixedTimeAsync(host.Time.GetUtcNow().UtcDateTime);
        return context;
    }

    public static async Task<Desk> Open(IBrowserContext context)
    {
        var desk = new Desk(await context.NewPageAsync());
        desk.Page.Console += (_, message) =>
        {
            if (message.Type == "error") { desk.Complaints.Add(message.Text); }
        };
        desk.Page.PageError += (_, error) => desk.Complaints.Add(error);
        return desk;
    }

    public async Task SignIn(string person, string password)
    {
        if (!Page.Url.Contains("/sign-in", StringComparison.Ordinal)) { await Page.GotoAsync("/sign-in"); }
        await Page.GetByLabel("Sign-in name").FillAsync(person);
        await Page.GetByLabel("Password").FillAsync(password);
        await Button("Sign in").ClickAsync();
        await Page.WaitForURLAsync(url => !new Uri(url).AbsolutePath.StartsWith("/sign-in", StringComparison.Ordinal));
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name });

    /// <summary>A short message at the edge that has these words.</summary>
    public ILocator Toast(string words) => Page.Locator("toast-list .toast-note").Filter(new() { HasText = words });

    /// <summary>The row of a task in any list.</summary>
    public ILocator Row(string title) => Page.Locator(".task-row").Filter(new() { HasText = title });

    /// <summary>Opens a task of the list in the panel at the side.</summary>
    public async Task OpenTask(string title)
    {
        await Row(title).Locator("a.task-title").ClickAsync();
        await Assertions.Expect(Panel.GetByRole(AriaRole.Heading, new() { Name = title })).ToBeVisibleAsync();
    }

    /// <summary>Puts a mark on the page that a reload would wipe off.</summary>
    public Task Mark() => Page.EvaluateAsync("() => { window.unchanged = true; }");

    public async Task AssertNotReloaded() => Assert.True(await Page.EvaluateAsync<bool>("() => window.unchanged === true"), "The page was loaded again.");

    /// <summary>Complaints but those about answers that a test provokes: the browser reports each 4xx.</summary>
    public IEnumerable<string> Surprises(params int[] expected) =>
        Complaints.Where(c => !expected.Any(status => Regex.IsMatch(c, $@"Failed to load resource.*\b{status}\b")));
}
