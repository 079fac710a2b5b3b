using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;

namespace ProcessManager.Host.Access;

/// <summary>
/// The first start of an empty installation: whoever can read the console gets an address under which the first administrator is
/// made. The key in it lives until the first person exists or the host stops.
/// </summary>
internal sealed class SetUp(AccessStore store, IServer server, IHostApplicationLifetime lifetime, ILogger<SetUp> log) : IHostedService
{
    private readonly string key = Secrets.New();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() => _ = Announce(lifetime.ApplicationStopping));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Whether this is the key of this start and nobody exists yet.</summary>
    public async Task<bool> MayUse(string? given, CancellationToken cancellation) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(key)) && await IsNeeded(cancellation);

    public async Task<bool> IsNeeded(CancellationToken cancellation) => !await store.Read(db => db.Users.AnyAsync(cancellation), cancellation);

    /// <summary>The page with its key, as printed on the console.</summary>
    internal string Path => $"{SetUpPage.Address}?key={key}";

    private async Task Announce(CancellationToken cancellation)
    {
        try
        {
            if (!await IsNeeded(cancellation)) return;
            var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost";
            log.LogInformation("Nobody can sign in yet. Make the first administrator at {Address}", address.TrimEnd('/') + Path);
        }
        catch (OperationCanceledException)
        {
            // stopped before it could be said
        }
    }
}
