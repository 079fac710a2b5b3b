using System.Collections.Immutable;
using ProcessManager.Host.Projects.Fields;
using ProcessManager.Host.Shell;
using ProcessManager.Language;

namespace ProcessManager.Host.Projects;

/// <summary>The fields of one project: which there are, and which of them a form changed.</summary>
public static class ProjectFields
{
    private const string Before = "was.";

    /// <summary>Those that every project has, then the plan's own in file order; one that the plan declares anew stands once.</summary>
    public static ImmutableArray<PlanField> Of(ProjectLook project) =>
        [.. PlanFields.BuiltIn.Concat(project.Plan.Fields.Select(f => f.Id)).Distinct().Select(id => PlanFields.Of(project.Plan, id, IsRequired(project, id))).OfType<PlanField>()];

    /// <summary>Contacts of a field are ids that people don't type.</summary>
    public static bool CanEdit(PlanField field) => field.Kind is not (FieldKind.Contact or FieldKind.Contacts);

    public static bool IsSensitive(ProjectLook project, PlanField field) => project.Plan.FindField(field.Id)?.Sensitive == true;

    /// <summary>The name of the hidden input that holds what a field was when the form was made.</summary>
    public static string NameOfBefore(PlanField field) => Before + field.Id;

    public static string TextOfBefore(object? value, Reader reader) => PlanFields.Text(value, reader);

    /// <summary>Only what somebody changed in the form: what others changed meanwhile stays theirs.</summary>
    public static ImmutableSortedDictionary<string, object?> Changed(IFormCollection form, IEnumerable<PlanField> fields, Reader reader) =>
        PlanFields.Read(form, fields, reader.Zone).Where(f => !Same(PlanFields.Text(f.Value, reader), form[Before + f.Key].ToString())).ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static bool Same(string a, string b) => a.ReplaceLineEndings("\n").Trim() == b.ReplaceLineEndings("\n").Trim();

    private static bool IsRequired(ProjectLook project, string id) => project.Plan.FindField(id)?.RequiredFrom switch
    {
        null => false,
        "always" => true,
        var from => project.Stage is { } stage && project.Plan.FindStage(from) is { } first && stage.Index >= first.Index,
    };
}
