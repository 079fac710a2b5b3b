using System.Text.Json;

namespace ProcessManager.Host.Tests.Api;

/// <summary>Bodies for an endpoint by the type that it reads: a fitting one, and with every odd value in the place of each member.</summary>
internal static class HostileJson
{
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e400", "99999999999999999999999999999999999999", "1.5", "\"\"", "\"x\"", "\" \"", "[]", "{}", "[null]", "[[]]", "[1]", "[\"\"]", "[\"nobody\"]",
        """{"a":null}""", """{"a":{"b":1}}""", """{"":1}""", """{"title":null}""", """{"title":[]}""", """{"amount":"x"}""", """{"amount":79228162514264337593543950335}""",
        """{"amount":-79228162514264337593543950335}""", """{"amount":0.0000000000000000000000000001}""", """{"expected-close":"9999-12-31"}""", """{"expected-close":"0001-01-01"}""",
        """{"expected-close":5}""", """{"title":"\ud800"}""", """{"title":"\u0000"}""", """{"seller":[null]}""", """{"seller":null}""", """{"call-on":"31.12.2027"}""", "{\"title\":\"\u202e\ufeff\"}",
        "\"\\ud800\"", "\"\\u0000\"", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59+00:00\"", "\"9999-12-31T23:59:59-14:00\"", "\"2027-01-01\"", "\"won\"", "\"highest\"",
        "\"=cmd|' /C calc'!A0\"", "\"<script>\"", "\"'; drop table projects; --\"", $"\"{new string('a', 70_000)}\"", $"[{string.Join(',', Enumerable.Repeat("\"x\"", 5_000))}]",
    ];

    public static IEnumerable<string> For(Type body)
    {
        yield return "";
        yield return "null";
        yield return "[]";
        yield return "{";
        yield return "\"x\"";
        yield return "{}";
        yield return "{\"noSuchMember\":1}";
        yield return new string('[', 20_000);
        yield return string.Concat(Enumerable.Repeat("{\"fields\":", 500));
        yield return "\ufeff{}";
        yield return "{\"fields\":{},\"fields\":{}}";
        foreach (var odd in Values) { yield return odd; }
        foreach (var member in Members(body))
        {
            foreach (var odd in Values) { yield return With(body, member, odd); }
        }
    }

    /// <summary>A body that can be read, and is mostly refused for what it asks.</summary>
    public static string Plain(Type body) => With(body, "", "");

    private static string With(Type body, string changed, string value) =>
        "{" + string.Join(',', Members(body).Where(m => m != "newContact" || m == changed)
            .Select(m => $"\"{m}\":{(m == changed ? value : Usual(body, m))}")) + "}";

    private static IEnumerable<string> Members(Type body) =>
        body.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First().GetParameters().Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name!));

    private static string Usual(Type body, string member)
    {
        var type = body.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First().GetParameters()
            .Single(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name!) == member).ParameterType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return member == "plan" ? "\"brochure-to-customer\""
            : type == typeof(string) ? "\"x\""
            : type.IsEnum ? $"\"{JsonNamingPolicy.KebabCaseLower.ConvertName(Enum.GetNames(type)[0])}\""
            : type == typeof(bool) ? "true"
            : type == typeof(DateTimeOffset) ? "\"2027-01-01T00:00:00Z\""
            : type.IsPrimitive ? "1"
            : type.IsArray ? "[]"
            : "{}";
    }
}
