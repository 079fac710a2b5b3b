namespace ProcessManager.Language.Drawing;

/// <summary>A lane: a stage, or the steps that run after a close.</summary>
/// <param name="Stage">Null for a lane of on-close.</param>
internal sealed record Lane(Stage? Stage, string Name, double X, double Width, List<Card> Cards, List<WayLine> Ways, List<RedoLine> Redos, List<CardRow> Next);

/// <summary>A way as it is drawn: points from card to card, a pair for each row it passes.</summary>
internal sealed record WayLine(List<(double X, double Y)> Points, string? Label, Card From, Card To);

/// <summary>A redo as it is drawn: from the row of its outcome along a channel beside the cards back to a card.</summary>
internal sealed record RedoLine(double FromX, double FromY, double ChannelX, double ToX, double ToY, Card From, Card To);

/// <summary>Where everything of a plan's picture stands, in pixels.</summary>
internal sealed class PlanLayout
{
    public const double Margin = 12, LaneGap = 44, Header = 62, Padding = 18, RowGap = 54, Footer = 24;
    private const double Channel = 12;

    private readonly DrawingOverlay? overlay;

    public PlanLayout(Plan plan, DrawingOverlay? overlay)
    {
        Plan = plan;
        this.overlay = overlay;
        var x = Margin;
        foreach (var stage in plan.Stages)
        {
            x = Add(stage, stage.Name, plan.StepsOf(stage).ToArray(), x);
        }

        EndX = x;
        x = plan.OnClose.Count > 0 ? x + 90 : x;
        foreach (var (result, steps) in plan.OnClose.OrderBy(c => c.Key))
        {
            x = Add(null, "After " + Binding.Kinds.Lower(result), [.. steps.Select(i => plan.Steps[i])], x);
        }

        Width = Math.Max(x - LaneGap, EndX + 58) + Margin;
        Height = Lanes.Max(l => Bottom(l)) + Padding + Margin;
    }

    public Plan Plan { get; }
    public List<Lane> Lanes { get; } = [];
    public double Width { get; }
    public double Height { get; }

    /// <summary>Where the marker of the end stands, after the last stage.</summary>
    public double EndX { get; }

    public double LaneHeight => Height - (2 * Margin);

    private static double Bottom(Lane lane) =>
        lane.Cards.Select(c => c.Bottom).DefaultIfEmpty(Margin + Header + 40).Max() + (lane.Next.Count * Footer) + (lane.Next.Count > 0 ? 14 : 0);

    private double Add(Stage? stage, string name, Step[] steps, double x)
    {
        var cards = steps.Select(s => new Card(s, Plan, overlay?.Steps.GetValueOrDefault(s.Id)?.Note)).ToList();
        var layout = new LaneLayout(Plan, cards);
        var redos = cards.SelectMany(c => c.Rows.Select((r, i) => (Card: c, Row: i, Effect: r.Effect as Effect.Redo))).Where(r => r.Effect is not null).ToList();
        Down(layout);
        var byIndex = cards.ToDictionary(c => c.Step.Index);
        var (left, right) = (new List<(double From, double To, int Channel)>(), new List<(double From, double To, int Channel)>());
        var placed = new List<(Card From, int Row, Card To, bool IsLeft, int Channel)>();
        foreach (var card in cards)
        {
            card.X = layout.Of(card).Middle - (Card.Width / 2);
        }

        foreach (var (card, row, effect) in redos)
        {
            var target = byIndex[effect!.Step];
            var isLeft = Beside(layout, card, target, isLeft: true) < Beside(layout, card, target, isLeft: false);
            placed.Add((card, row, target, isLeft, Take(isLeft ? left : right, target.Y, card.Bottom)));
        }

        var (leftRoom, rightRoom) = (Room(left), Room(right));
        var width = Math.Max(layout.Width + (2 * Padding) + leftRoom + rightRoom, 280);
        var start = x + Padding + leftRoom + ((width - (2 * Padding) - leftRoom - rightRoom - layout.Width) / 2);
        cards.ForEach(c => c.X += start);
        var lines = placed.ConvertAll(p => Redo(p.From, p.Row, p.To, p.IsLeft, p.IsLeft
            ? start - 10 - (p.Channel * Channel)
            : start + layout.Width + 10 + (p.Channel * Channel)));
        Lanes.Add(new Lane(stage, name, x, width, cards, Ways(layout, start), lines, stage is null ? [] : NextRows(stage)));
        return x + width + LaneGap;
    }

    /// <summary>How many cards a redo crosses on its way out of one row and into another.</summary>
    private static int Beside(LaneLayout layout, Card from, Card to, bool isLeft) => new[] { from, to }.Distinct().Sum(card =>
        layout.Rows[layout.Of(card).Row].Count(p => p.Card is { } other && (isLeft ? other.X < card.X : other.X > card.X)));

    private static double Room(List<(double From, double To, int Channel)> side) =>
        side.Count == 0 ? 0 : 12 + ((side.Max(s => s.Channel) + 1) * Channel);

    /// <summary>The nearest channel that is free between two heights.</summary>
    private static int Take(List<(double From, double To, int Channel)> side, double from, double to)
    {
        var channel = 0;
        while (side.Exists(s => s.Channel == channel && s.From <= to && from <= s.To))
        {
            channel++;
        }

        side.Add((from, to, channel));
        return channel;
    }

    private static void Down(LaneLayout layout)
    {
        var y = Margin + Header + 10;
        foreach (var row in layout.Rows)
        {
            foreach (var card in row.Select(p => p.Card).OfType<Card>())
            {
                card.Y = y;
            }

            y += row.Select(p => p.Card?.Height ?? 0).DefaultIfEmpty(0).Max() + RowGap;
        }
    }

    private static RedoLine Redo(Card from, int row, Card to, bool isLeft, double channel)
    {
        // Entries of several redos at one card stand apart, the row's own card is entered at its title.
        var entry = to == from ? to.Y + 16 : to.Y + (to.Height / 2);
        return new RedoLine(isLeft ? from.X : from.X + Card.Width, from.RowMiddle(row), channel, isLeft ? to.X : to.X + Card.Width, entry, from, to);
    }

    private List<WayLine> Ways(LaneLayout layout, double start)
    {
        var rowTops = layout.Rows.Select(r => r.Select(p => p.Card?.Y).FirstOrDefault(y => y is not null) ?? 0).ToList();
        var rowBottoms = layout.Rows.Select(r => r.Select(p => p.Card?.Bottom ?? 0).DefaultIfEmpty(0).Max()).ToList();
        var lines = new List<WayLine>();
        var leaving = Spread(layout.Ways, w => w[0], w => w[1].Middle);
        var entering = Spread(layout.Ways, w => w[^1], w => w[^2].Middle);
        foreach (var (way, through) in layout.Ways)
        {
            var (from, to) = (through[0].Card!, through[^1].Card!);
            var points = new List<(double, double)> { (from.Middle + leaving[through], from.Bottom) };
            foreach (var passage in through[1..^1])
            {
                points.Add((passage.Middle + start, rowTops[passage.Row]));
                points.Add((passage.Middle + start, rowBottoms[passage.Row]));
            }

            points.Add((to.Middle + entering[through], to.Y));
            var label = way.Outcome is null ? null : Plan.Steps[way.Step].FindOutcome(way.Outcome)?.Label ?? way.Outcome;
            lines.Add(new WayLine(points, label, from, to));
        }

        return lines;
    }

    /// <summary>How far from a card's middle a way begins or ends, so that several don't lie on each other.</summary>
    private static Dictionary<List<Place>, double> Spread(
        List<(Way Way, List<Place> Through)> ways, Func<List<Place>, Place> end, Func<List<Place>, double> other)
    {
        var offsets = new Dictionary<List<Place>, double>();
        foreach (var beside in ways.Select(w => w.Through).GroupBy(end).Select(g => g.OrderBy(other).ToList()))
        {
            var step = Math.Min(34, (Card.Width - 60) / beside.Count);
            for (var i = 0; i < beside.Count; i++)
            {
                offsets[beside[i]] = (i - ((beside.Count - 1) / 2.0)) * step;
            }
        }

        return offsets;
    }

    private List<CardRow> NextRows(Stage stage) => [.. stage.Next.Select(rule => rule.Target switch
    {
        Effect.GoTo leave => new CardRow("goto", rule.When?.Text ?? "else", Plan.Stages[leave.Stage].Name, leave),
        Effect.Close close => new CardRow(Binding.Kinds.Lower(close.Result), rule.When?.Text ?? "else", Binding.Kinds.Lower(close.Result), close),
        _ => null,
    }).OfType<CardRow>()];
}
