using System.Collections.Immutable;
using System.Security.Cryptography;
using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Binding;

/// <summary>Binds <c>attach</c>: fields of kind file, documents of letter steps, and files of the folder documents.</summary>
internal sealed class AttachmentBinder(BindingContext context)
{
    private const string Folder = Definitions.DocumentFolder;
    private const string Prefix = "field:";

    private readonly SortedSet<string> paths = new(StringComparer.Ordinal);

    /// <summary>The files of the definitions that were named.</summary>
    public IEnumerable<string> Paths => paths;

    public ImmutableArray<Attachment> Bind(YamlNode? node)
    {
        if (node is null)
        {
            return [];
        }

        var found = ImmutableArray.CreateBuilder<Attachment>();
        foreach (var scalar in node.Scalars())
        {
            if (One(scalar) is not { } attachment)
            {
                continue;
            }

            if (found.Contains(attachment))
            {
                context.Report(Errors.RuleNotHere, scalar.Span, $"“{scalar.Value}” is attached already.");
                continue;
            }

            found.Add(attachment);
        }

        return found.ToImmutable();
    }

    private Attachment? One(YamlScalar scalar)
    {
        var name = scalar.Value.Trim();
        if (name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return OfField(scalar, name[Prefix.Length..].Trim());
        }

        if (context.Definitions.Files.TryGetValue(Folder + name, out var file))
        {
            if (file.Content.Length > Definitions.MostBytesOfDocument)
            {
                context.Report(Errors.UnknownDocument, scalar.Span, $"{file.Path} is larger than {Definitions.MostBytesOfDocument >> 20} MiB: attach a smaller file, or a link.");
                return null;
            }

            paths.Add(file.Path);
            return new Attachment.OfPlan(name, Convert.ToHexStringLower(SHA256.HashData(file.Content.Span)));
        }

        if (context.FindStep(name) is { } step)
        {
            if (step.Kind is { Name: "letter" } or null)
            {
                return new Attachment.OfLetter(step.Index);
            }

            context.Report(Errors.UnknownDocument, scalar.Span, $"“{name}” is a step of kind {step.Kind.Name}, which files no document: expected {Words.Or(Known())}.");
            return null;
        }

        if (context.Fields.TryGetValue(name, out var field) && field.Kind == FieldKind.File)
        {
            context.Report(Errors.UnknownDocument, scalar.Span, $"“{name}” is a field, which is written field:{name}.", BindingContext.Replace(scalar.Span, Prefix + name));
            return null;
        }

        context.Unknown(Errors.UnknownDocument, scalar.Span, name, $"There is no document “{name}”", Known(), "definitions/documents is empty, and the plan has no letters and no fields of kind file");
        return null;
    }

    private Attachment.OfField? OfField(YamlScalar scalar, string id)
    {
        var span = scalar.Text.At(scalar.Value.Length - scalar.Value[(scalar.Value.IndexOf(':', StringComparison.Ordinal) + 1)..].TrimStart().Length, id.Length);
        if (context.Fields.TryGetValue(id, out var field))
        {
            if (field.Kind == FieldKind.File)
            {
                return new Attachment.OfField(id);
            }

            context.Report(Errors.FieldOfWrongKind, span, $"“{id}” is a field of kind {Kinds.Name(field.Kind)}: expected one of kind file.");
        }
        else if (!context.BrokenFields.Contains(id))
        {
            context.Unknown(Errors.UnknownField, span, id, $"There is no field “{id}” that holds a file", Files(), "the plan has no field of kind file");
        }

        return null;
    }

    private IEnumerable<string> Files() => context.Fields.Values.Where(f => f.Kind == FieldKind.File).Select(f => f.Id);

    private IEnumerable<string> Known() => context.Definitions.Files.Keys
        .Where(p => p.StartsWith(Folder, StringComparison.Ordinal)).Select(p => p[Folder.Length..]).Order(StringComparer.Ordinal)
        .Concat(context.Steps.Where(s => s.Kind?.Name == "letter").Select(s => s.Id))
        .Concat(Files().Select(f => Prefix + f));
}
