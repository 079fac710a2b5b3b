using System.Collections.Immutable;

namespace ProcessManager.Language.Expressions;

/// <summary>One way in which a call can be meant.</summary>
/// <param name="Places">For each parameter the argument that it takes, or -1; the rest of the arguments is the last's.</param>
internal sealed record Candidate(Signature Signature, ImmutableArray<int> Places);

/// <summary>A call of a built-in function. Which of several ways is meant may show only by the values.</summary>
internal sealed class CallNode(string function, ImmutableArray<Node> arguments, ImmutableArray<Candidate> candidates, FeelType type)
    : Node(type)
{
    public string Function { get; } = function;

    public ImmutableArray<Node> Arguments { get; } = arguments;

    public ImmutableArray<Candidate> Candidates { get; } = candidates;

    public override IEnumerable<Node> Children => Arguments;

    protected override object? Compute(Run run)
    {
        var values = new object?[Arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Arguments[i].Evaluate(run);
            if (values[i] is string text)
            {
                run.SpendLong(text.Length);
            }
        }

        if (run.Exhausted)
        {
            return null;
        }

        foreach (var candidate in Candidates)
        {
            if (Bind(candidate, values) is { } bound)
            {
                return Invoke(run, candidate, bound);
            }
        }

        return run.Fail($"{Function} can't be used with {string.Join(", ", values.Select(Kinds.Say))}.");
    }

    private static object? Invoke(Run run, Candidate candidate, object?[] arguments)
    {
        var (signature, places) = candidate;
        for (var i = 0; i < arguments.Length; i++)
        {
            var parameter = signature.Parameters[i];
            if (arguments[i] is null && !parameter.MayBeNull && places[i] >= 0)
            {
                return null;
            }
        }

        try
        {
            return signature.Body(run, arguments);
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            // The framework's own way to say that a number or date left its range.
            return run.Fail("The result is too large.");
        }
    }

    /// <summary>The arguments in the order of the parameters; null where one doesn't go with its parameter.</summary>
    private static object?[]? Bind(Candidate candidate, object?[] values)
    {
        var parameters = candidate.Signature.Parameters;
        var bound = new object?[parameters.Length];
        for (var i = 0; i < bound.Length; i++)
        {
            var place = candidate.Places[i];
            if (parameters[i].IsVariadic)
            {
                if (Rest(parameters[i], values, place) is not { } rest)
                {
                    return null;
                }

                bound[i] = rest;
            }
            else if (place >= 0 && !parameters[i].Accepts(values[place], out bound[i]))
            {
                return null;
            }
        }

        return bound;
    }

    private static object?[]? Rest(Parameter parameter, object?[] values, int place)
    {
        var rest = place < 0 ? [] : new object?[values.Length - place];
        for (var i = 0; i < rest.Length; i++)
        {
            if (!parameter.Accepts(values[place + i], out rest[i]))
            {
                return null;
            }
        }

        return rest;
    }
}
