namespace ProcessManager.Engine.Running;

/// <summary>Wakes a sleeping lane. Only ever makes it look sooner: a lost ring costs one poll.</summary>
internal sealed class Bell(TimeProvider clock)
{
    private readonly Lock guard = new();
    private TaskCompletionSource rung = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Ring()
    {
        lock (guard) { rung.TrySetResult(); }
    }

    /// <summary>Sleeps until rung or until the time is over. A ring since the last sleep ends it at once.</summary>
    public async Task SleepAsync(TimeSpan atMost, CancellationToken cancellation)
    {
        Task ringing;
        lock (guard) { ringing = rung.Task; }

        if (!ringing.IsCompleted && atMost > TimeSpan.Zero)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await Task.WhenAny(ringing, Task.Delay(atMost, clock, stop.Token));
            await stop.CancelAsync();
        }

        cancellation.ThrowIfCancellationRequested();
        lock (guard)
        {
            if (rung.Task.IsCompleted) { rung = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously); }
        }
    }
}
