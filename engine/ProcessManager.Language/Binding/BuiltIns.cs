using System.Collections.Frozen;
using System.Collections.Immutable;
using ProcessManager.Language.Expressions;

namespace ProcessManager.Language.Binding;

/// <summary>The names that every plan has without declaring them.</summary>
internal static class BuiltIns
{
    public const string Prospect = "prospect";

    /// <summary>Built-in fields with their types; <c>amount</c> may be declared anew.</summary>
    public static readonly ImmutableSortedDictionary<string, FeelType> Fields = new Dictionary<string, FeelType>(StringComparer.Ordinal)
    {
        ["title"] = FeelType.TextType,
        ["amount"] = FeelType.NumberType,
        ["expected-close"] = FeelType.DateType,
        ["owner"] = FeelType.TextType,
        ["prospect"] = ProspectType(),
        ["source-code"] = FeelType.TextType,
        ["probability"] = FeelType.NumberType,
        ["stage"] = FeelType.TextType,
        ["status"] = FeelType.TextType,
        ["started"] = FeelType.DateTimeType,
        ["closed"] = FeelType.DateTimeType,
        ["close-reason"] = FeelType.TextType,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>What a form may ask for and <c>set</c> may change.</summary>
    public static readonly FrozenSet<string> Writable =
        FrozenSet.Create("title", "amount", "expected-close", "source-code");

    public static readonly ImmutableArray<string> Anchors = ["opened", "stage", "start", "due"];

    /// <summary>Words of the expression language, the member of an <c>each</c>, and the tested value of a table's cell.</summary>
    public static readonly FrozenSet<string> Words = FrozenSet.Create(
        "and", "or", "not", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "between",
        "instance", "of", "function", "true", "false", "null", "item", "external");

    /// <summary>What expressions see of a step: its latest settled occurrence.</summary>
    public static readonly FeelType StepType = new FeelType.Context(
        new Dictionary<string, FeelType>
        {
            ["outcome"] = FeelType.TextType,
            ["state"] = FeelType.TextType,
            ["count"] = FeelType.NumberType,
            ["by"] = FeelType.TextType,
            ["at"] = FeelType.DateTimeType,
        }.ToImmutableDictionary(), Closed: true);

    /// <summary>Of a step with <c>each</c> also what its members chose.</summary>
    public static readonly FeelType EachStepType = new FeelType.Context(
        ((FeelType.Context)StepType).Entries.Add("outcomes", new FeelType.ListOf(FeelType.TextType)), Closed: true);

    /// <summary>The member of an <c>each</c>.</summary>
    public const string Item = "item";

    public static FeelType TypeOf(FieldKind kind) => kind switch
    {
        FieldKind.Number or FieldKind.Money or FieldKind.Percent => FeelType.NumberType,
        FieldKind.Date => FeelType.DateType,
        FieldKind.Time => FeelType.DateTimeType,
        FieldKind.YesNo => FeelType.YesNoType,
        FieldKind.Choices or FieldKind.Persons or FieldKind.Contacts => new FeelType.ListOf(FeelType.TextType),
        FieldKind.Text or FieldKind.Note or FieldKind.Choice or FieldKind.Person or FieldKind.Contact
            or FieldKind.File or FieldKind.Link => FeelType.TextType,
        _ => FeelType.AnyType,
    };

    private static FeelType.Context ProspectType() => new(
        ImmutableArray.Create("name", "kind", "email", "phone", "city", "country")
            .ToImmutableDictionary(n => n, _ => FeelType.TextType), Closed: true);
}
