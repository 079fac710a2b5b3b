using ProcessManager.Flow;

namespace ProcessManager.Tests.Properties;

/// <summary>What the model knows of one step in this visit of its stage.</summary>
internal sealed class ModelStep(RandomStep plan)
{
    public RandomStep Plan => plan;
    public string Id => plan.Id;
    public StepPhase Phase { get; set; } = StepPhase.Waiting;
    public string? Outcome { get; set; }
    public int Occurrence { get; set; }
    public DateTimeOffset? LiveAt { get; set; }

    /// <summary>The ways that opened a first join.</summary>
    public HashSet<string> Winners { get; set; } = [];

    /// <summary>The moment it waits for (its opening, or as a wait its end), and what that hangs on.</summary>
    public DateTimeOffset? Due { get; set; }
    public AtTime? Hangs { get; set; }
    public DateTimeOffset? ExpiresAt { get; set; }
    public bool MayOpen { get; set; }

    /// <summary>Its moment came into the past because a field was changed: it happens at once.</summary>
    public bool Hurried { get; set; }
    public bool Bypassed { get; set; }
    public string? BypassedAs { get; set; }
    public int Approvals { get; set; }
    public int Rejections { get; set; }

    public bool IsSettled => Phase is StepPhase.Done or StepPhase.Passed or StepPhase.Dead or StepPhase.Cancelled;

    public void SetBack()
    {
        (Phase, LiveAt, Due, Hangs, ExpiresAt) = (StepPhase.Waiting, null, null, null, null);
        (Outcome, MayOpen, Winners) = (null, false, []);
    }
}
