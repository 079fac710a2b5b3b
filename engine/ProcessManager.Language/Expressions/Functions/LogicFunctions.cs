using System.Collections.Immutable;
using static ProcessManager.Language.Expressions.Signatures;

namespace ProcessManager.Language.Expressions;

internal static class LogicFunctions
{
    public static readonly ImmutableArray<Signature> All =
    [
        new("not", "The opposite; null stays null.", "not(false)",
            [P("negand", YesNo)], YesNo, (_, a) => Truth.Of(!(bool)a[0]!)),
        new("is defined", "Yes where there is a value: false for null.", "is defined(1) and not(is defined(null))",
            [Nullable("value", Any)], YesNo, (_, a) => Truth.Of(a[0] is not null)),
    ];
}
