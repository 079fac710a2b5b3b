namespace ProcessManager.Language.Reading;

/// <summary>The keys of one map: texts of bearable length, each once.</summary>
internal sealed class MapKeys(SourceFile source, List<Diagnostic> found)
{
    private readonly Dictionary<string, YamlScalar> seen = new(StringComparer.Ordinal);

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

        if (!seen.TryAdd(name.Value, name))
        {
            found.Add(Errors.DuplicateKey.At(name.Span,
                $"“{name.Value}” is already written in line {source.LineOf(seen[name.Value].Start)}. Keep one of the two, or rename one."));
            return null;
        }

        return name;
    }
}
