using System.Text.Json;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Plans;

public class ElsaExportTests
{
    public static TheoryData<string> Shipped => [.. Repository.Definitions.PlanIds];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void The_definition_of_a_shipped_plan_is_as_accepted(string id)
    {
        var actual = ElsaExport.Write(PlanCompiler.Compile(Repository.Definitions, id).Plan!) + "\n";
        var file = Path.Combine(Repository.Root, "tests", "Exports", id + ".elsa.json");
        if (GoldenFolder.Accepts)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }

        Assert.True(File.Exists(file), $"{file} is missing: UPDATE_GOLDEN=1 writes it.");
        Assert.True(File.ReadAllText(file) == actual, $"{id} differs from what was accepted: UPDATE_GOLDEN=1 accepts it.");
    }

    [Theory]
    [InlineData("example")]
    [InlineData("every-kind")]
    public void The_definition_of_a_plan_is_as_accepted(string name)
    {
        var folder = new GoldenFolder(name);
        folder.Check("elsa.json", ElsaExport.Write(PlanCompiler.Compile(folder.Definitions, folder.Plan).Plan!) + "\n");
    }

    [Fact]
    public void Every_arrow_leads_from_a_port_that_is_there_to_an_activity_that_is_there_and_ids_are_unique()
    {
        foreach (var plan in Plans.All)
        {
            var graph = ElsaExport.Graph(plan);
            var byId = graph.Activities.ToDictionary(a => a.Id);
            Assert.All(graph.Connections, c => Assert.True(byId.ContainsKey(c.Target) && byId[c.Source].Ports.Contains(c.Port), $"{plan.Id}: {c}"));
            Assert.Equal(graph.Connections.Length, graph.Connections.Distinct().Count());
            Assert.Equal(ElsaGraph.StartId, graph.Activities[0].Id);
        }
    }

    [Fact]
    public void Every_step_is_an_activity_with_its_own_id_and_its_outcomes_as_ports()
    {
        foreach (var plan in Plans.All)
        {
            var graph = ElsaExport.Graph(plan);
            foreach (var step in plan.Steps)
            {
                var activity = graph.Find(step.Id)!;
                Assert.StartsWith("ProcessManager.", activity.Type, StringComparison.Ordinal);
                Assert.Equal(step.Id, activity.Inputs.Single(i => i.Key == "step").Value);
                Assert.Superset(step.Outcomes.Select(o => o.Id).ToHashSet(), activity.Ports.ToHashSet());
            }
        }
    }

    [Fact]
    public void Every_way_redo_leaving_and_closing_of_a_plan_is_an_arrow()
    {
        foreach (var plan in Plans.All)
        {
            var graph = ElsaExport.Graph(plan);
            bool Leads(string source, string port, string target) => graph.Connections.Contains(new ElsaConnection(source, port, target));
            foreach (var step in plan.Steps)
            {
                Assert.All(step.After.Ways, w => Assert.Contains(graph.Connections, c => c.Source == plan.Steps[w.Step].Id && c.Target == step.Id && (w.Outcome is null || c.Port == w.Outcome)));
                foreach (var outcome in step.Outcomes)
                {
                    Assert.True(outcome.Effect switch
                    {
                        Effect.Redo redo => Leads(step.Id, outcome.Id, plan.Steps[redo.Step].Id),
                        Effect.GoTo leave => Leads(step.Id, outcome.Id, ElsaGraph.EnterId(plan.Stages[leave.Stage].Id)),
                        Effect.Close close => Leads(step.Id, outcome.Id, ElsaGraph.ClosedId(close.Result)),
                        _ => true,
                    }, $"{plan.Id}: {step.Id}.{outcome.Id}");
                }
            }
        }
    }

    [Fact]
    public void Every_activity_can_be_reached_from_the_start()
    {
        foreach (var plan in Plans.All)
        {
            var graph = ElsaExport.Graph(plan);
            var reached = new HashSet<string> { ElsaGraph.StartId };
            while (graph.Connections.Any(c => reached.Contains(c.Source) && reached.Add(c.Target)))
            {
            }

            Assert.DoesNotContain(graph.Activities.Select(a => a.Id).Except(reached),
                id => !id.EndsWith(".exit", StringComparison.Ordinal) && !id.StartsWith("closed.", StringComparison.Ordinal) && plan.FindStep(id) is not { Stage: -1 });
        }
    }

    [Fact]
    public void Joins_are_merge_modes()
    {
        const string text = """
            plan: x
            name: X
            type: sales
            stages:
              one:
                steps:
                  a: { task: A, outcomes: [yes, no] }
                  b: { task: B }
                  c: { task: C, outcomes: { go: , stop: { close: lost } } }
                  all: { gate: {}, after: [a.yes, b] }
                  any: { gate: {}, after: { any: [a.no, b] } }
                  first: { gate: {}, after: { first: [b, c] } }
                  two: { gate: {}, after: { first: [a, b, c], need: 2 } }
                  race: { gate: {}, after: { first: [b, c], cancel: rest } }
            """;
        var graph = ElsaExport.Graph(Plans.Compile(text).Plan!);

        Assert.Equal(
            [("all", ElsaMergeMode.Merge), ("any", ElsaMergeMode.Stream), ("first", ElsaMergeMode.Cascade), ("two", ElsaMergeMode.Cascade), ("race", ElsaMergeMode.Race), ("b", ElsaMergeMode.Stream)],
            new[] { "all", "any", "first", "two", "race", "b" }.Select(id => (id, graph.Find(id)!.MergeMode!.Value)));
        Assert.Contains(new ElsaConnection("a", ElsaGraph.AnyOutcome, "two"), graph.Connections);
        Assert.Contains(new ElsaConnection("c", "stop", "closed.lost"), graph.Connections);
    }

    [Fact]
    public void The_definition_is_JSON_that_says_what_the_graph_says()
    {
        foreach (var plan in Plans.All)
        {
            var graph = ElsaExport.Graph(plan);
            using var json = JsonDocument.Parse(ElsaExport.Write(plan, 3));
            var root = json.RootElement.GetProperty("root");
            Assert.Equal((plan.Id, 3, "Elsa.Flowchart"), (json.RootElement.GetProperty("definitionId").GetString(), json.RootElement.GetProperty("version").GetInt32(), root.GetProperty("type").GetString()));
            Assert.Equal(graph.Activities.Select(a => (a.Id, a.Type, a.X, a.Y)), root.GetProperty("activities").EnumerateArray().Select(a => (
                a.GetProperty("id").GetString()!, a.GetProperty("type").GetString()!,
                a.GetProperty("metadata").GetProperty("designer").GetProperty("position").GetProperty("x").GetInt32(),
                a.GetProperty("metadata").GetProperty("designer").GetProperty("position").GetProperty("y").GetInt32())));
            Assert.Equal(graph.Connections, root.GetProperty("connections").EnumerateArray().Select(c => new ElsaConnection(
                c.GetProperty("source").GetProperty("activity").GetString()!, c.GetProperty("source").GetProperty("port").GetString()!, c.GetProperty("target").GetProperty("activity").GetString()!)));
            Assert.All(root.GetProperty("connections").EnumerateArray(), c => Assert.Equal("In", c.GetProperty("target").GetProperty("port").GetString()));
        }
    }

    [Fact]
    public void No_two_activities_lie_on_each_other()
    {
        foreach (var plan in Plans.All)
        {
            var all = ElsaExport.Graph(plan).Activities;
            foreach (var (a, b) in all.SelectMany((a, i) => all.Skip(i + 1).Select(b => (a, b))))
            {
                Assert.False(a.X < b.X + b.Width && b.X < a.X + a.Width && a.Y < b.Y + b.Height && b.Y < a.Y + a.Height, $"{plan.Id}: {a.Id} and {b.Id}");
            }
        }
    }
}
