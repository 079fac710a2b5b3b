using ProcessManager.Host.Shell.Parts;
using ProcessManager.Language;

namespace ProcessManager.Host.Projects;

/// <summary>Where a project stands, as a badge: its end, a fault or hold, else the status that the plan gave it.</summary>
public static class ProjectStatus
{
    public static (StatusKind Kind, string Text) Of(CloseResult? result, string? fault, string? hold, string? status, ProjectType? type) => result switch
    {
        CloseResult.Won => (StatusKind.Won, type?.Won ?? "Won"),
        CloseResult.Lost => (StatusKind.Bad, "Lost"),
        CloseResult.Cancelled => (StatusKind.Off, "Cancelled"),
        null when fault is not null => (StatusKind.Bad, "Stopped"),
        null when hold is not null => (StatusKind.Paused, "On hold"),
        null => (StatusKind.Active, status is null ? "Open" : type?.Statuses.GetValueOrDefault(status) ?? status),
        _ => throw new InvalidOperationException($"Unknown result {result}."),
    };
}
