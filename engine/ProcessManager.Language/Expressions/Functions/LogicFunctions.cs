using System.Collections.Immutable;
using static ProcessManager.Language.Expressions.Signatures;

namespace ProcessManager.Language.Expressions;

internal static class LogicFunctions
{
    public static readonly ImmutableArray<Signature> All =
    [
        new("not", "The opposite; null stays null.", "not(false)",
            [P("negand", YesNo)], YesNo, (_, a) => Truth.Of(!(bool)a[0]!)),
        new("is", "Yes where both are the same, in kind too; never null. Moments are the same only with the same offset.",
            """is(1, 1.0) and not(is(@"P1D", @"P1Y"))""", [Nullable("value1", Any), Nullable("value2", Any)], YesNo,
            (run, a) => Truth.Of(Comparing.Same(run, a[0], a[1]) && (a[0] is not DateTimeOffset moment || moment.Offset == ((DateTimeOffset)a[1]!).Offset))),
        new("is defined", "Yes where there is a value: false for null.", "is defined(1) and not(is defined(null))",
            [Nullable("value", Any)], YesNo, (_, a) => Truth.Of(a[0] is not null)),
    ];
}
