using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ProcessManager.Host.Api;

/// <summary>
/// Tables as CSV (RFC 4180, UTF-8), written while they are read: a hundred thousand rows cost no more memory than a page of them,
/// and no read transaction stays open for a slow reader.
/// </summary>
internal static class Csv
{
    private const int Batch = 500;

    /// <summary>A row: its id, by which the next batch goes on, and its cells.</summary>
    public readonly record struct Row(long Id, object?[] Cells);

    /// <param name="next">The rows after this id (null at first), at most so many.</param>
    public static PushStreamHttpResult File(string name, string[] head, Func<long?, int, CancellationToken, Task<List<Row>>> next, CancellationToken cancellation) =>
        TypedResults.Stream(async body =>
        {
            await using var writer = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 16 * 1024, leaveOpen: true);
            await writer.WriteAsync(Line(head).AsMemory(), cancellation);
            long? last = null;
            while (await next(last, Batch, cancellation) is { Count: > 0 } rows)
            {
                foreach (var row in rows) { await writer.WriteAsync(Line(row.Cells).AsMemory(), cancellation); }
                await writer.FlushAsync(cancellation);
                last = rows[^1].Id;
            }
        }, "text/csv; charset=utf-8", name);

    public static string Line(object?[] cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private static string Cell(object? value) => value switch
    {
        null => "",
        string text => Quote(Harmless(text)),
        Enum one => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(one.ToString()),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset at => at.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"No cell is written for {value.GetType().Name}."),
    };

    /// <summary>Spreadsheets carry out text that begins like a formula; an apostrophe makes it text again.</summary>
    private static string Harmless(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' ? "'" + text : text;

    private static string Quote(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
