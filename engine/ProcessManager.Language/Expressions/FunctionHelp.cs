using System.Collections.Immutable;

namespace ProcessManager.Language.Expressions;

/// <summary>A built-in function as references and editors show it; one entry for each way to call it.</summary>
/// <param name="Topic">The group it belongs to: Numbers, Texts.</param>
/// <param name="Signature">With parameters and their types: <c>upper case(string: text)</c>.</param>
/// <param name="Summary">What it gives, in a sentence.</param>
/// <param name="Example">An expression that is true.</param>
public sealed record FunctionHelp(string Topic, string Name, string Signature, string Summary, string Example)
{
    /// <summary>All functions in the order of the reference.</summary>
    public static ImmutableArray<FunctionHelp> All { get; } =
    [
        .. FunctionCatalogue.Topics.SelectMany(t => t.Functions.Select(f =>
            new FunctionHelp(t.Topic, f.Name, f.ToString(), f.Summary, f.Example.Trim()))),
    ];
}
