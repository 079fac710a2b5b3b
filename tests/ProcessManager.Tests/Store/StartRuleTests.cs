using System.Collections.Immutable;
using ProcessManager.Crm.Contacts;
using ProcessManager.Engine;
using ProcessManager.Engine.Running;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Language;
using ProcessManager.Language.Time;
using Xunit;

namespace ProcessManager.Tests.Store;

public sealed class StartRuleTests
{
    private const string Plan = """
        plan: intake
        name: Intake
        type: sales
        fields:
          product: { kind: choice, of: [Bronze, Silver] }
        start:
          - { message: call-logged, owner: user:bob, when: message.urgent = true, fields: { title: message.subject } }
          - { form: enquiry, ask: [product!, amount], owner: user:ann, when: amount = null or amount > 10, fields: { source-code: '"WEB"' } }
          - { every: monday at 08:30, owner: user:meg, fields: { title: '"Weekly"' } }
        stages:
          only:
            name: Only
            probability: 0
            steps:
              call: { task: Call, assign: owner }
        """;

    [Fact]
    public async Task A_message_starts_a_project_once_with_the_rules_owner_and_fields()
    {
        await using var store = await OpenAsync();
        var first = await TakeAsync(store, "k1", ("urgent", true), ("subject", "It burns"));
        var again = await TakeAsync(store, "k1", ("urgent", true), ("subject", "It burns"));
        var other = await TakeAsync(store, "k2", ("urgent", true), ("subject", "It burns again"));
        Assert.Equal((false, true, false), (first.Repeated, again.Repeated, other.Repeated));
        Assert.Equal(Assert.Single(first.Projects), Assert.Single(again.Projects));
        var project = store.Rows<ProjectRow>().Single(p => p.Id == first.Projects[0]);
        Assert.Equal(("It burns", "bob", (string?)null), (project.Title, project.Owner, project.Creator));
        Assert.Equal(2, store.Rows<ProjectRow>().Count);
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_message_whose_condition_does_not_hold_starts_nothing()
    {
        await using var store = await OpenAsync();
        Assert.Empty((await TakeAsync(store, "k1", ("urgent", false), ("subject", "Later"))).Projects);
        Assert.Empty((await TakeAsync(store, "k2", ("subject", "Later"))).Projects);
        Assert.Empty(store.Rows<ProjectRow>());
        var unknown = await store.Engine.StartRules.TakeAsync(new IncomingMessage("nothing", "k"), StoreFixture.None);
        Assert.Equal(Refusal.NotFound, Assert.IsType<Taken.Refused>(unknown).Reason);
    }

    [Fact]
    public async Task The_same_message_sent_by_many_at_once_starts_one_project()
    {
        await using var store = await OpenAsync();
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => TakeAsync(store, "k1", ("urgent", true), ("subject", "It burns")))));
        Assert.Single(all, t => !t.Repeated);
        Assert.Single(all.SelectMany(t => t.Projects).Distinct());
        Assert.Single(store.Rows<ProjectRow>());
    }

    [Fact]
    public async Task A_form_writes_its_contact_and_project_together_and_once()
    {
        await using var store = await OpenAsync();
        Task<Taken> Send(string submission, string email) => store.Engine.StartRules.TakeAsync(
            new FilledForm("enquiry", submission, Fields(("product", "Silver"), ("amount", "12")))
            {
                NewProspect = ContactBook.Finding(new NewContact(ContactKind.Individual, "Ada Example") { Emails = [email] }),
            }, StoreFixture.None);
        var first = Assert.IsType<Taken.Started>(await Send("s1", "ada@example.org"));
        Assert.True(Assert.IsType<Taken.Started>(await Send("s1", "ada@example.org")).Repeated);
        await Send("s2", "ADA@example.org");
        Assert.Single(store.Rows<ContactRow>());
        Assert.Equal(2, store.Rows<ProjectRow>().Count);
        var project = store.Rows<ProjectRow>()[0];
        Assert.Equal((first.Projects[0], "ann", "WEB", 1200L, store.Rows<ContactRow>()[0].Id), (project.Id, project.Owner, project.SourceCode, project.AmountMinor, project.ProspectId!.Value));
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_form_that_is_incomplete_or_asks_for_more_is_refused_and_writes_nothing()
    {
        await using var store = await OpenAsync();
        Task<Taken> Send(params (string, object?)[] fields) => store.Engine.StartRules.TakeAsync(
            new FilledForm("enquiry", "s1", Fields(fields))
            {
                NewProspect = ContactBook.Finding(new NewContact(ContactKind.Individual, "Ada") { Emails = ["ada@example.org"] }),
            }, StoreFixture.None);
        Assert.Contains("fill", Assert.IsType<Taken.Refused>(await Send(("amount", 1m))).Message, StringComparison.Ordinal);
        Assert.IsType<Taken.Refused>(await Send(("product", "Gold")));
        Assert.IsType<Taken.Refused>(await Send(("product", "Silver"), ("amount", "much")));
        Assert.Empty(Assert.IsType<Taken.Started>(await Send(("product", "Silver"), ("amount", "7"))).Projects);
        Assert.IsType<Taken.Refused>(await Send(("product", "Silver"), ("title", "Mine")));
        Assert.Empty(store.Rows<ContactRow>());
        Assert.Empty(store.Rows<ProjectRow>());
    }

    [Fact]
    public async Task A_schedule_starts_a_project_at_each_of_its_times_and_once_for_all_it_missed()
    {
        await using var store = await OpenAsync();
        Assert.Equal(StoreFixture.Monday.AddMinutes(30), Assert.Single(store.Rows<WorkRow>()).Due);
        await store.PassAsync(TimeSpan.FromMinutes(29));
        Assert.Empty(store.Rows<ProjectRow>());
        await store.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(("Weekly", "meg"), Assert.Single(store.Rows<ProjectRow>()) is var p ? (p.Title, p.Owner) : default);
        await store.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Single(store.Rows<ProjectRow>());
        store.Clock.Pass(TimeSpan.FromDays(20));
        await store.RestartAsync();
        await store.RunUntilIdleAsync();
        Assert.Equal(2, store.Rows<ProjectRow>().Count);
        Assert.Equal(StoreFixture.Monday.AddDays(21).AddMinutes(30), Assert.Single(store.Rows<WorkRow>()).Due);
        await store.PassAsync(TimeSpan.FromDays(7));
        Assert.Equal(3, store.Rows<ProjectRow>().Count);
        Assert.Equal(3, store.Rows<RuleStartRow>().Count);
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_schedule_that_the_plan_no_longer_has_is_forgotten_and_a_new_one_is_kept()
    {
        await using var store = await OpenAsync();
        store.WritePlan("intake", Plan.Replace("every: monday at 08:30", "every: tuesday at 09:00", StringComparison.Ordinal));
        await store.Engine.PublishAsync("ann", null, StoreFixture.None);
        Assert.Equal(StoreFixture.Monday.AddDays(1).AddHours(1), Assert.Single(store.Rows<WorkRow>()).Due);
        store.WritePlan("intake", string.Join('\n', Plan.Split('\n').Where(l => !l.Contains("every:", StringComparison.Ordinal))));
        await store.Engine.PublishAsync("ann", null, StoreFixture.None);
        Assert.Empty(store.Rows<WorkRow>());
    }

    [Fact]
    public async Task A_schedule_that_cannot_start_its_project_says_so_and_comes_again()
    {
        await using var store = await OpenAsync(Plan.Replace("of: [Bronze, Silver] }", "of: [Bronze, Silver], required: always }", StringComparison.Ordinal));
        await store.PassAsync(TimeSpan.FromMinutes(31));
        Assert.Empty(store.Rows<ProjectRow>());
        var rows = store.Rows<WorkRow>();
        Assert.Equal(2, rows.Count);
        Assert.Contains(rows, w => w.LastError?.Contains("Please fill", StringComparison.Ordinal) == true);
        Assert.Contains(rows, w => w.Due == StoreFixture.Monday.AddDays(7).AddMinutes(30));
    }

    /// <summary>Each schedule in Vienna: after a moment, the local times that follow.</summary>
    [Theory]
    [InlineData("day at 02:30", "2026-03-28T12:00Z", "2026-03-29T02:30 2026-03-29T01:00Z", "2026-03-30T02:30 2026-03-30T00:30Z")]
    [InlineData("day at 02:30", "2026-10-24T12:00Z", "2026-10-25T02:30 2026-10-25T00:30Z", "2026-10-26T02:30 2026-10-26T01:30Z")]
    [InlineData("31 day of the month at 12:00", "2026-01-31T12:00Z", "2026-02-28T12:00 2026-02-28T11:00Z", "2026-03-31T12:00 2026-03-31T10:00Z")]
    [InlineData("working day at 08:00", "2026-03-06T09:00Z", "2026-03-09T08:00 2026-03-09T07:00Z", "2026-03-10T08:00 2026-03-10T07:00Z")]
    [InlineData("thursday and monday at 23:59", "2026-03-02T22:59Z", "2026-03-05T23:59 2026-03-05T22:59Z", "2026-03-09T23:59 2026-03-09T22:59Z")]
    public void A_schedule_keeps_the_clock_on_the_wall(string schedule, string after, params string[] expected)
    {
        var mistakes = new List<Diagnostic>();
        var parsed = ScheduleParser.Parse(SourceText.Of(schedule), mistakes);
        Assert.Empty(mistakes);
        var week = Definitions.Read(
        [
            new DefinitionFile("calendars/office.yaml", System.Text.Encoding.UTF8.GetBytes(StorePlans.Calendar.Replace("zone: UTC", "zone: Europe/Vienna", StringComparison.Ordinal))),
        ]).Calendars["office"];
        var at = DateTimeOffset.Parse(after, System.Globalization.CultureInfo.InvariantCulture);
        foreach (var next in expected)
        {
            var found = ScheduleClock.Next(parsed!, week, at)!.Value;
            Assert.Equal(next, $"{found.Name} {found.At.UtcDateTime:yyyy-MM-ddTHH:mm}Z");
            at = found.At;
        }
    }

    private static ImmutableSortedDictionary<string, object?> Fields(params (string Name, object? Value)[] fields) =>
        fields.ToImmutableSortedDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);

    private static async Task<Taken.Started> TakeAsync(StoreFixture store, string key, params (string Name, object? Value)[] fields) => Assert.IsType<Taken.Started>(
        await store.Engine.StartRules.TakeAsync(new IncomingMessage("call-logged", key) { Fields = Fields(fields) }, StoreFixture.None));

    private static async Task<StoreFixture> OpenAsync(string plan = Plan)
    {
        var store = await StoreFixture.OpenAsync();
        store.WritePlan("intake", plan);
        var published = await store.Engine.PublishAsync("ann", null, StoreFixture.None);
        Assert.Empty(published.SelectMany(p => p.Diagnostics).Where(d => d.Severity == Severity.Error).Select(d => d.ToString()));
        return store;
    }
}
