using System.Collections.Immutable;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProcessManager.Engine;
using ProcessManager.Engine.Store.Rows;

namespace ProcessManager.Host.Tests.Tasks;

/// <summary>The tasks of a step that opens for each member, on the pages of those who do them.</summary>
public sealed class MemberTaskTests
{
    private const string Plan = """
        plan: crowd
        name: Crowd
        type: sales
        fields:
          reason: { kind: text, label: Reason }
        roles:
          crew: { label: Crew }
        stages:
          only:
            name: Only
            probability: 0
            steps:
              ask:
                task: "Join in, {{item}}"
                each: role:crew
                need: 2 accept
                outcomes: { accept: , decline: { ask: [reason!] }, too-few: { close: lost } }
              end: { task: End, after: ask.accept }
        """;

    [Fact]
    public async Task Each_member_chooses_among_what_a_member_can_choose_and_the_step_settles_with_enough_of_them()
    {
        await using var host = await Brochure.Office(Plan);
        var roles = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add("crew", ["sam", "pat", "kim"]);
        var started = await host.Services.GetRequiredService<ProcessEngine>().StartAsync(
            new StartProject("crowd") { Owner = "olga", Roles = roles }, "start", "olga", CancellationToken.None);
        var project = Assert.IsType<CommandResult.Accepted>(started).Project;
        var tasks = (await host.Query(db => db.Set<TaskRow>().AsNoTracking().Where(t => t.ProjectId == project).ToListAsync())).ToDictionary(t => t.Member);
        using var sam = await host.SignIn("sam");
        var panel = await TestBrowser.Read(await sam.Htmx(HttpMethod.Get, $"/tasks/{tasks["sam"].Id}/panel"));
        Assert.Equal(["accept", "decline"], panel.QuerySelectorAll("[data-outcome-button]").Select(b => b.GetAttribute("value")!));
        using (var missing = await sam.Htmx(HttpMethod.Post, $"/tasks/{tasks["sam"].Id}/complete", ("outcome", "decline")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, missing.StatusCode);
        }

        using (var declined = await sam.Htmx(HttpMethod.Post, $"/tasks/{tasks["sam"].Id}/complete", ("outcome", "decline"), ("field.reason", "no time"))) { Assert.Equal(HttpStatusCode.NoContent, declined.StatusCode); }
        foreach (var name in (string[])["pat", "kim"])
        {
            using var person = await host.SignIn(name);
            using var accepted = await person.Htmx(HttpMethod.Post, $"/tasks/{tasks[name].Id}/complete", ("outcome", "accept"));
            Assert.Equal(HttpStatusCode.NoContent, accepted.StatusCode);
        }

        Assert.Equal("olga", (await Brochure.Open(host, project, "end")).Assignee);
        Assert.Equal([("sam", "decline"), ("pat", "accept"), ("kim", "accept")],
            (await host.Query(db => db.Set<TaskRow>().AsNoTracking().Where(t => t.ProjectId == project && t.Step == "ask").OrderBy(t => t.Number).ToListAsync())).Select(t => (t.Member, t.Outcome!)));
    }
}
