using System.Collections.Immutable;
using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Binding;

/// <summary>What somebody is named for: it says who can be meant.</summary>
internal enum AssigneeUse { Work, Owner, Role, Alert, Mail }

/// <summary>Binds <c>assign</c>, <c>to</c>, <c>from</c>, <c>owner</c>, <c>reassign</c> and <c>except</c>.</summary>
internal sealed class AssigneeBinder(BindingContext context)
{
    public static AssigneeRule Default(Assignee who, string text, SourceSpan span) => new([who], [], Share.Claim, text, span);

    /// <summary>The rule a node states; null where it states none or has an error.</summary>
    /// <param name="self">The step it is written in, which can't name itself.</param>
    public AssigneeRule? Bind(YamlNode? node, AssigneeUse use, StepDraft? self = null, YamlNode? except = null, Share share = Share.Claim)
    {
        if (node is null or YamlScalar { IsNothing: true })
        {
            return null;
        }

        var people = Each(node, use, self, inExcept: false);
        var left = except is null ? [] : Each(except, AssigneeUse.Work, self, inExcept: true);
        return people.IsEmpty ? null : new AssigneeRule(people, left, share, TextOf(node, except), node.Span);
    }

    private ImmutableArray<Assignee> Each(YamlNode node, AssigneeUse use, StepDraft? self, bool inExcept)
    {
        var found = ImmutableArray.CreateBuilder<Assignee>(1);
        foreach (var item in node.Items())
        {
            var who = item switch
            {
                YamlMapping map when map.Scalar("by") is { } by => DoneBy(by.Value, by.Span, self),
                YamlScalar scalar when scalar.Written() is not null => One(scalar, use, self, inExcept),
                _ => null,
            };
            if (who is not null)
            {
                found.Add(who);
            }
        }

        return found.ToImmutable();
    }

    private Assignee? One(YamlScalar scalar, AssigneeUse use, StepDraft? self, bool inExcept)
    {
        var text = scalar.Value;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && text[..colon] is "role" or "group" or "user" or "by")
        {
            var name = text[(colon + 1)..].Trim();
            var span = scalar.Text.At(text.Length - text[(colon + 1)..].TrimStart().Length, name.Length);
            return Named(text[..colon], name, span, self);
        }

        switch (text)
        {
            case "owner" when use != AssigneeUse.Owner: return new Assignee.Owner();
            case "creator": return new Assignee.Creator();
            case "manager" when use is not (AssigneeUse.Owner or AssigneeUse.Role): return new Assignee.Manager();
            case "account-manager": return new Assignee.AccountManager();
            case "item" when self?.Each is { } each && use is not (AssigneeUse.Owner or AssigneeUse.Role)
                && (each.Members is MembersAre.People or MembersAre.Unknown || (use == AssigneeUse.Mail && each.Members == MembersAre.Contacts)):
                return new Assignee.Item();
            case "prospect" when use == AssigneeUse.Mail: return new Assignee.Prospect();
            case "participants" when use is AssigneeUse.Mail or AssigneeUse.Alert: return new Assignee.Participants();
        }

        if (use == AssigneeUse.Mail && text.Contains('@', StringComparison.Ordinal))
        {
            return Address(scalar);
        }

        if (inExcept && context.FindStep(text) is not null)
        {
            return DoneBy(text, scalar.Span, self);
        }

        Refuse(scalar, use, self);
        return null;
    }

    private Assignee? Named(string form, string name, SourceSpan span, StepDraft? self)
    {
        switch (form)
        {
            case "role":
                if (!context.Roles.Contains(name))
                {
                    context.Unknown(Errors.UnknownRole, span, name, $"There is no role “{name}”", context.Roles, "the plan declares no roles");
                    return null;
                }

                return new Assignee.RoleOf(name);
            case "group":
                if (context.Organisation is { } organisation && !organisation.Groups.ContainsKey(name))
                {
                    context.Unknown(Errors.UnknownGroup, span, name, $"There is no group “{name}”",
                        organisation.Groups.Keys.Order(StringComparer.Ordinal), "definitions/organisation.yaml declares no groups");
                    return null;
                }

                return new Assignee.GroupOf(name);
            case "by":
                return DoneBy(name, span, self);
            default:
                if (name.Length > 0)
                {
                    return new Assignee.User(name);
                }

                context.Report(Errors.UnknownAssignee, span, "A sign-in name is missing after `user:`, such as user:ann.");
                return null;
        }
    }

    private Assignee.DoneBy? DoneBy(string id, SourceSpan span, StepDraft? self)
    {
        if (context.FindStep(id) is not { } step)
        {
            context.Unknown(Errors.UnknownStep, span, id, $"There is no step “{id}”",
                context.Steps.Where(s => s.Kind is { Descriptor.IsForPeople: true }).Select(s => s.Id), "the plan has no step that a person does");
            return null;
        }

        if (step == self)
        {
            context.Report(Errors.NobodyDoesStep, span, $"“{id}” can't refer to who did “{id}”: name another step.");
            return null;
        }

        if (step.Kind is { Descriptor.IsForPeople: false } kind)
        {
            context.Report(Errors.NobodyDoesStep, span, $"Nobody does “{id}”, it is of kind {kind.Name}: name a task, an approval or a note.");
            return null;
        }

        return step.Kind is null ? null : new Assignee.DoneBy(step.Index);
    }

    private Assignee.Address? Address(YamlScalar scalar)
    {
        if (MailAddress.IsOne(scalar.Value))
        {
            return new Assignee.Address(scalar.Value);
        }

        context.Report(Errors.BadAddress, scalar.Span, $"“{scalar.Value}” isn't an email address: expected name@domain.");
        return null;
    }

    private void Refuse(YamlScalar scalar, AssigneeUse use, StepDraft? self)
    {
        var text = scalar.Value;
        if (text == BuiltIns.Item)
        {
            var why = self?.Each is not { } each ? "this step has no `each`"
                : each.Members == MembersAre.Choices ? "its members are choices and not people" : "its members are contacts, who get mails only";
            context.Report(Errors.AssigneeNotHere, scalar.Span, $"“item” is the member of an `each`, but {why}: expected {Words.Or(Forms(use))}.");
            return;
        }

        if (text is "prospect" or "participants" or "owner" or "manager" || (text.Contains('@', StringComparison.Ordinal) && use != AssigneeUse.Mail))
        {
            context.Report(Errors.AssigneeNotHere, scalar.Span, $"“{text}” can't be meant here: expected {Words.Or(Forms(use))}.");
            return;
        }

        var near = context.Organisation?.Groups.ContainsKey(text) == true ? "group:" + text
            : context.Roles.Contains(text) ? "role:" + text
            : context.FindStep(text) is { Kind.Descriptor.IsForPeople: true } && use != AssigneeUse.Owner ? "by:" + text
            : Shaping.Words.Nearest(text, Forms(use).Where(f => !f.Contains(':', StringComparison.Ordinal)));
        context.Report(Errors.UnknownAssignee, scalar.Span,
            $"It isn't clear who “{text}” is: expected {Words.Or(Forms(use))}{(near is null ? "." : $"; did you mean “{near}”?")}",
            near is null ? null : BindingContext.Replace(scalar.Span, near));
    }

    private static IEnumerable<string> Forms(AssigneeUse use)
    {
        IEnumerable<string> extra = use switch
        {
            AssigneeUse.Owner => [],
            AssigneeUse.Role => ["owner"],
            AssigneeUse.Work => ["owner", "manager"],
            AssigneeUse.Alert => ["owner", "manager", "participants"],
            _ => ["prospect", "owner", "manager", "participants", "an email address"],
        };
        return [.. extra, "creator", "account-manager", "role:x", "group:x", "user:x", "by:<step>"];
    }

    private static string TextOf(YamlNode node, YamlNode? except)
    {
        var people = node is YamlScalar one ? one.Value : string.Join(", else ", node.Items().Select(Written));
        return except is null || except.Items().IsEmpty ? people : $"{people} except {Words.And(except.Items().Select(Written))}";
    }

    private static string Written(YamlNode node) => node switch
    {
        YamlScalar scalar => scalar.Value,
        YamlMapping map => "by:" + map.Text("by"),
        _ => "",
    };
}
