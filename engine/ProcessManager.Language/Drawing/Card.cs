using ProcessManager.Language.Binding;

namespace ProcessManager.Language.Drawing;

/// <summary>A step as a card: what it says, how large it is, and where it stands once it is placed.</summary>
internal sealed class Card
{
    public const double Width = 236, TextLeft = 48, TitleSize = 13.5, SmallSize = 11.5;
    private const double TextRoom = Width - TextLeft - 12, LineHeight = 18, RowHeight = 20;

    public Card(Step step, Plan plan, string? note)
    {
        Step = step;
        IsGate = step.Kind is GateKind;
        var badge = step.Probability is null && !step.Milestone ? 0 : 40;
        Title = TextWidth.Wrap(step.Name, TitleSize, TextRoom - badge);
        Small = TextWidth.Cut(note ?? CardText.Small(step, plan), SmallSize, TextRoom);
        Rows = IsGate ? [] : CardText.Rows(step, plan);
        Height = IsGate ? 36 : Math.Max(50, 14 + (Title.Count * LineHeight) + (Small.Length > 0 ? LineHeight - 2 : 0) + (Rows.Count * RowHeight) + (Rows.Count > 0 ? 10 : 6));
    }

    public Step Step { get; }
    public bool IsGate { get; }
    public List<string> Title { get; }
    public string Small { get; }
    public List<CardRow> Rows { get; }
    public double Height { get; }
    public double X { get; set; }
    public double Y { get; set; }
    public double Middle => X + (Width / 2);
    public double Bottom => Y + Height;
    public double SmallTop => Y + 14 + (Title.Count * LineHeight) + 9;

    /// <summary>The middle of a row.</summary>
    public double RowMiddle(int row) => Bottom - 8 - ((Rows.Count - row) * RowHeight) + (RowHeight / 2);
}

/// <summary>An outcome that doesn't simply go on, as a line of its card.</summary>
/// <param name="Class">redo, goto, won, lost or cancelled.</param>
/// <param name="Tag">Where it leads: <c>lost</c>, the name of a stage.</param>
internal sealed record CardRow(string Class, string Text, string Tag, Effect Effect)
{
    public string Whole => $"{Text}: {(Effect is Effect.Redo ? "again " : "")}{Tag}";
}

/// <summary>What cards say.</summary>
internal static class CardText
{
    public static string Kind(StepKind kind) => kind switch
    {
        TaskKind => "Task",
        ApprovalKind => "Approval",
        NoteKind => "Note",
        AlertKind => "Alert",
        EmailKind => "Email",
        LetterKind => "Letter",
        ReceiveKind => "Receive",
        HttpKind => "HTTP request",
        StartKind => "Start a project",
        WaitKind => "Wait",
        SetKind => "Set fields",
        DecideKind => "Decision",
        GateKind => "Gate",
        CloseKind => "Close",
        GoToKind => "Go to stage",
        _ => kind.Key,
    };

    public static string Small(Step step, Plan plan) => step.Each is { } each
        ? Own(step, plan) is { Length: > 0 } own ? $"{Each(each, plan)} · {own}" : Each(each, plan)
        : Own(step, plan);

    /// <summary>For whom it opens once each, and how many it takes.</summary>
    private static string Each(EachRule each, Plan plan)
    {
        var source = each.Source switch
        {
            EachSource.RoleOf role => plan.FindRole(role.Role)?.Label ?? role.Role,
            EachSource.FieldOf field => plan.FindField(field.Field)?.Label ?? field.Field,
            _ => "",
        };
        var need = each.Need == NeedRule.All ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $": {each.Count}{(each.Outcome is null ? "" : " " + (each.Choices.FirstOrDefault(c => c.Id == each.Outcome)?.Label ?? each.Outcome).ToLowerInvariant())}");
        return $"× each {source}{need}";
    }

    private static string Own(Step step, Plan plan) => step.Kind switch
    {
        ApprovalKind approval => Joined(Need(approval) + Who(approval.Human.Assign, plan), Due(approval.Human)),
        { Work: { } work } => Joined(Who(work.Assign, plan), Due(work)),
        AlertKind alert => "to " + Who(alert.To, plan),
        EmailKind email => "to " + Who(email.To, plan),
        LetterKind letter => Words.Humanise(letter.Template),
        ReceiveKind receive => Joined(Words.Humanise(receive.Message), receive.Expire is { } expire ? (expire.At.IsBareDuration ? "at most " : "until ") + expire.At.Text : null),
        HttpKind http => http.Method + " " + Host(http.Url.Source),
        StartKind start => Joined(Words.Humanise(start.Plan), start.UntilClosed ? "until it has closed" : null),
        WaitKind wait => wait.Until.Text,
        SetKind set => Words.And(set.Assignments.Select(a => Words.Humanise(a.Field).ToLowerInvariant())),
        DecideKind decide => Words.Or(decide.Rules.Select(r => step.FindOutcome(r.Outcome)?.Label ?? r.Outcome).Distinct()),
        CloseKind close => "closes as " + Kinds.Lower(close.Result),
        GoToKind leave => "to " + plan.Stages[leave.Stage].Name,
        _ => "",
    };

    /// <summary>The outcomes that redo, leave or close.</summary>
    public static List<CardRow> Rows(Step step, Plan plan) => [.. step.Outcomes
        .Select(o => o.Effect switch
        {
            Effect.Redo redo => new CardRow("redo", o.Label, redo.When is { } when ? when.Text : redo.Step == step.Index ? "" : plan.Steps[redo.Step].Name, redo),
            Effect.GoTo leave => new CardRow("goto", o.Label, plan.Stages[leave.Stage].Name, leave),
            Effect.Close close => new CardRow(Kinds.Lower(close.Result), o.Label, Kinds.Lower(close.Result), close),
            _ => null,
        })
        .OfType<CardRow>()];

    /// <summary>What a screen reader says of the card.</summary>
    public static string Spoken(Step step, Plan plan, StepMark? mark)
    {
        var state = mark is null ? "" : $", {mark.State}";
        var small = mark?.Note ?? Small(step, plan);
        // In the order in which they are seen: who speaks to a screen says what is written on it.
        var rows = Rows(step, plan).Select(r => r.Tag.Length == 0 ? r.Text : $"{r.Text}: {r.Tag}");
        var probability = step.Probability is { } p ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $", {p} %") : "";
        return string.Join("; ", rows.Prepend($"{Kind(step.Kind)}{state}: {step.Name}{(small.Length > 0 ? ", " + small : "")}{probability}"));
    }

    /// <summary>What stands at the top of a card that more than one way leads to; null where all are needed.</summary>
    public static string? Join(Join join) => join switch
    {
        Language.Join.Any => "any",
        Language.Join.First { Need: > 1 } first => $"{first.Need} of {first.Ways.Length}",
        Language.Join.First => "first",
        _ => null,
    };

    private static string Who(AssigneeRule rule, Plan plan) =>
        string.Join(", ", rule.InOrder.Take(2).Select(a => One(a, plan))) + (rule.InOrder.Length > 2 ? ", …" : "");

    private static string One(Assignee who, Plan plan) => who switch
    {
        Assignee.Owner => "owner",
        Assignee.Creator => "creator",
        Assignee.Manager => "manager",
        Assignee.AccountManager => "account manager",
        Assignee.RoleOf role => plan.FindRole(role.Role)?.Label ?? role.Role,
        Assignee.GroupOf group => Words.Humanise(group.Group),
        Assignee.User user => user.Name,
        Assignee.DoneBy by => "same as " + plan.Steps[by.Step].Id,
        Assignee.Prospect => "prospect",
        Assignee.Address address => address.Email,
        Assignee.Participants => "participants",
        Assignee.Item => "the member",
        _ => "",
    };

    private static string Host(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.Host : url;

    private static string Need(ApprovalKind approval) => approval.Need switch
    {
        NeedRule.All => "all of ",
        NeedRule.Majority => "majority of ",
        _ => approval.Count == 1 ? "" : $"{approval.Count} of ",
    };

    private static string? Due(HumanWork work) => work.Due is { } due ? "due " + due.Text : null;

    private static string Joined(string first, string? second) => second is null ? first : $"{first} · {second}";
}
