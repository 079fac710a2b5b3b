using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine;
using ProcessManager.Host.Data;
using ProcessManager.Host.Operations.Backups;

namespace ProcessManager.Host.Cli;

/// <summary><c>pm backup</c>, <c>pm restore</c> and <c>pm outgoing</c>.</summary>
internal static class BackupCommands
{
    public static Command CreateBackup()
    {
        var path = new Argument<string?>("PATH") { Description = "The folder to make (default: one named by the time, in --to)", Arity = ArgumentArity.ZeroOrOne };
        var to = new Option<string?>("--to") { Description = "The folder that gets a backup named by the time (default: backups in the data folder)", HelpName = "FOLDER" };
        var backup = new Command("backup", "Back up database, documents, keys and definitions; also beside a running host") { path, to, CommandLine.DefinitionsFolder };
        backup.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(path) is not null && parsed.GetValue(to) is not null) { return await WrongAsync("Give either PATH or --to."); }
            var data = parsed.GetValue(CommandLine.Data)!;
            if (await MissingAsync(data)) { return 2; }
            List<string> settings = [$"--data={data}", "--Logging:LogLevel:Default=Warning"];
            if (parsed.GetValue(CommandLine.DefinitionsFolder) is { } definitions) { settings.Add($"--definitions={definitions}"); }
            await using var app = HostApp.Build([.. settings]);
            var backups = app.Services.GetRequiredService<BackupMaker>();
            return await TellAsync(parsed.GetValue(path) is { } target
                ? await backups.MakeAsync(target, cancellation)
                : await backups.MakeInAsync(parsed.GetValue(to) ?? backups.Folder, cancellation));
        });
        return backup;
    }

    public static Command CreateRestore()
    {
        var backup = new Argument<string>("BACKUP") { Description = "The folder of a backup" };
        var replace = new Option<bool>("--replace") { Description = "Move what is in the data folder aside" };
        var restore = new Command("restore", "Make a data folder from a backup; its mails and requests wait until “pm outgoing resume”") { backup, replace };
        restore.SetAction(async (parsed, cancellation) =>
        {
            var data = Path.GetFullPath(parsed.GetValue(CommandLine.Data)!);
            switch (await Restore.RunAsync(parsed.GetValue(backup)!, data, parsed.GetValue(replace), TimeProvider.System, cancellation))
            {
                case RestoreResult.Restored done:
                    await Console.Out.WriteLineAsync($"Restored {data} as it was at {At(done.Manifest.MadeAt)}.");
                    if (done.Aside is not null) { await Console.Out.WriteLineAsync($"What was there before is in {done.Aside}."); }
                    if (Directory.Exists(Path.Combine(data, "definitions"))) { await Console.Out.WriteLineAsync($"Its definitions are in {Path.Combine(data, "definitions")}: serve it with --definitions, or copy them to where yours are."); }
                    await WarnOfMissingAsync(done.Manifest);
                    await Console.Out.WriteLineAsync("Mails and requests wait. Start it, look whether all is well, and let them leave with: pm outgoing resume");
                    return 0;
                case RestoreResult.Refused refused:
                    await Console.Error.WriteLineAsync(refused.Message);
                    return 1;
                default:
                    throw new InvalidOperationException();
            }
        });
        return restore;
    }

    public static Command CreateOutgoing()
    {
        var resume = new Command("resume", "Let waiting mails and requests leave");
        resume.SetAction((parsed, _) => SwitchAsync(parsed, (file, db) =>
            OutgoingSwitch.Resume(file, db.Model, "command line", TimeProvider.System) ? "Mails and requests leave again." : "Nothing was paused."));
        var pause = new Command("pause", "Let mails and requests wait from now on");
        pause.SetAction((parsed, _) => SwitchAsync(parsed, (file, db) =>
            OutgoingSwitch.Pause(file, db.Model, "Paused on the command line.", TimeProvider.System) ? "Mails and requests wait now." : "They wait already."));
        var status = new Command("status", "Say whether mails and requests leave");
        status.SetAction((parsed, _) => SwitchAsync(parsed, (file, db) =>
            OutgoingSwitch.Find(file, db.Model) is { } paused ? $"Mails and requests wait since {At(paused.Since)}. {paused.Reason}" : "Mails and requests leave."));
        return new Command("outgoing", "Whether mails and requests leave; also beside a running host") { resume, pause, status };
    }

    private static async Task<int> SwitchAsync(ParseResult parsed, Func<string, ProcessManagerDb, string> work)
    {
        var data = parsed.GetValue(CommandLine.Data)!;
        if (await MissingAsync(data)) { return 2; }
        var file = FileIn(data);
        await using var db = new SqliteDb(Databases.Sqlite(file));
        if ((await db.Database.GetPendingMigrationsAsync()).Any())
        {
            await Console.Error.WriteLineAsync("The data is of an earlier version of Process Manager: start the host once, which brings it up to date.");
            return 1;
        }

        await Console.Out.WriteLineAsync(work(file, db));
        return 0;
    }

    private static async Task<int> TellAsync(BackupResult result)
    {
        if (result is BackupResult.Refused refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }

        var made = (BackupResult.Made)result;
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{made.Folder}: {made.Manifest.Files.Count} files, {made.Manifest.Size / 1048576.0:0.0} MB."));
        await WarnOfMissingAsync(made.Manifest);
        return made.Manifest.MissingDocuments.Count == 0 ? 0 : 1;
    }

    private static async Task WarnOfMissingAsync(BackupManifest manifest)
    {
        if (manifest.MissingDocuments.Count > 0) { await Console.Error.WriteLineAsync($"{manifest.MissingDocuments.Count} documents were missing when it was made; “pm verify” names them."); }
    }

    private static async Task<bool> MissingAsync(string data)
    {
        if (File.Exists(FileIn(data))) { return false; }
        await Console.Error.WriteLineAsync($"There is no data in {Path.GetFullPath(data)}: pm.db is missing. Name the folder with --data.");
        return true;
    }

    private static async Task<int> WrongAsync(string message)
    {
        await Console.Error.WriteLineAsync(message);
        return 2;
    }

    private static string FileIn(string data) => Path.Combine(Path.GetFullPath(data), BackupManifest.Database);

    private static string At(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
