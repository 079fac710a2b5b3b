using YamlDotNet.Core;

namespace ProcessManager.Language.Reading;

/// <summary>A stretch of the file, set aside because it lacks its quotes.</summary>
internal readonly record struct Stretch(int Start, int End)
{
    public bool Holds(int offset) => offset >= Start && offset < End;
}

/// <summary>
/// One reading of a file. A value that lacks its quotes ends the pass and is set aside: in the next pass
/// letters stand in its place, so that places stay right and what follows it is read as well.
/// </summary>
internal sealed class ReadingPass(SourceFile source, List<(Stretch Stretch, Diagnostic Why)> aside)
{
    private readonly List<Diagnostic> found = [];

    /// <summary>What this pass set aside; null when it came to an end of its own.</summary>
    public (Stretch Stretch, Diagnostic Why)? SetAside { get; private set; }

    /// <summary>Everything found, in the order of the file.</summary>
    public IEnumerable<Diagnostic> Found =>
        found.Concat(aside.Select(a => a.Why))
            .Concat(SetAside is { } last ? [last.Why] : [])
            .OrderBy(d => d.Span.Start);

    public ReadingPass Again() => new(source, [.. aside, SetAside!.Value]);

    public YamlNode? Run()
    {
        var text = WithoutAside();
        var builder = new NodeBuilder(source, text, [.. aside.Select(a => a.Stretch)], found);
        var troubles = new SyntaxTroubles(source, text, builder);
        YamlNode? node = null;
        try
        {
            node = builder.Build();
            SetAside = builder.Unquoted;
            if (node is null && SetAside is null && found.Count == 0)
            {
                // Broken text can also make the parser end before the outermost node does.
                Take(troubles.ExplainUnknown());
            }
        }
        catch (YamlException wrong)
        {
            Take(troubles.Explain(wrong));
        }
        catch (Exception wrong) when (wrong is not OutOfMemoryException)
        {
            // The parser also ends in exceptions of its own making on broken text (an unclosed bracket before a
            // key is one); for the author that is the same as a syntax error.
            Take(troubles.ExplainUnknown());
        }

        if (SetAside is null)
        {
            TabCheck.Run(source, builder.ManyLines, found);
        }

        return node;
    }

    private void Take((Diagnostic Why, Stretch? Stretch) trouble)
    {
        if (trouble.Stretch is { } stretch)
        {
            SetAside = (stretch, trouble.Why);
        }
        else
        {
            found.Add(trouble.Why);
        }
    }

    private string WithoutAside()
    {
        if (aside.Count == 0)
        {
            return source.Text;
        }

        var letters = source.Text.ToCharArray();
        foreach (var (stretch, _) in aside)
        {
            letters.AsSpan(stretch.Start, stretch.End - stretch.Start).Fill('x');
        }

        return new string(letters);
    }
}
