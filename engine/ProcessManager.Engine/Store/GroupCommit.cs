using System.Collections.Concurrent;
using System.Diagnostics;

namespace ProcessManager.Engine.Store;

/// <summary>The database cannot be written now (disk full, locked by another program, broken): nothing of the command was done.</summary>
public sealed class EngineUnavailableException(string message, Exception inner) : Exception(message, inner);

/// <summary>
/// Commits many commands at once: what has gathered while the last commit reached the disk becomes the next one. Each command runs in
/// a savepoint of its own; nobody is answered before the commit, and a commit that fails fails everybody in it.
/// </summary>
internal sealed class GroupCommit(Func<WriteSession> open, WriteGate gate, TimeProvider clock) : IDisposable
{
    private const int MostInOneCommit = 256;
    private static readonly TimeSpan PatienceWithOthers = TimeSpan.FromSeconds(10);

    private readonly ConcurrentQueue<Item> queue = new();
    private WriteSession? session;
    private int leading;
    private bool disposed;

    /// <summary>Hears of each commit: how many commands were in it, and how long it took.</summary>
    public Action<int, TimeSpan>? Committed { get; set; }

    /// <summary>Runs before each batch, outside the transaction: refreshes what the work reads.</summary>
    public Func<Task>? Prepare { get; set; }

    /// <summary>
    /// Runs the work in the next commit. Cancellation counts until it has begun; from then on the answer is waited for.
    /// </summary>
    public Task<T> RunAsync<T>(Func<WriteSession, ValueTask<T>> work, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        var item = new Item<T>(work, cancellation);
        queue.Enqueue(item);

        // Whoever finds nobody leading leads the first batch itself: a lone caller changes no thread.
        if (Interlocked.Exchange(ref leading, 1) == 0) { _ = LeadAsync(); }

        return item.Answer;
    }

    private async Task LeadAsync()
    {
        var batch = new List<Item>();
        while (batch.Count < MostInOneCommit && queue.TryDequeue(out var item)) { batch.Add(item); }

        if (batch.Count > 0) { await CommitAsync(batch); }

        if (!queue.IsEmpty)
        {
            _ = Task.Run(LeadAsync);
            return;
        }

        Volatile.Write(ref leading, 0);

        // Somebody may have come between the look and the stepping down.
        if (!queue.IsEmpty && Interlocked.Exchange(ref leading, 1) == 0) { _ = Task.Run(LeadAsync); }
    }

    private async Task CommitAsync(List<Item> batch)
    {
        try
        {
            if (Prepare is { } prepare) { await prepare(); }

            using (await gate.EnterAsync(CancellationToken.None))
            {
                var since = Stopwatch.GetTimestamp();
                var current = session ??= open();
                await BeginAsync(current);
                if (batch.Count == 1) { await RunAloneAsync(current, batch[0]); }
                else
                {
                    foreach (var item in batch) { await RunInSavepointAsync(current, item); }

                    current.Prepared("commit", 0).Run();
                }

                Committed?.Invoke(batch.Count, Stopwatch.GetElapsedTime(since));
            }
        }
        catch (Exception e) // whatever it was, everybody in the batch must hear of it
        {
            Discard();
            foreach (var item in batch) { item.FailBecauseOfAll(e); }

            return;
        }

        foreach (var item in batch) { item.Finish(); }
    }

    private async Task BeginAsync(WriteSession current)
    {
        var since = clock.GetTimestamp();
        while (true)
        {
            try
            {
                current.Prepared(SqliteDialect.Begin, 0).Run();
                return;
            }
            catch (Exception e) when (SqliteDialect.IsBusy(e) && clock.GetElapsedTime(since) < PatienceWithOthers)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), clock);
            }
        }
    }

    /// <summary>One command alone needs no savepoint: the transaction is its own.</summary>
    private static async ValueTask RunAloneAsync(WriteSession current, Item item)
    {
        try
        {
            if (!item.IsCancelled) { await item.Do(current); }
            item.Then = current.TakeAfterCommit();
        }
        catch (Exception e) when (SqliteDialect.InTransaction(current.Connection)) // goes to the caller
        {
            current.TakeAfterCommit();
            current.Prepared("rollback", 0).Run();
            item.Fail(e);
            return;
        }

        current.Prepared("commit", 0).Run();
    }

    private static async ValueTask RunInSavepointAsync(WriteSession current, Item item)
    {
        if (item.IsCancelled) { return; }

        current.Prepared("savepoint one", 0).Run();
        try
        {
            await item.Do(current);
            item.Then = current.TakeAfterCommit();
            current.Prepared("release one", 0).Run();
        }
        catch (Exception e) when (SqliteDialect.InTransaction(current.Connection)) // goes to the one caller; the others go on
        {
            current.TakeAfterCommit();
            current.Prepared("rollback to one", 0).Run();
            current.Prepared("release one", 0).Run();
            item.Fail(e);
        }
    }

    /// <summary>A connection on which a commit failed is never used again: what it holds is unknown.</summary>
    private void Discard()
    {
        try { session?.Dispose(); }
        finally { session = null; }
    }

    public void Dispose()
    {
        disposed = true;
        Discard();
    }

    private abstract class Item(CancellationToken cancellation)
    {
        /// <summary>What its work wants done after the commit.</summary>
        public List<Action>? Then { get; set; }

        public bool IsCancelled => cancellation.IsCancellationRequested;

        protected CancellationToken Cancellation => cancellation;

        protected Exception? Failure { get; private set; }

        public abstract ValueTask Do(WriteSession session);

        public void Fail(Exception e) => Failure = e;

        public abstract void FailBecauseOfAll(Exception e);

        public abstract void Finish();
    }

    private sealed class Item<T>(Func<WriteSession, ValueTask<T>> work, CancellationToken cancellation) : Item(cancellation)
    {
        private readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;
        private bool ran;

        public Task<T> Answer => answer.Task;

        public override async ValueTask Do(WriteSession session)
        {
            ran = true;
            result = await work(session);
        }

        public override void FailBecauseOfAll(Exception e) => answer.TrySetException(
            e is EngineUnavailableException or RefusedException ? e : new EngineUnavailableException(SentenceOf(e), e));

        public override void Finish()
        {
            if (!ran) { answer.TrySetCanceled(Cancellation); }
            else if (Failure is { } failure) { answer.TrySetException(failure); }
            else
            {
                foreach (var action in Then ?? []) { action(); }

                answer.TrySetResult(result!);
            }
        }

        private static string SentenceOf(Exception e) => SqliteDialect.IsBusy(e)
            ? "The database is locked by another program; nothing was changed. Try again when it has finished."
            : $"The database could not be written, and nothing was changed: {e.Message}";
    }
}
