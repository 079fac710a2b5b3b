using System.Collections.Immutable;
using ProcessManager.Language.Expressions;
using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Binding;

/// <summary>Binds <c>decide</c>: rules, or a decision table.</summary>
internal sealed class DecideBinder(BindingContext context)
{
    /// <summary>The outcomes that the rules name, in their order.</summary>
    public static List<string> OutcomesOf(YamlNode decide)
    {
        var named = decide switch
        {
            YamlMapping table => table["rules"].Items().OfType<YamlSequence>()
                .Select(row => row.Items.LastOrDefault()).OfType<YamlScalar>(),
            YamlSequence rules => rules.Items.OfType<YamlMapping>().Select(r => r.Scalar("outcome")).OfType<YamlScalar>(),
            _ => [],
        };
        return [.. named.Where(s => s.Written() is not null && Words.IsId(s.Value)).Select(s => s.Value).Distinct()];
    }

    public DecideKind? Bind(StepDraft step) => step.Kind!.Value switch
    {
        YamlSequence rules => Rules(step, rules),
        YamlMapping table => Table(step, table),
        _ => null,
    };

    private DecideKind Rules(StepDraft step, YamlSequence rules)
    {
        var bound = ImmutableArray.CreateBuilder<DecisionRule>();
        var maps = rules.Items.OfType<YamlMapping>().ToList();
        RuleOrder.Check(context, maps.ConvertAll(m => (m.Scalar("when") is null, m.Span)), "decide", step.Kind!.Key.Span);
        foreach (var map in maps)
        {
            var when = map.Scalar("when") is { } text
                ? ExpressionCompiler.Compile(text.Text, context.Scope, FeelType.YesNoType, context.Diagnostics) : null;
            if (map.Scalar("outcome") is { } outcome)
            {
                bound.Add(new DecisionRule(when, [], outcome.Value, map.Span));
            }
        }

        return new DecideKind(bound.ToImmutable());
    }

    private DecideKind? Table(StepDraft step, YamlMapping table)
    {
        var inputs = table["inputs"].Scalars()
            .Select(s => ExpressionCompiler.Compile(s.Text, context.Scope, null, context.Diagnostics)).ToList();
        var rows = table["rules"].Items().OfType<YamlSequence>().ToList();
        RuleOrder.Check(context, rows.ConvertAll(r => (r.Items.SkipLast(1).All(IsDash), r.Span)), "a decision table", step.Kind!.Key.Span);
        var bound = ImmutableArray.CreateBuilder<DecisionRule>();
        foreach (var row in rows)
        {
            if (row.Items.Length != inputs.Count + 1)
            {
                context.Report(Errors.BadRow, row.Span,
                    $"This row has {row.Items.Length} cells: expected {inputs.Count + 1}, one for each input and the outcome at the end.");
                continue;
            }

            if (Row(row, inputs) is { } rule)
            {
                bound.Add(rule);
            }
        }

        return inputs.Contains(null) ? null : new DecideKind(bound.ToImmutable());
    }

    private DecisionRule? Row(YamlSequence row, List<Expression?> inputs)
    {
        var cells = ImmutableArray.CreateBuilder<DecisionCell>(inputs.Count);
        for (var i = 0; i < inputs.Count; i++)
        {
            if (inputs[i] is not { } input || row.Items[i] is not YamlScalar cell)
            {
                continue;
            }

            var test = IsDash(cell) ? null : ExpressionCompiler.CompileUnaryTests(cell.Text, context.Scope, input.Type, context.Diagnostics);
            cells.Add(new DecisionCell(input, test));
        }

        return row.Items[^1] is YamlScalar outcome && Named(outcome)
            ? new DecisionRule(null, cells.ToImmutable(), outcome.Value, row.Span)
            : null;
    }

    private bool Named(YamlScalar outcome)
    {
        if (Words.IsId(outcome.Value))
        {
            return true;
        }

        context.Report(Errors.BadRow, outcome.Span, $"“{outcome.Value}” can't be an outcome: expected a name of small letters, digits and hyphens, such as too-few.");
        return false;
    }

    private static bool IsDash(YamlNode cell) => cell is YamlScalar { Value: "-" };
}

/// <summary>The order of rules of which the first that holds wins: the last, and only the last, has no condition.</summary>
internal static class RuleOrder
{
    public static void Check(BindingContext context, List<(bool Always, SourceSpan Span)> rules, string where, SourceSpan key)
    {
        if (rules.Count == 0)
        {
            return;
        }

        var always = rules.FindIndex(r => r.Always);
        if (always < 0)
        {
            context.Report(Errors.NoLastRule, rules[^1].Span, where == "a decision table"
                ? "Nothing says what happens in all other cases: end the table with a row of `-` in every cell and the outcome."
                : $"Nothing says what happens in all other cases: end `{where}` with a rule without `when`.");
        }
        else if (always < rules.Count - 1)
        {
            context.Report(Errors.RuleNeverReached, rules[always + 1].Span,
                $"This rule is never reached: the one in line {rules[always].Span.StartLine} has no condition and always holds.");
        }
    }
}
