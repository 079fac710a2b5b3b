using System.Globalization;
using System.Text;

namespace ProcessManager.Language.Drawing;

/// <summary>Writes a placed plan as SVG. Colours and strokes are classes; the style sheet has them.</summary>
internal sealed class SvgWriter(PlanLayout layout, DrawingOverlay? overlay, string? style)
{
    private readonly StringBuilder svg = new();
    private readonly List<(double X, double Y, double Width)> labels = [];

    public string Write()
    {
        var plan = layout.Plan;
        var links = overlay?.Steps.Values.Any(m => m.Link is not null) == true;
        Line($"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plan-drawing\" viewBox=\"0 0 {N(layout.Width)} {N(layout.Height)}\" width=\"{N(layout.Width)}\" height=\"{N(layout.Height)}\" role=\"{(links ? "group" : "img")}\" aria-label=\"{X(Spoken())}\">");
        Line($"<title>{X(plan.Name)}</title>");
        if (style is not null)
        {
            Line($"<style>{X(style)}</style>");
        }

        for (var i = 0; i < layout.Lanes.Count; i++)
        {
            Lane(layout.Lanes[i]);
        }

        Between();
        foreach (var lane in layout.Lanes)
        {
            lane.Ways.ForEach(Way);
            lane.Redos.ForEach(Redo);
            lane.Cards.ForEach(Step);
            lane.Ways.ForEach(Label);
        }

        svg.Append("</svg>\n");
        return svg.ToString();
    }

    private string Spoken()
    {
        var stages = layout.Plan.Stages.Select(s => s.Probability is { } p ? string.Create(CultureInfo.InvariantCulture, $"{s.Name} ({p} %)") : s.Name);
        return $"{layout.Plan.Name}: {string.Join(", ", stages)}";
    }

    private void Lane(Lane lane)
    {
        var current = lane.Stage is { } stage && stage.Id == overlay?.CurrentStage;
        var (x, y) = (lane.X, PlanLayout.Margin);
        Line($"<g class=\"lane{(lane.Stage is null ? " lane-after" : "")}{(current ? " is-current" : "")}\"{(lane.Stage is null ? "" : $" data-stage=\"{X(lane.Stage.Id)}\"")}>");
        Line($"<rect class=\"lane-box\" x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(lane.Width)}\" height=\"{N(layout.LaneHeight)}\" rx=\"12\"/>");
        var probability = lane.Stage?.Probability;
        var room = lane.Width - 36 - (probability is null ? 0 : 56);
        Text("lane-name", x + 18, y + 28, TextWidth.Cut(lane.Name, 15.5, room));
        if (probability is { } p)
        {
            Text("lane-probability", x + lane.Width - 18, y + 28, string.Create(CultureInfo.InvariantCulture, $"{p} %"), "end");
            var length = lane.Width - 36;
            Line($"<rect class=\"lane-bar\" x=\"{N(x + 18)}\" y=\"{N(y + 42)}\" width=\"{N(length)}\" height=\"4\" rx=\"2\"/>");
            Line($"<rect class=\"lane-bar-done\" x=\"{N(x + 18)}\" y=\"{N(y + 42)}\" width=\"{N(length * p / 100)}\" height=\"4\" rx=\"2\"/>");
        }

        Next(lane);
        svg.Append("</g>\n");
    }

    private void Next(Lane lane)
    {
        var y = PlanLayout.Margin + layout.LaneHeight - PlanLayout.Padding - (lane.Next.Count * PlanLayout.Footer);
        for (var i = 0; i < lane.Next.Count; i++)
        {
            var row = lane.Next[i];
            Row(row, lane.X + 18, y + (i * PlanLayout.Footer) + 12, lane.Width - 36);
        }
    }

    /// <summary>Arrows from lane to lane, and the end.</summary>
    private void Between()
    {
        var stages = layout.Lanes.Where(l => l.Stage is not null).ToList();
        var y = PlanLayout.Margin + 24;
        for (var i = 0; i < stages.Count; i++)
        {
            if (!stages[i].Stage!.Next.IsEmpty)
            {
                continue;
            }

            var from = stages[i].X + stages[i].Width + 5;
            var to = from + PlanLayout.LaneGap - 10;
            Line($"<path class=\"way way-stage\" fill=\"none\" d=\"M{N(from)} {N(y)}H{N(to - 6)}\"/>");
            Head(to, y, 1, 0, " way-stage");
        }

        if (!stages[^1].Stage!.Next.IsEmpty)
        {
            return;
        }

        Line($"<g class=\"end end-won\"><circle cx=\"{N(layout.EndX + 22)}\" cy=\"{N(y)}\" r=\"20\"/>");
        Text("end-name", layout.EndX + 22, y + 4, "Won", "middle");
        svg.Append("</g>\n");
    }

    private void Way(WayLine way)
    {
        var path = new StringBuilder();
        path.Append(CultureInfo.InvariantCulture, $"M{N(way.Points[0].X)} {N(way.Points[0].Y)}");
        for (var i = 1; i < way.Points.Count; i++)
        {
            var ((x0, y0), (x, y)) = (way.Points[i - 1], way.Points[i]);
            var last = i == way.Points.Count - 1;
            var end = last ? y - 6 : y;
            // Straight beside the cards of a row, curved between rows.
            path.Append(i % 2 == 0 || Math.Abs(x0 - x) < 0.5
                ? $"L{N(x)} {N(end)}"
                : $"C{N(x0)} {N((y0 + y) / 2)} {N(x)} {N((y0 + y) / 2)} {N(x)} {N(end)}");
        }

        var marked = Marked(way.From, way.To);
        Line($"<path class=\"way{marked}\" fill=\"none\" d=\"{path}\"/>");
        Head(way.Points[^1].X, way.Points[^1].Y, 0, 1, marked);
    }

    /// <summary>A way is walked when both its ends are.</summary>
    private string Marked(Card from, Card to)
    {
        var (a, b) = (State(from), State(to));
        return a is "done" or "passed" && b is "done" or "passed" or "open" or "overdue" ? " is-walked"
            : a is "dead" or "cancelled" || b is "dead" or "cancelled" ? " is-dead" : "";
    }

    private string? State(Card card) => overlay?.Steps.GetValueOrDefault(card.Step.Id)?.State;

    private void Label(WayLine way)
    {
        if (way.Label is null)
        {
            return;
        }

        var text = TextWidth.Cut(way.Label, 11, 120);
        var width = TextWidth.Of(text, 11) + 14;
        var ((x0, y0), (x1, y1)) = (way.Points[^2], way.Points[^1]);
        foreach (var t in (double[])[0.5, 0.36, 0.64, 0.28, 0.72])
        {
            var (x, y) = (x0 + ((x1 - x0) * Ease(t)), y0 + ((y1 - y0 - 6) * t));
            if (t < 0.7 && labels.Exists(l => Math.Abs(l.Y - y) < 18 && Math.Abs(l.X - x) < (l.Width + width) / 2))
            {
                continue;
            }

            labels.Add((x, y, width));
            Line($"<g class=\"way-label\"><rect x=\"{N(x - (width / 2))}\" y=\"{N(y - 9)}\" width=\"{N(width)}\" height=\"18\" rx=\"9\"/>");
            Text("", x, y + 4, text, "middle");
            svg.Append("</g>\n");
            return;
        }
    }

    /// <summary>Where an S-shaped curve is when it has come down by a share of its height.</summary>
    private static double Ease(double t) => t * t * (3 - (2 * t));

    private void Redo(RedoLine redo)
    {
        var side = redo.ChannelX < redo.FromX ? -1 : 1;
        var (x, r) = (redo.ChannelX, 6.0);
        var up = redo.ToY < redo.FromY ? -1 : 1;
        Line($"<path class=\"way way-redo\" fill=\"none\" d=\"M{N(redo.FromX)} {N(redo.FromY)}H{N(x - (side * r))}Q{N(x)} {N(redo.FromY)} {N(x)} {N(redo.FromY + (up * r))}V{N(redo.ToY - (up * r))}Q{N(x)} {N(redo.ToY)} {N(x - (side * r))} {N(redo.ToY)}H{N(redo.ToX + (side * 6))}\"/>");
        Head(redo.ToX, redo.ToY, -side, 0, " way-redo");
    }

    /// <summary>An arrow's head with its tip at a point.</summary>
    private void Head(double x, double y, int dx, int dy, string kind) => Line(dx == 0
        ? $"<path class=\"way-head{kind}\" d=\"M{N(x)} {N(y)}l-4.5 {N(-8 * dy)}h9z\"/>"
        : $"<path class=\"way-head{kind}\" d=\"M{N(x)} {N(y)}l{N(-8 * dx)} -4.5v9z\"/>");

    private void Step(Card card)
    {
        var step = card.Step;
        var mark = overlay?.Steps.GetValueOrDefault(step.Id);
        var classes = new StringBuilder($"step kind-{step.Kind.Key} {(step.Kind.Work is null ? "by-machine" : "by-people")}");
        classes.Append(step.Optional ? " is-optional" : "").Append(mark is null ? "" : " is-" + mark.State);
        if (mark?.Link is { } link)
        {
            Line($"<a href=\"{X(link)}\" aria-label=\"{X(Label(card, mark))}\">");
        }

        Line($"<g class=\"{X(classes.ToString())}\" data-step=\"{X(step.Id)}\">");
        Line($"<title>{X(CardText.Spoken(step, layout.Plan, mark))}</title>");
        if (card.IsGate)
        {
            Gate(card);
        }
        else
        {
            Box(card);
        }

        if (CardText.Join(step.After) is { } join)
        {
            var width = TextWidth.Of(join, 10.5) + 12;
            Line($"<g class=\"join\"><rect x=\"{N(card.X + 10)}\" y=\"{N(card.Y - 8)}\" width=\"{N(width)}\" height=\"16\" rx=\"8\"/>");
            Text("", card.X + 10 + (width / 2), card.Y + 3.5, join, "middle");
            svg.Append("</g>\n");
        }

        svg.Append("</g>\n");
        if (mark?.Link is not null)
        {
            svg.Append("</a>\n");
        }
    }

    /// <summary>
    /// The name of a card's link. It begins with what is written on the card, cut as it is there, so that whoever speaks to the screen can say
    /// what they see (WCAG 2.5.3); where something was cut, the whole follows.
    /// </summary>
    private string Label(Card card, StepMark? mark)
    {
        var whole = CardText.Spoken(card.Step, layout.Plan, mark);
        var name = card.IsGate ? GateName(card) : string.Join(' ', card.Title);
        var rows = card.IsGate ? [] : card.Rows.Select(r => Shown(r, Card.Width - 24)).ToArray();
        var texts = rows.SelectMany(r => new[] { r.Text, r.Tag }).Prepend(card.IsGate ? "" : card.Small).Prepend(name);
        if (!texts.Any(t => t.EndsWith('…')))
        {
            return whole;
        }

        var probability = card.Step.Probability is { } p && !card.IsGate ? string.Create(CultureInfo.InvariantCulture, $", {p} %") : "";
        var small = card.IsGate || card.Small.Length == 0 ? "" : ", " + card.Small;
        var seen = string.Join("; ", rows.Select(r => r.Tag.Length == 0 ? r.Text : $"{r.Text}: {r.Tag}").Prepend($"{name}{small}{probability}"));
        return $"{seen}. In full: {whole}";
    }

    private static string GateName(Card card) => TextWidth.Cut(card.Step.Name, Card.TitleSize, Card.Width - 28 - 64 - 8);

    private void Gate(Card card)
    {
        Line($"<rect class=\"step-card\" x=\"{N(card.X + 28)}\" y=\"{N(card.Y)}\" width=\"{N(Card.Width - 56)}\" height=\"{N(card.Height)}\" rx=\"{N(card.Height / 2)}\"/>");
        Icon("icon", card.Step.Milestone ? KindIcon.Milestone : KindIcon.Path(card.Step.Kind), card.X + 40, card.Y + 10, 1);
        Text("step-name", card.X + 64, card.Y + 23, GateName(card));
    }

    private void Box(Card card)
    {
        Line($"<rect class=\"step-card\" x=\"{N(card.X)}\" y=\"{N(card.Y)}\" width=\"{N(Card.Width)}\" height=\"{N(card.Height)}\" rx=\"8\"/>");
        Line($"<rect class=\"tile\" x=\"{N(card.X + 11)}\" y=\"{N(card.Y + 12)}\" width=\"26\" height=\"26\" rx=\"7\"/>");
        Icon("icon", KindIcon.Path(card.Step.Kind), card.X + 16, card.Y + 17, 1);
        for (var i = 0; i < card.Title.Count; i++)
        {
            Text("step-name", card.X + Card.TextLeft, card.Y + 25 + (i * 18), card.Title[i]);
        }

        if (card.Small.Length > 0)
        {
            Text("step-small", card.X + Card.TextLeft, card.SmallTop, card.Small);
        }

        var right = card.X + Card.Width - 12;
        if (card.Step.Probability is { } p)
        {
            Text("step-probability", right, card.Y + 25, string.Create(CultureInfo.InvariantCulture, $"{p} %"), "end");
        }
        else if (card.Step.Milestone)
        {
            Icon("milestone", KindIcon.Milestone, right - 14, card.Y + 13, 0.9);
        }

        for (var i = 0; i < card.Rows.Count; i++)
        {
            Row(card.Rows[i], card.X + 12, card.RowMiddle(i), Card.Width - 24);
        }
    }

    private void Row(CardRow row, double x, double middle, double width)
    {
        Line($"<g class=\"row row-{row.Class}\"><title>{X(row.Whole)}</title>");
        Icon("row-icon", row.Class switch { "redo" => KindIcon.Redo, "goto" => KindIcon.GoTo, _ => KindIcon.End }, x + 6, middle - 6, 0.75);
        var (text, tag) = Shown(row, width);
        Text("row-name", x + 36 - 12, middle + 4, text);
        if (tag.Length > 0)
        {
            Text("row-tag", x + width, middle + 4, tag, "end");
        }

        svg.Append("</g>\n");
    }

    /// <summary>What of a row finds room.</summary>
    private static (string Text, string Tag) Shown(CardRow row, double width)
    {
        var tag = TextWidth.Cut(row.Tag, 11, width * 0.45);
        return (TextWidth.Cut(row.Text, 11.5, width - 36 - (tag.Length > 0 ? TextWidth.Of(tag, 11) + 10 : 0)), tag);
    }

    private void Icon(string kind, string path, double x, double y, double scale) =>
        Line($"<path class=\"{kind}\" fill=\"none\" transform=\"translate({N(x)} {N(y)}) scale({N(scale)})\" d=\"{path}\"/>");

    private void Text(string kind, double x, double y, string text, string? anchor = null) =>
        Line($"<text{(kind.Length > 0 ? $" class=\"{kind}\"" : "")} x=\"{N(x)}\" y=\"{N(y)}\"{(anchor is null ? "" : $" text-anchor=\"{anchor}\"")}>{X(text)}</text>");

    private void Line(string text) => svg.Append(text).Append('\n');

    private static string N(double number) => Math.Round(number, 1).ToString("0.#", CultureInfo.InvariantCulture);

    private static string X(string text) => Xml.Escape(text);
}
