using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Shaping;

/// <summary>
/// The door of the shape check: says of every node whether its form, its keys and its plain values are what the
/// shape allows. What it reports, nobody needs to report again: later rooms skip such values in silence.
/// </summary>
public static class ShapeChecker
{
    public static void Check(YamlNode node, Shape shape, ICollection<Diagnostic> diagnostics) =>
        new ShapeWalk(diagnostics).Visit(node, shape, null);

    /// <summary>
    /// The kind of a step: the one kind key it has that isn't a key of another kind it has (<c>wait</c> of an email).
    /// Null where there is none or more than one.
    /// </summary>
    public static StepKindDescriptor? KindOf(YamlMapping step) => KindsOf(step) is [var only] ? only : null;

    internal static List<StepKindDescriptor> KindsOf(YamlMapping step)
    {
        var kinds = new List<StepKindDescriptor>(1);
        foreach (var entry in step.Entries)
        {
            if (StepKindCatalog.Find(entry.Name) is { } kind)
            {
                kinds.Add(kind);
            }
        }

        return kinds.Count < 2 ? kinds : [.. kinds.Where(kind => !kinds.Any(other => other != kind && other.Keys.Any(k => k.Name == kind.Key)))];
    }
}
