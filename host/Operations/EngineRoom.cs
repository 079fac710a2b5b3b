using Microsoft.EntityFrameworkCore;
using ProcessManager.Crm.Contacts;
using ProcessManager.Engine;
using ProcessManager.Host.Data;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Operations;

/// <summary>Puts the engine and the contacts into the host, and tells open pages what they commit.</summary>
internal static class EngineRoom
{
    public static void AddEngine(this WebApplicationBuilder builder, Installation installation)
    {
        var options = new EngineOptions { Database = installation.DatabaseFile };
        builder.Configuration.GetSection("Engine").Bind(options);
        builder.Configuration.GetSection("Mail").Bind(options.Mail);
        builder.Configuration.GetSection("Documents").Bind(options.Documents);
        builder.Configuration.GetSection("Outgoing").Bind(options.Outgoing);
        options.Database = installation.DatabaseFile;
        options.Definitions = installation.DefinitionsDirectory ?? ShippedDefinitions.UnpackInto(installation.DataDirectory);
        options.Publish = builder.Configuration.GetValue("Definitions:Publish", installation.PostgresConnection is null);
        options.KnownMigrations = KnownMigrations(installation);
        options.Mail.Pickup ??= installation.MailFolder;

        builder.Services.AddSingleton<IDirectorySource, PeopleDirectory>();
        builder.Services.AddSingleton<IProspectSource, ProspectFacts>();
        builder.Services.AddSingleton(provider => new ContactBook(
            provider.GetRequiredService<ProcessEngine>(),
            () => provider.GetRequiredService<IDbContextFactory<ProcessManagerDb>>().CreateDbContext()));
        builder.Services.AddSingleton<Backups.BackupMaker>();
        builder.Services.AddProcessEngine<ProcessManagerDb>(options);
        builder.Services.AddHostedService<LiveRelay>();
    }

    private static List<string> KnownMigrations(Installation installation)
    {
        using ProcessManagerDb db = installation.PostgresConnection is { } connection
            ? new PostgresDb(Databases.Postgres(connection))
            : new SqliteDb(Databases.Sqlite(installation.DatabaseFile));
        return [.. db.Database.GetMigrations()];
    }
}
