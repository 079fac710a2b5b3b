using ProcessManager.Language.Documenting;

namespace ProcessManager.Language;

/// <summary>
/// A plan as a page to print or to put beside other documents: its diagram, every stage with its guidance, every step with who,
/// by when and what comes of it, and the fields, roles, start rules and texts. The same plan gives the same page.
/// </summary>
public static class PlanDocument
{
    /// <summary>The looks of the page on a screen and on paper (A4), without those of the diagram.</summary>
    public static string StyleSheet => PageStyle.Css;

    /// <summary>A whole HTML document without scripts that needs nothing beside itself.</summary>
    /// <param name="organisation">Gives names to groups and reasons.</param>
    /// <param name="markdown">From Markdown to safe HTML; null shows such texts as they are written.</param>
    public static string Html(Plan plan, Organisation organisation, Func<string, string>? markdown = null) =>
        new HtmlPage(plan, organisation, markdown).Write(inline: true, []);

    /// <summary>The same page for a site whose policy allows no style in the page: it links to style sheets.</summary>
    public static string Html(Plan plan, Organisation organisation, Func<string, string>? markdown, IReadOnlyList<string> styleSheets) =>
        new HtmlPage(plan, organisation, markdown).Write(inline: false, styleSheets);

    /// <summary>The page as Markdown, with the diagram as Mermaid.</summary>
    public static string Markdown(Plan plan, Organisation organisation) => new MarkdownPage(plan, organisation).Write();
}
