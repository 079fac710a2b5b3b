using System.Globalization;

namespace ProcessManager.Bench;

/// <summary>What the command line asks for.</summary>
/// <param name="Tasks">Open tasks in the file beside those that are measured.</param>
/// <param name="Scale">How much each round does: 1 is the full size.</param>
internal sealed record BenchOptions(int Rounds, IReadOnlyCollection<string> Only, int Tasks, double Scale, string? Folder)
{
    public const string Usage =
        "Usage: dotnet run -c Release --project tests/ProcessManager.Bench -- [--rounds 5] [--only P4,P6] [--tasks 100000] [--scale 1] [--folder DIR]";

    public bool Wants(string measure) => Only.Count == 0 || Only.Contains(measure);

    public int Scaled(int count) => Math.Max(8, (int)(count * Scale));

    /// <returns>Null where the arguments make no sense.</returns>
    public static BenchOptions? Read(string[] args)
    {
        var options = new BenchOptions(5, [], 100_000, 1, null);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length) { return null; }
            var value = args[i + 1];
            BenchOptions? next = args[i] switch
            {
                "--rounds" when Number(value) is { } n => options with { Rounds = n },
                "--tasks" when Number(value) is { } n => options with { Tasks = n },
                "--only" => options with { Only = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) },
                "--scale" when double.TryParse(value, CultureInfo.InvariantCulture, out var scale) && scale > 0 => options with { Scale = scale },
                "--folder" => options with { Folder = value },
                _ => null,
            };
            if (next is null) { return null; }
            options = next;
        }

        return options;
    }

    private static int? Number(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : null;
}
