using System.Globalization;
using ProcessManager.Engine;
using ProcessManager.Host.Access;

namespace ProcessManager.Host.Shell;

/// <summary>Zone and locale of people who have set none of their own: the organisation's zone, and the setting <c>Locale</c> (default en-GB).</summary>
public sealed class ReaderDefaults(ProcessEngine engine, IConfiguration settings)
{
    public TimeZoneInfo Zone =>
        engine.Organisation is { } organisation && TimeZoneInfo.TryFindSystemTimeZoneById(organisation.Zone, out var zone) ? zone : TimeZoneInfo.Utc;

    public CultureInfo Culture { get; } = Locales.OrDefault(settings["Locale"] ?? "");
}
