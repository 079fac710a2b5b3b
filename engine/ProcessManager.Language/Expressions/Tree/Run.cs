namespace ProcessManager.Language.Expressions;

/// <summary>One evaluation: what it may read, what it has left to spend, and why its result is null.</summary>
internal sealed class Run(EvaluationContext context, int locals, int budget = Run.Budget)
{
    /// <summary>Steps that one evaluation may take: nodes evaluated, members and characters touched.</summary>
    public const int Budget = 100_000;

    public const int MaxText = 1 << 20;
    public const int MaxItems = 100_000;

    /// <summary>Levels of lists inside lists that an operation follows.</summary>
    public const int MaxDepth = 100;

    /// <summary>What a result may hold in all: characters of texts, and one for each member.</summary>
    private const int MaxResult = 4 << 20;

    private const int CharactersPerStep = 128;
    private readonly int granted = budget;
    private int left = budget;

    public IValues Values { get; } = context.Values;
    public DateTimeOffset Now { get; } = context.Now;
    public TimeZoneInfo Zone { get; } = context.Zone;
    public object?[] Locals { get; } = locals == 0 ? [] : new object?[locals];
    public string? Problem { get; private set; }
    public bool Exhausted => left < 0;
    public int Spent => granted - left;

    /// <summary>A run without values, for the constants that the compiler works out.</summary>
    public static Run Probe() => new(new EvaluationContext(NoValues.Instance, DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc), 0);

    private sealed class NoValues : IValues
    {
        public static readonly NoValues Instance = new();

        public object? this[string name] => null;
    }

    /// <summary>Takes steps from the budget; false where none are left, and the evaluation must end.</summary>
    public bool Spend(int steps = 1)
    {
        if (left >= 0)
        {
            left -= steps;
            if (left < 0)
            {
                Problem = $"It takes more than {Budget} steps.";
            }
        }

        return left >= 0;
    }

    public bool SpendText(long characters) => Spend((int)Math.Min(Budget + 1, 1 + (characters / CharactersPerStep)));

    /// <summary>As <see cref="SpendText"/> for what is looked at besides: short texts cost nothing more than their step.</summary>
    public bool SpendLong(long characters) => characters < CharactersPerStep || SpendText(characters);

    /// <summary>Null, with the reason; the first reason of an evaluation stands.</summary>
    public object? Fail(string problem)
    {
        Problem ??= problem;
        return null;
    }

    /// <summary>The text, if it isn't too long.</summary>
    public object? Text(string text) =>
        !SpendText(text.Length) ? null
        : text.Length > MaxText ? Fail($"A text is longer than {MaxText} characters.")
        : text;

    /// <summary>
    /// The value as the result of the evaluation, if it isn't too large: a list can name one long text many times and cost little,
    /// but whoever keeps or writes it pays for each.
    /// </summary>
    public object? Result(object? value) => Size(value, 0, 0) is > MaxResult ? Fail("The result is too large.") : value;

    private static long Size(object? value, long before, int depth) => before > MaxResult || depth > MaxDepth ? MaxResult + 1L : value switch
    {
        string text => before + 1 + text.Length,
        FeelRange range => Size(range.High, Size(range.Low, before + 1, depth + 1), depth + 1),
        IReadOnlyDictionary<string, object?> context => SizeOf(context.SelectMany(e => new[] { e.Key, e.Value }), before, depth),
        IReadOnlyList<object?> list => SizeOf(list, before, depth),
        _ => before + 1,
    };

    private static long SizeOf(IEnumerable<object?> members, long before, int depth)
    {
        foreach (var member in members)
        {
            if ((before = Size(member, before + 1, depth + 1)) > MaxResult) { break; }
        }

        return before;
    }

    /// <summary>The list, if it isn't too long.</summary>
    public object? List(IReadOnlyList<object?> list) =>
        list.Count > MaxItems ? Fail($"A list has more than {MaxItems} members.")
        : Spend(list.Count) ? list : null;

    /// <summary>
    /// A value from outside: moments are seen in the zone of the evaluation, whole numbers are numbers.
    /// </summary>
    public object? Import(object? value) => value switch
    {
        null or decimal or string or bool or DateOnly => value,
        DateTimeOffset moment => TimeZoneInfo.ConvertTime(moment, Zone),
        int whole => (decimal)whole,
        long whole => (decimal)whole,
        IReadOnlyList<object?> list when list.Any(i => i is DateTimeOffset) => list.Select(Import).ToList(),
        TimeOnly or TimeSpan or MonthsDuration or FeelRange or IReadOnlyList<object?> or IReadOnlyDictionary<string, object?> => value,
        _ => Fail($"A value is of a kind that expressions don't know: {value.GetType().Name}."),
    };
}

/// <summary>Yes and no as objects, so that conditions allocate nothing.</summary>
internal static class Truth
{
    private static readonly object Yes = true;
    private static readonly object No = false;

    public static object Of(bool value) => value ? Yes : No;

    public static object? Of(bool? value) => value is { } known ? Of(known) : null;
}
