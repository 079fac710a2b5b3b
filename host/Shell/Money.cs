using System.Globalization;

namespace ProcessManager.Host.Shell;

/// <summary>Amounts in minor units, written for a reader.</summary>
public static class Money
{
    /// <summary>Currencies of ISO 4217 whose minor unit isn't a hundredth.</summary>
    private static readonly Dictionary<string, int> Exponents = new(StringComparer.Ordinal)
    {
        ["BIF"] = 0, ["CLP"] = 0, ["DJF"] = 0, ["GNF"] = 0, ["ISK"] = 0, ["JPY"] = 0, ["KMF"] = 0, ["KRW"] = 0, ["PYG"] = 0,
        ["RWF"] = 0, ["UGX"] = 0, ["UYI"] = 0, ["VND"] = 0, ["VUV"] = 0, ["XAF"] = 0, ["XOF"] = 0, ["XPF"] = 0,
        ["BHD"] = 3, ["IQD"] = 3, ["JOD"] = 3, ["KWD"] = 3, ["LYD"] = 3, ["OMR"] = 3, ["TND"] = 3, ["CLF"] = 4, ["UYW"] = 4,
    };

    /// <summary>The currencies that don't have two decimals, with how many they have.</summary>
    internal static IReadOnlyDictionary<string, int> Unusual => Exponents;

    /// <summary>Number of decimals of a currency: 2 for EUR, 0 for JPY.</summary>
    public static int Decimals(string currency) => Exponents.GetValueOrDefault(currency, 2);

    public static decimal ToUnits(long minorUnits, string currency) => minorUnits / (decimal)Math.Pow(10, Decimals(currency));

    /// <summary>"EUR 33,000" or "EUR 33,000.50": decimals only where there are any, the code instead of an ambiguous sign.</summary>
    public static string Format(long minorUnits, string currency, CultureInfo culture)
    {
        var units = ToUnits(minorUnits, currency);
        var decimals = units == decimal.Truncate(units) ? 0 : Decimals(currency);
        return $"{currency} {units.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), culture)}";
    }
}
