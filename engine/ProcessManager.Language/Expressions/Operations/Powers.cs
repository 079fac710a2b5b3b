namespace ProcessManager.Language.Expressions;

/// <summary>
/// Powers, roots, exponentials. Whole exponents and square roots are worked out in decimals; the rest goes
/// through binary floating point and has about 15 exact digits.
/// </summary>
internal static class Powers
{
    public static object? Raise(Run run, decimal number, decimal exponent)
    {
        if (exponent != decimal.Truncate(exponent) || Math.Abs(exponent) > 10_000)
        {
            return number < 0 ? run.Fail("A negative number has no such power.") : FromDouble(run, Math.Pow((double)number, (double)exponent));
        }

        if (number == 0 && exponent < 0)
        {
            return run.Fail("A number is divided by zero.");
        }

        return exponent >= 0 ? Whole(number, (int)exponent) : Inverse(run, number, (int)-exponent);
    }

    private static decimal Whole(decimal number, int exponent)
    {
        var result = 1m;
        while (exponent > 0)
        {
            if ((exponent & 1) == 1)
            {
                result *= number;
            }

            exponent >>= 1;
            if (exponent > 0)
            {
                number *= number;
            }
        }

        return result;
    }

    /// <summary>Where the power itself is too large, its inverse is too small to be told from zero.</summary>
    private static object? Inverse(Run run, decimal number, int exponent)
    {
        try
        {
            var power = Whole(number, exponent);
            return power == 0 ? run.Fail("The result is too large.") : 1m / power;
        }
        catch (OverflowException)
        {
            return 0m;
        }
    }

    public static object? Root(Run run, decimal number)
    {
        if (number < 0)
        {
            return run.Fail("A negative number has no square root.");
        }

        if (number == 0)
        {
            return 0m;
        }

        // The guess has 15 digits; two of Newton's steps give all that a decimal holds.
        var root = (decimal)Math.Sqrt((double)number);
        for (var i = 0; i < 2 && root != 0; i++)
        {
            root = (root + (number / root)) / 2;
        }

        return root;
    }

    public static object? FromDouble(Run run, double value) =>
        double.IsFinite(value) && Math.Abs(value) < 7.9e28 ? (decimal)value : run.Fail("The result is too large.");
}
