using System.Collections.Immutable;

namespace ProcessManager.Language.Time;

/// <summary>Takes stretches of absence out of the days of a calendar.</summary>
internal static class Absence
{
    /// <summary>The days without these stretches, except those that leave a gap longer than <see cref="WorkDays.LongestGap"/>.</summary>
    public static WorkDays Take(WorkDays days, LocalClock clock, IEnumerable<WorkSpan> stretches)
    {
        var kept = Merge(stretches);
        while (true)
        {
            var left = days.Without(kept);
            var possible = kept.RemoveAll(a => LeavesGap(left, clock, a));
            if (possible.Length == kept.Length) { return left; }
            kept = possible;
        }
    }

    private static bool LeavesGap(WorkDays days, LocalClock clock, WorkSpan absence) =>
        days.Next(clock.DateAt(absence.Open).AddDays(1), -1) is not { } before || days.Next(before.Date, 1) is null;

    private static ImmutableArray<WorkSpan> Merge(IEnumerable<WorkSpan> stretches)
    {
        var merged = ImmutableArray.CreateBuilder<WorkSpan>();
        foreach (var stretch in stretches.Where(s => s.Close > s.Open).OrderBy(s => s.Open))
        {
            if (merged.Count == 0 || stretch.Open > merged[^1].Close) { merged.Add(stretch); }
            else if (stretch.Close > merged[^1].Close) { merged[^1] = merged[^1] with { Close = stretch.Close }; }
        }

        return merged.ToImmutable();
    }
}
