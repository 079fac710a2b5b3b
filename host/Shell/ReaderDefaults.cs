using System.Globalization;
using ProcessManager.Host.Access;

namespace ProcessManager.Host.Shell;

/// <summary>Zone and locale of people who have set none of their own: the organisation's. Set when the definitions are read.</summary>
public sealed class ReaderDefaults
{
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    public CultureInfo Culture { get; set; } = Locales.OrDefault("");
}
