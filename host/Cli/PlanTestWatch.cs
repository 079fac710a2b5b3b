using System.Threading.Channels;

namespace ProcessManager.Host.Cli;

/// <summary>Runs something now, and again a moment after the last of some changes in folders.</summary>
internal static class PlanTestWatch
{
    // An editor writes several times, a checkout many files.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    /// <returns>The exit code of the last run, once it is cancelled.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> folders, Func<int> run, TimeProvider clock, CancellationToken cancellation)
    {
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        var watchers = folders.Where(Directory.Exists).Select(f => Watch(f, changes.Writer)).ToList();
        var exit = 0;
        try
        {
            while (true)
            {
                exit = Try(run);
                Console.Out.WriteLine("Waiting for changes; Ctrl+C ends.");
                await changes.Reader.ReadAsync(cancellation);
                do { await Task.Delay(Quiet, clock, cancellation); } while (changes.Reader.TryRead(out _));
            }
        }
        catch (OperationCanceledException)
        {
            return exit;
        }
        finally
        {
            watchers.ForEach(w => w.Dispose());
        }
    }

    /// <summary>A file that is just being written can't always be read; the next change comes soon.</summary>
    private static int Try(Func<int> run)
    {
        try { return run(); }
        catch (IOException unusable)
        {
            Console.Error.WriteLine(unusable.Message);
            return 1;
        }
    }

    private static FileSystemWatcher Watch(string folder, ChannelWriter<bool> changed)
    {
        var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
        void Ring(object sender, FileSystemEventArgs what)
        {
            if (Path.GetExtension(what.Name) is ".yaml" or ".md" or ".docx" or ".ics") { changed.TryWrite(true); }
        }

        watcher.Changed += Ring;
        watcher.Created += Ring;
        watcher.Deleted += Ring;
        watcher.Renamed += (sender, what) => Ring(sender, what);
        watcher.EnableRaisingEvents = true;
        return watcher;
    }
}
