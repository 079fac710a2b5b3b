namespace ProcessManager.Language.Drawing;

/// <summary>One place in a row of a lane: a card, or the passage of a way that leads over several rows.</summary>
internal sealed class Place(Card? card, int order)
{
    public const double PassageWidth = 16;

    public Card? Card { get; } = card;
    public int Order { get; } = order;
    public int Row { get; set; }
    public double Width => Card is null ? PassageWidth : Card.Width;
    public double Middle { get; set; }
    public List<Place> Above { get; } = [];
    public List<Place> Below { get; } = [];
}

/// <summary>
/// Places the cards of one lane in rows, each below those it waits for, with few crossings: rows by the longest way,
/// order by the middle of neighbours, positions by the same. After Sugiyama.
/// </summary>
internal sealed class LaneLayout
{
    private const double ColumnGap = 28, WideRow = 4;

    /// <summary>More passages than this are drawn as straight lines instead: nobody reads such a plan as a picture.</summary>
    private const int MaxPassages = 4_000;

    private readonly Dictionary<int, Place> places;
    private readonly List<List<Place>> rows = [];
    private readonly Plan plan;

    public LaneLayout(Plan plan, IReadOnlyList<Card> cards)
    {
        this.plan = plan;
        places = cards.ToDictionary(c => c.Step.Index, c => new Place(c, c.Step.Index));
        Rank();
        Connect();
        Order();
        Position();
    }

    public IReadOnlyList<IReadOnlyList<Place>> Rows => rows;

    public Place Of(Card card) => places[card.Step.Index];

    /// <summary>For each way: the places it runs through, from card to card.</summary>
    public List<(Way Way, List<Place> Through)> Ways { get; } = [];

    public double Width { get; private set; }

    private IEnumerable<Place> Cards => places.Values.OrderBy(p => p.Order);

    private IEnumerable<Place> Before(Place place) => place.Card!.Step.After.Ways.Select(w => places[w.Step]).Distinct();

    private void Rank()
    {
        var ranked = new HashSet<Place>();
        foreach (var place in Cards)
        {
            Rank(place, ranked);
        }

        var loose = Cards.Where(p => p.Card!.Step.After.Ways.IsEmpty && p.Card.Step.Followers.IsEmpty).ToList();
        foreach (var place in Cards.Except(loose))
        {
            Put(place, place.Row);
        }

        var width = Math.Max(2, rows.Select(r => r.Count).DefaultIfEmpty(0).Max());
        var row = 0;
        foreach (var place in loose)
        {
            while (row < rows.Count && rows[row].Count >= width)
            {
                row++;
            }

            Put(place, row);
        }

        Narrow();
    }

    private void Rank(Place start, HashSet<Place> ranked)
    {
        // Without recursion: a chain may be as long as a plan.
        var open = new Stack<Place>([start]);
        while (open.TryPeek(out var place))
        {
            if (ranked.Contains(place))
            {
                open.Pop();
                continue;
            }

            var missing = Before(place).Where(b => !ranked.Contains(b)).ToList();
            if (missing.Count > 0)
            {
                missing.ForEach(open.Push);
                continue;
            }

            place.Row = Before(place).Select(b => b.Row + 1).DefaultIfEmpty(0).Max();
            ranked.Add(place);
        }
    }

    /// <summary>Moves cards that nothing follows out of rows that are too wide.</summary>
    private void Narrow()
    {
        for (var row = 0; row < rows.Count; row++)
        {
            var ends = rows[row].Where(p => p.Card!.Step.Followers.IsEmpty).OrderBy(p => p.Order).ToList();
            while (rows[row].Count > WideRow && ends.Count > 0 && rows.Count < 400)
            {
                var place = ends[^1];
                ends.RemoveAt(ends.Count - 1);
                rows[row].Remove(place);
                Put(place, row + 1);
            }

            rows[row].Sort((a, b) => a.Order.CompareTo(b.Order));
        }
    }

    private void Put(Place place, int row)
    {
        while (rows.Count <= row)
        {
            rows.Add([]);
        }

        place.Row = row;
        rows[row].Add(place);
    }

    private void Connect()
    {
        var passages = 0;
        foreach (var place in Cards)
        {
            foreach (var way in place.Card!.Step.After.Ways)
            {
                var from = places[way.Step];
                var through = new List<Place> { from };
                var gap = place.Row - from.Row - 1;
                for (var row = from.Row + 1; row < place.Row && passages + gap < MaxPassages; row++)
                {
                    var passage = new Place(null, from.Order) { Row = row };
                    rows[row].Add(passage);
                    through.Add(passage);
                }

                passages += through.Count - 1;
                through.Add(place);
                for (var i = 1; i < through.Count; i++)
                {
                    through[i - 1].Below.Add(through[i]);
                    through[i].Above.Add(through[i - 1]);
                }

                Ways.Add((way, through));
            }
        }
    }

    private void Order()
    {
        for (var sweep = 0; sweep < 4; sweep++)
        {
            for (var i = 0; i < rows.Count; i++)
            {
                var row = sweep % 2 == 0 ? i : rows.Count - 1 - i;
                var other = sweep % 2 == 0 ? row - 1 : row + 1;
                if (other < 0 || other >= rows.Count)
                {
                    continue;
                }

                var index = rows[other].Select((p, at) => (p, at)).ToDictionary(p => p.p, p => (double)p.at);
                var own = rows[row].Select((p, at) => (p, at)).ToDictionary(p => p.p, p => (double)p.at);
                rows[row] = [.. rows[row].OrderBy(p => Mean(sweep % 2 == 0 ? p.Above : p.Below, index) ?? own[p]).ThenBy(p => p.Order)];
            }
        }
    }

    private static double? Mean(List<Place> neighbours, Dictionary<Place, double> index)
    {
        var known = neighbours.Where(index.ContainsKey).Select(n => index[n]).ToList();
        return known.Count == 0 ? null : known.Average();
    }

    private void Position()
    {
        foreach (var row in rows)
        {
            double x = 0;
            foreach (var place in row)
            {
                place.Middle = x + (place.Width / 2);
                x += place.Width + ColumnGap;
            }

            var shift = (x - ColumnGap) / 2;
            row.ForEach(p => p.Middle -= shift);
        }

        for (var sweep = 0; sweep < 6; sweep++)
        {
            var down = sweep % 2 == 0;
            for (var i = 0; i < rows.Count; i++)
            {
                Settle(rows[down ? i : rows.Count - 1 - i], down);
            }
        }

        var all = rows.SelectMany(r => r).ToList();
        var left = all.Count == 0 ? 0 : all.Min(p => p.Middle - (p.Width / 2));
        all.ForEach(p => p.Middle -= left);
        Width = all.Count == 0 ? Card.Width : all.Max(p => p.Middle + (p.Width / 2));
    }

    /// <summary>Brings each place of a row under (over) the middle of its neighbours, as near as its row lets it.</summary>
    private static void Settle(List<Place> row, bool down)
    {
        var wanted = row.ConvertAll(p => (down ? p.Above : p.Below) is { Count: > 0 } near ? near.Average(n => n.Middle) : p.Middle);
        var shift = 0.0;
        for (var i = 0; i < row.Count; i++)
        {
            var least = i == 0 ? wanted[0] : row[i - 1].Middle + ((row[i - 1].Width + row[i].Width) / 2) + ColumnGap;
            row[i].Middle = Math.Max(wanted[i], least);
            shift += row[i].Middle - wanted[i];
        }

        row.ForEach(p => p.Middle -= shift / row.Count);
    }
}
