using System.Collections.Immutable;
using System.Globalization;

namespace ProcessManager.Language.Expressions;

/// <summary>A function that a SQLite connection needs for filters. It gives the same for the same arguments and never throws.</summary>
/// <param name="Body">Arguments and result are null, <see cref="string"/> or <see cref="long"/>.</param>
public sealed record SqlFunction(string Name, int Arguments, Func<object?[], object?> Body);

/// <summary>
/// What SQLite can't do by itself, done by the code that evaluates expressions in memory, so that both give the same answer. Numbers are
/// canonical decimal text, days text, moments and durations ticks.
/// </summary>
public static class SqlFunctions
{
    public static ImmutableArray<SqlFunction> All { get; } =
    [
        Of("pm_number", 1, a => a[0] is string text && text.Length > 0 && (char.IsAsciiDigit(text[0]) || text[0] == '-') &&
            decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null),
        Of("pm_scaled", 2, a => a is [long parts, long decimals] ? Scaled(parts, decimals) : null),
        Of("pm_compare", 2, a => Numbers(a) is var (l, r) ? (long)l.CompareTo(r) : null),
        Calculation("pm_add", BinaryOperator.Add),
        Calculation("pm_subtract", BinaryOperator.Subtract),
        Calculation("pm_multiply", BinaryOperator.Multiply),
        Calculation("pm_divide", BinaryOperator.Divide),
        Of("pm_modulo", 2, a => Numbers(a) is var (l, r) ? Call("modulo", l, r) : null),
        Of("pm_absolute", 1, a => Number(a[0]) is { } n ? Math.Abs(n) : null),
        Of("pm_round", 3, a => a is [string name, _, long scale] && Number(a[1]) is { } n ? Call(name, n, (decimal)scale) : null),
        Of("pm_upper", 1, a => (a[0] as string)?.ToUpperInvariant()),
        Of("pm_lower", 1, a => (a[0] as string)?.ToLowerInvariant()),
        Of("pm_day", 1, a => Day(a[0])),
        Of("pm_moment", 1, a => a[0] is string text ? DateText.DateTime(text)?.In(TimeZoneInfo.Utc) : null),
        Of("pm_add_ticks", 2, a => a is [long l, long r] ? Apply(BinaryOperator.Add, TimeSpan.FromTicks(l), TimeSpan.FromTicks(r)) : null),
        Of("pm_shift_moment", 2, a => a is [long moment, long ticks] ? Apply(BinaryOperator.Add, Moment(moment), TimeSpan.FromTicks(ticks)) : null),
        Of("pm_shift_day", 2, a => a[1] is long ticks ? Apply(BinaryOperator.Add, Day(a[0]), TimeSpan.FromTicks(ticks)) : null),
        Of("pm_shift_months", 2, a => a[1] is long months ? Apply(BinaryOperator.Add, Day(a[0]), new MonthsDuration((int)months)) : null),
        Of("pm_between", 2, a => Apply(BinaryOperator.Subtract, Day(a[0]), Day(a[1]))),
        Of("pm_day_of", 2, a => a is [long moment, string zone] ? DateOnly.FromDateTime(In(moment, zone).DateTime) : null),
        Of("pm_clock_of", 3, a => a is [long moment, string part, string zone] ? Properties.Get(In(moment, zone), part) : null),
        Of("pm_of_day", 2, a => Day(a[0]) is { } day && a[1] is string part ? Properties.Get(day, part) ?? Call(part, day) : null),
    ];

    private static SqlFunction Of(string name, int arguments, Func<object?[], object?> body) =>
        new(name, arguments, a => a.Contains(null) ? null : Result(name, Guarded(body, a)));

    private static SqlFunction Calculation(string name, BinaryOperator operation) =>
        Of(name, 2, a => Numbers(a) is var (l, r) ? Apply(operation, l, r) : null);

    private static object? Guarded(Func<object?[], object?> body, object?[] arguments)
    {
        try
        {
            return body(arguments);
        }
        catch (Exception e) when (e is OverflowException or ArgumentException or TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            // A number or date left its range, as in memory; or the database holds what no version of this program writes.
            return null;
        }
    }

    /// <summary>Whole numbers of days and clocks stay whole; every other number is text.</summary>
    private static object? Result(string name, object? value) => value switch
    {
        decimal number when name is "pm_of_day" or "pm_clock_of" => (long)number,
        decimal number => ValueText.Number(number == 0 ? 0 : number),
        DateOnly day => DateText.Write(day),
        DateTimeOffset moment => moment.UtcTicks,
        TimeSpan duration => duration.Ticks,
        _ => value,
    };

    private static decimal? Number(object? value) => value switch
    {
        long whole => whole,
        string text when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static (decimal Left, decimal Right)? Numbers(object?[] a) => Number(a[0]) is { } l && Number(a[1]) is { } r ? (l, r) : null;

    private static decimal? Scaled(long parts, long decimals) =>
        decimals is >= 0 and <= 28 ? parts * new decimal(1, 0, 0, false, (byte)decimals) : null;

    private static DateOnly? Day(object? value) => value is string text ? DateText.Date(text) : null;

    private static DateTimeOffset Moment(long ticks) => new(ticks, TimeSpan.Zero);

    private static DateTimeOffset In(long ticks, string zone) => TimeZoneInfo.ConvertTime(Moment(ticks), TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static object? Apply(BinaryOperator operation, object? left, object? right) => Calculating.Apply(Run.Probe(), operation, left, right);

    private static object? Call(string function, params object?[] arguments) => FunctionCatalogue.Find(function) is [var signature, ..]
        ? signature.Body(Run.Probe(), arguments) : null;
}
