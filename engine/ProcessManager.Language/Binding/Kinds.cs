using System.Collections.Immutable;

namespace ProcessManager.Language.Binding;

/// <summary>The closed sets of the language by the words that are written for them.</summary>
internal static class Kinds
{
    private static readonly ImmutableDictionary<string, FieldKind> Fields =
        Enum.GetValues<FieldKind>().ToImmutableDictionary(Name, k => k);

    public static string Name(FieldKind kind) => kind == FieldKind.YesNo ? "yes-no" : Lower(kind);

    public static FieldKind? Field(string? name) => name is not null && Fields.TryGetValue(name, out var kind) ? kind : null;

    public static CloseResult? Close(string? name) => name switch
    {
        "won" => CloseResult.Won,
        "lost" => CloseResult.Lost,
        "cancelled" => CloseResult.Cancelled,
        _ => null,
    };

    public static Priority? Priority(string? name) => name switch
    {
        "low" => Language.Priority.Low,
        "normal" => Language.Priority.Normal,
        "high" => Language.Priority.High,
        "urgent" => Language.Priority.Urgent,
        _ => null,
    };

    public static Share? Share(string? name) => name switch
    {
        "claim" => Language.Share.Claim,
        "round-robin" => Language.Share.RoundRobin,
        "least-busy" => Language.Share.LeastBusy,
        _ => null,
    };

    public static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
