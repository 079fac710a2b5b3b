namespace ProcessManager.Language.Expressions;

/// <summary>
/// Arithmetic. Null where an operand is null or the types don't go together; null with a reason where the
/// result is too large or divided by zero.
/// </summary>
internal static class Calculating
{
    private const string TooLarge = "The result is too large.";

    public static object? Apply(Run run, BinaryOperator operation, object? left, object? right)
    {
        if (left is null || right is null)
        {
            return null;
        }

        try
        {
            return left is decimal l && right is decimal r
                ? Numbers(run, operation, l, r)
                : operation switch
                {
                    BinaryOperator.Add => Add(run, left, right),
                    BinaryOperator.Subtract => Subtract(run, left, right),
                    BinaryOperator.Multiply => Multiply(run, left, right),
                    BinaryOperator.Divide => Divide(run, left, right),
                    _ => Unfit(run, "raised to the power of", left, right),
                };
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            // The framework's own way to say that a number or date left its range.
            return run.Fail(TooLarge);
        }
    }

    public static object? Negate(Run run, object? value) => value switch
    {
        null => null,
        decimal number => -number,
        TimeSpan duration when duration != TimeSpan.MinValue => -duration,
        MonthsDuration duration when duration.Months != int.MinValue => new MonthsDuration(-duration.Months),
        TimeSpan or MonthsDuration => run.Fail(TooLarge),
        _ => run.Fail($"{Comparing.Capital(Kinds.Say(value))} has no negative."),
    };

    private static object? Numbers(Run run, BinaryOperator operation, decimal left, decimal right) => operation switch
    {
        BinaryOperator.Add => left + right,
        BinaryOperator.Subtract => left - right,
        BinaryOperator.Multiply => left * right,
        BinaryOperator.Divide => right == 0 ? run.Fail("A number is divided by zero.") : left / right,
        _ => Powers.Raise(run, left, right),
    };

    private static object? Add(Run run, object left, object right) => (left, right) switch
    {
        (string l, string r) => l.Length + r.Length > Run.MaxText
            ? run.Fail($"A text is longer than {Run.MaxText} characters.")
            : run.Text(l + r),
        (TimeSpan l, TimeSpan r) => l + r,
        (MonthsDuration l, MonthsDuration r) => new MonthsDuration(checked(l.Months + r.Months)),
        (DateOnly or TimeOnly or DateTimeOffset, TimeSpan or MonthsDuration) => Shift(run, left, right),
        (TimeSpan or MonthsDuration, DateOnly or TimeOnly or DateTimeOffset) => Shift(run, right, left),
        _ => Unfit(run, "added to", right, left),
    };

    private static object? Subtract(Run run, object left, object right) => (left, right) switch
    {
        (TimeSpan l, TimeSpan r) => l - r,
        (MonthsDuration l, MonthsDuration r) => new MonthsDuration(checked(l.Months - r.Months)),
        (DateOnly l, DateOnly r) => TimeSpan.FromDays(l.DayNumber - r.DayNumber),
        (TimeOnly l, TimeOnly r) => l.ToTimeSpan() - r.ToTimeSpan(),
        (DateTimeOffset l, DateTimeOffset r) => l - r,
        (DateTimeOffset l, DateOnly r) => l - Zones.Midnight(r, run.Zone),
        (DateOnly l, DateTimeOffset r) => Zones.Midnight(l, run.Zone) - r,
        (DateOnly or TimeOnly or DateTimeOffset, TimeSpan or MonthsDuration) =>
            Negate(run, right) is { } back ? Shift(run, left, back) : null,
        _ => Unfit(run, "subtracted from", right, left),
    };

    /// <summary>A date keeps no time: what a duration has beside whole days is cut off at the day it reaches.</summary>
    private static object? Shift(Run run, object value, object duration) => (value, duration) switch
    {
        (DateOnly date, TimeSpan d) => DateOnly.FromDateTime(date.ToDateTime(TimeOnly.MinValue) + d),
        (DateOnly date, MonthsDuration d) => date.AddMonths(d.Months),
        (TimeOnly time, TimeSpan d) => time.Add(d),
        (DateTimeOffset moment, TimeSpan d) => Zones.See(moment + d, moment, run.Zone),
        (DateTimeOffset moment, MonthsDuration d) => Zones.AddMonths(moment, d.Months, run.Zone),
        _ => Unfit(run, "added to", duration, value),
    };

    private static object? Multiply(Run run, object left, object right) => (left, right) switch
    {
        (TimeSpan d, decimal n) => Ticks(d.Ticks * n),
        (decimal n, TimeSpan d) => Ticks(d.Ticks * n),
        (MonthsDuration d, decimal n) => Months(d.Months * n),
        (decimal n, MonthsDuration d) => Months(d.Months * n),
        _ => Unfit(run, "multiplied with", left, right),
    };

    private static object? Divide(Run run, object left, object right) => (left, right) switch
    {
        (TimeSpan or MonthsDuration, decimal and 0) => run.Fail("A duration is divided by zero."),
        (TimeSpan d, decimal n) => Ticks(d.Ticks / n),
        (MonthsDuration d, decimal n) => Months(d.Months / n),
        (TimeSpan l, TimeSpan r) => r == TimeSpan.Zero ? run.Fail("A duration is divided by zero.") : (decimal)l.Ticks / r.Ticks,
        (MonthsDuration l, MonthsDuration r) => r.Months == 0
            ? run.Fail("A duration is divided by zero.")
            : (decimal)l.Months / r.Months,
        _ => Unfit(run, "divided by", left, right),
    };

    private static TimeSpan Ticks(decimal ticks) => TimeSpan.FromTicks(decimal.ToInt64(decimal.Truncate(ticks)));

    private static MonthsDuration Months(decimal months) => new MonthsDuration(decimal.ToInt32(decimal.Truncate(months)));

    private static object? Unfit(Run run, string verb, object left, object right) =>
        run.Fail($"{Comparing.Capital(Kinds.Say(left))} can't be {verb} {Kinds.Say(right)}.");

    /// <summary>The type of a result; null where the operator can't be used with these types.</summary>
    public static FeelType? TypeOf(BinaryOperator operation, FeelType left, FeelType right)
    {
        if (Types.IsOpen(left) || Types.IsOpen(right))
        {
            return operation == BinaryOperator.Power ? FeelType.NumberType : FeelType.AnyType;
        }

        return (operation, left, right) switch
        {
            (_, FeelType.Number, FeelType.Number) => FeelType.NumberType,
            (BinaryOperator.Add, FeelType.Text, FeelType.Text) => FeelType.TextType,
            (BinaryOperator.Add or BinaryOperator.Subtract, FeelType.DaysDuration, FeelType.DaysDuration) => left,
            (BinaryOperator.Add or BinaryOperator.Subtract, FeelType.YearsDuration, FeelType.YearsDuration) => left,
            (BinaryOperator.Add or BinaryOperator.Subtract, FeelType.Date or FeelType.DateTime, FeelType.DaysDuration or FeelType.YearsDuration) => left,
            (BinaryOperator.Add or BinaryOperator.Subtract, FeelType.Time, FeelType.DaysDuration) => left,
            (BinaryOperator.Add, FeelType.DaysDuration or FeelType.YearsDuration, FeelType.Date or FeelType.DateTime) => right,
            (BinaryOperator.Add, FeelType.DaysDuration, FeelType.Time) => right,
            (BinaryOperator.Subtract, FeelType.Date or FeelType.DateTime, FeelType.Date or FeelType.DateTime) => FeelType.DaysDurationType,
            (BinaryOperator.Subtract, FeelType.Time, FeelType.Time) => FeelType.DaysDurationType,
            (BinaryOperator.Multiply, FeelType.Number, FeelType.DaysDuration or FeelType.YearsDuration) => right,
            (BinaryOperator.Multiply or BinaryOperator.Divide, FeelType.DaysDuration or FeelType.YearsDuration, FeelType.Number) => left,
            (BinaryOperator.Divide, FeelType.DaysDuration, FeelType.DaysDuration) => FeelType.NumberType,
            (BinaryOperator.Divide, FeelType.YearsDuration, FeelType.YearsDuration) => FeelType.NumberType,
            _ => null,
        };
    }
}
