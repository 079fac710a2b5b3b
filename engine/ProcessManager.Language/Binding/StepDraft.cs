using System.Collections.Immutable;
using ProcessManager.Language.Reading;
using ProcessManager.Language.Shaping;

namespace ProcessManager.Language.Binding;

/// <summary>A stage while its plan is bound.</summary>
internal sealed class StageDraft(int index, YamlScalar key, YamlMapping body)
{
    public int Index { get; } = index;
    public string Id => Key.Value;
    public YamlScalar Key { get; } = key;
    public YamlMapping Body { get; } = body;
    public string Name => Body.Text("name") ?? Words.Humanise(Id);
    public List<StepDraft> Steps { get; } = [];
    public ImmutableArray<NextRule> Next { get; set; } = [];

    /// <summary>False where a rule of <c>next</c> had an error, so that nothing is known of where it leads.</summary>
    public bool NextIsKnown { get; set; } = true;
}

/// <summary>
/// A step while its plan is bound: first its name and kind, then its outcomes, then its ways, so that each may
/// refer to every other.
/// </summary>
internal sealed class StepDraft(int index, YamlScalar key, YamlMapping body, StageDraft? stage, StepKey? kind)
{
    public int Index { get; } = index;
    public string Id => Key.Value;
    public YamlScalar Key { get; } = key;
    public YamlMapping Body { get; } = body;

    /// <summary>Null for a step of on-close.</summary>
    public StageDraft? Stage { get; } = stage;

    /// <summary>Null where no key says the kind, which was reported.</summary>
    public StepKey? Kind { get; } = kind;

    public bool Optional { get; } = body.Flag("optional");
    public bool HasWhen { get; } = body.Scalar("when") is not null;
    public ImmutableArray<Outcome> Outcomes { get; set; } = [];

    /// <summary>Null for a step that opens once.</summary>
    public EachDraft? Each { get; set; }

    /// <summary>What one occurrence settles with: of a step with <c>each</c> what a member chooses.</summary>
    public ImmutableArray<Outcome> Choices
    {
        get => Each is null ? Outcomes : field;
        set;
    } = [];

    /// <summary>False where the outcomes could not be read, so that nothing is said of those it lacks.</summary>
    public bool OutcomesAreKnown { get; set; } = true;
    public Join After { get; set; } = new Join.AtStart();

    /// <summary>Where the ways are written; the step's key where none are.</summary>
    public SourceSpan AfterSpan { get; set; } = key.Span;

    /// <summary>False where a way leads to nothing, which was reported.</summary>
    public bool WaysAreKnown { get; set; } = true;
    public string? PassesAs { get; set; }

    public bool LeavesByItself => Kind?.Name is "goto" or "close";

    /// <summary>The outcomes that let the flow go on.</summary>
    public IEnumerable<Outcome> WaysOn => Outcomes.Where(o => o.Effect is Effect.GoOn);

    /// <summary>True where nothing may be said of how it settles: its kind or outcomes were not understood.</summary>
    public bool IsOpaque => Kind is null || !OutcomesAreKnown;

    public Outcome? FindOutcome(string id) => Outcomes.FirstOrDefault(o => o.Id == id);
}

/// <summary>The key that gives a step its kind, with what stands behind it.</summary>
internal sealed record StepKey(StepKindDescriptor Descriptor, YamlScalar Key, YamlNode Value)
{
    public string Name => Descriptor.Key;

    /// <summary>Null where none or several are written, which was reported.</summary>
    public static StepKey? Of(YamlMapping step) =>
        ShapeChecker.KindOf(step) is { } kind && step.Find(kind.Key) is { } entry ? new StepKey(kind, entry.Key, entry.Value) : null;
}
