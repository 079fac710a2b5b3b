using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Language;

namespace ProcessManager.Engine;

/// <summary>A project as it is: its row, where it stands, and the plan that it runs on.</summary>
public sealed record ProjectView(ProjectRow Row, ProjectState State, Plan Plan, int PlanNumber);
