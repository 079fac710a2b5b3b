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

    /// <summary>Since when it is open, to the instant: the longest waiting takes a message.</summary>
    public DateTimeOffset OpenedAt { get; set; }

    /// <summary>Of a step with each: who had a part of it in this occurrence, those who lost it among them.</summary>
    public List<ModelMember> Members { get; } = [];
    public int Approvals { get; set; }
    public int Rejections { get; set; }

    public bool IsSettled => Phase is StepPhase.Done or StepPhase.Passed or StepPhase.Dead or StepPhase.Cancelled;

    public void SetBack()
    {
        (Phase, LiveAt, Due, Hangs, ExpiresAt) = (StepPhase.Waiting, null, null, null, null);
        (Outcome, MayOpen, Winners) = (null, false, []);
        Members.Clear();
    }
}

/// <summary>One member's part.</summary>
internal sealed class ModelMember(string id, DateTimeOffset openedAt)
{
    public string Id => id;
    public DateTimeOffset OpenedAt => openedAt;
    public StepPhase Phase { get; set; } = StepPhase.Open;
    public string? Outcome { get; set; }
    public DateTimeOffset? ExpiresAt { get; set; }
}
