namespace ProcessManager.Tests.Store;

/// <summary>A clock that stands still until it is moved; delays end when it passes them.</summary>
internal sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock guard = new();
    private readonly List<Waiting> waiting = [];
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow()
    {
        lock (guard) { return now; }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Pass(TimeSpan span) => MoveTo(GetUtcNow() + span);

    /// <summary>Also backward, as clocks do.</summary>
    public void MoveTo(DateTimeOffset moment)
    {
        List<Waiting> over;
        lock (guard)
        {
            now = moment;
            over = [.. waiting.Where(w => w.Due <= now)];
            foreach (var timer in over) { waiting.Remove(timer); }
        }

        foreach (var timer in over) { timer.Fire(); }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Waiting(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Waiting(ManualTime clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.guard)
            {
                clock.waiting.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) { return true; }
                Due = clock.now + dueTime;
                clock.waiting.Add(this);
            }

            if (dueTime == TimeSpan.Zero) { clock.MoveTo(clock.GetUtcNow()); }
            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
