using System.Collections.Immutable;

namespace ProcessManager.Language.Drawing;

/// <summary>
/// The door from a plan to pictures: Mermaid text, and an SVG whose looks come from a style sheet by classes.
/// The same plan gives the same picture, character by character.
/// </summary>
public static class PlanDrawing
{
    /// <summary>
    /// The classes that drawings use, for the page that shows one. Colours follow the page's own custom properties
    /// (Tabler's) and fall back to a light look.
    /// </summary>
    public static string StyleSheet => DrawingStyle.Css;

    /// <summary>A Mermaid flowchart: a box for each stage, arrows for the ways between steps.</summary>
    public static string Mermaid(Plan plan) => new MermaidWriter(plan).Write();

    /// <summary>
    /// An SVG: stages as lanes with their probability, steps as cards, ways as arrows named by outcomes, redo as dashed arrows
    /// back. Holds no inline style, so that a strict content security policy lets it pass.
    /// </summary>
    /// <param name="overlay">What has become of the steps of one project; null draws the plan alone.</param>
    public static string Svg(Plan plan, DrawingOverlay? overlay = null) => new SvgWriter(new PlanLayout(plan, overlay), overlay, null).Write();

    /// <summary>An SVG that carries its style sheet with it: for a file, not for a page.</summary>
    public static string SvgFile(Plan plan, DrawingOverlay? overlay = null) =>
        new SvgWriter(new PlanLayout(plan, overlay), overlay, DrawingStyle.Css).Write();
}

/// <summary>What a drawing shows of one project: where it stands and what became of each step.</summary>
public sealed record DrawingOverlay
{
    /// <summary>By step id; a step without a mark is drawn as in the plan.</summary>
    public ImmutableDictionary<string, StepMark> Steps { get; init; } = ImmutableDictionary<string, StepMark>.Empty;

    /// <summary>The id of the stage that the project is in; null where it is closed or none shall stand out.</summary>
    public string? CurrentStage { get; init; }
}

/// <summary>What became of a step.</summary>
/// <param name="State">One of waiting, ready, open, overdue, done, passed, dead, cancelled: it gives the card its class <c>is-…</c>.</param>
/// <param name="Note">Shown in the place of assignee and due, such as <c>Ann, due 3 Mar</c>.</param>
/// <param name="Link">Where a click leads; null for none.</param>
public sealed record StepMark(string State, string? Note = null, string? Link = null);
