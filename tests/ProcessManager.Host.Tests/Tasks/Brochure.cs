using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProcessManager.Crm.Contacts;
using ProcessManager.Engine;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Host.Access;
using Directory = System.IO.Directory;

namespace ProcessManager.Host.Tests.Tasks;

/// <summary>A host with an office of people and projects of the shipped brochure plan.</summary>
internal static class Brochure
{
    /// <summary>sam sells, pat and kim ship, mia leads sam, olga owns projects and is away, zoe has nothing to do with any of it.</summary>
    /// <param name="plan">A plan of the test's own beside the shipped ones.</param>
    /// <param name="more">Adds files to the folder of that plan.</param>
    public static async Task<TestHost> Office(string? plan = null, Action<string>? more = null)
    {
        var definitions = plan is null ? Shipped : With(plan);
        more?.Invoke(definitions);
        var host = await TestHost.Start(definitions: definitions);
        await Member(host, "mia", Roles.Manager);
        var olga = await Member(host, "olga", Roles.Creator);
        await host.People.SetGroups(olga, ["sales"], CancellationToken.None);
        // Away, so that calls go to sam; owning projects she goes on.
        await host.People.AddAbsence(olga, new DateOnly(2000, 1, 1), new DateOnly(2100, 1, 1), null, CancellationToken.None);
        await Member(host, "zoe", Roles.User);
        await host.People.SetGroups(await Member(host, "sam", Roles.User), ["sales"], CancellationToken.None);
        await host.People.SetGroups(await Member(host, "pat", Roles.User), ["shipping"], CancellationToken.None);
        await host.People.SetGroups(await Member(host, "kim", Roles.User), ["shipping"], CancellationToken.None);
        var sam = (await host.People.Find("sam", CancellationToken.None))!;
        await host.People.Describe(sam.Id, new PersonDescription(sam.DisplayName, null, null, null, "mia", [Roles.User], ["sales"]), CancellationToken.None);
        return host;
    }

    /// <summary>Starts a project about Ada Ltd; the call back is sam's, who alone of sales is there.</summary>
    public static async Task<long> Start(TestHost host, string prospect = "Ada Ltd")
    {
        var start = new StartProject("brochure-to-customer")
        {
            Owner = "olga",
            NewProspect = ContactBook.Adding(new NewContact(ContactKind.Organisation, prospect) { Phones = ["+43 1 5550100"] }),
            Fields = ImmutableSortedDictionary<string, object?>.Empty.Add("questions", "Does it come in blue?"),
        };
        var started = await host.Services.GetRequiredService<ProcessEngine>().StartAsync(start, Guid.NewGuid().ToString(), "olga", CancellationToken.None);
        if (started is CommandResult.Refused refused) { Assert.Fail(refused.Message); }
        return Assert.IsType<CommandResult.Accepted>(started).Project;
    }

    /// <summary>A project without prospect or fields, owned by olga.</summary>
    public static async Task<long> StartPlain(TestHost host, string plan)
    {
        var started = await host.Services.GetRequiredService<ProcessEngine>().StartAsync(
            new StartProject(plan) { Owner = "olga" }, Guid.NewGuid().ToString(), "olga", CancellationToken.None);
        if (started is CommandResult.Refused refused) { Assert.Fail(refused.Message); }
        return Assert.IsType<CommandResult.Accepted>(started).Project;
    }

    public static Task<TaskRow> Open(TestHost host, long project, string step) =>
        host.Query(db => db.Set<TaskRow>().AsNoTracking().SingleAsync(t => t.ProjectId == project && t.Step == step && t.State == TaskPhase.Open));

    public static Task<TaskRow> Task(TestHost host, long id) => host.Query(db => db.Set<TaskRow>().AsNoTracking().SingleAsync(t => t.Id == id));

    /// <summary>Sells, so that shipping has a task in its queue and an alert to acknowledge.</summary>
    public static async Task Sell(TestHost host, long project)
    {
        var call = await Open(host, project, "call-back");
        var fields = ImmutableSortedDictionary<string, object?>.Empty.Add("product", "Gold").Add("amount", 1200m);
        Assert.IsType<CommandResult.Accepted>(await host.Services.GetRequiredService<ProcessEngine>().SendAsync(
            project, new Command.Complete(call.Number, "sale", fields) { Actor = "sam" }, Guid.NewGuid().ToString(), CancellationToken.None));
    }

    private static string Shipped => Path.Combine(Repository.Root, "definitions");

    /// <summary>A folder with the shipped organisation and calendars, and this plan alone.</summary>
    private static string With(string plan)
    {
        var folder = Directory.CreateTempSubdirectory("pm-test-plans-").FullName;
        foreach (var file in (string[])["organisation.yaml", "calendars/office.yaml"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
            File.Copy(Path.Combine(Shipped, file), Path.Combine(folder, file));
        }

        var id = plan.Split('\n')[0].Split(':')[1].Trim();
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "plans", id)).FullName, "plan.yaml"), plan);
        return folder;
    }

    private static Task<long> Member(TestHost host, string name, string role) => host.Person(name, role);
}
