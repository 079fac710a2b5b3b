using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Binding;

/// <summary>From a file to its checked outermost map.</summary>
internal static class PlanFile
{
    public const string Organisation = "organisation", Calendar = "calendar", Plan = "plan";

    public static YamlMapping? Read(DefinitionFile file, string shape, List<Diagnostic> diagnostics)
    {
        return YamlReader.Read(file.Path, file.Content, diagnostics) as YamlMapping;
    }
}
