namespace ProcessManager.Language.Expressions;

/// <summary>
/// A piece of SQL that gives a value. By type: a number is a whole number where <see cref="IsWhole"/>, else canonical decimal text
/// in SQLite (which knows no decimals) and <c>numeric</c> in PostgreSQL; a date is text; a moment is the ticks of its UTC time since
/// year 1 and a duration its ticks, both <c>bigint</c>; a list is JSON.
/// </summary>
/// <param name="IsSimple">A column or a parameter: as good written twice as once.</param>
/// <param name="IsKnown">A constant, and not null.</param>
internal sealed record Sql(string Text, FeelType Type, bool IsWhole = false, bool IsSimple = false, bool IsKnown = false)
{
    public bool IsNull => Type is FeelType.Null;

    public static Sql Null { get; } = new("null", FeelType.NullType, IsSimple: true);

    public override string ToString() => Text;
}
