namespace ProcessManager.Tests.Shared;

/// <summary>
/// A clock that stands still until a test moves it. Timers made from it (and with them <c>Task.Delay</c>, <c>PeriodicTimer</c>,
/// <c>CancelAfter</c>) fire inside <see cref="Advance"/>, in the order in which they are due, each seeing its own due time as now.
/// </summary>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private DateTimeOffset now = start;
    private long elapsedTicks;
    private long made;

    /// <summary>Starts on Monday 2 March 2026, 09:00 UTC.</summary>
    public ManualTime()
        : this(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero))
    {
    }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers wait to fire.</summary>
    public int WaitingTimers
    {
        get
        {
            lock (gate) return timers.Count;
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now;
    }

    public override long GetTimestamp()
    {
        lock (gate) return elapsedTicks;
    }

    /// <summary>Lets time pass; every timer that becomes due on the way fires before this returns.</summary>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        long target;
        lock (gate) target = elapsedTicks + time.Ticks;
        while (TakeDue(target) is { } timer) timer.Fire();
        lock (gate) MoveTo(Math.Max(target, elapsedTicks));
    }

    /// <summary>Sets the wall clock as an operator would, forward or back. Timers run on elapsed time and don't notice.</summary>
    public void Jump(DateTimeOffset to)
    {
        lock (gate) now = to;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private ManualTimer? TakeDue(long target)
    {
        lock (gate)
        {
            var next = timers.Where(timer => timer.Due <= target).OrderBy(timer => timer.Due).ThenBy(timer => timer.Order).FirstOrDefault();
            if (next is null) return null;
            MoveTo(Math.Max(next.Due, elapsedTicks));
            if (next.Period > TimeSpan.Zero) (next.Due, next.Order) = (next.Due + next.Period.Ticks, made++);
            else timers.Remove(next);
            return next;
        }
    }

    private void MoveTo(long elapsed)
    {
        now += TimeSpan.FromTicks(elapsed - elapsedTicks);
        elapsedTicks = elapsed;
    }

    private void Schedule(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (gate)
        {
            timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan) return;
            (timer.Due, timer.Period, timer.Order) = (elapsedTicks + dueTime.Ticks, period, made++);
            timers.Add(timer);
        }
    }

    private void Remove(ManualTimer timer)
    {
        lock (gate) timers.Remove(timer);
    }

    private sealed class ManualTimer(ManualTime clock, TimerCallback callback, object? state) : ITimer
    {
        private bool disposed;

        public long Due { get; set; }

        public TimeSpan Period { get; set; }

        public long Order { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (disposed) return false;
            if (dueTime == TimeSpan.Zero)
            {
                // A real timer fires at once, not when time next moves; on another thread, as it does.
                clock.Schedule(this, period > TimeSpan.Zero ? period : Timeout.InfiniteTimeSpan, period);
                ThreadPool.QueueUserWorkItem(_ => Fire());
                return true;
            }
            clock.Schedule(this, dueTime, period);
            return true;
        }

        public void Dispose()
        {
            disposed = true;
            clock.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
