using ProcessManager.Tests.Shared;

namespace ProcessManager.Host.Tests;

public sealed class ManualTimeTests
{
    [Fact]
    public void Timers_fire_in_the_order_in_which_they_are_due_each_at_its_own_time()
    {
        var time = new ManualTime();
        var start = time.GetUtcNow();
        var fired = new List<(string, TimeSpan)>();
        using var late = time.CreateTimer(_ => fired.Add(("late", time.GetUtcNow() - start)), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        using var every = time.CreateTimer(_ => fired.Add(("every", time.GetUtcNow() - start)), null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([("every", TimeSpan.FromSeconds(2)), ("every", TimeSpan.FromSeconds(4)), ("late", TimeSpan.FromSeconds(5))], fired);
        Assert.Equal(TimeSpan.FromSeconds(5), time.GetUtcNow() - start);
    }

    [Fact]
    public async Task A_delay_ends_when_time_is_advanced_and_not_before()
    {
        var time = new ManualTime();
        var delay = Task.Delay(TimeSpan.FromHours(1), time);
        time.Advance(TimeSpan.FromMinutes(59));
        Assert.False(delay.IsCompleted);
        time.Advance(TimeSpan.FromMinutes(1));
        await delay;
    }

    [Fact]
    public void A_timer_made_while_another_fires_fires_too_when_it_is_due_on_the_way()
    {
        var time = new ManualTime();
        var fired = 0;
        using var outer = time.CreateTimer(_ => time.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, fired);
    }

    [Fact]
    public void A_jump_of_the_wall_clock_fires_nothing_and_elapsed_time_goes_on()
    {
        var time = new ManualTime();
        var fired = 0;
        using var timer = time.CreateTimer(_ => fired++, null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        time.Jump(time.GetUtcNow().AddYears(10));
        Assert.Equal(0, fired);
        var stamp = time.GetTimestamp();
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, fired);
        Assert.Equal(TimeSpan.FromMinutes(1), time.GetElapsedTime(stamp));
    }

    [Fact]
    public void A_timer_that_was_disposed_or_changed_does_not_fire_at_its_old_time()
    {
        var time = new ManualTime();
        var fired = 0;
        var gone = time.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        using var moved = time.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        gone.Dispose();
        moved.Change(TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, fired);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, fired);
        Assert.Equal(0, time.WaitingTimers);
    }
}
