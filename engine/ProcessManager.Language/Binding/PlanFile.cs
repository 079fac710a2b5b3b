using ProcessManager.Language.Reading;
using ProcessManager.Language.Shaping;

namespace ProcessManager.Language.Binding;

/// <summary>From a file to its checked outermost map.</summary>
internal static class PlanFile
{
    /// <returns>Null where nothing can be bound: the file is no YAML, or no map.</returns>
    public static YamlMapping? Read(DefinitionFile file, ObjectShape shape, List<Diagnostic> diagnostics)
    {
        if (YamlReader.Read(file.Path, file.Content, diagnostics) is not { } node)
        {
            return null;
        }

        ShapeChecker.Check(node, shape, diagnostics);
        return node as YamlMapping;
    }
}
