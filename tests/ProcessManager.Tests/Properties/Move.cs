namespace ProcessManager.Tests.Properties;

internal enum MoveKind
{
    Complete, Vote, Deliver, Message, Late, Crew, AddTask, Claim, Release, Assign, SetDue, SetPriority, SetFields, SetOwner,
    NextTimer, PassHours, JumpHours, Bypass, Hold, Resume, Close, Nonsense,
}

/// <summary>
/// One thing that somebody tries. The numbers choose among what there is when it is tried, so that a move still means something
/// after others were dropped from its history.
/// </summary>
internal sealed record Move(MoveKind Kind, int A, int B, int C)
{
    private static readonly (int Weight, MoveKind Kind)[] Frequencies =
    [
        (38, MoveKind.Complete), (14, MoveKind.Vote), (12, MoveKind.Deliver), (9, MoveKind.Message), (3, MoveKind.Late), (4, MoveKind.Crew), (2, MoveKind.AddTask), (3, MoveKind.Claim), (2, MoveKind.Release),
        (2, MoveKind.Assign), (2, MoveKind.SetDue), (1, MoveKind.SetPriority), (6, MoveKind.SetFields), (1, MoveKind.SetOwner),
        (10, MoveKind.NextTimer), (4, MoveKind.PassHours), (2, MoveKind.JumpHours), (6, MoveKind.Bypass), (1, MoveKind.Hold),
        (2, MoveKind.Resume), (1, MoveKind.Close), (3, MoveKind.Nonsense),
    ];

    public static IReadOnlyList<Move> History(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, random.Next(4, 40)).Select(_ => Draw(random))];
    }

    private static Move Draw(Random random)
    {
        var at = random.Next(Frequencies.Sum(f => f.Weight));
        var kind = Frequencies.First(f => (at -= f.Weight) < 0).Kind;
        return new Move(kind, random.Next(1000), random.Next(1000), random.Next(1000));
    }
}
