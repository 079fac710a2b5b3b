using System.Text.RegularExpressions;

namespace ProcessManager.Language.Binding;

/// <summary>Addresses as authors write them: stricter than RFC 5322, so that nothing in them can reach into a mail's head.</summary>
internal static partial class MailAddress
{
    public static bool IsOne(string text) => text.Length <= 254 && Bare().IsMatch(text);

    /// <summary>Also <c>Name &lt;name@domain&gt;</c>.</summary>
    public static bool IsNamed(string text)
    {
        var open = text.IndexOf('<', StringComparison.Ordinal);
        return IsOne(text) || (open >= 0 && text.EndsWith('>') && IsOne(text[(open + 1)..^1])
            && !text[..open].Any(c => char.IsControl(c) || c is '<' or '>'));
    }

    [GeneratedRegex(@"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*\z")]
    private static partial Regex Bare();
}
