using System.Globalization;

namespace ProcessManager.Host.Access;

/// <summary>Cultures in which dates and numbers can be written.</summary>
public static class Locales
{
    public const string Default = "en-GB";

    public static bool Exists(string name) => name.Length > 0 && Find(name) is not null;

    public static CultureInfo OrDefault(string name) => (name.Length > 0 ? Find(name) : null) ?? CultureInfo.GetCultureInfo(Default);

    private static CultureInfo? Find(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }
}
