using System.Collections.Immutable;
using ProcessManager.Language.Expressions;
using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Binding;

/// <summary>Binds the kinds that reach out to others: <c>http</c>, and <c>start</c> of another plan.</summary>
internal sealed class RequestBinder(BindingContext context, FieldBinder fields, OtherPlans others)
{
    /// <summary>How often a request is tried again where nothing is written.</summary>
    public const int Retries = 3;

    private const string Response = "response";

    private static readonly ImmutableArray<string> Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    public HttpKind? Http(StepDraft step)
    {
        var scope = context.ScopeOf(step);
        var body = Values(step.Body["body"], scope);
        var into = fields.Assignments(step.Body["into"], scope.With(Response, FeelType.AnyType));
        if ((step.Kind!.Value as YamlScalar).Written() is not { } text)
        {
            return null;
        }

        var (method, address) = Method(text);
        if (method is null)
        {
            return null;
        }

        if (method == "GET" && step.Body.Find("body") is { } written)
        {
            context.Report(Errors.RuleNotHere, written.Key.Span, "A GET request has no body: write POST, or put the values into the address.");
        }

        return Address(address) && context.Text(address, scope) is { } url
            ? new HttpKind(method, url, body, into, step.Body.Whole("retry") ?? Retries) : null;
    }

    /// <param name="plan">The plan that is bound, which may start another project of itself.</param>
    public StartKind? Start(StepDraft step, string plan)
    {
        if ((step.Kind!.Value as YamlScalar).Written() is not { } name)
        {
            return null;
        }

        var own = name.Value == plan;
        if (!own && !others.Ids.Contains(name.Value))
        {
            context.Unknown(Errors.UnknownPlan, name.Span, name.Value, $"There is no plan “{name.Value}”", others.Ids, "definitions/plans holds none");
            return null;
        }

        var values = ImmutableArray.CreateBuilder<NamedValue>();
        var child = own ? context : others.FieldsOf(name.Value);
        foreach (var entry in step.Body.EntriesOf("fields"))
        {
            var type = child is null ? FeelType.AnyType : TypeIn(child, name.Value, entry.Key);
            if ((entry.Value as YamlScalar).Written() is not { } text
                || fields.Unquoted(child?.Fields.GetValueOrDefault(entry.Name), text, context.ScopeOf(step))
                || ExpressionCompiler.Compile(text.Text, context.ScopeOf(step), type, context.Diagnostics) is not { } value)
            {
                continue;
            }

            var keptSafe = child?.Fields.TryGetValue(entry.Name, out var field) == true && field.Sensitive;
            foreach (var sensitive in keptSafe ? [] : context.Sensitive(value.Uses))
            {
                context.Report(Errors.SensitiveInText, text.Span, $"“{sensitive}” is sensitive, but “{entry.Name}” of the plan {name.Value} is not: make it sensitive, too.");
            }

            fields.IsChoice(child?.Fields.GetValueOrDefault(entry.Name), value, text);
            values.Add(new NamedValue(entry.Name, value, entry.Span));
        }

        return new StartKind(name.Value, values.ToImmutable(), step.Body.Scalar("until") is not null);
    }

    /// <summary>The type of a field of another plan; null, with a diagnostic, where it has no such field to fill.</summary>
    private FeelType? TypeIn(BindingContext child, string plan, YamlScalar key)
    {
        if (child.Fields.TryGetValue(key.Value, out var field))
        {
            return BuiltIns.TypeOf(field.Kind);
        }

        if (child.BrokenFields.Contains(key.Value))
        {
            return null;
        }

        if (BuiltIns.Writable.Contains(key.Value))
        {
            return BuiltIns.Fields[key.Value];
        }

        context.Unknown(Errors.UnknownField, key.Span, key.Value, $"The plan {plan} has no field “{key.Value}” that can be filled",
            child.Fields.Keys.Concat(BuiltIns.Writable.Where(b => !child.Fields.ContainsKey(b)).Order(StringComparer.Ordinal)), "");
        return null;
    }

    private ImmutableArray<NamedValue> Values(YamlNode? node, TypeScope scope)
    {
        var values = ImmutableArray.CreateBuilder<NamedValue>();
        foreach (var entry in node is YamlMapping map ? map.Entries : [])
        {
            if ((entry.Value as YamlScalar).Written() is not { } text
                || ExpressionCompiler.Compile(text.Text, scope, null, context.Diagnostics) is not { } value)
            {
                continue;
            }

            foreach (var sensitive in context.Sensitive(value.Uses))
            {
                context.Report(Errors.SensitiveInText, text.Span, $"“{sensitive}” is sensitive and can't be sent to another system.");
            }

            values.Add(new NamedValue(entry.Name, value, entry.Span));
        }

        return values.ToImmutable();
    }

    private (string? Method, SourceText Address) Method(YamlScalar text)
    {
        var value = text.Value;
        var start = value.Length - value.TrimStart().Length;
        var space = value.IndexOf(' ', start);
        var word = space < 0 ? value[start..] : value[start..space];
        var address = space < 0 ? value.Length : space + value[space..].Length - value[space..].TrimStart().Length;
        var rest = text.Text.Part(address, value[address..].TrimEnd().Length);
        if (word.Contains("://", StringComparison.Ordinal))
        {
            context.Report(Errors.BadRequest, text.Span, $"The method is missing: expected {Words.Or(Methods)} before the address, such as `POST {word}`.");
        }
        else if (!Methods.Contains(word))
        {
            var near = Shaping.Words.Nearest(word, Methods);
            var span = text.Text.At(start, word.Length);
            context.Report(Errors.BadRequest, span, $"“{word}” isn't a method of HTTP that can be used: expected {Words.Or(Methods)}{(near is null ? "." : $"; did you mean “{near}”?")}",
                near is null ? null : BindingContext.Replace(span, near));
        }
        else if (rest.Value.Length == 0)
        {
            context.Report(Errors.BadRequest, text.Span, $"The address is missing: expected `{word} https://…`.");
        }
        else
        {
            return (word, rest);
        }

        return (null, rest);
    }

    /// <summary>Scheme and host stand in the plan as they are, so that nobody's input says where the request goes.</summary>
    private bool Address(SourceText address)
    {
        var text = address.Value;
        var scheme = text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8 : text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7 : 0;
        var end = text.AsSpan(scheme).IndexOfAny('/', '?', '#');
        var host = end < 0 ? text[scheme..] : text[scheme..(scheme + end)];
        var problem = scheme == 0 ? "must begin with https:// or http://"
            : host.Contains("{{", StringComparison.Ordinal) ? "must name its host in full: `{{…}}` may stand behind it only"
            : host.Contains('@', StringComparison.Ordinal) ? "must not hold a name or password: these belong into the settings of the installation"
            : !Uri.TryCreate(text[..(scheme + host.Length)], UriKind.Absolute, out var whole) || whole.Host.Length == 0 || host.Any(char.IsWhiteSpace) ? "must name a host, such as https://example.com/orders"
            : null;
        if (problem is not null)
        {
            context.Report(Errors.BadRequest, address.Span, $"The address {problem}.");
        }

        return problem is null;
    }
}
