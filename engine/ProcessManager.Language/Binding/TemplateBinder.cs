using System.Collections.Immutable;
using ProcessManager.Language.Expressions;
using ProcessManager.Language.Reading;
using ProcessManager.Language.Shaping;

namespace ProcessManager.Language.Binding;

/// <summary>
/// Binds the email templates that a plan uses: front matter between two lines <c>---</c>, then Markdown. A template is
/// compiled with the names of the plan that uses it.
/// </summary>
internal sealed class TemplateBinder(BindingContext context)
{
    private const string Folder = "templates/";
    private const string Suffix = ".email.md";

    private readonly Dictionary<string, EmailTemplate?> bound = [];

    /// <summary>The templates that steps named and that could be bound.</summary>
    public ImmutableDictionary<string, EmailTemplate> Bound =>
        bound.Where(t => t.Value is not null).ToImmutableDictionary(t => t.Key, t => t.Value!);

    /// <summary>The files that were named, good or bad.</summary>
    public IEnumerable<string> Paths => bound.Keys.Select(PathOf);

    public static string PathOf(string id) => Folder + id + Suffix;

    /// <summary>Binds the template a step names; a name without a file is reported where it is written.</summary>
    public void Use(YamlScalar name, StepDraft step)
    {
        var id = name.Value;
        if (!bound.TryGetValue(id, out var template))
        {
            if (!context.Definitions.Files.TryGetValue(PathOf(id), out var file))
            {
                context.Unknown(Errors.UnknownTemplate, name.Span, id, $"There is no email template “{id}”", All(), "definitions/templates holds none");
                return;
            }

            template = bound[id] = Bind(id, file);
        }

        if (step.Each is null && template is not null && template.Subject.Uses.Concat(template.Body.Uses).Contains(BuiltIns.Item))
        {
            context.Report(Errors.UnknownName, name.Span, $"{PathOf(id)} shows `item`, the member of an `each`, but “{step.Id}” has no `each`.");
        }
    }

    private IEnumerable<string> All() => context.Definitions.Files.Keys
        .Where(p => p.StartsWith(Folder, StringComparison.Ordinal) && p.EndsWith(Suffix, StringComparison.Ordinal))
        .Select(p => p[Folder.Length..^Suffix.Length])
        .Order(StringComparer.Ordinal);

    private EmailTemplate? Bind(string id, DefinitionFile file)
    {
        var text = System.Text.Encoding.UTF8.GetString(file.Content.Span).TrimStart('\uFEFF');
        var source = new SourceFile(file.Path, text);
        if (FrontMatterEnd(source) is not { } end)
        {
            context.Report(Errors.NoFrontMatter, source.Span(0, 0),
                "The template must begin with its front matter: a line `---`, `subject: …`, another line `---`, then the text of the mail.");
            return null;
        }

        // Read with everything else blanked out, so that places in the front matter are places in the file.
        var head = string.Concat("   ", text.AsSpan(3, source.LineStart(end) - 3));
        if (YamlReader.Read(file.Path, head, context.Diagnostics) is not YamlMapping map)
        {
            return null;
        }

        ShapeChecker.Check(map, EmailTemplateShape.FrontMatter, context.Diagnostics);
        var subject = Subject(map);
        var body = Body(source, end);
        var (from, replyTo) = (Address(map, "from"), Address(map, "reply-to"));
        return subject is null || body is null ? null
            : new EmailTemplate(id, subject, from, replyTo, body, source.Span(0, 3));
    }

    /// <summary>The line of the second <c>---</c>.</summary>
    private static int? FrontMatterEnd(SourceFile source)
    {
        if (source.LineCount < 2 || Line(source, 1) != "---")
        {
            return null;
        }

        for (var line = 2; line <= source.LineCount; line++)
        {
            if (Line(source, line) == "---")
            {
                return line;
            }
        }

        return null;
    }

    private static string Line(SourceFile source, int line) =>
        source.Text[source.LineStart(line)..source.LineEnd(line)].TrimEnd();

    private TextTemplate? Subject(YamlMapping map) => map.Scalar("subject") is { } subject && OneLine(subject)
        ? context.Text(subject.Text, context.ScopeWithItem) : null;

    private TextTemplate? Body(SourceFile source, int end)
    {
        var start = end < source.LineCount ? source.LineStart(end + 1) : source.Text.Length;
        while (start < source.Text.Length && source.Text[start] is '\n' or '\r')
        {
            start++;
        }

        if (string.IsNullOrWhiteSpace(source.Text[start..]))
        {
            context.Report(Errors.EmptyBody, source.Span(source.LineStart(end), source.LineEnd(end)), "The mail has no text: write it after this line.");
        }

        // Line breaks are LF in what is sent and hashed, however the file was saved.
        var map = new List<int>();
        var value = new System.Text.StringBuilder();
        for (var i = start; i < source.Text.Length; i++)
        {
            if (source.Text[i] == '\r' && i + 1 < source.Text.Length && source.Text[i + 1] == '\n')
            {
                continue;
            }

            value.Append(source.Text[i]);
            map.Add(i);
        }

        var text = new SourceText(value.ToString(), (s, l) => source.Span(At(s), l == 0 ? At(s) : At(s + l - 1) + 1));
        return context.Text(text, context.ScopeWithItem);

        int At(int position) => position < map.Count ? map[position] : source.Text.Length;
    }

    private string? Address(YamlMapping map, string key)
    {
        if (map.Scalar(key) is not { } address || !OneLine(address))
        {
            return null;
        }

        if (!MailAddress.IsNamed(address.Value))
        {
            context.Report(Errors.BadAddress, address.Span, $"“{address.Value}” isn't an email address: expected name@domain or Name <name@domain>.");
        }

        return address.Value;
    }

    private bool OneLine(YamlScalar scalar)
    {
        var value = scalar.Value.TrimEnd('\n');
        if (value.AsSpan().IndexOfAny('\r', '\n') < 0)
        {
            return true;
        }

        context.Report(Errors.LineBreakInHeader, scalar.Span, "A line break can't stand here: write it on one line.");
        return false;
    }
}
