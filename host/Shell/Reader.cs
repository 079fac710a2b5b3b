using System.Globalization;
using System.Security.Claims;
using ProcessManager.Host.Access;

namespace ProcessManager.Host.Shell;

/// <summary>
/// Who reads the page being made, and how: zone, locale, theme. Pages format every date, number and amount through it.
/// One a request.
/// </summary>
public sealed class Reader
{
    public const string ThemeCookie = "pm-theme";

    private readonly ClaimsPrincipal principal;

    public Reader(IHttpContextAccessor accessor, TimeProvider clock, ReaderDefaults defaults)
    {
        var context = accessor.HttpContext;
        principal = context?.User ?? new ClaimsPrincipal();
        Now = clock.GetUtcNow();
        Theme = context?.Request.Cookies[ThemeCookie] is "light" or "dark" ? context.Request.Cookies[ThemeCookie]! : "auto";
        Zone = TimeZoneInfo.TryFindSystemTimeZoneById(Claim(AccessClaims.Zone), out var zone) ? zone : defaults.Zone;
        Culture = Claim(AccessClaims.Locale) is { Length: > 0 } locale ? Locales.OrDefault(locale) : defaults.Culture;
    }

    public bool IsSignedIn => principal.Identity?.IsAuthenticated == true;

    /// <summary>0 when nobody is signed in.</summary>
    public long PersonId => long.TryParse(Claim(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var id) ? id : 0;

    /// <summary>The sign-in name, as plans and history write it; empty when nobody is signed in.</summary>
    public string UserName => Claim(ClaimTypes.Name);

    public string DisplayName => Claim(AccessClaims.DisplayName);

    public bool Is(string role) => principal.IsInRole(role);

    /// <summary>Ids of the groups the person belongs to.</summary>
    public IEnumerable<string> Groups => principal.FindAll(AccessClaims.Group).Select(claim => claim.Value);

    /// <summary>"light", "dark" or "auto".</summary>
    public string Theme { get; }

    public TimeZoneInfo Zone { get; }

    public CultureInfo Culture { get; }

    /// <summary>The moment at which this page is made, UTC.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Today in the reader's zone.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Local(Now).DateTime);

    public DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone);

    public string Date(DateOnly date) => date.ToString("d", Culture);

    public string Date(DateTimeOffset moment) => Local(moment).ToString("d", Culture);

    public string Time(DateTimeOffset moment) => Local(moment).ToString("t", Culture);

    public string DateAndTime(DateTimeOffset moment) => Local(moment).ToString("g", Culture);

    /// <summary>Weekday, date, time and zone: what a tooltip says.</summary>
    public string Exactly(DateTimeOffset moment)
    {
        var local = Local(moment);
        var zone = local.Offset == TimeSpan.Zero ? "UTC" : $"UTC{(local.Offset < TimeSpan.Zero ? "−" : "+")}{local.Offset:hh\\:mm}";
        return $"{local.DayOfWeek} {local.ToString("d", Culture)} {local.ToString("T", Culture)} ({zone})";
    }

    public string Number(decimal number, int decimals = 0) => number.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), Culture);

    /// <param name="minorUnits">Cents and the like; how many make one unit depends on the currency.</param>
    /// <param name="currency">ISO 4217 code, "EUR".</param>
    public string Money(long minorUnits, string currency) => Shell.Money.Format(minorUnits, currency, Culture);

    private string Claim(string type) => principal.FindFirstValue(type) ?? "";
}
