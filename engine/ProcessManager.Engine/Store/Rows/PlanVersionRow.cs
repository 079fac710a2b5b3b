namespace ProcessManager.Engine.Store.Rows;

/// <summary>One published version of a plan (table <c>plan_versions</c>). Never changed once written.</summary>
public sealed class PlanVersionRow
{
    /// <summary>Ascending in the order of publishing.</summary>
    public long Id { get; internal set; }

    /// <summary>The plan's id, as in its file.</summary>
    public string Plan { get; internal set; } = "";

    /// <summary>1, 2, 3 … within the plan.</summary>
    public int Number { get; internal set; }

    /// <summary>The hash of the plan's meaning: publishing the same meaning again makes no new version.</summary>
    public string Hash { get; internal set; } = "";

    /// <summary>The plan's name as people read it.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>The project type that it serves.</summary>
    public string Type { get; internal set; } = "";

    /// <summary>Every file that the version was compiled from: a JSON object from path to the content in base 64.</summary>
    public string Sources { get; internal set; } = "";

    /// <summary>When it was published.</summary>
    public DateTimeOffset PublishedAt { get; internal set; }

    /// <summary>Sign-in name of who published it; null where the folder was read by the engine itself.</summary>
    public string? PublishedBy { get; internal set; }

    /// <summary>What the publisher wrote about the change.</summary>
    public string? Note { get; internal set; }

    /// <summary>The git commit of the definitions folder, where one is known.</summary>
    public string? Commit { get; internal set; }
}
