using System.Collections.Immutable;

namespace ProcessManager.Language.Expressions;

/// <summary>Calls of built-in functions: which way of calling is meant, and what is wrong where none fits.</summary>
internal sealed partial class Typer
{
    private Node TypeCall(Syntax.Call call)
    {
        var arguments = call.Arguments.Select(a => Type(a.Value)).ToImmutableArray();
        var signatures = FunctionCatalogue.Find(call.Function);
        if (signatures.IsEmpty)
        {
            return UnknownFunction(call);
        }

        var placed = signatures
            .Select(s => (Signature: s, Places: Place(s, call.Arguments)))
            .Where(s => s.Places is not null)
            .Select(s => new Candidate(s.Signature, s.Places!.Value))
            .ToImmutableArray();
        if (placed.IsEmpty)
        {
            return WrongCount(call, signatures);
        }

        var fitting = placed.Where(c => FirstUnfit(c, arguments) < 0).ToImmutableArray();
        return fitting.IsEmpty ? WrongType(call, arguments, placed) : Called(call, arguments, fitting);
    }

    private Node Called(Syntax.Call call, ImmutableArray<Node> arguments, ImmutableArray<Candidate> candidates)
    {
        if (arguments.All(a => !Types.IsOpen(a.Type)))
        {
            candidates = [candidates[0]];
        }

        var objections = candidates.Select(c => c.Signature.Check?.Invoke(TypesOf(c, arguments))).ToList();
        if (objections.TrueForAll(o => o is not null))
        {
            return Error(Errors.ArgumentType, call, $"{Comparing.Capital(objections[0]!)}.");
        }

        var type = Types.Join(candidates.Select(c => c.Signature.ResultOf?.Invoke(TypesOf(c, arguments)) ?? c.Signature.Result));
        var node = new CallNode(call.Function, arguments, candidates, type);
        return CheckConstants(call, node, candidates[0].Signature);
    }

    /// <summary>Constants that a function can't read are a mistake that is seen now, and not when the plan runs.</summary>
    private Node CheckConstants(Syntax.Call call, CallNode node, Signature signature)
    {
        var constants = node.Candidates[0].Places
            .Select(p => p >= 0 && node.Arguments[p] is LiteralNode literal ? literal.Value : null)
            .ToArray();
        var probe = Run.Probe();
        if (signature.ReadsText && constants.All(c => c is not null))
        {
            var value = node.Evaluate(probe);
            return probe.Problem is { } problem ? Error(Errors.ExpressionDate, call, problem)
                : node.Type is FeelType.Any ? new CallNode(node.Function, node.Arguments, node.Candidates, TypeOf(value))
                : node;
        }

        signature.CheckConstants?.Invoke(probe, constants);
        return probe.Problem is { } unreadable ? Error(Errors.PatternUnreadable, call, unreadable) : node;
    }

    /// <summary>The types of the arguments in the order of the parameters; what is left out is null.</summary>
    private static ImmutableArray<FeelType> TypesOf(Candidate candidate, ImmutableArray<Node> arguments)
    {
        var types = ImmutableArray.CreateBuilder<FeelType>();
        for (var i = 0; i < candidate.Places.Length; i++)
        {
            var place = candidate.Places[i];
            if (candidate.Signature.Parameters[i].IsVariadic)
            {
                types.AddRange(place < 0 ? [] : arguments.Skip(place).Select(a => a.Type));
            }
            else
            {
                types.Add(place < 0 ? FeelType.NullType : arguments[place].Type);
            }
        }

        return types.ToImmutable();
    }

    /// <summary>For each parameter its argument; null where they don't go together by number and name.</summary>
    private static ImmutableArray<int>? Place(Signature signature, ImmutableArray<Argument> arguments)
    {
        var parameters = signature.Parameters;
        if ((arguments.Length > parameters.Length && !signature.IsVariadic) || (arguments.Any(a => a.Name is not null) && arguments.Any(a => a.Name is null)))
        {
            return null;
        }

        var places = Enumerable.Repeat(-1, parameters.Length).ToArray();
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = arguments[i].Name;
            var parameter = name is null ? Math.Min(i, parameters.Length - 1) : parameters.ToList().FindIndex(p => p.Name == name);
            if (parameter < 0 || (places[parameter] >= 0 && !parameters[parameter].IsVariadic) || (name is not null && parameters[parameter].IsVariadic && parameters.Length > 1))
            {
                return null;
            }

            places[parameter] = places[parameter] < 0 ? i : places[parameter];
        }

        var complete = Enumerable.Range(0, parameters.Length).All(i => places[i] >= 0 || parameters[i].IsOptional || parameters[i].IsVariadic);
        return complete ? [.. places] : null;
    }

    /// <summary>The first argument of the wrong type; -1 where there is none.</summary>
    private static int FirstUnfit(Candidate candidate, ImmutableArray<Node> arguments)
    {
        for (var i = 0; i < candidate.Places.Length; i++)
        {
            var place = candidate.Places[i];
            var parameter = candidate.Signature.Parameters[i];
            var last = place < 0 ? -1 : parameter.IsVariadic ? arguments.Length - 1 : place;
            for (; place >= 0 && place <= last; place++)
            {
                if (!parameter.Takes(arguments[place].Type))
                {
                    return place;
                }
            }
        }

        return -1;
    }

    private Node UnknownFunction(Syntax.Call call)
    {
        var near = Nearest.To(call.Function, FunctionCatalogue.Names) ?? Nearest.WithWord(call.Function, FunctionCatalogue.Names);
        reporter.Error(Errors.UnknownFunction, call.Start, call.NameEnd - call.Start,
            $"There is no function “{call.Function}”{(near is null ? "." : $"; did you mean “{near}”?")}",
            near is null ? null : reporter.Replace($"Write {near}", call.Start, call.NameEnd - call.Start, near));
        return Mistake;
    }

    private Node WrongCount(Syntax.Call call, ImmutableArray<Signature> signatures)
    {
        var known = signatures.SelectMany(s => s.Parameters).Select(p => p.Name).Distinct().ToList();
        if (call.Arguments.FirstOrDefault(a => a.Name is not null && !known.Contains(a.Name)) is { } unknown)
        {
            reporter.Error(Errors.ArgumentCount, unknown.Start, unknown.Length,
                $"{call.Function} has no parameter “{unknown.Name}”{Nearest.Hint(unknown.Name!, known)}");
            return Mistake;
        }

        return Error(Errors.ArgumentCount, call, $"{call.Function} can't be called with {Count(call.Arguments.Length)}; write {Ways(signatures)}.");
    }

    private static string Count(int arguments) => arguments switch { 0 => "no argument", 1 => "one argument", _ => $"{arguments} arguments" };

    private static string Ways(IEnumerable<Signature> signatures) => string.Join(" or ", signatures.Select(s => s.ToString()));

    private Node WrongType(Syntax.Call call, ImmutableArray<Node> arguments, ImmutableArray<Candidate> placed)
    {
        // The way that goes wrong last is the one that was most likely meant.
        var meant = placed.MaxBy(c => FirstUnfit(c, arguments))!;
        var unfit = FirstUnfit(meant, arguments);
        var at = call.Arguments[unfit].Value;
        var others = placed.Where(c => FirstUnfit(c, arguments) == unfit)
            .Select(c => Types.Say(c.Signature.Parameters[ParameterOf(c, unfit)].Type)).Distinct().ToList();
        return Error(Errors.ArgumentType, at,
            $"{call.Function} needs {string.Join(" or ", others)} here, but this is {Types.Say(arguments[unfit].Type)}.");
    }

    private static int ParameterOf(Candidate candidate, int argument)
    {
        var exact = candidate.Places.IndexOf(argument);
        return exact >= 0 ? exact : candidate.Places.Length - 1;
    }
}
