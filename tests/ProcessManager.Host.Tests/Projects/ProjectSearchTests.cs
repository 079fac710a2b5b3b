using System.Text.Json;
using ProcessManager.Host.Access;
using ProcessManager.Host.Tests.Api;
using ProcessManager.Host.Tests.Tasks;

namespace ProcessManager.Host.Tests.Projects;

public sealed class ProjectSearchTests
{
    private static string Query(string where, string? more = null) => $"/api/v1/projects?where={Uri.EscapeDataString(where)}{more}";

    private static IReadOnlyList<long> Ids(JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("id").GetInt64())];

    private static async Task<ApiClient> Program(TestHost host, string person)
    {
        var known = (await host.People.Find(person, CancellationToken.None))!;
        return new ApiClient(host.Address, await host.People.CreateToken(known.Id, "test", TokenScopes.All, host.Time.GetUtcNow().AddDays(30), CancellationToken.None));
    }

    [Fact]
    public async Task Projects_are_found_by_built_in_fields_by_the_prospect_and_by_the_fields_of_their_plan()
    {
        await using var office = await Office.Open();
        var lake = (await office.Start("Lake", Office.Hotel, fields: [("amount", 12_000.5m), ("expected-close", new DateOnly(2026, 3, 31)), ("product", "Gold"), ("call-on", new DateOnly(2026, 4, 1))])).Row.Id;
        var hill = (await office.Start("Hill", fields: [("amount", 90m), ("product", "Silver"), ("satisfied", true)])).Row.Id;
        var bare = (await office.Start("Bare")).Row.Id;
        using var mara = await Program(office.Host, "mara");
        async Task Finds(string where, params long[] ids)
        {
            var found = Ids(await mara.Get(Query(where, "&plan=brochure-to-customer")));
            Assert.True(ids.Order().SequenceEqual(found.Order()), $"{where} found {string.Join(", ", found)} and not {string.Join(", ", ids)}");
        }

        await Finds("amount > 10000", lake);
        await Finds("amount = 12000.50", lake);
        await Finds("amount * 1.1 > 13200.54", lake);
        await Finds("not(amount > 10000)", hill);
        await Finds("amount = null", bare);
        await Finds("probability >= 0 and stage = \"enquiry\"", lake, hill, bare);
        await Finds("prospect.country in (\"AT\", \"CH\")", lake);
        await Finds("prospect.kind = \"company\" and contains(lower case(prospect.name), \"hotel\")", lake);
        await Finds("expected-close - @\"P1M\" <= @\"2026-02-28\"", lake);
        await Finds("started <= now() and date(started) <= today() and closed = null", lake, hill, bare);
        await Finds("product in [\"Gold\", \"Silver\"] and satisfied", hill);
        await Finds("call-on.month = 4", lake);
        await Finds("title < \"Hj\"", hill, bare);
        await Finds("false");
    }

    [Fact]
    public async Task A_search_finds_nothing_that_its_reader_may_not_see()
    {
        await using var office = await Office.Open();
        var bobs = (await office.Start("Of Bob", owner: "bob")).Row.Id;
        var anns = (await office.Start("Of Ann", owner: "ann")).Row.Id;
        using var eve = await Program(office.Host, "eve");
        using var mara = await Program(office.Host, "mara");
        Assert.Empty(Ids(await eve.Get(Query("true or title != null"))));
        Assert.Equal([anns, bobs], Ids(await mara.Get(Query("true"))));
        Assert.Equal([bobs], Ids(await mara.Get(Query("title = \"Of Bob\" or title = \"x') or 1=1 --\""))));
        Assert.Equal([anns], Ids(await mara.Get(Query("true", "&owner=ann"))));

        var first = await mara.Get(Query("true", "&count=1"));
        Assert.Equal([bobs], Ids(await mara.Get(Query("true", $"&count=1&cursor={Uri.EscapeDataString(first.GetProperty("next").GetString()!)}"))));
        using var file = await mara.Send("GET", "/api/v1/projects/export.csv?where=title%20%3D%20%22Of%20Ann%22");
        var csv = await file.Content.ReadAsStringAsync();
        Assert.Contains("Of Ann", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("Of Bob", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_condition_that_can_not_be_used_is_answered_with_each_mistake_and_its_place()
    {
        await using var office = await Office.Open();
        using var mara = await Program(office.Host, "mara");
        async Task<JsonElement> Refused(string where, string code, int start, int length)
        {
            var problem = await mara.Ask(422, "GET", Query(where));
            Assert.Equal("/problems/invalid-condition", problem.GetProperty("type").GetString());
            var error = problem.GetProperty("errors")[0];
            Assert.Equal((code, start, length), (error.GetProperty("code").GetString()!, error.GetProperty("start").GetInt32(), error.GetProperty("length").GetInt32()));
            return error;
        }

        Assert.Contains("did you mean “amount”", (await Refused("amuont > 5", "PM1510", 0, 6)).GetProperty("message").GetString(), StringComparison.Ordinal);
        await Refused("title = \"a\" and amount > \"5\"", "PM1521", 16, 12);
        Assert.Contains("regular expressions", (await Refused("matches(title, \"^A\")", "PM1525", 0, 20)).GetProperty("message").GetString(), StringComparison.Ordinal);
        await Refused("amount + 1", "PM1523", 0, 10);
        await Refused("", "PM1501", 0, 0);
        await Refused("product = \"Gold\"", "PM1510", 0, 7);
        await Refused($"title = \"{new string('a', 2_000)}\"", "PM1507", 2_000, 10);
        using var export = await mara.Send("GET", "/api/v1/projects/export.csv?where=(");
        Assert.Equal(422, (int)export.StatusCode);
    }

    [Fact]
    public async Task Nothing_is_found_by_a_sensitive_field()
    {
        await using var host = await Brochure.Office("""
            plan: secrets
            name: Secrets
            type: sales
            fields:
              income: { kind: money, label: Income, sensitive: true }
              colour: { kind: text }
            stages:
              one:
                steps:
                  do: { task: Do it }
            """);
        using var mia = await Program(host, "mia");
        await Brochure.StartPlain(host, "secrets");
        var problem = await mia.Ask(422, "GET", Query("income > 5", "&plan=secrets"));
        Assert.Equal("“income” is sensitive: nothing is found by it.", problem.GetProperty("errors")[0].GetProperty("message").GetString());
        Assert.Single(Ids(await mia.Get(Query("colour = null", "&plan=secrets"))));
    }

    [Fact]
    public async Task The_page_of_projects_takes_a_condition_keeps_it_in_the_address_and_says_what_is_wrong_with_it()
    {
        await using var office = await Office.Open();
        await office.Start("Lake", fields: [("amount", 12_000m)]);
        await office.Start("Hill", fields: [("amount", 90m)]);
        var bob = await office.As("bob");
        var page = await bob.Page("/projects?where=" + Uri.EscapeDataString("amount > 10000"));
        Assert.Contains("Lake", page.QuerySelector("#projects")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Hill", page.QuerySelector("#projects")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("amount > 10000", page.QuerySelector("#project-where")!.GetAttribute("value"));
        Assert.Contains("where=amount", page.QuerySelector("#projects")!.GetAttribute("hx-get"), StringComparison.Ordinal);

        var wrong = await bob.Page("/projects?where=" + Uri.EscapeDataString("amuont > <b>"));
        Assert.NotEmpty(wrong.QuerySelectorAll("#where-problem li"));
        Assert.Equal("true", wrong.QuerySelector("#project-where")!.GetAttribute("aria-invalid"));
    }
}
