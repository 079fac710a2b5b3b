using Microsoft.EntityFrameworkCore;
using ProcessManager.Crm.Contacts;
using ProcessManager.Engine;
using ProcessManager.Engine.Store;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Demo;

/// <summary>
/// <c>--demo</c>: a sample organisation with people, contacts and eight weeks of projects. It listens on this computer alone, because
/// everybody can read its password.
/// </summary>
internal static class DemoRoom
{
    public static bool IsWanted(IConfiguration configuration) => configuration.GetValue("demo", false);

    /// <summary>Throws <see cref="StartRefusedException"/> where the demo would be reachable from elsewhere.</summary>
    public static void AddDemo(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new DemoMode(IsWanted(builder.Configuration)));
        if (!IsWanted(builder.Configuration)) { return; }
        foreach (var url in (builder.Configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || !uri.IsLoopback)
            {
                throw new StartRefusedException($"The demo is for this computer alone: leave --urls out or name a localhost address instead of {url}.");
            }
        }

        builder.Services.AddSingleton<DemoSeeder>();
        builder.Services.AddHostedService<DemoStart>();
    }

    private sealed class DemoStart(DemoSeeder seeder) : IHostedLifecycleService
    {
        // After the schema is up to date, before the engine opens.
        public Task StartingAsync(CancellationToken cancellationToken) => seeder.SeedAsync(cancellationToken);

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => DemoSeeder.PrintAsync();

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>Whether this is the demo: pages say so, and the sign-in page offers its people.</summary>
internal sealed record DemoMode(bool On);

/// <summary>Makes the sample data of an empty installation; leaves one that has people alone.</summary>
internal sealed class DemoSeeder(
    People people, EngineOptions options, WriteGate gate, IDirectorySource directory, IProspectSource prospects,
    IDbContextFactory<ProcessManagerDb> databases, TimeProvider clock, ILoggerFactory logs)
{
    private const int Projects = 64;
    private const int Seed = 2026;

    public async Task SeedAsync(CancellationToken cancellation)
    {
        await using (var db = await databases.CreateDbContextAsync(cancellation))
        {
            if (await db.Users.AnyAsync(cancellation)) { return; }
        }

        await Console.Out.WriteLineAsync("Making the sample organisation …");
        await HireAsync(cancellation);

        var now = clock.GetUtcNow();
        var storyClock = new SeedClock(now.AddDays(-56));
        await using var model = await databases.CreateDbContextAsync(cancellation);
        await using var engine = new ProcessEngine(options, model.Model, gate, directory, prospects, storyClock, new QuietLogs(logs));
        await engine.OpenAsync(cancellation);
        var book = new ContactBook(engine, databases.CreateDbContext);
        List<long> contacts = [];
        foreach (var contact in DemoContacts.All())
        {
            if (await book.AddAsync(contact, cancellation) is AddedContact.Added added) { contacts.Add(added.Id); }
        }

        await new DemoStory(engine, storyClock, contacts, Seed).TellAsync(now, Projects, cancellation);
    }

    public static Task PrintAsync()
    {
        var shown = DemoPeople.All.Where(p => p.Shown).ToList();
        var width = shown.Max(p => p.Name.Length);
        var lines = shown.Select(p => $"  {p.Name.PadRight(width)}  {p.What} ({p.DisplayName})");
        return Console.Out.WriteLineAsync(
            $"{Environment.NewLine}Sign in as one of these, with the password {DemoPeople.Password}{Environment.NewLine}{string.Join(Environment.NewLine, lines)}{Environment.NewLine}");
    }

    private async Task HireAsync(CancellationToken cancellation)
    {
        foreach (var person in DemoPeople.All)
        {
            var result = await people.Create(
                new NewPerson(person.Name, person.DisplayName, DemoPeople.Password, $"{person.Name}@example.org", person.Roles, person.Groups,
                    "Europe/Vienna", "en-GB", person.Manager), cancellation);
            if (result is PersonResult.Refused refused)
            {
                throw new StartRefusedException($"The sample people can't be made: {string.Join(" ", refused.Problems.Select(p => p.Text))}");
            }
        }
    }

    /// <summary>The story's thousand small happenings are not news.</summary>
    private sealed class QuietLogs(ILoggerFactory inner) : ILoggerFactory
    {
        public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

        public ILogger CreateLogger(string categoryName) => new Quiet(inner.CreateLogger(categoryName));

        public void Dispose()
        {
            // The host's own factory stays open.
        }

        private sealed class Quiet(ILogger inner) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => inner.BeginScope(state);

            public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error && inner.IsEnabled(logLevel);

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (IsEnabled(logLevel)) { inner.Log(logLevel, eventId, state, exception, formatter); }
            }
        }
    }
}
