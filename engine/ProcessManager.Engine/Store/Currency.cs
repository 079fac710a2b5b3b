namespace ProcessManager.Engine.Store;

/// <summary>Minor units of currencies (ISO 4217): how many decimals the smallest coin has.</summary>
internal static class Currency
{
    public static int DecimalsOf(string? code) => code switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "UYI" or "VND" or "VUV" or "XAF" or
            "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        "CLF" or "UYW" => 4,
        _ => 2,
    };

    /// <summary>The amount in minor units, rounded half away from zero; the largest there is where it would not fit.</summary>
    public static long ToMinor(decimal amount, string? code)
    {
        var factor = DecimalsOf(code) switch { 0 => 1m, 3 => 1000m, 4 => 10000m, _ => 100m };
        if (Math.Abs(amount) >= long.MaxValue / factor) { return amount < 0 ? -long.MaxValue : long.MaxValue; }
        return (long)Math.Round(amount * factor, MidpointRounding.AwayFromZero);
    }
}
