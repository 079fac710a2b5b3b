namespace ProcessManager.Language.Shaping.Kinds;

/// <summary>Rules, or a decision table.</summary>
internal static class DecideStep
{
    private static readonly Shape Outcome = new IdShape();

    private static readonly Shape Rules = new ListShape(new ObjectShape("rule",
    [
        new("when", StepParts.Condition, "The last rule has none.") { Example = "amount > 10000" },
        new("outcome", Outcome, "The outcome when the condition holds.") { Required = true, Example = "big" },
    ]), Plural: "rules");

    private static readonly Shape Table = new ObjectShape("decision table",
    [
        new("inputs", new ListShape(StepParts.Value, Plural: "expressions"), "What the columns test.") { Required = true, Example = "[amount, prospect.country]" },
        new("rules", new ListShape(new ListShape(new ExpressionShape(ExpressionUse.Test), Plural: "tests, the last an outcome"), Plural: "rows"),
            "One test for each input, then the outcome; `-` always holds.") { Required = true, Example = "[[\"< 1000\", \"-\", low], [\"-\", \"-\", high]]" },
    ]);

    public static readonly StepKindDescriptor Descriptor = new(
        "decide", "Decide", "Rules or a decision table; the first match decides.", new OneOfShape(Rules, Table),
        [StepParts.OutcomesKey])
    {
        Outcomes = [],
        DeclaresOutcomes = true,
        Example = "route:\n  decide:\n    - { when: amount > 10000, outcome: big }\n    - { outcome: small }\n",
    };
}
