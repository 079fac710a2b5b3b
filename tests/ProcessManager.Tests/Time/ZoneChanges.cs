using ProcessManager.Language.Time;
using Xunit;

namespace ProcessManager.Tests.Time;

/// <summary>Reading clocks backward, from local time to an instant, in every zone that the machine knows.</summary>
public class ZoneChanges
{
    private const int MostChangesOfAZone = 12;

    [Fact]
    public void A_local_time_is_the_first_instant_at_which_the_clock_shows_it_or_a_later_one()
    {
        var seen = 0;
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
        {
            var clock = new LocalClock(zone);
            foreach (var change in Changes(zone).Take(MostChangesOfAZone))
            {
                seen++;
                foreach (var minutes in new[] { -91, -60, -31, -30, -1, 0, 1, 15, 30, 45, 60, 95 }) { Check(clock, zone, change, minutes); }
            }
        }

        Assert.True(seen > 1000, $"Only {seen} changes were found; does the machine know its zones?");
    }

    [Fact]
    public void A_day_that_a_zone_left_out_is_the_beginning_of_the_next()
    {
        var clock = new LocalClock(TimeZoneInfo.FindSystemTimeZoneById("Pacific/Apia"));

        Assert.Equal(new DateTimeOffset(2011, 12, 30, 10, 0, 0, TimeSpan.Zero), clock.FirstAt(new DateTime(2011, 12, 30, 12, 0, 0)));
        Assert.Equal(new DateTime(2011, 12, 31), clock.Read(clock.FirstAt(new DateTime(2011, 12, 30, 12, 0, 0))));
    }

    private static void Check(LocalClock clock, TimeZoneInfo zone, DateTimeOffset change, int minutes)
    {
        var local = TimeZoneInfo.ConvertTime(change.AddMilliseconds(-1), zone).DateTime.AddMilliseconds(1).AddMinutes(minutes);
        var found = clock.FirstAt(local);
        Assert.True(clock.Read(found) >= local, $"{zone.Id} {local:s}: {found:u} shows {clock.Read(found):s}");
        for (var earlier = 1; earlier <= 240; earlier += earlier < 4 ? 1 : 7)
        {
            var before = found.AddMinutes(-earlier);
            Assert.True(TimeZoneInfo.ConvertTime(before, zone).DateTime < local, $"{zone.Id} {local:s}: already shown at {before:u}, not first at {found:u}");
        }
    }

    /// <summary>The instants at which the clocks of a zone change, latest first, to the millisecond.</summary>
    private static IEnumerable<DateTimeOffset> Changes(TimeZoneInfo zone)
    {
        for (var day = new DateTimeOffset(2037, 12, 31, 0, 0, 0, TimeSpan.Zero); day.Year >= 1970; day = day.AddDays(-7))
        {
            var (low, high) = (day.AddDays(-7), day);
            if (zone.GetUtcOffset(low) == zone.GetUtcOffset(high)) { continue; }
            while (high - low > TimeSpan.FromMilliseconds(1))
            {
                var middle = low.AddMilliseconds(Math.Floor((high - low).TotalMilliseconds / 2));
                if (zone.GetUtcOffset(middle) == zone.GetUtcOffset(day)) { high = middle; } else { low = middle; }
            }

            yield return high;
        }
    }
}
