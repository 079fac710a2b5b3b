using Microsoft.Playwright;

namespace ProcessManager.Browser.Tests;

/// <summary>The one browser of all tests; each person gets a context of their own in it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe", @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Where Chromium is: <c>PM_CHROMIUM</c>, or one of the usual places; null where there is none.</summary>
    public static string? Program { get; } = Environment.GetEnvironmentVariable("PM_CHROMIUM") is { Length: > 0 } named ? named : Places.FirstOrDefault(File.Exists);

    public IBrowser Browser => browser ?? throw new InvalidOperationException("Chromium was not found: install it, or name it in PM_CHROMIUM.");

    public async Task InitializeAsync()
    {
        if (Program is null) { return; }
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
        // Long enough for a machine that has other things to do: nothing here measures time.
        Assertions.SetDefaultExpectTimeout(30_000);
    }

    public async Task DisposeAsync()
    {
        if (browser is not null) { await browser.CloseAsync(); }
        playwright?.Dispose();
    }
}

/// <summary>All tests share the browser and run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Chromium>
{
    public const string Name = "browser";
}

/// <summary>A test that needs Chromium: skipped where there is none, failing where everything is required (<c>PM_REQUIRE=all</c>).</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Missing.Reason;
}

/// <inheritdoc cref="BrowserFactAttribute"/>
internal sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Missing.Reason;
}

internal static class Missing
{
    public static string? Reason { get; } = Chromium.Program is not null || Environment.GetEnvironmentVariable("PM_REQUIRE") == "all"
        ? null : "Chromium was not found: install it, or name it in PM_CHROMIUM.";
}
