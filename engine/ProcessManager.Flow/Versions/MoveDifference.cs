namespace ProcessManager.Flow.Versions;

/// <summary>What a move to another version changes about a project.</summary>
public enum MoveChange
{
    /// <summary>A step goes on under another id: <c>was</c>, or <c>retired</c> where another step takes its work over.</summary>
    StepGoesOnAs,
    StepOpens,

    /// <summary>Work that is live now is cancelled.</summary>
    StepCancelled,

    /// <summary>Its kind changed: its work is taken back, and it opens again as what it is now.</summary>
    StepStartsOver,

    /// <summary>It settles by itself with the move: an automatic step, or one whose condition is false.</summary>
    StepSettles,
    StageEntered,
    DueMoves,
    TimerSet,
    TimerCancelled,
    ProbabilityMoves,

    /// <summary>The field is gone, and the project had a value.</summary>
    FieldDropped,
    FieldFilled,
    ProjectCloses,
}

/// <summary>One difference that a move makes, as data and in words.</summary>
/// <param name="Step">The step that it is about, by its id in the new version; of what is gone, by its id in the old one. Null for what is about the project.</param>
/// <param name="From">What was so: an id, a number, or a moment as <c>2026-03-02T09:00:00Z</c>; null for nothing.</param>
/// <param name="To">What is so then.</param>
public sealed record MoveDifference(MoveChange Change, string? Step, string? From, string? To, string Text)
{
    /// <summary>True where something that people have now is lost to them.</summary>
    public bool Loses => Change is MoveChange.StepCancelled or MoveChange.StepStartsOver or MoveChange.FieldDropped or MoveChange.ProjectCloses;
}
