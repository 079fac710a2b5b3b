namespace ProcessManager.Engine.Store;

/// <summary>
/// The one door to writing in a SQLite file: whoever wants to write enters, in the order of asking, and nobody meets a locked
/// database. The engine's group commit is one taker, every other save (sign-in, settings, contacts) another; since the engine asks
/// anew for every commit, a page's save waits for one commit at most. On PostgreSQL the gate is open.
/// </summary>
public sealed class WriteGate
{
    private readonly Lock guard = new();
    private readonly LinkedList<TaskCompletionSource<Turn>> waiting = new();
    private readonly bool open;
    private bool taken;

    private WriteGate(bool open) => this.open = open;

    /// <summary>A gate for one SQLite file. Everybody who writes to the file must share it.</summary>
    public static WriteGate ForSqlite() => new(open: false);

    /// <summary>A gate that lets everybody in at once.</summary>
    public static WriteGate ForPostgres() => new(open: true);

    /// <summary>Waits for the turn to write. Dispose the result to leave; do not enter twice.</summary>
    public async ValueTask<Turn> EnterAsync(CancellationToken cancellation)
    {
        if (open) { return new Turn(null); }

        TaskCompletionSource<Turn> turn;
        lock (guard)
        {
            if (!taken)
            {
                taken = true;
                return new Turn(this);
            }

            turn = new TaskCompletionSource<Turn>(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.AddLast(turn);
        }

        using var registration = cancellation.Register(() => GiveUp(turn, cancellation));
        return await turn.Task;
    }

    private void GiveUp(TaskCompletionSource<Turn> turn, CancellationToken cancellation)
    {
        lock (guard)
        {
            if (!waiting.Remove(turn)) { return; }
        }

        turn.TrySetCanceled(cancellation);
    }

    private void Leave()
    {
        TaskCompletionSource<Turn> next;
        lock (guard)
        {
            if (waiting.First is not { } first)
            {
                taken = false;
                return;
            }

            next = first.Value;
            waiting.RemoveFirst();
        }

        next.SetResult(new Turn(this));
    }

    /// <summary>The right to write until disposed.</summary>
    public sealed class Turn : IDisposable
    {
        private WriteGate? gate;

        internal Turn(WriteGate? gate) => this.gate = gate;

        public void Dispose() => Interlocked.Exchange(ref gate, null)?.Leave();
    }
}
