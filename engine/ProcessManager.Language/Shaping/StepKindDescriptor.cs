using System.Collections.Frozen;
using System.Collections.Immutable;

namespace ProcessManager.Language.Shaping;

/// <summary>Everything the shape check, schema, designer and reference know of one kind of step.</summary>
/// <param name="Key">The key that makes a step this kind.</param>
/// <param name="Name">As the palette shows it.</param>
/// <param name="Help">One or two sentences for palette and reference.</param>
/// <param name="Value">What stands behind the key.</param>
/// <param name="Keys">The keys that this kind has beside those of every step.</param>
public sealed record StepKindDescriptor(string Key, string Name, string Help, Shape Value, ImmutableArray<KeyShape> Keys)
{
    /// <summary>The outcomes it settles with where the plan declares none; empty for close and goto.</summary>
    public ImmutableArray<string> Outcomes { get; init; } = ["done"];

    /// <summary>True for work that a person sees in an inbox.</summary>
    public bool IsForPeople { get; init; }

    /// <summary>True where the plan may declare outcomes beyond those of the kind.</summary>
    public bool DeclaresOutcomes { get; init; }

    /// <summary>True for a kind that can open once per member of a role or field.</summary>
    public bool AllowsEach { get; init; }

    /// <summary>A step of this kind as YAML, to be put under <c>steps</c>.</summary>
    public required string Example { get; init; }

    /// <summary>The keys a step of this kind may have: its own and those of every step.</summary>
    public ObjectShape Shape => shape ??= new ObjectShape(
        Key, [new KeyShape(Key, Value, Help) { Required = true }, .. Keys, .. StepParts.EveryStep, .. AllowsEach ? StepParts.ForEach : [], .. OfMembers]);

    /// <summary>Of a kind that settles in one way, the outcomes say what is done where too few members settle so.</summary>
    private ImmutableArray<KeyShape> OfMembers =>
        AllowsEach && !Keys.Contains(StepParts.OutcomesKey) ? [StepParts.OutcomesKey with { OnlyWith = "each" }] : [];

    private ObjectShape? shape;

    public bool Equals(StepKindDescriptor? other) => other?.Key == Key;

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);
}

/// <summary>All kinds of steps. Adding one is adding its file and its line here.</summary>
public static class StepKindCatalog
{
    /// <summary>In the order of the palette.</summary>
    public static ImmutableArray<StepKindDescriptor> All { get; } =
    [
        Kinds.TaskStep.Descriptor,
        Kinds.ApprovalStep.Descriptor,
        Kinds.NoteStep.Descriptor,
        Kinds.AlertStep.Descriptor,
        Kinds.EmailStep.Descriptor,
        Kinds.LetterStep.Descriptor,
        Kinds.WaitStep.Descriptor,
        Kinds.ReceiveStep.Descriptor,
        Kinds.SetStep.Descriptor,
        Kinds.DecideStep.Descriptor,
        Kinds.HttpStep.Descriptor,
        Kinds.StartStep.Descriptor,
        Kinds.GateStep.Descriptor,
        Kinds.CloseStep.Descriptor,
        Kinds.GoToStep.Descriptor,
    ];

    private static readonly FrozenDictionary<string, StepKindDescriptor> ByKey = All.ToFrozenDictionary(k => k.Key, StringComparer.Ordinal);

    public static StepKindDescriptor? Find(string key) => ByKey.GetValueOrDefault(key);
}
