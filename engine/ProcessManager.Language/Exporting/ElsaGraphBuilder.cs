using System.Collections.Immutable;
using System.Globalization;
using ProcessManager.Language.Describing;
using ProcessManager.Language.Drawing;

namespace ProcessManager.Language.Exporting;

/// <summary>
/// From a plan to its flowchart. A step completes with its outcome's port and, where several outcomes go on, with the port for
/// any of them; whether it opens at all is asked of the engine, which knows dead ways, so that merge modes only say when to ask.
/// </summary>
internal sealed class ElsaGraphBuilder
{
    private const int NodeWidth = 170, NodeHeight = 50;

    private readonly Plan plan;
    private readonly PlanWords words;
    private readonly PlanLayout layout;
    private readonly ImmutableArray<ElsaActivity>.Builder activities = ImmutableArray.CreateBuilder<ElsaActivity>();
    private readonly List<ElsaConnection> connections = [];

    public ElsaGraphBuilder(Plan plan)
    {
        this.plan = plan;
        words = new PlanWords(plan);
        layout = new PlanLayout(plan, null);
    }

    public ElsaGraph Build()
    {
        Node(ElsaGraph.StartId, "Elsa.Start", "Start", null, [ElsaGraph.Done], PlanLayout.Margin - 230, PlanLayout.Margin, []);
        Connect(ElsaGraph.StartId, ElsaGraph.Done, ElsaGraph.EnterId(plan.Stages[0].Id));
        foreach (var lane in layout.Lanes.Where(l => l.Stage is not null))
        {
            Stage(lane, lane.Stage!);
        }

        Closed();
        return new ElsaGraph(activities.ToImmutable(), [.. connections.Distinct()]);
    }

    private void Connect(string source, string port, string target) => connections.Add(new ElsaConnection(source, port, target));

    private void Node(
        string id, string type, string name, ElsaMergeMode? mode, ImmutableArray<string> ports, double x, double y,
        ImmutableArray<KeyValuePair<string, string>> properties) =>
        activities.Add(new ElsaActivity(id, type, name, mode, ports, [], properties, (int)Math.Round(x), (int)Math.Round(y), NodeWidth, NodeHeight));

    private void Stage(Lane lane, Stage stage)
    {
        var middle = lane.X + ((lane.Width - NodeWidth) / 2);
        var steps = plan.StepsOf(stage).ToArray();
        ImmutableArray<KeyValuePair<string, string>> said =
            [new("stage", stage.Id), .. stage.Probability is { } p ? [new KeyValuePair<string, string>("probability", Number(p))] : Array.Empty<KeyValuePair<string, string>>(),
                .. stage.Within is { } within ? [new KeyValuePair<string, string>("within", within.Due.Text)] : Array.Empty<KeyValuePair<string, string>>()];
        var (enter, exit) = (ElsaGraph.EnterId(stage.Id), ElsaGraph.ExitId(stage.Id));
        Node(enter, "ProcessManager.EnterStage", stage.Name, ElsaMergeMode.Cascade, [ElsaGraph.Done], middle, PlanLayout.Margin, said);
        foreach (var card in lane.Cards)
        {
            Step(card);
        }

        foreach (var step in steps)
        {
            Ways(step, enter);
            Effects(step);
            Exits(step, exit);
        }

        if (steps.All(s => s.Optional))
        {
            Connect(enter, ElsaGraph.Done, exit);
        }

        var bottom = lane.Cards.Select(c => c.Bottom).DefaultIfEmpty(PlanLayout.Margin + PlanLayout.Header).Max();
        var targets = Targets(stage);
        Node(exit, "ProcessManager.CompleteStage", stage.Name + " complete", ElsaMergeMode.Stream, [.. targets.Select(t => t.Port).Distinct()], middle, bottom + PlanLayout.RowGap,
            [new("stage", stage.Id), .. stage.Next.Where(n => n.When is not null).Select((n, i) => new KeyValuePair<string, string>(string.Create(CultureInfo.InvariantCulture, $"rule{i + 1}"), $"{n.When!.Text}: {Target(n.Target).Port}"))]);
        foreach (var (port, target) in targets)
        {
            Connect(exit, port, target);
        }
    }

    /// <summary>Where a complete stage leads, and the ports that say so.</summary>
    private List<(string Port, string Target)> Targets(Stage stage)
    {
        if (!stage.Next.IsEmpty)
        {
            return [.. stage.Next.Select(n => Target(n.Target))];
        }

        return [Target(stage.Index + 1 < plan.Stages.Length ? new Effect.GoTo(stage.Index + 1) : new Effect.Close(CloseResult.Won, null))];
    }

    private (string Port, string Target) Target(Effect effect) => effect switch
    {
        Effect.GoTo leave => ("stage:" + plan.Stages[leave.Stage].Id, ElsaGraph.EnterId(plan.Stages[leave.Stage].Id)),
        Effect.Close close => ("close:" + Binding.Kinds.Lower(close.Result), ElsaGraph.ClosedId(close.Result)),
        _ => throw new InvalidOperationException("A complete stage leads to a stage or closes the project."),
    };

    private void Step(Card card)
    {
        var step = card.Step;
        var inputs = new List<KeyValuePair<string, string>> { new("step", step.Id) };
        var properties = new List<KeyValuePair<string, string>> { new("kind", step.Kind.Key) };
        void Say(List<KeyValuePair<string, string>> list, string key, string? text)
        {
            if (!string.IsNullOrEmpty(text))
            {
                list.Add(new(key, text));
            }
        }

        Say(inputs, "title", step.Kind.Work?.Title.Source);
        Say(inputs, "assign", step.Kind.Work is { } work ? words.Who(work.Assign) : null);
        Say(inputs, "due", step.Kind.Work?.Due?.Text);
        Say(properties, "join", JoinWords(step.After));
        Say(properties, "when", step.When?.Text);
        Say(properties, "passesAs", step.PassesAs);
        Say(properties, "starts", step.Starts?.Text);
        Say(properties, "until", (step.Kind as WaitKind)?.Until.Text);
        Say(properties, "each", step.Each is { } each ? words.Each(each) : null);
        Say(properties, "optional", step.Optional ? "true" : null);
        Say(properties, "probability", step.Probability is { } p ? Number(p) : null);
        activities.Add(new ElsaActivity(
            step.Id, "ProcessManager." + TypeOf(step.Kind), step.Name, Mode(step.After), Ports(step), [.. inputs], [.. properties],
            (int)Math.Round(card.X), (int)Math.Round(card.Y + NodeHeight), (int)Card.Width, (int)Math.Round(card.Height)));
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string TypeOf(StepKind kind) => kind switch
    {
        SetKind => "SetFields",
        HttpKind => "HttpRequest",
        StartKind => "StartProject",
        CloseKind => "CloseProject",
        GoToKind => "GoToStage",
        _ => char.ToUpperInvariant(kind.Key[0]) + kind.Key[1..],
    };

    private static ElsaMergeMode Mode(Join join) => join switch
    {
        Join.All { Ways.Length: > 1 } => ElsaMergeMode.Merge,
        Join.First { Cancels.IsEmpty: false } => ElsaMergeMode.Race,
        Join.First => ElsaMergeMode.Cascade,
        _ => ElsaMergeMode.Stream,
    };

    private static string? JoinWords(Join join) => join switch
    {
        Join.AtStart => null,
        Join.All => "all",
        Join.Any => "any",
        Join.First first => string.Create(CultureInfo.InvariantCulture, $"first {first.Need}{(first.Cancels.IsEmpty ? "" : ", cancel rest")}"),
        _ => null,
    };

    private static ImmutableArray<string> Ports(Step step) => step.Kind switch
    {
        CloseKind => ["close"],
        GoToKind => ["goto"],
        _ => [.. step.Outcomes.Select(o => o.Id), .. Ongoing(step) > 1 ? [ElsaGraph.AnyOutcome] : Array.Empty<string>()],
    };

    private static int Ongoing(Step step) => step.Outcomes.Count(o => o.Effect is Effect.GoOn);

    /// <summary>The port that fires whenever the step settles and goes on.</summary>
    private static string AnyPort(Step step) =>
        Ongoing(step) > 1 ? ElsaGraph.AnyOutcome : step.Outcomes.First(o => o.Effect is Effect.GoOn).Id;

    private void Ways(Step step, string enter)
    {
        if (step.After.Ways.IsEmpty)
        {
            Connect(enter, ElsaGraph.Done, step.Id);
        }

        foreach (var way in step.After.Ways)
        {
            var from = plan.Steps[way.Step];
            Connect(from.Id, way.Outcome ?? AnyPort(from), step.Id);
        }
    }

    /// <summary>What leads back, to another stage, or to the end.</summary>
    private void Effects(Step step)
    {
        foreach (var outcome in step.Outcomes)
        {
            switch (outcome.Effect)
            {
                case Effect.Redo redo:
                    Connect(step.Id, outcome.Id, plan.Steps[redo.Step].Id);
                    break;
                case Effect.GoTo or Effect.Close:
                    Connect(step.Id, outcome.Id, Target(outcome.Effect).Target);
                    break;
            }
        }

        switch (step.Kind)
        {
            case CloseKind close:
                Connect(step.Id, "close", ElsaGraph.ClosedId(close.Result));
                break;
            case GoToKind leave:
                Connect(step.Id, "goto", ElsaGraph.EnterId(plan.Stages[leave.Stage].Id));
                break;
        }
    }

    /// <summary>The ways on which nothing follows in the stage; the stage doesn't wait for optional steps.</summary>
    private void Exits(Step step, string exit)
    {
        if (step.Optional || Ongoing(step) == 0)
        {
            return;
        }

        var ways = step.Followers.SelectMany(f => plan.Steps[f].After.Ways).Where(w => w.Step == step.Index).ToList();
        if (ways.Count == 0)
        {
            Connect(step.Id, AnyPort(step), exit);
        }
        else if (ways.TrueForAll(w => w.Outcome is not null))
        {
            foreach (var outcome in step.Outcomes.Where(o => o.Effect is Effect.GoOn && !ways.Exists(w => w.Outcome == o.Id)))
            {
                Connect(step.Id, outcome.Id, exit);
            }
        }
    }

    /// <summary>The ends that something leads to, and the steps of the hand-over behind them.</summary>
    private void Closed()
    {
        var y = PlanLayout.Margin;
        foreach (var result in Enum.GetValues<CloseResult>())
        {
            var id = ElsaGraph.ClosedId(result);
            var steps = plan.OnClose.GetValueOrDefault(result, []);
            if (steps.IsEmpty && !connections.Exists(c => c.Target == id))
            {
                continue;
            }

            Node(id, "ProcessManager.ProjectClosed", "Closed: " + Binding.Kinds.Lower(result), ElsaMergeMode.Race, [ElsaGraph.Done], layout.EndX, y, [new("result", Binding.Kinds.Lower(result))]);
            y += NodeHeight + PlanLayout.RowGap;
            foreach (var card in layout.Lanes.Where(l => l.Stage is null).SelectMany(l => l.Cards).Where(c => steps.Contains(c.Step.Index)))
            {
                card.X += NodeWidth;
                Step(card);
                Connect(id, ElsaGraph.Done, card.Step.Id);
            }
        }
    }
}
