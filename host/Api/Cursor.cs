using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace ProcessManager.Host.Api;

/// <summary>Opaque places in a list: the sort key and the id of the last row of a page.</summary>
internal static class Cursor
{
    public const int MostItems = 200;

    public static string Of(long order, long id) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{order}.{id}")));

    /// <summary>False where it is none of ours.</summary>
    public static bool TryRead(string? cursor, out long order, out long id)
    {
        order = id = 0;
        if (string.IsNullOrEmpty(cursor) || cursor.Length > 80 || !Base64Url.IsValid(cursor)) { return false; }
        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)).Split('.');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out order)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out id);
    }

    public static int Count(int? wanted) => Math.Clamp(wanted ?? 50, 1, MostItems);
}
