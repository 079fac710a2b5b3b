using ProcessManager.Flow;
using ProcessManager.Host.Access;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Tasks;

/// <summary>Which buttons a task shows. A courtesy: the engine decides again, and says why where it refuses.</summary>
internal sealed record TaskPowers(bool Claim, bool Release, bool Work, bool Steer)
{
    public static TaskPowers Of(TaskView task, Reader reader)
    {
        if (!task.IsOpen) { return new TaskPowers(false, false, false, false); }
        var (row, me) = (task.Row, reader.UserName);
        var inQueue = row.Group is { } group && reader.Groups.Contains(group, StringComparer.Ordinal);
        var mine = row.Assignee == me || StandsInFor(task, row.Assignee, me, reader.Now);
        var leads = reader.Is(Roles.Administrator) || task.Project.Owner == me
            || (row.Assignee is { } holder && task.People.People.TryGetValue(holder, out var member) && member.Manager == me);
        var votes = row.Kind == "approval";
        return new TaskPowers(
            Claim: row.Assignee is null && inQueue,
            Release: row.Assignee is not null && row.Group is not null && !votes && (mine || leads),
            Work: votes ? mine || reader.Is(Roles.Administrator) : mine || leads || (row.Assignee is null && inQueue),
            Steer: mine || leads || (row.Assignee is null && inQueue));
    }

    private static bool StandsInFor(TaskView task, string? person, string me, DateTimeOffset now) =>
        person is not null && task.People.People.TryGetValue(person, out var member)
        && member.Away.Any(away => away.From <= now && now < away.Until && away.Substitute == me);
}
