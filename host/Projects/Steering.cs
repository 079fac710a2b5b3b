using ProcessManager.Engine.Store.Rows;
using ProcessManager.Host.Access;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Projects;

/// <summary>Who may change a project as a whole: its owner, managers and administrators. Who may act on a task is the flow's to say.</summary>
public static class Steering
{
    public static bool MaySteer(Reader reader, ProjectRow project) =>
        project.Owner == reader.UserName || reader.Is(Roles.Manager) || reader.Is(Roles.Administrator);

    /// <summary>Values of sensitive fields are for those who steer; others see that there is one.</summary>
    public static bool MayReadSensitive(Reader reader, ProjectRow project) => MaySteer(reader, project);
}
