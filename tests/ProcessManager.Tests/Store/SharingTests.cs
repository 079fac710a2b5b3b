using System.Collections.Immutable;
using ProcessManager.Crm.Contacts;
using ProcessManager.Engine;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Language;
using Xunit;
using Directory = ProcessManager.Flow.Directory;

namespace ProcessManager.Tests.Store;

/// <summary>Work that is shared out stays fair, however many ask at once.</summary>
public sealed class SharingTests
{
    private const string Plan = """
        plan: shared
        name: Shared
        type: sales
        roles:
          team: { label: Team, from: group:sales }
        stages:
          only:
            name: Only
            probability: 0
            steps:
              turn: { task: In turn, assign: group:sales, share: round-robin }
              idle: { task: Whoever is free, assign: group:sales, share: least-busy }
              role: { task: In turn of the role, assign: role:team, share: round-robin }
              manager: { task: For who looks after them, assign: account-manager }
        """;

    [Fact]
    public async Task Eight_callers_at_once_hand_out_turns_evenly()
    {
        await using var store = await OpenAsync();
        var callers = Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++) { await store.StartAsync("shared", "ada"); }
        }));
        await Task.WhenAll(callers);
        var tasks = store.Rows<TaskRow>();
        Assert.Equal(3200, tasks.Count);
        foreach (var step in (string[])["turn", "role"])
        {
            var counts = tasks.Where(t => t.Step == step).GroupBy(t => t.Assignee!).Select(g => g.Count()).ToList();
            Assert.Equal(7, counts.Count);
            Assert.InRange(counts.Max() - counts.Min(), 0, 1);
        }

        // Whoever has the fewest open tasks gets the next one, so in the end all have as many, but for the turns of the last starts.
        var loads = tasks.Where(t => t.Assignee!.StartsWith('m')).GroupBy(t => t.Assignee!).Select(g => g.Count()).ToList();
        Assert.InRange(loads.Max() - loads.Min(), 0, 3);
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task Turns_go_on_where_they_were_after_a_restart()
    {
        await using var store = await OpenAsync();
        var seen = new List<string>();
        for (var i = 0; i < 14; i++)
        {
            var project = (await store.StartAsync("shared", "ada")).Project;
            seen.Add(store.Rows<TaskRow>().Single(t => t.ProjectId == project && t.Step == "role").Assignee!);
            await store.RestartAsync();
        }

        Assert.Equal(7, seen.Take(7).Distinct().Count());
        Assert.Equal(seen.Take(7), seen.Skip(7));
    }

    [Fact]
    public async Task The_account_manager_is_who_looks_after_the_contact()
    {
        await using var store = await OpenAsync();
        var contact = Assert.IsType<AddedContact.Added>(await store.Contacts.AddAsync(
            new NewContact(ContactKind.Company, "Lake Hotel") { AccountManager = "m3" }, StoreFixture.None)).Id;
        Assert.Equal("m3", await AssigneeAsync(contact));
        Assert.True(await store.Contacts.SetAccountManagerAsync(contact, "m5", StoreFixture.None));
        Assert.Equal("m5", await AssigneeAsync(contact));
        Assert.True(await store.Contacts.SetAccountManagerAsync(contact, null, StoreFixture.None));
        Assert.Equal("ada", await AssigneeAsync(contact));
        Assert.False(await store.Contacts.SetAccountManagerAsync(999, "m5", StoreFixture.None));

        async Task<string?> AssigneeAsync(long prospect)
        {
            var project = (await store.StartAsync("shared", "ada", new StartProject("shared") { Prospect = prospect })).Project;
            return store.Rows<TaskRow>().Single(t => t.ProjectId == project && t.Step == "manager").Assignee;
        }
    }

    private static async Task<StoreFixture> OpenAsync()
    {
        var store = await StoreFixture.OpenAsync();
        var members = Enumerable.Range(1, 7).Select(i => $"m{i}").ToImmutableArray();
        store.People.Directory = new Directory
        {
            People = members.Select(m => People.Person(m, m.ToUpperInvariant())).Append(People.Person("ada", "Ada Root", null, true)).ToImmutableDictionary(p => p.Name),
            Groups = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("sales", members),
        };
        store.Engine.DirectoryChanged();
        store.WritePlan("shared", Plan);
        var published = await store.Engine.PublishAsync("ada", null, StoreFixture.None);
        Assert.Empty(published.SelectMany(p => p.Diagnostics).Where(d => d.Severity == Severity.Error).Select(d => d.ToString()));
        return store;
    }
}
