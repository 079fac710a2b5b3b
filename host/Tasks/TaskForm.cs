using System.Collections.Immutable;
using ProcessManager.Host.Projects.Fields;

namespace ProcessManager.Host.Tasks;

/// <summary>What a person sent of a task's form, to show it again with what is wrong.</summary>
/// <param name="Command">The id of the command: the same form sent twice has one effect.</param>
/// <param name="Outcome">The outcome that was chosen.</param>
/// <param name="Values">As typed, by field id.</param>
/// <param name="Problem">The refusal in words; null where nothing was refused.</param>
/// <param name="Problems">What is wrong, by field id.</param>
public sealed record TaskForm(
    string Command, string? Outcome, ImmutableSortedDictionary<string, object?> Values, string? Problem, ImmutableDictionary<string, string> Problems)
{
    public static TaskForm Fresh() => new(
        NewCommand(), null, ImmutableSortedDictionary<string, object?>.Empty, null, ImmutableDictionary<string, string>.Empty);

    public static TaskForm Refused(string problem) => Fresh() with { Problem = problem };

    /// <summary>The value to show: as typed, else as the project has it.</summary>
    public object? ValueOf(PlanField field, TaskView task) =>
        Values.TryGetValue(field.Id, out var typed) ? typed : task.State.Fields.GetValueOrDefault(field.Id);

    public static string NewCommand() => Guid.NewGuid().ToString("N");
}
