using System.Collections.Immutable;
using ProcessManager.Language.Comparing;

namespace ProcessManager.Language;

/// <summary>What became of a part of a plan.</summary>
public enum ChangeKind { Added, Removed, Renamed, Moved, Changed }

/// <summary>A part of a plan that can be added, removed or changed, in the order of a report.</summary>
public enum PlanPart { Plan, Field, Role, Start, Stage, Step, OnClose, Template, Letter }

/// <summary>One difference between two plans.</summary>
/// <param name="Part">What kind of part it is about.</param>
/// <param name="Id">The part's id in the new plan; where it was removed, in the old one.</param>
/// <param name="Name">As people read it.</param>
/// <param name="Stage">For a step: the id of its stage in the new plan (or in the old one); null otherwise.</param>
/// <param name="What">For a change: the key it is about, such as <c>due</c>; null otherwise.</param>
/// <param name="Label">For a change: the key as people read it.</param>
/// <param name="Before">What was there, in the words of the file; the old id of what was renamed; null for what is new.</param>
/// <param name="After">What is there now; null for what is gone.</param>
public sealed record PlanChange(
    ChangeKind Kind, PlanPart Part, string Id, string Name, string? Stage, string? What, string? Label, string? Before, string? After)
{
    /// <summary>True for running text, which is shown line by line.</summary>
    public bool IsProse { get; init; }
}

/// <summary>How one plan differs from another in what it means, not in how it is written.</summary>
/// <param name="Changes">By part, in the order of the new plan; what is gone where it stood.</param>
public sealed record PlanDifference(Plan Before, Plan After, ImmutableArray<PlanChange> Changes)
{
    /// <summary>Compares what two plans mean; comments and layout don't count.</summary>
    public static PlanDifference Of(Plan before, Plan after) =>
        new(before, after, before.Hash == after.Hash ? [] : new PlanComparison(before, after).Run());

    /// <summary>For people, indented by part.</summary>
    public string ToText() => DifferenceText.Write(this);

    /// <summary>For a pull request.</summary>
    public string ToMarkdown() => DifferenceMarkdown.Write(this);

    /// <summary>For programs.</summary>
    public string ToJson() => DifferenceJson.Write(this);
}
