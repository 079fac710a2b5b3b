using System.Collections.Immutable;
using System.Globalization;

namespace ProcessManager.Language.Expressions;

/// <summary>Writes what SQLite and PostgreSQL say differently. Operands are as <see cref="Sql"/> describes them, never constant nulls.</summary>
internal abstract class SqlWriter(TimeZoneInfo zone)
{
    public const long TicksADay = TimeSpan.TicksPerDay;
    private readonly List<SqlParameter> parameters = [];
    private readonly Dictionary<object, string> known = [];
    private int aliases;

    public ImmutableArray<SqlParameter> Parameters => [.. parameters];

    protected TimeZoneInfo Zone { get; } = zone;

    public string NextAlias() => string.Create(CultureInfo.InvariantCulture, $"x_{aliases++}");

    protected string Add(object value)
    {
        if (!known.TryGetValue(value, out var name))
        {
            name = string.Create(CultureInfo.InvariantCulture, $"@x{parameters.Count}");
            known.Add(value, name);
            parameters.Add(new SqlParameter(name, value));
        }

        return name;
    }

    /// <summary>Uses a value more than once without writing it more than once.</summary>
    public string Once(Sql value, Func<string, string> use)
    {
        if (value.IsSimple) { return use(value.Text); }
        var alias = NextAlias();
        return $"(select {use($"{alias}.v")} from (select {value} as v) as {alias})";
    }

    public string Once(Sql first, Sql second, Func<string, string, string> use) => Once(first, a => Once(second, b => use(a, b)));

    /// <summary>Empty, but null where one of the two is.</summary>
    public static string EmptyUnlessNull(string text, string match) => $"case when {text} is not null and {match} is not null then '' end";

    public abstract string Truth(bool value);

    /// <summary>A null that is a yes or no.</summary>
    public abstract string Unknown { get; }

    /// <summary>A constant that is a number, text, date, moment (as ticks) or duration (as ticks).</summary>
    public abstract string Parameter(object value, FeelType type);

    public abstract string Column(SqlColumn column);

    /// <summary>A number that may have decimals, from one that is whole.</summary>
    public abstract string Widen(string whole);

    public abstract string Same(string left, string right);

    /// <summary><c>&lt; &lt;= &gt; &gt;=</c> of two values of a type that isn't a whole number in SQLite.</summary>
    public abstract string Ordered(string symbol, Sql left, Sql right);

    public abstract string Calculate(BinaryOperator operation, string left, string right);

    public abstract string Negate(string number);

    /// <summary>Sum of two durations; null out of range.</summary>
    public abstract string AddTicks(string left, string right);

    public abstract string ShiftMoment(string moment, string ticks);

    public abstract string ShiftDay(string day, string ticks);

    /// <param name="months">Within ±120,000.</param>
    public abstract string ShiftMonths(string day, int months);

    public abstract string DaysBetween(string later, string earlier);

    public abstract string DayOf(string moment);

    /// <summary>Hour or minute of a moment.</summary>
    public abstract string ClockOf(string moment, string part);

    /// <summary>The number or English name of a day: year, month, day, weekday, day of week, day of year, month of year, week of year.</summary>
    public abstract string OfDay(string day, string part);

    public abstract string Contains(string text, string match);

    public abstract string StartsWith(string text, string match);

    public abstract string EndsWith(string text, string match);

    public abstract string Position(string text, string match);

    public abstract string Length(string text);

    public abstract string Capitals(string text, bool upper);

    /// <param name="scale">0 to 28.</param>
    public abstract string Round(string function, string number, int scale);

    public abstract string Absolute(string number);

    public abstract string Modulo(string dividend, string divisor);

    public abstract string NumberText(string number);

    public abstract string Count(string list);

    /// <summary>A table of the members of a list that isn't null, with the text of each as <c>alias.v</c>.</summary>
    public abstract string Members(string list, string alias);
}
