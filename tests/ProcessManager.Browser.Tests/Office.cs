using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ProcessManager.Crm.Contacts;
using ProcessManager.Engine;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Host.Access;
using ProcessManager.Host.Tests;
using ProcessManager.Tests.Shared;
using Directory = System.IO.Directory;

namespace ProcessManager.Browser.Tests;

/// <summary>
/// A host with the shipped plans, and people who sit down at it: fay at the front desk, sam who sells, pat and kim who ship (kim leads
/// there and sees all), flo and fred of finance, and mia, who leads sales.
/// </summary>
internal sealed class Office : IAsyncDisposable
{
    private readonly Chromium chromium;
    private readonly string data = Directory.CreateTempSubdirectory("pm-office-").FullName;
    private readonly List<IBrowserContext> open = [];

    private Office(Chromium chromium) => this.chromium = chromium;

    public TestHost Host { get; private set; } = null!;

    public ProcessEngine Engine => Host.Services.GetRequiredService<ProcessEngine>();

    public static async Task<Office> Open(Chromium chromium)
    {
        var office = new Office(chromium);
        await office.StartHost("http://127.0.0.1:0", new ManualTime());
        await office.Hire("mia", Roles.Manager, "sales-leads");
        await office.Hire("fay", Roles.Creator);
        await office.Hire("sam", Roles.User, "sales");
        await office.Hire("pat", Roles.User, "shipping");
        await office.Hire("kim", Roles.Manager, "shipping");
        await office.Hire("flo", Roles.User, "finance");
        await office.Hire("fred", Roles.User, "finance");
        return office;
    }

    /// <summary>Ends the host and starts it again on its data, at the same address.</summary>
    public async Task RestartHost()
    {
        var (address, time) = (Host.Address, Host.Time);
        await Host.DisposeAsync();
        await StartHost(address.ToString().TrimEnd('/'), time);
    }

    /// <summary>Lets time pass and the engine do all that became due.</summary>
    public async Task Pass(TimeSpan time)
    {
        // The clock jumps: the engine's lanes, which look for work every few seconds, would else look some hundred thousand times.
        Host.Time.Jump(Host.Time.GetUtcNow() + time);
        await Engine.RunDueAsync(CancellationToken.None);
    }

    /// <summary>Signs in as somebody would, on a window of their own, and goes to <paramref name="path"/>.</summary>
    public async Task<Desk> SitDown(string person, string path = "/")
    {
        var desk = await Window();
        await desk.SignIn(person, TestHost.Password);
        if (path != "/") { await desk.Page.GotoAsync(path); }
        return desk;
    }

    /// <summary>A window in which nobody is signed in.</summary>
    public async Task<Desk> Window()
    {
        var context = await Desk.Context(chromium.Browser, Host);
        open.Add(context);
        return await Desk.Open(context);
    }

    /// <summary>Starts a project about a new organisation; sam owns it.</summary>
    public async Task<long> Start(string plan, string prospect, params (string Field, object? Value)[] fields)
    {
        var start = new StartProject(plan)
        {
            Owner = "sam",
            NewProspect = ContactBook.Adding(new NewContact(ContactKind.Organisation, prospect)),
            Fields = fields.ToImmutableSortedDictionary(f => f.Field, f => f.Value, StringComparer.Ordinal),
        };
        var started = await Engine.StartAsync(start, Guid.NewGuid().ToString(), "sam", CancellationToken.None);
        if (started is CommandResult.Refused refused) { Assert.Fail(refused.Message); }
        return Assert.IsType<CommandResult.Accepted>(started).Project;
    }

    public async Task Complete(long project, string step, string? outcome, string by, params (string Field, object? Value)[] fields)
    {
        var task = await Host.Query(db => db.Set<TaskRow>().AsNoTracking().SingleAsync(t => t.ProjectId == project && t.Step == step && t.State == TaskPhase.Open));
        var values = fields.ToImmutableSortedDictionary(f => f.Field, f => f.Value, StringComparer.Ordinal);
        var done = await Engine.SendAsync(project, new Command.Complete(task.Number, outcome, values) { Actor = by }, Guid.NewGuid().ToString(), CancellationToken.None);
        if (done is CommandResult.Refused refused) { Assert.Fail(refused.Message); }
    }

    public Task<ProjectRow> Project(long id) => Host.Query(db => db.Set<ProjectRow>().AsNoTracking().SingleAsync(p => p.Id == id));

    public Task<List<TaskRow>> Tasks(long project) => Host.Query(db => db.Set<TaskRow>().AsNoTracking().Where(t => t.ProjectId == project).OrderBy(t => t.Id).ToListAsync());

    public Task<List<AlertRow>> Alerts(long project, string text) => Host.Query(db => db.Set<AlertRow>().AsNoTracking().Where(a => a.ProjectId == project && a.Text == text).ToListAsync());

    public async ValueTask DisposeAsync()
    {
        foreach (var context in open) { await context.CloseAsync(); }
        await Host.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(data, recursive: true);
    }

    private async Task StartHost(string address, ManualTime time) =>
        Host = await TestHost.Start(definitions: Path.Combine(Repository.Root, "definitions"), data: data, time: time, args: ["--urls", address]);

    private async Task Hire(string name, string role, params string[] groups) =>
        await Host.People.SetGroups(await Host.Person(name, role), groups, CancellationToken.None);
}
