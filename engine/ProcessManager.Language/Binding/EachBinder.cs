using System.Globalization;
using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Binding;

/// <summary>What the members of a step with <c>each</c> are.</summary>
internal enum MembersAre { Unknown, People, Contacts, Choices }

/// <summary>What a step says of its members while its plan is bound.</summary>
/// <param name="Source">Null where it has an error.</param>
/// <param name="NeedIsKnown">False where <c>need</c> was not understood, so that nothing is said of how the step settles.</param>
/// <param name="Outcome">As in <see cref="EachRule"/>; whether members can choose it is checked with the outcomes.</param>
/// <param name="OutcomeSpan">Where the outcome is written; the key's place without one.</param>
internal sealed record EachDraft(
    EachSource? Source, MembersAre Members, bool NeedIsKnown, NeedRule Need, int Count, string? Outcome, SourceSpan OutcomeSpan, SourceSpan Span)
{
    /// <summary>The outcome of a step that needs one and can't get enough of it.</summary>
    public const string TooFew = "too-few";
}

/// <summary>Binds <c>each</c> and <c>need</c>; fields and roles must be declared by now.</summary>
internal sealed class EachBinder(BindingContext context)
{
    private const int MostMembers = 1000;

    public void Bind(StepDraft step)
    {
        if (step.Kind is not { Descriptor.AllowsEach: true } || step.Body.Scalar("each") is not { } each)
        {
            return;
        }

        if (step.Stage is null)
        {
            context.Report(Errors.RuleNotHere, each.Span, "The steps of on-close run once and aren't repeated: leave `each` out, or do this in the last stage.");
            return;
        }

        var (source, members) = Source(each);
        var need = Need(step, step.Body.Scalar("need"), each.Span);
        step.Each = need with { Source = source, Members = members };
    }

    private (EachSource? Source, MembersAre Members) Source(YamlScalar each)
    {
        var text = each.Value.Trim();
        if (text.StartsWith("role:", StringComparison.Ordinal))
        {
            var role = text["role:".Length..].Trim();
            if (context.Roles.Contains(role))
            {
                return (new EachSource.RoleOf(role), MembersAre.People);
            }

            context.Unknown(Errors.UnknownRole, Behind(each, role), role, $"There is no role “{role}”", context.Roles, "the plan declares no roles");
            return (null, MembersAre.People);
        }

        return Field(each, text.StartsWith("field:", StringComparison.Ordinal) ? text["field:".Length..].Trim() : text);
    }

    private (EachSource? Source, MembersAre Members) Field(YamlScalar each, string id)
    {
        var span = Behind(each, id);
        if (context.BrokenFields.Contains(id))
        {
            return (null, MembersAre.Unknown);
        }

        if (!context.Fields.TryGetValue(id, out var field))
        {
            if (context.Roles.Contains(id))
            {
                context.Report(Errors.UnknownField, span, $"“{id}” is a role, which is written role:{id}.", BindingContext.Replace(each.Span, "role:" + id));
            }
            else
            {
                context.Unknown(Errors.UnknownField, span, id, $"There is no list “{id}”", Lists().Concat(context.Roles.Select(r => "role:" + r)),
                    "the plan has no roles and no fields of kind persons, contacts or choices");
            }

            return (null, MembersAre.Unknown);
        }

        var members = MembersOf(field.Kind);
        if (members == MembersAre.Unknown)
        {
            var lists = Lists().Concat(context.Roles.Select(r => "role:" + r)).ToList();
            context.Report(Errors.FieldOfWrongKind, span,
                $"“{id}” is a field of kind {Kinds.Name(field.Kind)}, which has no members: expected one of kind persons, contacts or choices, or a role{(lists.Count == 0 ? "" : $", such as {Words.Or(lists)}")}.");
            return (null, MembersAre.Unknown);
        }

        if (field.Sensitive)
        {
            context.Report(Errors.SensitiveInText, span, $"“{id}” is sensitive, and its members would be shown with the work of each: take another list.");
        }

        return (new EachSource.FieldOf(id), members);
    }

    private static MembersAre MembersOf(FieldKind kind) => kind switch
    {
        FieldKind.Persons => MembersAre.People,
        FieldKind.Contacts => MembersAre.Contacts,
        FieldKind.Choices => MembersAre.Choices,
        _ => MembersAre.Unknown,
    };

    private IEnumerable<string> Lists() => context.Fields.Values.Where(f => MembersOf(f.Kind) != MembersAre.Unknown).Select(f => f.Id);

    private static SourceSpan Behind(YamlScalar scalar, string name) =>
        scalar.Value.LastIndexOf(name, StringComparison.Ordinal) is var at and >= 0 && name.Length > 0 ? scalar.Text.At(at, name.Length) : scalar.Span;

    private EachDraft Need(StepDraft step, YamlScalar? need, SourceSpan key)
    {
        var draft = new EachDraft(null, MembersAre.Unknown, true, NeedRule.All, 0, null, key, key);
        if (need is null)
        {
            return draft;
        }

        var words = need.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case ["all"]:
                return draft;
            case ["any"]:
                return draft with { Need = NeedRule.Number, Count = 1 };
            case [var number] when Count(number) is { } count:
                return draft with { Need = NeedRule.Number, Count = count };
            case [var number, var outcome] when Count(number) is { } count:
                return draft with
                {
                    Need = NeedRule.Number, Count = count, Outcome = outcome,
                    OutcomeSpan = need.Text.At(need.Value.LastIndexOf(outcome, StringComparison.Ordinal), outcome.Length),
                };
            default:
                Misunderstood(step, need, words);
                return draft with { NeedIsKnown = false };
        }
    }

    private void Misunderstood(StepDraft step, YamlScalar need, string[] words)
    {
        var mended = words switch
        {
            [var word] when step.Body["outcomes"] is YamlSequence list && list.Scalars().Any(s => s.Value == word) => "1 " + word,
            [var word] when step.Body.Map("outcomes")?.Find(word) is not null => "1 " + word,
            [var word] => Shaping.Words.Nearest(word, ["all", "any"]),
            _ => null,
        };
        context.Report(Errors.BadNeed, need.Span,
            $"“{need.Value}” doesn't say how many members it takes: expected all, any, a number from 1 to {MostMembers}, or a number and an outcome such as `2 accept`{(mended is null ? "." : $"; did you mean “{mended}”?")}",
            mended is null ? null : BindingContext.Replace(need.Span, mended));
    }

    private static int? Count(string word) =>
        word.Length <= 4 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MostMembers ? count : null;
}
