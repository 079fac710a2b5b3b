using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;

namespace ProcessManager.Host.Shell;

/// <summary>
/// Says what is wrong with a request that couldn't be read, and where: which member of the JSON, which line, which parameter of the address.
/// Names of our types never leave the house.
/// </summary>
internal static partial class BadRequests
{
    /// <summary>Null where there is no more to say than the status does.</summary>
    public static ProblemDetails? Explain(BadHttpRequestException bad)
    {
        if (bad.InnerException is JsonException json) { return OfJson(json); }
        if (Parameter().Match(bad.Message) is { Success: true } odd)
        {
            var name = odd.Groups["name"].Value;
            return Of(bad.StatusCode, "bad-parameter", "A parameter doesn't fit", name, $"“{Short(odd.Groups["value"].Value)}” is no value for {name}.");
        }

        return MissingBody().IsMatch(bad.Message)
            ? Of(bad.StatusCode, "bad-json", "The body isn't the JSON that is expected", "$", "The request needs a JSON object as its body.")
            : null;
    }

    private static ProblemDetails OfJson(JsonException json)
    {
        var path = json.Path ?? "$";
        var problem = Of(StatusCodes.Status400BadRequest, "bad-json", "The body isn't the JSON that is expected", path, Sentence(json.Message, path));
        if (json.LineNumber is { } line) { problem.Extensions["line"] = line + 1; }
        if (json.BytePositionInLine is { } column) { problem.Extensions["column"] = column + 1; }
        return problem;
    }

    /// <summary>The serializer tells its cases apart by their English text alone; tests hold us to each of them.</summary>
    private static string Sentence(string message, string path)
    {
        if (message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal)) { return $"“{Short(Quoted().Match(message).Groups[1].Value)}” is not known here."; }
        if (message.Contains("missing required properties", StringComparison.Ordinal))
        {
            var names = Quoted().Matches(message[message.IndexOf("including", StringComparison.Ordinal)..]).Select(m => m.Groups[1].Value).ToList();
            return $"{string.Join(", ", names)} {(names.Count == 1 ? "is" : "are")} missing.";
        }

        if (message.Contains("configured depth", StringComparison.Ordinal)) { return "It is nested too deeply."; }
        if (message.Contains("null values", StringComparison.Ordinal)) { return $"{path} must not be null."; }
        if (message.Contains("could not be converted", StringComparison.Ordinal)) { return $"The value of {path} is of the wrong kind or not one of those possible."; }
        return message.Contains("ProcessManager.", StringComparison.Ordinal) || message.Contains("System.", StringComparison.Ordinal)
            ? $"The value of {path} can't be read."
            : $"It isn't well-formed: {Place().Replace(message, "")}";
    }

    private static ProblemDetails Of(int status, string type, string title, string path, string detail) => new()
    {
        Status = status, Type = $"/problems/{type}", Title = title, Detail = detail,
        Extensions = { ["path"] = path, ["errors"] = new Dictionary<string, string[]> { [path] = [detail] } },
    };

    private static string Short(string text) => text.Length <= 60 ? text : text[..59] + "…";

    [GeneratedRegex("""^Failed to bind parameter ".* (?<name>\w+)" from "(?<value>.*)"\.$""", RegexOptions.Singleline)]
    private static partial Regex Parameter();

    [GeneratedRegex("""(?:Implicit body inferred|Required parameter ".*" was not provided from body|from the request body)""")]
    private static partial Regex MissingBody();

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\s*(?:Path: |LineNumber: ).*$", RegexOptions.Singleline)]
    private static partial Regex Place();
}
