using System.Collections.Immutable;

namespace ProcessManager.Language;

/// <summary>
/// A plan as a flowchart of Elsa 3: an activity for each step with the step's id, outcomes as ports, joins as merge modes,
/// and nodes where stages are entered and left and where the project closes.
/// </summary>
public sealed record ElsaGraph(ImmutableArray<ElsaActivity> Activities, ImmutableArray<ElsaConnection> Connections)
{
    /// <summary>The first activity of every graph.</summary>
    public const string StartId = "project.start";

    /// <summary>The port that fires beside the outcome's own where a step settles with any outcome that goes on.</summary>
    public const string AnyOutcome = "Any outcome";

    /// <summary>The port of nodes that settle in one way only, as Elsa names it.</summary>
    public const string Done = "Done";

    public static string EnterId(string stage) => stage + ".enter";

    public static string ExitId(string stage) => stage + ".exit";

    public static string ClosedId(CloseResult result) => "closed." + Binding.Kinds.Lower(result);

    public ElsaActivity? Find(string id) => Activities.FirstOrDefault(a => a.Id == id);
}

/// <summary>How an activity of a flowchart treats several ways in (Elsa 3.5 and later).</summary>
public enum ElsaMergeMode
{
    /// <summary>Goes on when what leads here is complete, ignoring ways that were not taken: <c>any</c>, and a single way.</summary>
    Stream,

    /// <summary>Needs every forward way: <c>all</c>.</summary>
    Merge,

    /// <summary>Runs at each arrival: <c>first</c>, of which the engine opens the step once; and entering a stage.</summary>
    Cascade,

    /// <summary>Takes the first arrival and cancels the rest: <c>first</c> with <c>cancel: rest</c>, and closing.</summary>
    Race,
}

/// <param name="Type">The activity's type name, such as <c>ProcessManager.Task</c>.</param>
/// <param name="Ports">The outcomes it can complete with.</param>
/// <param name="Inputs">Literal inputs, by their names in JSON.</param>
/// <param name="Properties">What the plan says beyond Elsa's own terms, for readers and for the adapter.</param>
/// <param name="X">Left, in pixels of the designer.</param>
/// <param name="Y">Top, in pixels of the designer.</param>
public sealed record ElsaActivity(
    string Id, string Type, string Name, ElsaMergeMode? MergeMode, ImmutableArray<string> Ports,
    ImmutableArray<KeyValuePair<string, string>> Inputs, ImmutableArray<KeyValuePair<string, string>> Properties,
    int X, int Y, int Width, int Height);

/// <summary>An arrow from a port of one activity to another.</summary>
public sealed record ElsaConnection(string Source, string Port, string Target);
