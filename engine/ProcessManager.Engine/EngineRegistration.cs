using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProcessManager.Engine.Store;

namespace ProcessManager.Engine;

/// <summary>Puts the engine into a host.</summary>
public static class EngineRegistration
{
    /// <summary>
    /// Adds <see cref="ProcessEngine"/>, <see cref="WriteGate"/> and <see cref="LiveEvents"/>, and runs the engine while the host runs.
    /// The host adds <see cref="IDirectorySource"/>, may add <see cref="IProspectSource"/>, and brings the schema up to date before it starts.
    /// </summary>
    /// <typeparam name="TDb">The context whose model holds <see cref="EngineModel"/>.</typeparam>
    public static IServiceCollection AddProcessEngine<TDb>(this IServiceCollection services, EngineOptions options)
        where TDb : DbContext
    {
        services.AddSingleton(options);
        services.AddSingleton(WriteGate.ForSqlite());
        services.AddSingleton(provider =>
        {
            using var scope = provider.CreateScope();
            return new ProcessEngine(
                options, scope.ServiceProvider.GetRequiredService<TDb>().Model, provider.GetRequiredService<WriteGate>(),
                provider.GetRequiredService<IDirectorySource>(), provider.GetService<IProspectSource>(),
                provider.GetService<TimeProvider>() ?? TimeProvider.System, provider.GetRequiredService<ILoggerFactory>());
        });
        services.AddSingleton(provider => provider.GetRequiredService<ProcessEngine>().Live);
        services.AddHostedService<EngineHost>();
        return services;
    }

    /// <summary>Opens the engine before the host takes requests, and gives back its claims when the host stops.</summary>
    private sealed class EngineHost(ProcessEngine engine) : IHostedService, IDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private Task running = Task.CompletedTask;

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await engine.OpenAsync(cancellationToken);
            running = Task.Run(() => engine.RunAsync(stop.Token), CancellationToken.None);
        }

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            await stop.CancelAsync();
            await running.WaitAsync(cancellationToken);
        }

        public void Dispose() => stop.Dispose();
    }
}
