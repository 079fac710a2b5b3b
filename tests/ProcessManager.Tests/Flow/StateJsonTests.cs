using System.Text;
using System.Text.Json;
using ProcessManager.Flow;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Flow;

/// <summary>Purity, and the state as JSON.</summary>
public class StateJsonTests
{
    private const string Head = """
        fields:
          day: { kind: date }
          at: { kind: time }
          tags: { kind: choices, of: [red, green] }
          sure: { kind: yes-no }
        roles:
          team: { label: Team, from: group:sales }
        """;

    private const string Steps = """
        a: { task: A, assign: group:sales, due: 2 working days, remind: [at due, every 1 day after due at most 5], escalate: [{ after: 1 day, alert: manager }], outcomes: { fine: , again: { redo: a, in: 1 day }, back: { goto: two } } }
        b: { task: B, after: a.fine, starts: at field:day }
        v: { approval: V, assign: group:finance, need: 2 }
        c: { task: C, after: [b, v], outcomes: { fine: , again: { redo: v } } }
        """;

    private const string Two = """
        two:
          name: Two
          steps:
            x: { task: X, outcomes: { on: , back: { goto: one } } }
        """;

    [Fact]
    public void State_makes_the_round_trip_through_json_at_every_stop()
    {
        foreach (var state in Stops(out var plan))
        {
            var json = ProjectStateJson.Write(state);
            var read = ProjectStateJson.Read(json, plan);
            Assert.Equal(Encoding.UTF8.GetString(json), Encoding.UTF8.GetString(ProjectStateJson.Write(read)));
            Assert.Equal(Full(state), Full(read));
        }
    }

    [Fact]
    public void The_same_input_twice_gives_the_same_state_and_events()
    {
        var (one, other) = (Story(), Story());
        Assert.Equal(one.All.Select(Full), other.All.Select(Full));
        Assert.Equal(ProjectStateJson.Write(one.State), ProjectStateJson.Write(other.State));
    }

    [Fact]
    public void A_state_read_from_json_goes_on_like_the_one_that_was_written()
    {
        var one = Story();
        var again = ProjectStateJson.Read(ProjectStateJson.Write(one.State), one.Plan);
        var command = new Command.FireTimers();
        var later = one.Now.AddDays(30);
        var (a, b) = (Stepper.Advance(one.Plan, one.State, command, one.Facts, later), Stepper.Advance(one.Plan, again, command, one.Facts, later));
        Assert.Equal(((Decision.Accepted)a).Events.Select(Full), ((Decision.Accepted)b).Events.Select(Full));
    }

    [Fact]
    public void Unknown_members_are_skipped_and_what_is_no_state_is_refused()
    {
        var project = Project.Of("a: { task: A }");
        var text = Encoding.UTF8.GetString(ProjectStateJson.Write(project.State));
        var more = text.Replace("{\"owner\"", "{\"new\":{\"deep\":[1,{\"x\":2}]},\"owner\"", StringComparison.Ordinal);
        Assert.NotEqual(text, more);
        Assert.Equal(Full(project.State), Full(ProjectStateJson.Read(Encoding.UTF8.GetBytes(more), project.Plan)));
        Assert.Throws<JsonException>(() => ProjectStateJson.Read("{}"u8, project.Plan));
    }

    [Fact]
    public void Fields_keep_their_kinds()
    {
        var project = Project.Of("a: { task: A }", Head).Set(
            ("day", new DateOnly(2026, 5, 1)), ("at", new DateTimeOffset(2026, 5, 1, 10, 0, 0, TimeSpan.FromHours(2))),
            ("tags", new[] { "red" }), ("sure", true), ("amount", 12.50m), ("title", "Ä “title”"));
        var read = ProjectStateJson.Read(ProjectStateJson.Write(project.State), project.Plan).Fields;
        Assert.All(project.State.Fields, f => Assert.True(FieldValues.Same(f.Value, read[f.Key]), f.Key));
        Assert.Equal(project.State.Fields.Keys, read.Keys);
    }

    [Fact]
    public void A_fresh_project_is_small()
    {
        var project = Project.Of("a: { task: A }\nb: { task: B, after: a }\nc: { task: C, after: b }\nd: { task: D, after: c }");
        Assert.InRange(ProjectStateJson.Write(project.State).Length, 100, 600);
    }

    [Fact]
    public void Members_messages_requests_and_added_tasks_make_the_round_trip_too()
    {
        var project = new Project(Plans.OfSteps(
            """
            a: { task: A, each: role:crew, due: 1 day, expire: { after: 9 days, outcome: no }, outcomes: [yes, no] }
            r: { receive: x, each: tags, form: [day, tags], expire: { after: 2 days, outcome: timed-out } }
            s: { letter: quote }
            k: { start: deliver-order, until: closed, each: role:crew }
            later: { receive: y, form: [day, sure, amount], after: a }
            o: { task: O, notify: { overdue: owner }, due: 1 day }
            z: { task: Z, after: [a, r, s, k, later], outcomes: { on: , back: { goto: two } } }
            """, Head + "\n  crew: { label: Crew, from: group:finance }", more: Two), at: Plans.Monday).Start(("tags", new[] { "red", "green" }));
        Action<Project>[] life =
        [
            p => p.Do(new Command.Complete(p.Task("a", "fay").Number, "yes", Project.Fields()) { Actor = "fay" }),
            p => p.Do(new Command.SetRole("crew", ["fay", "fred"]) { Actor = "owen" }),
            p => p.Do(ReceiveTests.Message("x", "m1", ("day", "2026-05-01"))),
            p => p.Do(ReceiveTests.Message("y", "m2", ("day", "2026-06-01"), ("sure", "yes"), ("amount", 12.5m)) with { Actor = "sam" }),
            p => p.Do(new Command.Filed("s", 1, null, "doc", "Letter.docx")),
            p => p.Do(new Command.ChildStarted("k", 1, "fay", "child-1")),
            p => p.Do(new Command.AddTask("More", "Do more", "sam", null, p.Now.AddDays(1), Priority.High) { Actor = "owen" }),
            p => p.Do(new Command.AddTask("Less", null, null, "sales", null, Priority.Normal) { Actor = "owen" }),
            p => p.Do(new Command.SetOwner("lea") { Actor = "owen" }),
            p => p.PassDays(3),
            p => p.Bypass("a", "done"),
        ];
        foreach (var step in life)
        {
            step(project);
            var json = ProjectStateJson.Write(project.State);
            var read = ProjectStateJson.Read(json, project.Plan);
            Assert.Equal(Encoding.UTF8.GetString(json), Encoding.UTF8.GetString(ProjectStateJson.Write(read)));
            Assert.Equal(Full(project.State), Full(read));
        }

        Assert.Equal(("doc", "child-1"), (project["s"].Document, project["k"].Members[0].Child));
        Assert.Equal(["yes"], project["a"].Last!.Outcomes.AsEnumerable());
    }

    [Fact]
    public void Nothing_is_written_of_what_a_project_does_not_have()
    {
        var text = Encoding.UTF8.GetString(ProjectStateJson.Write(Project.Of("a: { task: A }").State));
        Assert.All(["members", "messages", "received", "extra", "depth", "child", "document", "outcomes", "automatic", "automaticAt", "handedOver"], n => Assert.DoesNotContain($"\"{n}\"", text, StringComparison.Ordinal));
    }

    private static List<ProjectState> Stops(out Plan plan)
    {
        List<ProjectState> states = [];
        plan = Story(p => states.Add(p.State)).Plan;
        return states;
    }

    /// <summary>A life with a bit of everything.</summary>
    private static Project Story(Action<Project>? stop = null)
    {
        var project = new Project(Plans.OfSteps(Steps, Head, "within: 5 days", Two)).Start(("amount", 10m));
        Action<Project>[] life =
        [
            p => p.Do(new Command.Claim(p.Task("a").Number) { Actor = "sue" }),
            p => p.Vote("v", "fay", true),
            p => p.PassDays(4),
            p => p.Complete("a", "again"),
            p => p.PassDays(1),
            p => p.Do(new Command.SetDue(p.Task("a").Number, p.Now.AddDays(9)) { Actor = "owen" }),
            p => p.Bypass("c", "fine"),
            p => p.Do(new Command.PutOnHold("Holidays") { Actor = "owen" }),
            p => p.Set(("day", new DateOnly(2026, 4, 1)), ("tags", new[] { "red", "green" }), ("sure", false)),
            p => { p.Now = p.Now.AddDays(3); p.Do(new Command.Resume { Actor = "owen" }); },
            p => p.Do(new Command.OverrideProbability(77) { Actor = "owen" }),
            p => p.Complete("a", "back", "sue"),
            p => p.Complete("x", "back"),
            p => p.Complete("a", "fine"),
        ];
        stop?.Invoke(project);
        foreach (var step in life)
        {
            step(project);
            stop?.Invoke(project);
        }

        return project;
    }

    private static string Full(object value) => JsonSerializer.Serialize(value, value.GetType());
}
