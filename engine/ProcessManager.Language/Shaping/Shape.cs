using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using ProcessManager.Language.Time;

namespace ProcessManager.Language.Shaping;

/// <summary>The forms a YAML value can have.</summary>
[Flags]
public enum Forms { None = 0, Nothing = 1, Text = 2, List = 4, Map = 8 }

/// <summary>What an id in a file leads to.</summary>
public enum ReferenceTo
{
    Plan, Type, Calendar, Stage, Step, Field, Role, Group, Status, CloseReason, Outcome, EmailTemplate, LetterTemplate, User,
}

/// <summary>
/// What may stand at one place of a file. The shape check, the JSON schemas, the designer's forms and the
/// reference pages all come from the same shapes.
/// </summary>
public abstract record Shape
{
    private protected Shape(Forms forms, string noun)
    {
        Forms = forms;
        Noun = noun;
    }

    public Forms Forms { get; }

    /// <summary>As in "Expected …": <c>a list of ids</c>.</summary>
    public string Noun { get; init; }
}

/// <summary>Text as it stands.</summary>
/// <param name="ManyLines">True where several lines make sense.</param>
public sealed record TextShape(bool ManyLines = false) : Shape(Forms.Text, "text");

/// <summary>Nothing at all, or <c>{}</c>.</summary>
public sealed record EmptyShape() : Shape(Forms.Nothing | Forms.Map, "nothing");

/// <summary>A new id: <c>[a-z][a-z0-9-]*</c>.</summary>
public sealed record IdShape() : Shape(Forms.Text, "an id")
{
    public const int MaxLength = 64;
}

/// <summary>A number within bounds, or one of a few words.</summary>
public sealed record NumberShape(decimal Min, decimal Max, bool Integer, params ImmutableArray<string> Also)
    : Shape(Forms.Text, Describe(Min, Max, Integer, Also))
{
    private static string Describe(decimal min, decimal max, bool integer, ImmutableArray<string> words)
    {
        var number = integer ? "a whole number" : "a number";
        var bounds = (min > decimal.MinValue, max < decimal.MaxValue) switch
        {
            (true, true) => string.Create(CultureInfo.InvariantCulture, $" from {min} to {max}"),
            (true, false) => string.Create(CultureInfo.InvariantCulture, $" of at least {min}"),
            (false, true) => string.Create(CultureInfo.InvariantCulture, $" of at most {max}"),
            _ => "",
        };
        return words.IsEmpty ? number + bounds : $"{number}{bounds}, {Shaping.Words.List(words)}";
    }
}

/// <summary><c>true</c> or <c>false</c>; <c>yes</c> and <c>no</c> mean the same.</summary>
public sealed record FlagShape() : Shape(Forms.Text, "true or false");

/// <summary>One of a few words.</summary>
public sealed record ChoiceShape(params ImmutableArray<string> Values) : Shape(Forms.Text, Words.List(Values));

/// <summary>A list, each item of one shape.</summary>
public sealed record ListShape(Shape Item, int AtLeast = 1, string? Plural = null)
    : Shape(Forms.List, Plural is null ? $"a list ({Item.Noun} each)" : $"a list of {Plural}");

/// <summary>A map whose keys the author chooses.</summary>
/// <param name="Key">What a key is: new ids, or references such as fields; null for words of any kind.</param>
/// <param name="Plural">What the entries are: <c>stages</c>.</param>
public sealed record MapShape(Shape? Key, Shape Value, string Plural, int AtLeast = 1)
    : Shape(Forms.Map, $"{Plural} by id");

/// <summary>A map with keys of the language.</summary>
/// <param name="Name">What the map is: <c>stage</c>.</param>
public sealed record ObjectShape(string Name, ImmutableArray<KeyShape> Keys) : Shape(Forms.Map, $"the keys of {Words.A(Name)}")
{
    /// <summary>Groups of keys of which only one may be written.</summary>
    public ImmutableArray<KeyChoice> Choices { get; init; } = [];

    private readonly FrozenDictionary<string, KeyShape> byName = Keys.ToFrozenDictionary(k => k.Name, StringComparer.Ordinal);

    /// <summary>The keys that must be written.</summary>
    public ImmutableArray<KeyShape> RequiredKeys { get; } = [.. Keys.Where(k => k.Required)];

    public KeyShape? Find(string key) => byName.GetValueOrDefault(key);
}

/// <summary>Keys that exclude each other.</summary>
/// <param name="Required">True where one of them must be written.</param>
public sealed record KeyChoice(bool Required, params ImmutableArray<string> Keys);

/// <summary>One key of the language.</summary>
/// <param name="Help">One sentence for the reference and the designer.</param>
public sealed record KeyShape(string Name, Shape Shape, string Help)
{
    public bool Required { get; init; }

    /// <summary>The key without which this one means nothing.</summary>
    public string? OnlyWith { get; init; }

    /// <summary>YAML of the value alone.</summary>
    public string? Example { get; init; }
}

/// <summary>One of several shapes that differ in form: a text, a list or a map.</summary>
public sealed record OneOfShape(params ImmutableArray<Shape> Options)
    : Shape(Options.Aggregate(Forms.None, (f, o) => f | o.Forms), string.Join(" or ", Options.Select(o => o.Noun)))
{
    /// <summary>The last option of a form that one of them has.</summary>
    internal Shape OptionOf(Forms form)
    {
        var at = Options.Length - 1;
        while ((Options[at].Forms & form) == 0)
        {
            at--;
        }

        return Options[at];
    }
}

/// <summary>A step of a plan: the keys every step has and those of its one kind.</summary>
public sealed record StepShape() : Shape(Forms.Map, "the keys of a step");

/// <summary>A map that one of its keys, the verb, makes what it is.</summary>
/// <param name="Name">What the map is: <c>action</c>.</param>
/// <param name="Variants">Each begins with the verb's own key.</param>
public sealed record VariantShape(string Name, ImmutableArray<ObjectShape> Variants) : Shape(Forms.Map, $"the keys of {Words.A(Name)}")
{
    public IEnumerable<string> Verbs => Variants.Select(v => v.Keys[0].Name);
}

/// <summary>Anything: texts, lists and maps.</summary>
public sealed record AnyShape() : Shape(Forms.Nothing | Forms.Text | Forms.List | Forms.Map, "a value");

/// <summary>A length of time.</summary>
public sealed record DurationShape() : Shape(Forms.Text, "a duration such as `2 working days`");

/// <summary>A point in time; a bare duration counts from where the use says.</summary>
public sealed record MomentShape(MomentUse Use) : Shape(Forms.Text, "a duration or a moment such as `2 weeks before field:call-on`");

/// <summary>When a reminder goes out.</summary>
public sealed record ReminderShape() : Shape(Forms.Text, "a reminder such as `1 working day before due`");

/// <summary>What an expression is asked for.</summary>
public enum ExpressionUse { Condition, Value, Test }

/// <summary>An expression.</summary>
public sealed record ExpressionShape(ExpressionUse Use) : Shape(Forms.Text, Use switch
{
    ExpressionUse.Condition => "a condition such as `amount > 1000`",
    ExpressionUse.Test => "a test such as `> 1000` or `-`",
    _ => "an expression such as `amount * 1.1`",
});

/// <summary>A text with <c>{{ expression }}</c> holes.</summary>
public sealed record TemplateShape(bool ManyLines = false) : Shape(Forms.Text, "text");

/// <summary>Who does something, as one text: <c>owner</c>, <c>group:sales</c>.</summary>
/// <param name="MailsToo">True where prospect, participants and addresses may be named.</param>
/// <param name="StepsToo">True where a step stands for whoever did it.</param>
public sealed record AssigneeShape(bool MailsToo = false, bool StepsToo = false)
    : Shape(Forms.Text, "somebody such as `owner`, `role:x`, `group:x` or `user:x`");

/// <summary>What a step opens for each member of: <c>role:reviewer</c>, or a field.</summary>
public sealed record EachShape() : Shape(Forms.Text, "`role:x`, or a field of kind persons, contacts or choices");

/// <summary>How many members a step with <c>each</c> takes: <c>all</c>, <c>any</c>, <c>2</c>, <c>2 accept</c>.</summary>
public sealed record NeedShape() : Shape(Forms.Text, "all, any, a number, or a number and an outcome such as `2 accept`");

/// <summary>A document that goes with work.</summary>
public sealed record AttachmentShape() : Shape(Forms.Text, "a document such as `price-list.pdf`, `field:contract` or a letter step");

/// <summary>When something repeats: <c>monday at 08:00</c>.</summary>
public sealed record ScheduleShape() : Shape(Forms.Text, "a time such as `monday at 08:00`, `working day at 07:30` or `1st of the month at 09:00`");

/// <summary>A segment of contacts: <c>segment:hot-leads</c>.</summary>
public sealed record SegmentShape() : Shape(Forms.Text, "a segment such as `segment:hot-leads`");

/// <summary>The id of something declared elsewhere.</summary>
public sealed record ReferenceShape(ReferenceTo To, string What) : Shape(Forms.Text, Words.A(What))
{
    /// <summary>Words that are allowed beside ids.</summary>
    public ImmutableArray<string> Also { get; init; } = [];
}

/// <summary>A field of a form: <c>amount</c>, or <c>amount!</c> where it must be filled.</summary>
public sealed record FormFieldShape() : Shape(Forms.Text, "a field, with `!` where it must be filled");

/// <summary>A way from a step: <c>call</c> or <c>call.interested</c>.</summary>
public sealed record WayShape() : Shape(Forms.Text, "a step such as `call` or `call.interested`");

/// <summary>A day: <c>2026-12-24</c>; where a day of every year may stand also <c>12-24</c>, <c>easter + 1</c>, <c>last monday of may</c>.</summary>
public sealed record DateShape(bool Yearly = false)
    : Shape(Forms.Text, Yearly ? "a date such as `2026-12-24`, or for every year `12-24`, `easter + 1` or `last monday of may`" : "a date such as `2026-12-24`");

/// <summary>Hours of a day: <c>08:00-12:00</c>.</summary>
public sealed record HoursShape() : Shape(Forms.Text, "hours such as `08:00-12:00`");

/// <summary>An IANA time zone.</summary>
public sealed record ZoneShape() : Shape(Forms.Text, "a time zone such as `Europe/Vienna`");

/// <summary>An ISO 4217 currency code.</summary>
public sealed record CurrencyShape() : Shape(Forms.Text, "a currency code such as `EUR`");
