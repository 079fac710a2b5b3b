using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Host.Access;
using ProcessManager.Host.Tests.Api;
using ProcessManager.Host.Tests.Tasks;
using ProcessManager.Tests.Shared;

namespace ProcessManager.Host.Tests.Settings;

/// <summary>Calendars and leave of people, from page and API through the database to due dates.</summary>
public sealed class WorkingTimeTests
{
    private const string Plan = """
        plan: three
        name: Three
        type: sales
        fields: { day: { kind: date, label: Conference date } }
        stages:
          one:
            name: One
            steps:
              owners: { task: Owner's, due: 2 working days, outcomes: { go: , stop: { close: lost } } }
              guards: { task: Guards', assign: group:guards, due: 2 working days }
              sams: { task: Sam's, assign: user:sam, due: 2 working days }
              dated: { task: Dated, due: 2 weeks before field:day }
              later: { task: Later, starts: at field:day }
              rest: { wait: 1 month before field:day }
        """;

    [Fact]
    public async Task Due_dates_count_in_the_calendar_of_the_person_else_the_group_else_the_organisation_and_skip_leave()
    {
        await using var host = await Office();
        var adam = await Program(host, "adam", Roles.Administrator);
        await adam.Ask(204, "PUT", "/api/v1/people/sam/calendar", """{ "calendar": "saturdays" }""");
        var first = await Dues(host);
        Assert.Equal((At(3, 4, 8), At(3, 4, 21), At(3, 21, 9)), (first["owners"], first["guards"], first["sams"]));

        await adam.Ask(204, "PUT", "/api/v1/people/sam/calendar", """{ "calendar": null }""");
        await adam.Ask(204, "POST", "/api/v1/people/sam/absences", """{ "from": "2026-03-03", "to": "2026-03-04", "substitute": "olga" }""");
        var second = await Dues(host);
        Assert.Equal((At(3, 4, 8), At(3, 6, 8)), (second["owners"], second["sams"]));

        var away = Assert.Single((await adam.Get("/api/v1/people/sam/absences")).EnumerateArray());
        Assert.Equal(("2026-03-03", "2026-03-04", "olga"), (away.GetProperty("from").GetString(), away.GetProperty("to").GetString(), away.GetProperty("substitute").GetString()));
        await adam.Ask(204, "DELETE", $"/api/v1/people/sam/absences/{away.GetProperty("id").GetInt64()}");
        Assert.Equal(At(3, 4, 8), (await Dues(host))["sams"]);
    }

    [Fact]
    public async Task A_day_of_leave_is_a_day_of_the_organisations_zone_where_the_person_has_none()
    {
        await using var host = await Office();
        var sam = (await host.People.Find("sam", CancellationToken.None))!;
        await host.People.AddAbsence(sam.Id, new DateOnly(2026, 3, 3), new DateOnly(2026, 3, 3), null, CancellationToken.None);
        var away = Assert.Single((await host.Services.GetRequiredService<Engine.ProcessEngine>().DirectoryAsync(CancellationToken.None)).People["sam"].Away);
        Assert.Equal((At(3, 2, 23), At(3, 3, 23)), (away.From, away.Until));
    }

    [Fact]
    public async Task The_api_says_what_there_is_and_refuses_what_there_is_not()
    {
        await using var host = await Office();
        var adam = await Program(host, "adam", Roles.Administrator);
        await adam.Ask(204, "PUT", "/api/v1/people/sam/calendar", """{ "calendar": "nights" }""");
        Assert.Equal("nights", Named(await adam.Get("/api/v1/people"), "name", "sam").GetProperty("calendar").GetString());
        Assert.Equal("nights", Named(await adam.Get("/api/v1/groups"), "id", "guards").GetProperty("calendar").GetString());
        Assert.Equal("There is no calendar night; there is nights, office, saturdays.", await adam.Refused(422, "invalid", "PUT", "/api/v1/people/sam/calendar", """{ "calendar": "night" }"""));
        await adam.Refused(404, "not-found", "PUT", "/api/v1/people/nobody/calendar", """{ "calendar": "nights" }""");
        await adam.Refused(404, "not-found", "GET", "/api/v1/people/nobody/absences");
        await adam.Refused(404, "not-found", "DELETE", "/api/v1/people/sam/absences/4711");
        await adam.Refused(422, "invalid", "POST", "/api/v1/people/sam/absences", """{ "from": "2026-03-04", "to": "2026-03-03" }""");
        await adam.Refused(422, "invalid", "POST", "/api/v1/people/sam/absences", """{ "from": "2026-03-04", "to": "2026-03-05", "substitute": "nobody" }""");
        await adam.Refused(422, "invalid", "POST", "/api/v1/people/sam/absences", """{ "from": "2026-03-04", "to": "9999-12-31" }""");
        var sam = await Program(host, "sam");
        await sam.Refused(403, "forbidden", "PUT", "/api/v1/people/sam/calendar", """{ "calendar": "nights" }""");
    }

    [Fact]
    public async Task An_administrator_chooses_the_calendar_on_the_persons_page()
    {
        await using var host = await Office();
        var boss = await host.SignIn("boss", Roles.Administrator);
        var page = await boss.Page("/settings/people/sam");
        Assert.Equal(["", "nights", "office", "saturdays"], page.QuerySelectorAll("#calendar option").Select(o => o.GetAttribute("value")));
        await boss.Post("/settings/people/sam", ("_handler", "person"), ("Form.DisplayName", "Sam"), ("Form.Roles", Roles.User), ("Form.Calendar", "saturdays"));
        Assert.Equal("saturdays", (await host.People.Find("sam", CancellationToken.None))!.Calendar);
        Assert.Equal("saturdays", (await boss.Page("/settings/people/sam")).QuerySelector("#calendar option[selected]")!.GetAttribute("value"));

        var refused = await boss.Post("/settings/people/sam", ("_handler", "person"), ("Form.DisplayName", "Sam"), ("Form.Roles", Roles.User), ("Form.Calendar", "mondays"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.NotNull((await TestBrowser.Read(refused)).QuerySelector("#calendar-error"));
        await boss.Post("/settings/people/sam", ("_handler", "person"), ("Form.DisplayName", "Sam"), ("Form.Roles", Roles.User), ("Form.Calendar", ""));
        Assert.Null((await host.People.Find("sam", CancellationToken.None))!.Calendar);
    }

    [Fact]
    public async Task What_has_no_date_yet_says_what_it_waits_for_on_pages_and_in_the_api()
    {
        await using var host = await Office();
        var project = await Brochure.StartPlain(host, "three");
        var boss = await host.SignIn("boss", Roles.Administrator);
        var steps = (await boss.Page($"/projects/{project}")).QuerySelectorAll(".step-list li").Select(l => string.Join(' ', l.TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Contains(steps, s => s.Contains("due 2 weeks before Conference date", StringComparison.Ordinal));
        Assert.Contains(steps, s => s.Contains("opens at Conference date", StringComparison.Ordinal));
        Assert.Contains(steps, s => s.Contains("waits until 1 month before Conference date", StringComparison.Ordinal));
        Assert.Contains("at Conference date", (await boss.Page($"/projects/{project}/steps/later")).QuerySelector("dl.facts")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Due 2 weeks before Conference date", (await boss.Page($"/tasks/{(await Brochure.Open(host, project, "dated")).Id}")).QuerySelector(".task-state")!.TextContent, StringComparison.Ordinal);

        using var adam = await Program(host, "adam", Roles.Administrator);
        var timers = (await adam.Get($"/api/v1/projects/{project}")).GetProperty("timers").EnumerateArray().Select(t => t.GetProperty("moment").GetString());
        Assert.Equal(["1 month before Conference date", "at Conference date"], timers.Order());
    }

    private static async Task<TestHost> Office()
    {
        var folder = Directory.CreateTempSubdirectory("pm-test-time-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "calendars"));
        Directory.CreateDirectory(Path.Combine(folder, "plans", "three"));
        await File.WriteAllTextAsync(Path.Combine(folder, "plans", "three", "plan.yaml"), Plan);
        await File.WriteAllTextAsync(Path.Combine(folder, "organisation.yaml"), """
            organisation: Test House
            zone: Europe/Vienna
            calendar: office
            currencies: [EUR]
            groups: { guards: { name: Guards, calendar: nights } }
            types: { sales: { name: Sale, won: Sold } }
            """);
        foreach (var (id, days, hours) in new[] { ("office", "monday tuesday wednesday thursday friday", "09:00-17:00"), ("nights", "monday tuesday wednesday thursday friday", "22:00-06:00"), ("saturdays", "saturday", "10:00-13:00") })
        {
            var week = string.Join(", ", days.Split(' ').Select(d => $"{d}: \"{hours}\""));
            await File.WriteAllTextAsync(Path.Combine(folder, "calendars", id + ".yaml"), $"calendar: {id}\nweek: {{ {week} }}\n");
        }

        // Monday, 2 March 2026, 09:00 in Vienna.
        var host = await TestHost.Start(definitions: folder, time: new ManualTime(At(3, 2, 8)));
        await host.Person("olga", Roles.Creator);
        var sam = await host.Person("sam");
        await host.People.SetGroups(sam, ["guards"], CancellationToken.None);
        return host;
    }

    private static async Task<ApiClient> Program(TestHost host, string name, params string[] roles)
    {
        var person = await host.Person(name, roles);
        return new ApiClient(host.Address, await host.People.CreateToken(person, "test", TokenScopes.All, host.Time.GetUtcNow().AddDays(300), CancellationToken.None));
    }

    private static async Task<Dictionary<string, DateTimeOffset>> Dues(TestHost host)
    {
        var project = await Brochure.StartPlain(host, "three");
        return await host.Query(db => db.Set<TaskRow>().Where(t => t.ProjectId == project && t.Due != null).ToDictionaryAsync(t => t.Step!, t => t.Due!.Value));
    }

    private static JsonElement Named(JsonElement list, string key, string value) => list.EnumerateArray().Single(e => e.GetProperty(key).GetString() == value);

    private static DateTimeOffset At(int month, int day, int hour) => new(2026, month, day, hour, 0, 0, TimeSpan.Zero);
}
