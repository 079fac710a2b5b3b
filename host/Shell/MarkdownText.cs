using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ProcessManager.Host.Shell;

/// <summary>Turns people's Markdown into HTML that is safe to show: no raw HTML, no links but to web, mail and phone.</summary>
public static class MarkdownText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml().UsePipeTables().UseTaskLists().UseAutoLinks().UseEmphasisExtras().Build();

    public static string ToHtml(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return "";
        var document = Markdown.Parse(text, Pipeline);
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        foreach (var end in document.Descendants<LineBreakInline>()) end.IsHard |= !IsWrapped(lines, end.Line);
        foreach (var link in document.Descendants<LinkInline>()) Restrain(link);
        foreach (var link in document.Descendants<AutolinkInline>().Where(link => !link.IsEmail && !IsAllowed(link.Url)).ToList()) link.Remove();
        return document.ToHtml(Pipeline);
    }

    /// <summary>
    /// People who type mean the ends of their lines. Prose of a plan is wrapped at the edge of an editor instead: its lines are long,
    /// and the next word had no room.
    /// </summary>
    private static bool IsWrapped(string[] lines, int line)
    {
        if (line < 0 || line + 1 >= lines.Length) return false;
        var (length, next) = (lines[line].TrimEnd().Length, lines[line + 1].Trim());
        var word = next.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end ? end : next.Length;
        return length is >= 60 and <= 130 && length + word >= 72;
    }

    private static void Restrain(LinkInline link)
    {
        // Pictures from elsewhere would tell their server who reads the page, and when.
        if (link.IsImage) link.IsImage = false;
        if (!IsAllowed(link.Url)) link.Url = "#";
        var attributes = Markdig.Renderers.Html.HtmlAttributesExtensions.GetAttributes(link);
        if (link.Url?.StartsWith('/') != true) attributes.AddProperty("rel", "noopener noreferrer nofollow");
    }

    private static bool IsAllowed(string? url) =>
        url is not null
        && (IsLocal(url)
            || Uri.TryCreate(url, UriKind.Absolute, out var absolute) && absolute.Scheme is ("http" or "https" or "mailto" or "tel"));

    private static bool IsLocal(string url) =>
        url.StartsWith('#') || url.StartsWith('/') && !url.StartsWith("//", StringComparison.Ordinal) && !url.Contains('\\', StringComparison.Ordinal);
}
