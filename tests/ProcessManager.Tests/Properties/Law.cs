namespace ProcessManager.Tests.Properties;

/// <summary>What must hold in every run of every valid plan.</summary>
internal enum Law
{
    /// <summary>The compiler takes every plan of the generator.</summary>
    PlanIsValid,

    /// <summary>The stepper answers; it never throws.</summary>
    NeverThrows,
    SameInputSameOutput,
    SurvivesStorage,
    AppliesWhatApplies,
    RefusesWhatDoesNot,
    NeverDeadlocks,
    OpensOnce,
    SettledStaysSettled,
    TimersAgree,
    TasksAgree,
    ProbabilityAgrees,
    ClosedIsClosed,
    AgreesWithModel,

    /// <summary>Each key of an alert, mail, letter, request or child is used once in a project.</summary>
    AsksOnce,

    /// <summary>A child that is waited for lives as long as its step waits for it, unless that was bypassed.</summary>
    ChildrenBelong,
}

/// <summary>A law that was broken, and by which move of the history (its index; -1: by the start).</summary>
internal sealed record Breach(Law Law, int Move, string Message);
