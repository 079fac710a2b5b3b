using System.Collections.Immutable;
using ProcessManager.Language.Time;

namespace ProcessManager.Language;

/// <summary>The tests of one plan as its <c>tests.yaml</c> states them, every name resolved against the plan.</summary>
/// <param name="Tests">In file order; none where the file has an error.</param>
/// <param name="Source">The file; null where the plan has none.</param>
public sealed record PlanTests(ImmutableArray<PlanTest> Tests, ImmutableArray<Diagnostic> Diagnostics, DefinitionFile? Source)
{
    public bool HasErrors => Diagnostics.Any(d => d.Severity == Severity.Error);
}

/// <summary>One test: a world, and what is done and expected in it, in order.</summary>
public sealed record PlanTest(string Name, TestStart Start, ImmutableArray<TestAction> Actions, SourceSpan Span);

/// <summary>How a test begins.</summary>
public sealed record TestStart
{
    /// <summary>Local to the plan's calendar.</summary>
    public required DateTime At { get; init; }

    /// <summary>Entries of <c>prospect</c>; what is left out has a default. Null: the project has no prospect.</summary>
    public ImmutableSortedDictionary<string, object?>? Prospect { get; init; }
    public ImmutableSortedDictionary<string, object?> Fields { get; init; } = ImmutableSortedDictionary<string, object?>.Empty;
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Roles { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Who starts the project.</summary>
    public required string By { get; init; }

    /// <summary>Everybody who works here, in file order.</summary>
    public required ImmutableArray<TestPerson> People { get; init; }

    /// <summary>Steps whose mail, letter or request fails for good.</summary>
    public ImmutableArray<string> Fails { get; init; } = [];
    public required SourceSpan Span { get; init; }
}

/// <param name="Name">Sign-in name.</param>
public sealed record TestPerson(string Name, ImmutableArray<string> Groups)
{
    public string? DisplayName { get; init; }
    public string? Email { get; init; }
    public string? Manager { get; init; }
    public string? Calendar { get; init; }
    public bool IsAdministrator { get; init; }
    public ImmutableArray<TestAbsence> Away { get; init; } = [];
}

/// <summary>Local to the plan's calendar; until is when they are back.</summary>
public sealed record TestAbsence(DateTime From, DateTime Until, string? Substitute);

/// <summary>Something that a test does or expects.</summary>
public abstract record TestAction
{
    private TestAction() { }

    public required SourceSpan Span { get; init; }

    /// <summary>A sign-in name, or <c>owner</c>, <c>creator</c>, <c>manager</c>; null: whoever would do it.</summary>
    public string? By { get; init; }

    /// <param name="For">A member of an <c>each</c>; null: every open one, one after the other.</param>
    public sealed record Complete(
        ImmutableArray<string> Steps, string? Outcome, ImmutableSortedDictionary<string, object?> With, string? For) : TestAction;

    /// <param name="Voters">Empty: everybody who has a vote, until the result is certain.</param>
    public sealed record Vote(
        string Step, bool Approve, ImmutableArray<string> Voters, ImmutableSortedDictionary<string, object?> With) : TestAction;

    public sealed record Acknowledge(string Step) : TestAction;
    public sealed record Receive(string Message, ImmutableSortedDictionary<string, object?> With) : TestAction;

    /// <param name="Failed">True where the request fails for good.</param>
    /// <param name="Response">The answer's body: texts, numbers, booleans, lists and maps.</param>
    public sealed record Answer(string Step, bool Failed, object? Response, string? For) : TestAction;
    public sealed record Child(string Step, CloseResult Closes, string? For) : TestAction;
    public sealed record Bypass(string Step, string? As, string Why) : TestAction;
    public sealed record Reopen(string Step, string Why) : TestAction;
    public sealed record ReopenProject(string? Stage, string Why) : TestAction;
    public sealed record Set(
        ImmutableSortedDictionary<string, object?> Fields, ImmutableSortedDictionary<string, ImmutableArray<string>> Roles) : TestAction;

    /// <param name="To">Null: no due date.</param>
    public sealed record Due(string Step, Moment? To) : TestAction;

    /// <param name="To">A person as in <see cref="By"/>, or <c>group:x</c>.</param>
    public sealed record Assign(string Step, string To) : TestAction;
    public sealed record Move(string Stage, string Why) : TestAction;
    public sealed record Hold(string Why) : TestAction;
    public sealed record Resume : TestAction;
    public sealed record Close(CloseResult Result, string? Reason) : TestAction;
    public sealed record Pass(Duration Duration) : TestAction;
    public sealed record Until(Moment Moment) : TestAction;

    /// <summary>What is done inside must be refused.</summary>
    /// <param name="Reason">Words that the refusal holds; null: any.</param>
    public sealed record Refuse(TestAction Action, string? Reason) : TestAction;
    public sealed record Expect(ImmutableArray<Expectation> Expectations) : TestAction;
}

/// <summary>Where a step stands, as a test may expect it.</summary>
public enum ExpectedStanding { Open, NotOpen, Done, Passed, Dead, Cancelled, Overdue }

/// <summary>One thing that a test expects.</summary>
public abstract record Expectation
{
    private Expectation() { }

    public required SourceSpan Span { get; init; }

    public sealed record Stage(string Id) : Expectation;
    public sealed record Probability(int Percent) : Expectation;
    public sealed record Status(string? Id) : Expectation;

    /// <param name="Result">Null: still open.</param>
    public sealed record Closed(CloseResult? Result) : Expectation;
    public sealed record Reason(string? Id) : Expectation;

    /// <param name="Step">A step, or for overdue a stage too.</param>
    public sealed record Standing(ExpectedStanding As, string Step, string? Outcome) : Expectation;

    /// <param name="At">Null: nothing is due.</param>
    /// <param name="WholeDay">True where only the day counts.</param>
    public sealed record Due(string Step, Moment? At, bool WholeDay) : Expectation;

    /// <param name="To">A person as in <see cref="TestAction.By"/>, or <c>group:x</c>.</param>
    public sealed record Assigned(string Step, string To) : Expectation;
    public sealed record PriorityOf(string Step, Priority Priority) : Expectation;
    public sealed record Field(string Id, object? Value) : Expectation;

    /// <param name="What">A template, or the step that sends it.</param>
    public sealed record Sent(string What) : Expectation;
    public sealed record Filed(string What) : Expectation;

    /// <param name="Who">A person as in <see cref="TestAction.By"/>, <c>group:x</c> or <c>role:x</c>.</param>
    /// <param name="What">A step or stage.</param>
    public sealed record Alerted(string Who, string What) : Expectation;
    public sealed record Reminded(string What, int Count) : Expectation;

    /// <param name="What">A plan, or the step that starts it.</param>
    public sealed record Started(string What) : Expectation;
    public sealed record Called(string Step) : Expectation;
    public sealed record Times(string Step, int Count) : Expectation;

    /// <param name="Result">Null: still open.</param>
    public sealed record Child(string Step, CloseResult? Result) : Expectation;

    /// <param name="Words">Words of the reason; null: any.</param>
    public sealed record Faulted(bool Yes, string? Words) : Expectation;
}
