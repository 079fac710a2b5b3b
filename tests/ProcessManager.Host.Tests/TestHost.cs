using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;
using ProcessManager.Tests.Shared;

namespace ProcessManager.Host.Tests;

/// <summary>
/// The real host on a port of its own, with a fresh data folder and a clock that stands still:
/// <code>
/// await using var host = await TestHost.Start();
/// var ann = await host.SignIn("ann", Roles.Manager);
/// await ann.PostAsync("/tasks/7/claim", null);   // cookie and antiforgery token go along
/// host.Time.Advance(TimeSpan.FromDays(1));
/// </code>
/// </summary>
public sealed class TestHost : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    private readonly bool ownsData;

    private TestHost(WebApplication app, ManualTime time, string dataDirectory, bool ownsData)
    {
        (App, Time, DataDirectory, this.ownsData) = (app, time, dataDirectory, ownsData);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public WebApplication App { get; }

    public ManualTime Time { get; }

    public string DataDirectory { get; }

    public Uri Address { get; }

    public IServiceProvider Services => App.Services;

    public People People => Services.GetRequiredService<People>();

    /// <param name="more">Adds or replaces services.</param>
    /// <param name="definitions">Folder of plans; null uses what the host ships.</param>
    /// <param name="data">Folder of an earlier host, to test a restart; null makes a new one that is removed at the end.</param>
    /// <param name="time">The clock of an earlier host; null starts a new one.</param>
    /// <param name="map">Adds endpoints of the test's own.</param>
    /// <param name="args">Further arguments as on the command line.</param>
    public static async Task<TestHost> Start(
        Action<WebApplicationBuilder>? more = null, string? definitions = null, string? data = null, ManualTime? time = null,
        Action<WebApplication>? map = null, params string[] args)
    {
        var clock = time ?? new ManualTime();
        var folder = data ?? Directory.CreateTempSubdirectory("pm-test-").FullName;
        string[] all = ["--data", folder, "--urls", "http://127.0.0.1:0", .. definitions is null ? [] : new[] { "--definitions", definitions }, .. args];
        var app = HostApp.Build(all, builder =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            builder.Services.RemoveAll<TimeProvider>();
            builder.Services.AddSingleton<TimeProvider>(clock);
            // What a password costs to check is the product's setting, not the tests'.
            builder.Services.Configure<PasswordHasherOptions>(options => options.IterationCount = 10);
            more?.Invoke(builder);
        });
        map?.Invoke(app);
        await app.StartAsync();
        return new TestHost(app, clock, folder, ownsData: data is null);
    }

    /// <summary>Somebody with these roles (user when none is named), or the one who has the name already; signs in with <see cref="Password"/>.</summary>
    public async Task<long> Person(string userName, params string[] roles)
    {
        if (await People.Find(userName, CancellationToken.None) is { } known) return known.Id;
        var name = char.ToUpperInvariant(userName[0]) + userName[1..];
        return await People.Create(new NewPerson(userName, $"{name} Test", Password, Roles: roles), CancellationToken.None) switch
        {
            PersonResult.Done done => done.PersonId,
            PersonResult.Refused refused => throw new InvalidOperationException(string.Join(' ', refused.Problems.Select(problem => problem.Text))),
            _ => throw new InvalidOperationException(),
        };
    }

    /// <summary>A browser in which this person is signed in, made known with these roles if need be. Doesn't follow redirects.</summary>
    public async Task<TestBrowser> SignIn(string userName, params string[] roles)
    {
        await Person(userName, roles);
        var browser = Anonymous();
        var answer = await browser.SubmitSignIn(userName, Password);
        if ((int)answer.StatusCode != 302) throw new InvalidOperationException($"Sign-in of {userName} answered {(int)answer.StatusCode}.");
        return browser;
    }

    /// <summary>A browser in which nobody is signed in.</summary>
    public TestBrowser Anonymous() => new(Address);

    /// <summary>Reads from the database as it is now.</summary>
    public async Task<T> Query<T>(Func<ProcessManagerDb, Task<T>> query)
    {
        await using var scope = Services.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<ProcessManagerDb>());
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        if (!ownsData) return;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(DataDirectory, recursive: true);
    }
}
