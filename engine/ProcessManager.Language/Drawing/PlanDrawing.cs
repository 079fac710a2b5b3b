namespace ProcessManager.Language.Drawing;

/// <summary>
/// The door from a plan to pictures: Mermaid text, and an SVG whose looks come from the page's style sheet by classes.
/// The same plan gives the same picture, character by character.
/// </summary>
public static class PlanDrawing
{
    /// <summary>A Mermaid flowchart: a box for each stage, arrows for the ways between steps.</summary>
    public static string Mermaid(Plan plan) => new MermaidWriter(plan).Write();
}
