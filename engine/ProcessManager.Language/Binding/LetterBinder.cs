using System.Collections.Immutable;
using System.Security.Cryptography;
using ProcessManager.Language.Expressions;
using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Binding;

/// <summary>Binds the Word templates that a plan uses: each merge field is an expression over the names of the plan.</summary>
internal sealed class LetterBinder(BindingContext context)
{
    private const string Folder = "templates/";
    private const string Suffix = ".docx";

    private readonly Dictionary<string, LetterTemplate?> bound = [];

    /// <summary>The templates that steps named and that could be bound.</summary>
    public ImmutableDictionary<string, LetterTemplate> Bound =>
        bound.Where(t => t.Value is not null).ToImmutableDictionary(t => t.Key, t => t.Value!);

    /// <summary>The files that were named, good or bad.</summary>
    public IEnumerable<string> Paths => bound.Keys.Select(PathOf);

    /// <summary>Binds the template a step names; what is wrong in it is said where it is named, for a document has no lines.</summary>
    public void Use(YamlScalar name, StepDraft step)
    {
        var id = name.Value;
        if (!bound.TryGetValue(id, out var template))
        {
            if (!context.Definitions.Files.TryGetValue(PathOf(id), out var file))
            {
                context.Unknown(Errors.UnknownTemplate, name.Span, id, $"There is no letter template “{id}”", All(), "definitions/templates holds no .docx file");
                return;
            }

            template = bound[id] = Bind(id, file, name.Span);
        }

        if (step.Each is null && template?.Fields.Any(f => f.Value.Uses.Contains(BuiltIns.Item)) == true)
        {
            context.Report(Errors.BadMergeField, name.Span, $"{PathOf(id)} shows `item`, the member of an `each`, but “{step.Id}” has no `each`.");
        }
    }

    private static string PathOf(string id) => Folder + id + Suffix;

    private IEnumerable<string> All() => context.Definitions.Files.Keys
        .Where(p => p.StartsWith(Folder, StringComparison.Ordinal) && p.EndsWith(Suffix, StringComparison.Ordinal))
        .Select(p => p[Folder.Length..^Suffix.Length])
        .Order(StringComparer.Ordinal);

    private LetterTemplate? Bind(string id, DefinitionFile file, SourceSpan span)
    {
        var (names, problem) = WordFields.Read(file.Content);
        if (problem is not null)
        {
            context.Report(Errors.BadLetter, span, $"{file.Path} {problem}.");
            return null;
        }

        var fields = names.Select(n => Field(n, file.Path, span)).ToList();
        return fields.Contains(null) ? null
            : new LetterTemplate(id, [.. fields.Select(f => f!)], Convert.ToHexStringLower(SHA256.HashData(file.Content.Span)), file.Content, SourceSpan.StartOf(file.Path));
    }

    private MergeField? Field(string name, string path, SourceSpan span)
    {
        var found = new List<Diagnostic>();
        var value = Compile(name, found) ?? (Meant(name) is [var only] ? Compile(only, []) : null);
        if (value is null)
        {
            context.Report(Errors.BadMergeField, span, $"{path}: the merge field “{name}” can't be filled. {Advice(name, found)}");
            return null;
        }

        foreach (var sensitive in context.Sensitive(value.Uses))
        {
            context.Report(Errors.SensitiveInText, span, $"{path}: “{sensitive}” is sensitive and can't be shown in a letter: let people look it up in the project.");
        }

        return new MergeField(name, value);
    }

    private Expression? Compile(string text, List<Diagnostic> found) =>
        ExpressionCompiler.Compile(SourceText.Of(text), context.ScopeWithItem, null, found);

    /// <summary>The names and paths that are the same but for case and what stands between the words.</summary>
    private List<string> Meant(string name) => [.. Known().Where(k => Plain(k) == Plain(name))];

    private string Advice(string name, List<Diagnostic> found)
    {
        if (Meant(name) is [_, _, ..] several)
        {
            return $"It can mean {Words.Or(several)}: write the one that is meant.";
        }

        var names = Known().ToList();
        var near = Shaping.Words.Nearest(Plain(name), names.Select(Plain)) is { } plain ? names.Find(n => Plain(n) == plain) : null;
        return near is null ? found[0].Message : $"There is no such name; did you mean “{near}”?";
    }

    private IEnumerable<string> Known() => context.ScopeWithItem.Names
        .SelectMany(n => n.Value is FeelType.Context entries ? entries.Entries.Keys.Select(e => $"{n.Key}.{e}") : [n.Key])
        .Order(StringComparer.Ordinal);

    private static string Plain(string name) => name.Replace('_', '-').Replace('.', '-').ToLowerInvariant();
}
