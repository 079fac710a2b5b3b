using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ProcessManager.Host.Shell;

/// <summary>Turns people's Markdown into HTML that is safe to show: no raw HTML, no links but to web, mail and phone.</summary>
public static class MarkdownText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml().UsePipeTables().UseTaskLists().UseAutoLinks().UseEmphasisExtras().UseSoftlineBreakAsHardlineBreak().Build();

    public static string ToHtml(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return "";
        var document = Markdown.Parse(text, Pipeline);
        foreach (var link in document.Descendants<LinkInline>()) Restrain(link);
        foreach (var link in document.Descendants<AutolinkInline>().Where(link => !link.IsEmail && !IsAllowed(link.Url)).ToList()) link.Remove();
        return document.ToHtml(Pipeline);
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
