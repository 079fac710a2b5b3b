namespace ProcessManager.Language.Reading;

/// <summary>The keys of one map: texts of bearable length, each once.</summary>
internal sealed class MapKeys(SourceFile source, List<Diagnostic> found)
{
    // Most maps have a handful of keys, for which comparing is cheaper than hashing.
    private const int Few = 8;

    private readonly List<YamlScalar> few = new(Few);
    private Dictionary<string, YamlScalar>? many;

    /// <summary>The key where it counts; otherwise null, reported.</summary>
    public YamlScalar? Accept(YamlNode key)
    {
        if (key is not YamlScalar name)
        {
            found.Add(Errors.ComplexKey.At(key.Span, $"Expected a name before the colon, found {key.Describe()}."));
            return null;
        }

        if (name.IsBroken)
        {
            return null;
        }

        if (name.Value.Length > YamlReader.MaxKeyLength)
        {
            found.Add(Errors.KeyTooLong.At(name.Span, $"A key has at most {YamlReader.MaxKeyLength} characters; this one has {name.Value.Length}."));
            return null;
        }

        if (name.Value == "<<" && name.Style == YamlScalarStyle.Plain)
        {
            found.Add(Errors.MergeKey.At(name.Span, "Merge keys are not part of the language. Write the keys out."));
            return null;
        }

        if (First(name) is { } first)
        {
            found.Add(Errors.DuplicateKey.At(name.Span,
                $"“{name.Value}” is already written in line {source.LineOf(first.Start)}. Keep one of the two, or rename one."));
            return null;
        }

        return name;
    }

    /// <summary>The earlier key of the same name; null where the name is new, which is then noted.</summary>
    private YamlScalar? First(YamlScalar name)
    {
        if (many is not null)
        {
            return many.TryAdd(name.Value, name) ? null : many[name.Value];
        }

        foreach (var key in few)
        {
            if (key.Value == name.Value)
            {
                return key;
            }
        }

        if (few.Count == Few)
        {
            many = few.ToDictionary(k => k.Value, StringComparer.Ordinal);
            many.Add(name.Value, name);
        }
        else
        {
            few.Add(name);
        }

        return null;
    }
}
