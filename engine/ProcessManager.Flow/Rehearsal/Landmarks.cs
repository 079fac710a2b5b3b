using System.Globalization;
using System.Text.RegularExpressions;
using ProcessManager.Language;
using ProcessManager.Language.Expressions;

namespace ProcessManager.Flow;

/// <summary>
/// The numbers with which a plan compares a field: amounts thrown by chance lie on all sides of them, so that a rehearsal sees
/// every way.
/// </summary>
internal sealed partial class Landmarks(Plan plan)
{
    private readonly Dictionary<string, decimal[]> known = new(StringComparer.Ordinal);

    /// <summary>Ascending, each once.</summary>
    public IReadOnlyList<decimal> Of(string field)
    {
        if (!known.TryGetValue(field, out var numbers))
        {
            known[field] = numbers = [.. Compared(field).Concat(Tested(field)).Distinct().Order()];
        }

        return numbers;
    }

    private IEnumerable<decimal> Compared(string field) => Conditions().Where(c => c.Uses.Contains(field)).SelectMany(c => Comparison().Matches(c.Text))
        .Where(m => m.Groups["field"].Value == field).Select(m => Number(m.Groups["number"].Value));

    private IEnumerable<decimal> Tested(string field) => Tables().SelectMany(t => t.Rules).SelectMany(r => r.Inputs)
        .Where(c => c.Input.Text.Trim() == field && c.Test is not null).SelectMany(c => Figure().Matches(c.Test!.Text)).Select(m => Number(m.Value));

    private IEnumerable<Expression> Conditions() => plan.Steps.Select(s => s.When).Concat(plan.Stages.SelectMany(s => s.Next).Select(n => n.When))
        .Concat(Tables().SelectMany(t => t.Rules).Select(r => r.When)).OfType<Expression>();

    private IEnumerable<DecideKind> Tables() => plan.Steps.Select(s => s.Kind).OfType<DecideKind>();

    private static decimal Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"(?<field>[a-z][a-z0-9-]*)\s*(>=|<=|!=|=|<|>)\s*(?<number>[0-9]{1,12}(\.[0-9]{1,6})?)", RegexOptions.CultureInvariant)]
    private static partial Regex Comparison();

    [GeneratedRegex(@"[0-9]{1,12}(\.[0-9]{1,6})?", RegexOptions.CultureInvariant)]
    private static partial Regex Figure();
}
