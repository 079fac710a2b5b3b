using System.Collections.Immutable;
using System.Reflection;
using ProcessManager.Engine;
using ProcessManager.Engine.Store;
using ProcessManager.Flow;
using ProcessManager.Language;
using Xunit;
using Directory = ProcessManager.Flow.Directory;

namespace ProcessManager.Tests.Store;

public sealed class HistoryOfEveryEventTests
{
    /// <summary>What happens without a row of its own: timers are told when they fire.</summary>
    private static readonly string[] Untold = ["TimerSet", "TimerMoved", "TimerCancelled", "RotationAdvanced"];

    public static TheoryData<string> Events => [.. typeof(FlowEvent).GetNestedTypes().Where(t => !t.IsAbstract).Select(t => t.Name)];

    [Theory, MemberData(nameof(Events))]
    public void Every_event_of_the_flow_has_a_history_row_and_a_sentence(string name)
    {
        var made = (FlowEvent)Make(typeof(FlowEvent).GetNestedType(name)!);
        var row = HistoryRows.RowOf(made, [made], ThePlan, _ => "Call them");
        if (Untold.Contains(name))
        {
            Assert.Null(row);
            return;
        }

        Assert.NotNull(row);
        Assert.Equal(name, row.Kind);
        var sentence = HistorySentence.Of(row, ThePlan, Directory.Empty);
        Assert.NotEqual(name, sentence);
        Assert.Contains(' ', sentence);
    }

    private static readonly Plan ThePlan = PlanCompiler.Compile(Definitions.Read(
    [
        new DefinitionFile("organisation.yaml", System.Text.Encoding.UTF8.GetBytes(StorePlans.Organisation)),
        new DefinitionFile("calendars/office.yaml", System.Text.Encoding.UTF8.GetBytes(StorePlans.Calendar)),
        new DefinitionFile("plans/call/plan.yaml", System.Text.Encoding.UTF8.GetBytes(StorePlans.Call)),
    ]), "call").Plan!;

    private static object Make(Type type) =>
        type.GetConstructors(BindingFlags.Public | BindingFlags.Instance).OrderByDescending(c => c.GetParameters().Length).First() is var made
            ? made.Invoke([.. made.GetParameters().Select(p => Sample(p.ParameterType))]) : throw new InvalidOperationException();

    private static object? Sample(Type type)
    {
        if (type == typeof(string)) { return "call"; }
        if (type == typeof(int) || type == typeof(int?)) { return 1; }
        if (type == typeof(long)) { return 1L; }
        if (type == typeof(bool)) { return true; }
        if (type == typeof(object)) { return "text"; }
        if (type == typeof(DateTimeOffset?) || type == typeof(DateTimeOffset)) { return StoreFixture.Monday; }
        if (type == typeof(ImmutableArray<string>)) { return ImmutableArray.Create("ann"); }
        if (type == typeof(ImmutableSortedDictionary<string, string>)) { return ImmutableSortedDictionary<string, string>.Empty; }
        if (type == typeof(ImmutableSortedDictionary<string, object?>)) { return ImmutableSortedDictionary<string, object?>.Empty; }
        if (type == typeof(TaskState)) { return new TaskState { Number = 1, OpenedAt = StoreFixture.Monday }; }
        if (type == typeof(FlowTimer)) { return new FlowTimer("key", TimerKind.Remind, "call", 1, 0, 1, 0, StoreFixture.Monday); }
        if (type.IsEnum) { return Enum.GetValues(type).GetValue(0); }
        throw new InvalidOperationException($"No sample of {type.Name}: add one, and a history row and sentence for the event that has it.");
    }
}
