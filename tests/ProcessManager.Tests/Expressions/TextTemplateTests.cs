using System.Globalization;
using ProcessManager.Language;
using ProcessManager.Language.Expressions;
using Xunit;

namespace ProcessManager.Tests.Expressions;

public class TextTemplateTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("Plain text, { braces } and }} too", "Plain text, { braces } and }} too")]
    [InlineData("Call {{prospect.name}} back", "Call Ada Ltd back")]
    [InlineData("{{ product }}{{product}}", "GoldGold")]
    [InlineData("Nothing: {{nothing}}.", "Nothing: .")]
    [InlineData("{{1 / 0}}", "")]
    [InlineData("{{amount}} and {{discount}} and {{1234.50}}", "12,000 and 5 and 1234.5")]
    [InlineData("{{amount / 7}}", "1714.2857142857142857142857143")]
    [InlineData("on {{call-on}}", "on 10 March 2026")]
    [InlineData("at {{opens}}", "at 09:30")]
    [InlineData("since {{started}}", "since 2 March 2026 00:30")]
    [InlineData("{{effort}}, {{term}}, {{@\"PT0S\"}}", "1 day 2 hours, 1 year 6 months, 0 seconds")]
    [InlineData("{{urgent}} {{unknown-yet}} {{not(urgent)}}", "yes  no")]
    [InlineData("{{tags}}", "new, web")]
    [InlineData("{{people}}", "Ann, Bob, Cid")]
    [InlineData("{{prospect}} by {{prospect.owner}}", "Ada Ltd by Sam")]
    [InlineData("{{limits}}", "1 – 10")]
    [InlineData("{{ \"}}\" }}", "}}")]
    [InlineData("{{ {a: {b: 1}}.a.b }}", "1")]
    [InlineData("{{ \"\\\"}}\" }}", "\"}}")]
    [InlineData("\\{{ is two braces", "{{ is two braces")]
    [InlineData("a\\b {{product}}", "a\\b Gold")]
    [InlineData("{{if urgent then \"now\" else \"later\"}}", "now")]
    public void A_template_renders(string template, string expected) => Assert.Equal(expected, Compile(template).Render(Sample.Context()));

    [Theory]
    [InlineData("de-AT", "12 000,5 am 10. März 2026 um 09:30")]
    [InlineData("en-US", "12,000.5 am March 10, 2026 um 9:30 AM")]
    public void A_culture_writes_numbers_and_dates_its_way(string culture, string expected)
    {
        var template = Compile("{{amount + 0.5}} am {{call-on}} um {{opens}}");

        // The blank between thousands and before AM is a no-break space in some cultures.
        var rendered = template.Render(Sample.Context(), CultureInfo.GetCultureInfo(culture)).Replace('\u00A0', ' ').Replace('\u202F', ' ');

        Assert.Equal(expected, rendered);
    }

    [Fact]
    public void Holes_are_told_apart_from_constants()
    {
        Assert.True(Compile("Plain").IsConstant);
        Assert.False(Compile("{{product}}").IsConstant);
        Assert.Equal("amount product", string.Join(' ', Compile("{{product}} {{amount}} {{product}}").Uses));
        Assert.Equal("a {{amount + 1}} \\{{", Compile("a {{ (amount)+1 }} \\{{").Canonical);
    }

    [Theory]
    [InlineData("Call {{prospect.name", "PM1530 5+2 This {{ isn't closed by }}.")]
    [InlineData("Call {{prospect.nme}}", "PM1511 16+3 “prospect” has no “nme”; did you mean “name”?")]
    [InlineData("{{}}", "PM1501 2+0 An expression is missing here.")]
    [InlineData("{{amuont}} {{produtc}}", "PM1510 2+6 “amuont” isn't known; did you mean “amount”? ¦ PM1510 13+7 “produtc” isn't known; did you mean “product”?")]
    [InlineData("{{ \"open }} and more", "PM1503 3+1 This text isn't closed by a \".")]
    public void A_mistake_is_told_with_its_place(string template, string expected)
    {
        var diagnostics = new List<Diagnostic>();

        Assert.Null(TextTemplate.Compile(SourceText.Of(template), Sample.Scope, diagnostics));
        Assert.Equal(expected, Cases.Describe(diagnostics));
    }

    private static TextTemplate Compile(string text)
    {
        var diagnostics = new List<Diagnostic>();
        var template = TextTemplate.Compile(SourceText.Of(text), Sample.Scope, diagnostics);
        Assert.True(template is not null, string.Join('\n', diagnostics));
        return template;
    }
}
