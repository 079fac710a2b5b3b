namespace ProcessManager.Bench.Setting;

/// <summary>The system's clock, put forward by hand: reminders of half an hour come due within the run.</summary>
internal sealed class MovableClock : TimeProvider
{
    private TimeSpan ahead = TimeSpan.Zero;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;

    public void PutForward(TimeSpan by) => ahead += by;
}
