using System.Collections.Immutable;
using System.Globalization;
using static ProcessManager.Language.Expressions.Signatures;

namespace ProcessManager.Language.Expressions;

internal static class NumberFunctions
{
    private const string Half = "half of the last digit";

    public static readonly ImmutableArray<Signature> All =
    [
        new("number", "The number that a text writes; a point separates decimals.", """number("1500.5") = 1500.5""",
            [P("from", Text)], Number, (run, a) => Read(run, (string)a[0]!, null, ".")),
        new("number", "The number that a text writes with these separators.", """number("1.500,5", ".", ",") = 1500.5""",
            [P("from", Text), Nullable("grouping separator", Text), Nullable("decimal separator", Text)], Number,
            (run, a) => Read(run, (string)a[0]!, (string?)a[1], (string?)a[2] ?? ".")),
        new("number", "A number as it is.", "number(5) = 5", [P("from", Number)], Number, (_, a) => a[0]),
        Rounding("decimal", $"Rounded to so many decimals; {Half} goes to the even digit.", "decimal(2.345, 2) = 2.34", false,
            (n, s) => Scaled(n, s, MidpointRounding.ToEven)),
        Rounding("floor", "The next lower number with so many decimals (0 if left out).", "floor(-1.5) = -2", true,
            (n, s) => Scaled(n, s, MidpointRounding.ToNegativeInfinity)),
        Rounding("ceiling", "The next higher number with so many decimals (0 if left out).", "ceiling(1.2) = 2", true,
            (n, s) => Scaled(n, s, MidpointRounding.ToPositiveInfinity)),
        Rounding("round up", "Rounded away from zero.", "round up(5.51, 1) = 5.6", false, RoundUp),
        Rounding("round down", "Rounded toward zero.", "round down(-5.59, 1) = -5.5", false,
            (n, s) => Scaled(n, s, MidpointRounding.ToZero)),
        Rounding("round half up", $"Rounded; {Half} away from zero.", "round half up(5.55, 1) = 5.6", false,
            (n, s) => Scaled(n, s, MidpointRounding.AwayFromZero)),
        Rounding("round half down", $"Rounded; {Half} toward zero.", "round half down(5.55, 1) = 5.5", false, RoundHalfDown),
        new("abs", "Without its sign.", "abs(-10) = 10", [P("n", Number)], Number, (_, a) => Math.Abs((decimal)a[0]!)),
        new("abs", "Without its sign.", """abs(@"-PT5H") = @"PT5H" """, [P("n", Days)], Days,
            (_, a) => ((TimeSpan)a[0]!).Duration()),
        new("abs", "Without its sign.", """abs(@"-P1Y") = @"P1Y" """, [P("n", Months)], Months,
            (_, a) => new MonthsDuration(Math.Abs(((MonthsDuration)a[0]!).Months))),
        new("modulo", "The rest of a division; it has the sign of the divisor.", "modulo(-12, 5) = 3",
            [P("dividend", Number), P("divisor", Number)], Number, (run, a) => Modulo(run, (decimal)a[0]!, (decimal)a[1]!)),
        new("sqrt", "The square root.", "sqrt(16) = 4", [P("number", Number)], Number, (run, a) => Powers.Root(run, (decimal)a[0]!)),
        new("exp", "e raised to this power, to about 15 digits.", "decimal(exp(5), 6) = 148.413159",
            [P("number", Number)], Number, (run, a) => Powers.FromDouble(run, Math.Exp((double)(decimal)a[0]!))),
        new("log", "The natural logarithm, to about 15 digits.", "decimal(log(10), 6) = 2.302585",
            [P("number", Number)], Number,
            (run, a) => (decimal)a[0]! <= 0 ? run.Fail("Only positive numbers have a logarithm.") : Powers.FromDouble(run, Math.Log((double)(decimal)a[0]!))),
        new("odd", "Yes for an odd whole number.", "odd(5)", [P("number", Number)], YesNo, (_, a) => Truth.Of(Math.Abs((decimal)a[0]! % 2) == 1)),
        new("even", "Yes for an even whole number.", "even(2)", [P("number", Number)], YesNo, (_, a) => Truth.Of((decimal)a[0]! % 2 == 0)),
    ];

    private static Signature Rounding(string name, string summary, string example, bool scaleIsOptional, Func<decimal, int, decimal> round) =>
        new(name, summary, example, [P("n", Number), scaleIsOptional ? OptionalValue("scale", Number) : P("scale", Number)], Number, (run, a) =>
        {
            var scale = (decimal?)a[1] ?? 0;
            return scale != decimal.Truncate(scale) || Math.Abs(scale) > 6176
                ? run.Fail($"{name} needs a whole number of decimals.")
                : Round((decimal)a[0]!, (int)scale, round);
        });

    /// <summary>Decimals beyond those that a number can have change nothing; a negative scale rounds before the point.</summary>
    private static decimal Round(decimal number, int scale, Func<decimal, int, decimal> round)
    {
        if (scale >= 0)
        {
            return round(number, Math.Min(scale, 28));
        }

        if (scale < -28)
        {
            return round(number / 1e28m / 10, 0) == 0 ? 0 : throw new OverflowException();
        }

        var unit = (decimal)Powers.Raise(null!, 10, -scale)!;
        return round(number / unit, 0) * unit;
    }

    private static decimal Scaled(decimal number, int scale, MidpointRounding mode) => decimal.Round(number, scale, mode);

    private static decimal RoundUp(decimal number, int scale)
    {
        var down = Scaled(number, scale, MidpointRounding.ToZero);
        return down == number ? down : down + (Math.Sign(number) * Unit(scale));
    }

    private static decimal RoundHalfDown(decimal number, int scale)
    {
        var down = Scaled(number, scale, MidpointRounding.ToZero);
        return Math.Abs(number - down) * 2 <= Unit(scale) ? down : Scaled(number, scale, MidpointRounding.AwayFromZero);
    }

    /// <summary>One in the last of so many decimals.</summary>
    private static decimal Unit(int scale) => new(1, 0, 0, false, (byte)scale);

    private static object? Modulo(Run run, decimal dividend, decimal divisor)
    {
        if (divisor == 0)
        {
            return run.Fail("A number is divided by zero.");
        }

        var rest = dividend % divisor;
        return rest != 0 && Math.Sign(rest) != Math.Sign(divisor) ? rest + divisor : rest;
    }

    private static object? Read(Run run, string text, string? grouping, string point)
    {
        if (grouping is not (null or " " or "," or ".") || point is not ("." or ",") || grouping == point)
        {
            return run.Fail("A separator is a point, a comma or (between thousands) a space, and the two differ.");
        }

        var plain = (grouping is null ? text : text.Replace(grouping, "", StringComparison.Ordinal)).Replace(point, ".", StringComparison.Ordinal);
        return !(point == "," && grouping != "." && text.Contains('.', StringComparison.Ordinal)) &&
            decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture, out var number)
                ? number
                : run.Fail("A text can't be read as a number.");
    }
}
