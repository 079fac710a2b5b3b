using System.Collections.Immutable;
using ProcessManager.Language.Expressions;
using ProcessManager.Language.Reading;
using ProcessManager.Language.Shaping;

namespace ProcessManager.Language.Binding;

/// <summary>
/// From a plan's checked nodes to a <see cref="Plan"/>: names first, then outcomes, then ways, then everything else,
/// then what follows from the whole.
/// </summary>
internal sealed class PlanBinder
{
    private readonly BindingContext context;
    private readonly YamlMapping root;
    private readonly AssigneeBinder assignees;
    private readonly FieldBinder fields;
    private readonly OutcomeBinder outcomes;
    private readonly JoinBinder joins;
    private readonly StageBinder stages;
    private readonly StepBinder steps;
    private readonly TemplateBinder templates;
    private readonly LetterBinder letters;
    private readonly AttachmentBinder attachments;
    private readonly OtherPlans others;
    private readonly EachBinder members;
    private readonly StartRuleBinder starts;
    private readonly FormerNames former;
    private readonly List<(CloseResult Result, StepDraft Step)> onClose = [];

    public PlanBinder(Definitions definitions, YamlMapping root, List<Diagnostic> diagnostics)
    {
        this.root = root;
        context = new BindingContext(definitions, diagnostics);
        assignees = new AssigneeBinder(context);
        fields = new FieldBinder(context);
        joins = new JoinBinder(context);
        templates = new TemplateBinder(context);
        letters = new LetterBinder(context);
        attachments = new AttachmentBinder(context);
        others = new OtherPlans(definitions);
        members = new EachBinder(context);
        starts = new StartRuleBinder(context, assignees, fields, others);
        former = new FormerNames(context, root);
        var moments = new MomentBinder(context);
        outcomes = new OutcomeBinder(context, moments, fields);
        var work = new WorkBinder(context, assignees, moments, fields, letters, attachments);
        stages = new StageBinder(context, moments, work, outcomes);
        var requests = new RequestBinder(context, fields, others);
        var kinds = new KindBinder(context, assignees, moments, fields, outcomes, work, templates, letters, requests, root.Text("plan") ?? "");
        steps = new StepBinder(context, kinds, moments);
    }

    /// <summary>The templates, documents and other plans that the plan names.</summary>
    public IReadOnlySet<string> UsedPaths => templates.Paths.Concat(letters.Paths).Concat(attachments.Paths).Concat(others.Paths).ToHashSet();

    /// <param name="folder">The id that the plan must have; null where its file stands outside the folder of plans.</param>
    /// <returns>Null where there is an error.</returns>
    public Plan? Bind(string? folder)
    {
        var before = context.Diagnostics.Count(d => d.Severity == Severity.Error);
        Head(folder);
        if (!Declare())
        {
            return null;
        }

        context.Steps.ForEach(members.Bind);
        context.Steps.ForEach(outcomes.Declare);
        context.Scope = Scope();
        context.Steps.ForEach(outcomes.Bind);
        context.Steps.ForEach(joins.Bind);
        var awaited = FlowChecks.Awaited(context.Steps);
        context.Steps.ForEach(s => steps.BindPassesAs(s, awaited.GetValueOrDefault(s.Index) ?? []));
        context.Stages.ForEach(stages.BindNext);
        var owner = assignees.Bind(root["owner"], AssigneeUse.Owner)
            ?? AssigneeBinder.Default(new Assignee.Creator(), "creator", root.Find("plan")?.Key.Span ?? root.Span);
        var roles = Roles();
        var rules = starts.Bind(root);
        var retired = former.Retired();
        var boundStages = context.Stages.ConvertAll(s => stages.Bind(s, s.Steps.Count > 0 ? s.Steps[0].Index : 0));
        var boundSteps = context.Steps.ConvertAll(steps.Bind);
        var graph = Check(awaited);
        if (context.Diagnostics.Count(d => d.Severity == Severity.Error) > before || boundSteps.Contains(null))
        {
            return null;
        }

        return Whole(owner, roles, rules, retired, boundStages, StepBinder.Linked([.. boundSteps.Select(s => s!)], graph));
    }

    private Plan Whole(
        AssigneeRule owner, ImmutableArray<Role> roles, ImmutableArray<StartRule> rules, ImmutableSortedDictionary<string, int> retired,
        List<Stage> boundStages, ImmutableArray<Step> boundSteps)
    {
        var plan = new Plan
        {
            Id = root.Text("plan") ?? "",
            Name = root.Text("name") ?? Words.Humanise(root.Text("plan") ?? ""),
            Description = root.Text("description"),
            Type = root.Text("type") ?? "",
            Calendar = root.Text("calendar"),
            Owner = owner,
            Fields = [.. context.Fields.Values],
            Roles = roles,
            Stages = [.. boundStages],
            Steps = boundSteps,
            OnClose = onClose.GroupBy(c => c.Result).ToImmutableDictionary(g => g.Key, g => g.Select(c => c.Step.Index).ToImmutableArray()),
            Templates = templates.Bound,
            Letters = letters.Bound,
            Start = rules,
            Retired = retired,
            Hash = "",
        };
        return plan with { Hash = PlanJson.Hash(plan) };
    }

    private void Head(string? folder)
    {
        if (root.Scalar("plan") is { } id && folder is not null && id.Value != folder)
        {
            context.Report(Errors.PlanIdDiffers, id.Span, $"The plan is called “{id.Value}”, but its folder “{folder}”: expected the same.",
                BindingContext.Replace(id.Span, folder));
        }

        if (context.Organisation is not { } organisation)
        {
            context.Report(Errors.OrganisationMissing, root.Find("plan")?.Key.Span ?? root.Span,
                "The organisation isn't known, so types, groups and close reasons can't be checked: definitions/organisation.yaml is missing or has errors.");
            return;
        }

        if (root.Scalar("type") is { } type)
        {
            context.Type = organisation.FindType(type.Value);
            if (context.Type is null)
            {
                context.Unknown(Errors.UnknownType, type.Span, type.Value, $"There is no project type “{type.Value}”", organisation.Types.Select(t => t.Id),
                    "definitions/organisation.yaml declares none");
            }
        }

        if (root.Scalar("calendar") is { } calendar && !context.Definitions.Calendars.ContainsKey(calendar.Value))
        {
            context.Unknown(Errors.UnknownCalendar, calendar.Span, calendar.Value, $"There is no calendar “{calendar.Value}”",
                context.Definitions.Calendars.Keys.Order(StringComparer.Ordinal), "definitions/calendars holds none");
        }
    }

    /// <summary>Takes all names; false where there are too many steps to go on.</summary>
    private bool Declare()
    {
        var written = root.EntriesOf("stages");
        fields.Bind(root, [.. written.Select(s => s.Name)]);
        foreach (var role in root.EntriesOf("roles").Where(r => context.Declare(r.Key, "a role")))
        {
            context.Roles.Add(role.Name);
        }

        foreach (var entry in written)
        {
            if (entry.Value is not YamlMapping body)
            {
                continue;
            }

            var stage = new StageDraft(context.Stages.Count, entry.Key, body);
            context.Stages.Add(stage);
            foreach (var step in body.EntriesOf("steps"))
            {
                if (Step(step, stage) is { } draft)
                {
                    stage.Steps.Add(draft);
                }
            }
        }

        OnClose();
        former.Check();
        return context.Steps.Count <= PlanShape.MaxSteps;
    }

    private StepDraft? Step(YamlEntry entry, StageDraft? stage)
    {
        context.Declare(entry.Key, "a step");
        if (entry.Value is not YamlMapping body)
        {
            return null;
        }

        var draft = new StepDraft(context.Steps.Count, entry.Key, body, stage, StepKey.Of(body));
        context.Add(draft);
        return draft;
    }

    private void OnClose()
    {
        foreach (var part in root.EntriesOf("on-close"))
        {
            if (Kinds.Close(part.Name) is not { } result || part.Value is not YamlMapping map)
            {
                continue;
            }

            foreach (var entry in map.Entries)
            {
                if (Step(entry, null) is not { } step)
                {
                    continue;
                }

                onClose.Add((result, step));
                AfterClose(step);
                if (step.Kind is { Name: not ("alert" or "email" or "letter" or "set" or "http" or "start") } kind)
                {
                    context.Report(Errors.OnCloseKind, kind.Key.Span, $"“{step.Id}” is of kind {kind.Name}, which can't run after the close: expected alert, email, letter, set, http or start.");
                }
                else if (step is { Kind.Name: "start" } && step.Body.Find("until") is { } until)
                {
                    context.Report(Errors.OnCloseKind, until.Key.Span, $"“{step.Id}” can't wait for the new project: this one has closed. Leave `until` out.");
                }
            }
        }
    }

    /// <summary>Keys that mean nothing once the project has closed.</summary>
    private void AfterClose(StepDraft step)
    {
        foreach (var entry in step.Body.Entries)
        {
            var why = entry.Name switch
            {
                "starts" => "they run as soon as the project has closed. To do something later, start another project that waits",
                "probability" => "the probability is 100 % once a project is won and 0 % otherwise",
                "optional" or "passes-as" => "nothing waits for them",
                _ => null,
            };
            if (why is not null)
            {
                context.Report(Errors.RuleNotHere, entry.Key.Span, $"`{entry.Name}` means nothing for the steps of on-close: {why}.");
            }
        }
    }

    private ImmutableArray<Role> Roles()
    {
        var roles = ImmutableArray.CreateBuilder<Role>();
        foreach (var entry in root.EntriesOf("roles"))
        {
            var body = entry.Value as YamlMapping;
            var from = assignees.Bind(body?["from"], AssigneeUse.Role);
            if (from?.InOrder.OfType<Assignee.RoleOf>().Any(r => r.Role == entry.Name) == true)
            {
                context.Report(Errors.AssigneeNotHere, body!["from"]!.Span, $"The role “{entry.Name}” can't be filled from itself.");
            }

            roles.Add(new Role(entry.Name, body?.Text("label") ?? Words.Humanise(entry.Name), from, body?.Whole("at-least") ?? 0, entry.Key.Span) { Was = body?.Text("was") });
        }

        return roles.ToImmutable();
    }

    private TypeScope Scope()
    {
        var names = new Dictionary<string, FeelType>(BuiltIns.Fields);
        foreach (var field in context.Fields.Values)
        {
            names[field.Id] = BuiltIns.TypeOf(field.Kind);
        }

        foreach (var broken in context.BrokenFields.Where(b => !BuiltIns.Fields.ContainsKey(b)))
        {
            names[broken] = FeelType.AnyType;
        }

        foreach (var step in context.Steps.Where(s => !names.ContainsKey(s.Id)))
        {
            names[step.Id] = step.Each is null ? BuiltIns.StepType : BuiltIns.EachStepType;
        }

        return new TypeScope(names);
    }

    private FlowGraph Check(Dictionary<int, HashSet<string>> awaited)
    {
        var graph = new FlowGraph(context.Steps);
        var flow = new FlowChecks(context, graph, awaited);
        flow.Run();
        new StageChecks(context, flow).Run();
        return graph;
    }
}
