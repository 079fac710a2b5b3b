using System.Collections.Immutable;
using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>What people choose and fill in, by chance: outcomes with the chances given, and values that fit their fields.</summary>
internal sealed class Guesses(Plan plan, ImmutableSortedDictionary<string, double> chances, Dice dice)
{
    private static readonly ImmutableSortedDictionary<string, object?> Nothing = ImmutableSortedDictionary.Create<string, object?>(StringComparer.Ordinal);

    private readonly Landmarks landmarks = new(plan);

    /// <summary>An outcome of a step, or of a member's part of it; null where it has none.</summary>
    public string? OutcomeOf(Step step)
    {
        Outcome[] outcomes = [.. (step.Each is { Choices.Length: > 0 } each ? each.Choices : step.Outcomes)];
        if (outcomes.Length == 0) { return null; }
        var named = outcomes.Sum(o => ChanceOf(step, o.Id) ?? 0);
        var others = outcomes.Count(o => ChanceOf(step, o.Id) is null);
        var share = others == 0 ? 0 : Math.Max(0, 1 - named) / others;
        var total = outcomes.Sum(o => ChanceOf(step, o.Id) ?? share);
        var thrown = dice.Next() * total;
        foreach (var outcome in outcomes)
        {
            thrown -= ChanceOf(step, outcome.Id) ?? share;
            if (thrown < 0) { return outcome.Id; }
        }

        return outcomes[^1].Id;
    }

    public bool Approves(Step step) =>
        dice.Chance(ChanceOf(step, "approved") ?? (1 - ChanceOf(step, "rejected")) ?? 0.5);

    /// <summary>Whether a mail or request fails: only where a chance says so.</summary>
    public bool Fails(string step) => chances.TryGetValue($"{step}.failed", out var chance) && dice.Chance(chance);

    public CloseResult ChildResult(Step step) => OutcomeOf(step with { Each = null, Outcomes = [.. step.Outcomes.Where(o => o.Id is "won" or "lost" or "cancelled")] }) switch
    {
        "lost" => CloseResult.Lost,
        "cancelled" => CloseResult.Cancelled,
        _ => CloseResult.Won,
    };

    /// <summary>The fields of a form that are empty, and those that an outcome asks for.</summary>
    public ImmutableSortedDictionary<string, object?> Form(Step step, string? outcome, ProjectState state, DateTimeOffset now)
    {
        var chosen = outcome is null ? null : step.FindOutcome(outcome) ?? step.Each?.Choices.FirstOrDefault(c => c.Id == outcome);
        var asked = chosen?.Ask ?? [];
        var filled = Values(step.Kind.Work?.Form ?? [], state, now);
        foreach (var field in asked) { if (ValueOf(field.Field, now) is { } value) { filled = filled.SetItem(field.Field, value); } }

        return chosen?.Effect is Effect.Redo { When.Anchor: Language.Time.Anchor.FieldValue on } && ValueOf(on.Field, now) is { } day ? filled.SetItem(on.Field, day) : filled;
    }

    public ImmutableSortedDictionary<string, object?> Values(IEnumerable<FormField> form, ProjectState state, DateTimeOffset now)
    {
        var values = Nothing;
        foreach (var field in form.Where(f => !state.Fields.ContainsKey(f.Field)))
        {
            if (ValueOf(field.Field, now) is { } value) { values = values.SetItem(field.Field, value); }
        }

        return values;
    }

    /// <summary>What is given, and what must always be filled.</summary>
    public ImmutableSortedDictionary<string, object?> AtStart(ImmutableSortedDictionary<string, object?> given, DateTimeOffset now)
    {
        foreach (var field in plan.Fields.Where(f => f.RequiredFrom == "always" && f.Default is null && !given.ContainsKey(f.Id)))
        {
            if (ValueOf(field.Id, now) is { } value) { given = given.SetItem(field.Id, value); }
        }

        return given;
    }

    /// <summary>Dates that something waits for.</summary>
    public ImmutableSortedDictionary<string, object?> DatesThatAreMissing(ProjectState state, DateTimeOffset now)
    {
        var dates = Nothing;
        foreach (var field in plan.Fields.Where(f => f.Kind is FieldKind.Date or FieldKind.Time && !state.Fields.ContainsKey(f.Id))) { dates = dates.SetItem(field.Id, ValueOf(field.Id, now)); }

        return dates;
    }

    private double? ChanceOf(Step step, string outcome) => chances.TryGetValue($"{step.Id}.{outcome}", out var chance) ? chance : null;

    private object? ValueOf(string id, DateTimeOffset now)
    {
        if (plan.FindField(id) is not { } field)
        {
            return id switch
            {
                "title" => "A simulated project",
                "amount" => Amount(id, null, null),
                "expected-close" => DateOnly.FromDateTime(now.UtcDateTime).AddDays(30 + dice.Index(60)),
                _ => null,
            };
        }

        return field.Kind switch
        {
            FieldKind.Number or FieldKind.Money or FieldKind.Percent => Amount(id, field.Min, field.Max ?? (field.Kind == FieldKind.Percent ? 100 : null)),
            FieldKind.Date => DateOnly.FromDateTime(now.UtcDateTime).AddDays(3 + dice.Index(20)),
            FieldKind.Time => new DateTimeOffset(now.UtcDateTime.Date.AddDays(3 + dice.Index(20)).AddHours(9), TimeSpan.Zero),
            FieldKind.YesNo => dice.Chance(0.5),
            FieldKind.Choice => field.Choices.IsEmpty ? null : dice.Of(field.Choices),
            FieldKind.Choices => field.Choices.IsEmpty ? null : ImmutableArray.Create<object?>(dice.Of(field.Choices)),
            FieldKind.Text or FieldKind.Note => field.Pattern is null ? "simulated" : null,
            FieldKind.File => "simulated.pdf",
            FieldKind.Contact => "simulated",
            FieldKind.Contacts => ImmutableArray.Create<object?>("simulated"),
            FieldKind.Link => "https://example.org/simulated",
            _ => null,
        };
    }

    /// <summary>Equally often between any two of the numbers that the plan compares the field with; now and then one of them itself.</summary>
    private decimal Amount(string field, decimal? min, decimal? max)
    {
        var from = min ?? Math.Min(1, max ?? 1);
        var cuts = landmarks.Of(field).Where(c => c >= from && c <= (max ?? decimal.MaxValue)).ToList();
        if (cuts.Count > 0 && dice.Chance(0.05)) { return dice.Of(cuts); }
        var to = max ?? Math.Max(cuts.Count > 0 ? cuts[^1] * 2 : 20_000, from + 1);
        decimal[] ends = [from, .. cuts.Where(c => c > from && c < to), to];
        var part = dice.Index(ends.Length - 1);
        return Math.Round((decimal)dice.Between((double)ends[part], (double)ends[part + 1]));
    }
}
