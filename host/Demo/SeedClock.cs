namespace ProcessManager.Host.Demo;

/// <summary>The clock of the weeks that the demo tells of: it stands until it is moved on.</summary>
internal sealed class SeedClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow() => now;

    public void MoveTo(DateTimeOffset moment) => now = moment > now ? moment : now;
}
