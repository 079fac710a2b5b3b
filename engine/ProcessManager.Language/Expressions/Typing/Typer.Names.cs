namespace ProcessManager.Language.Expressions;

/// <summary>Names and paths, and what somebody may have meant by one that isn't known.</summary>
internal sealed partial class Typer
{
    private Node TypeName(Syntax.Name name) => names.Find(name.Text) ?? UnknownName(name);

    private Node UnknownName(Syntax.Name name)
    {
        if (name.Text == "?")
        {
            return Error(Errors.UnknownName, name, "“?” stands for the column of a decision table and is known only in its cells.");
        }

        if (name.Text == "item")
        {
            return Error(Errors.UnknownName, name, "“item” is the member of a step with `each` and known in the texts of that step only.");
        }

        if (Subtraction(name.Text) is { } subtraction)
        {
            return Error(Errors.UnknownName, name, $"“{name.Text}” isn't known; subtraction needs spaces: {subtraction}.",
                reporter.Replace($"Write {subtraction}", name.Start, name.Length, subtraction));
        }

        if (Word(name.Text) is { } word)
        {
            return Error(Errors.UnknownName, name, $"“{name.Text}” isn't known; write {word}.",
                reporter.Replace($"Write {word}", name.Start, name.Length, word));
        }

        if (FunctionCatalogue.Has(name.Text))
        {
            return Error(Errors.UnknownName, name, $"“{name.Text}” is a function; write {name.Text}(…).");
        }

        var known = names.Known;
        var near = Nearest.To(name.Text, known);
        return Error(Errors.UnknownName, name, $"“{name.Text}” isn't known{NameHint(name.Text, near, known)}",
            near is null ? null : reporter.Replace($"Write {near}", name.Start, name.Length, near));
    }

    private static string NameHint(string name, string? near, IReadOnlyCollection<string> known) =>
        near is not null ? $"; did you mean “{near}”?"
        : char.IsUpper(name[0]) ? $"; a text stands between double quotes: \"{name}\"."
        : Nearest.Hint(name, known);

    /// <summary><c>a - b</c> for <c>a-b</c>, where both are known.</summary>
    private string? Subtraction(string name)
    {
        for (var at = name.Length > Nearest.LongestWord ? -1 : name.IndexOf('-', StringComparison.Ordinal); at > 0; at = name.IndexOf('-', at + 1))
        {
            var (left, right) = (name[..at], name[(at + 1)..]);
            if (names.Has(left) && (names.Has(right) || right.All(char.IsAsciiDigit)))
            {
                return $"{left} - {right}";
            }
        }

        return null;
    }

    private static string? Word(string name) => name.ToUpperInvariant() switch
    {
        "YES" or "TRUE" => "true",
        "NO" or "FALSE" => "false",
        "NIL" or "NONE" or "NULL" or "EMPTY" => "null",
        "AND" => "and",
        "OR" => "or",
        "NOT" => "not(…)",
        _ => null,
    };

    private Node TypePath(Syntax.Path path)
    {
        var target = Type(path.Target);
        if (PartType(target.Type, path.Part) is { } type)
        {
            names.Narrow(target, path.Part);
            return new PathNode(target, path.Part, isImplicit: false, type);
        }

        var known = PartNames(target.Type);
        var near = Nearest.To(path.Part, known);
        var owner = target is NameNode or LocalNode or PathNode ? $"“{Printer.Print(target)}”" : Comparing.Capital(Types.Say(target.Type));
        reporter.Error(Errors.UnknownEntry, path.PartStart, path.End - path.PartStart,
            $"{owner} has no “{path.Part}”{(known.Count == 0 ? $": it is {Types.Say(target.Type)}." : Nearest.Hint(path.Part, known))}",
            near is null ? null : reporter.Replace($"Write {near}", path.PartStart, path.End - path.PartStart, near));
        return Mistake;
    }

    private static FeelType? PartType(FeelType type, string name) => type switch
    {
        FeelType.Any => FeelType.AnyType,
        FeelType.Null => FeelType.NullType,
        FeelType.Context context => context.Entries.TryGetValue(name, out var entry) ? entry : context.Closed ? null : FeelType.AnyType,
        FeelType.ListOf list => PartType(list.Item, name) is { } part ? new FeelType.ListOf(part) : null,
        _ => Properties.TypeOf(type, name),
    };

    private static IReadOnlyCollection<string> PartNames(FeelType type) => type switch
    {
        FeelType.Context context => [.. context.Entries.Keys],
        FeelType.ListOf list => PartNames(list.Item),
        _ => Properties.Names(type),
    };
}
