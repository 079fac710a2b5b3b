using System.Collections.Immutable;

namespace ProcessManager.Language.Describing;

/// <summary>One thing that a plan says of a part of it.</summary>
/// <param name="Key">What it is about, the same in every plan: <c>due</c>, <c>outcome:sold</c>.</param>
/// <param name="Label">As people read it: <c>By when</c>.</param>
/// <param name="Text">What is said, in words.</param>
public sealed record PlanFact(string Key, string Label, string Text)
{
    /// <summary>Equal for two texts that mean the same, such as two spellings of one condition.</summary>
    public string Meaning { get; init; } = Text;

    /// <summary>True for running text that may have several lines.</summary>
    public bool IsProse { get; init; }
}

/// <summary>Collects facts in order; what isn't said is left out.</summary>
internal sealed class FactList
{
    private readonly ImmutableArray<PlanFact>.Builder facts = ImmutableArray.CreateBuilder<PlanFact>();

    public ImmutableArray<PlanFact> All => facts.ToImmutable();

    public void Add(string key, string label, string? text, string? meaning = null)
    {
        if (!string.IsNullOrEmpty(text))
        {
            facts.Add(new PlanFact(key, label, text) { Meaning = meaning ?? text });
        }
    }

    public void Prose(string key, string label, string? text, string? meaning = null)
    {
        if (!string.IsNullOrEmpty(text))
        {
            facts.Add(new PlanFact(key, label, text) { Meaning = meaning ?? text, IsProse = true });
        }
    }

    public void Flag(string key, string label, bool holds, string text = "yes")
    {
        if (holds)
        {
            facts.Add(new PlanFact(key, label, text));
        }
    }
}
