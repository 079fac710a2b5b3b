using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProcessManager.Host.Access;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Tests.Shell;

public sealed partial class PartsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_icon_that_a_page_names_is_in_the_sprite()
    {
        var known = JsonSerializer.Deserialize<HashSet<string>>(File.ReadAllText(Path.Combine(Repository.Root, "designer", "src", "icons.json")))!;
        var named = Directory.EnumerateFiles(Path.Combine(Repository.Root, "host"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => IconName().Matches(File.ReadAllText(file)).Select(match => (file, name: match.Groups[1].Value))).ToList();
        Assert.NotEmpty(named);
        Assert.Empty(named.Where(icon => !known.Contains(icon.name)).Select(icon => $"{Path.GetFileName(icon.file)}: {icon.name}"));
        Assert.All(Navigation.Entries, entry => Assert.Contains(entry.Icon, known));
    }

    [Fact]
    public void No_page_uses_what_the_content_security_policy_would_block()
    {
        var blocked = Directory.EnumerateFiles(Path.Combine(Repository.Root, "host"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => Blocked().Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileName(file)}: {match.Value}"));
        Assert.Empty(blocked);
        Assert.Matches(Blocked(), """<p style="color: red">""");
        Assert.Matches(Blocked(), """<button hx-on:click="alert(1)">""");
        Assert.Matches(Blocked(), """<div hx-trigger="keyup[key=='a']">""");
    }

    [Theory]
    [InlineData(0, "just now")]
    [InlineData(59, "just now")]
    [InlineData(60, "in 1 minute")]
    [InlineData(-3599, "59 minutes ago")]
    [InlineData(3600, "in 1 hour")]
    [InlineData(-86400, "1 day ago")]
    [InlineData(86400 * 8, "in 1 week")]
    [InlineData(-86400 * 800, "2 years ago")]
    public void Relative_times_are_said_in_the_largest_whole_unit(int seconds, string words) =>
        Assert.Equal(words, RelativeTime.Of(Noon.AddSeconds(seconds), Noon));

    [Theory]
    [InlineData(3300000, "EUR", "en-GB", "EUR 33,000")]
    [InlineData(3300050, "EUR", "en-GB", "EUR 33,000.50")]
    [InlineData(3300050, "EUR", "de-DE", "EUR 33.000,50")]
    [InlineData(33000, "JPY", "en-GB", "JPY 33,000")]
    [InlineData(33001, "KWD", "en-GB", "KWD 33.001")]
    [InlineData(-150, "USD", "en-GB", "USD -1.50")]
    public void Amounts_are_written_for_the_reader(long minor, string currency, string locale, string words) =>
        Assert.Equal(words, Money.Format(minor, currency, CultureInfo.GetCultureInfo(locale)));

    [Theory]
    [InlineData("<script>alert(1)</script>", "script>alert")]
    [InlineData("[x](javascript:alert(1))", "javascript")]
    [InlineData("[x](JaVaScRiPt:alert(1))", "javascript")]
    [InlineData("<javascript:alert(1)>", "href=\"javascript")]
    [InlineData("[x](data:text/html,hi)", "data:")]
    [InlineData("[x](//evil.example)", "evil")]
    [InlineData("![x](https://evil.example/pixel.png)", "<img")]
    [InlineData("<img src=x onerror=alert(1)>", "<img")]
    public void Markdown_of_people_brings_no_script_no_pictures_and_no_strange_links(string text, string absent) =>
        Assert.DoesNotContain(absent, MarkdownText.ToHtml(text), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Markdown_keeps_what_is_harmless()
    {
        var html = MarkdownText.ToHtml("**bold** [site](https://example.org) [here](/tasks/7)\n\n- [x] done");
        Assert.Contains("<strong>bold</strong>", html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://example.org\" rel=\"noopener noreferrer nofollow\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/tasks/7\"", html, StringComparison.Ordinal);
        Assert.Contains("checkbox", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Street 1\nTown", true)]
    [InlineData("Have the brochure and the price list at hand. Find out which product suits them and what they\nwould order.", false)]
    [InlineData("The first line of a long address that somebody typed in here:\nno 1", true)]
    public void Lines_end_where_people_ended_them_and_not_where_an_editor_wrapped_a_paragraph(string text, bool ends) =>
        Assert.Equal(ends, MarkdownText.ToHtml(text).Contains("<br", StringComparison.Ordinal));

    [Theory]
    [InlineData("/", true)]
    [InlineData("/tasks?x=//y", true)]
    [InlineData("tasks", false)]
    [InlineData("/\n/evil", false)]
    [InlineData(null, false)]
    public void Local_addresses_are_told_from_others(string? url, bool local) => Assert.Equal(local, LocalUrl.IsLocal(url));

    [GeneratedRegex("""Icon (?:[A-Z]\w*="[^"]*" )*Name="([a-z][a-z0-9-]*)["]""")]
    private static partial Regex IconName();

    /// <summary>Inline styles, inline handlers, and htmx attributes that need eval.</summary>
    [GeneratedRegex("""\sstyle=|\son(?!submit="?[A-Z@])[a-z]+="(?!@)|\shx-on[:-]|hx-(?:vals|headers)="js:|hx-trigger="[^"]*\[|<script(?![^>]*\ssrc=)|<style""")]
    private static partial Regex Blocked();
}
