namespace ProcessManager.Language.Time;

/// <summary>The key a moment is written for: it says what a bare duration counts from and which anchors exist by then.</summary>
public enum MomentUse
{
    /// <summary><c>due</c> of a step; a bare duration counts from the opening.</summary>
    Due,

    /// <summary><c>within</c> of a stage; counts from the entry into it.</summary>
    Within,

    /// <summary><c>starts</c>; counts from when the step's ways came live. The step isn't open and has no due yet.</summary>
    Starts,

    /// <summary><c>wait</c>; counts from when the step's ways came live.</summary>
    Wait,

    /// <summary><c>on</c> of an outcome that redoes; counts from the outcome.</summary>
    Redo,

    /// <summary><c>after</c> of <c>expire</c>; counts from the opening.</summary>
    Expire,

    /// <summary><c>after</c> of <c>escalate</c>; counts from due.</summary>
    Escalate,
}
