using System.Collections.Immutable;
using ProcessManager.Language.Reading;
using ProcessManager.Language.Shaping;
using ProcessManager.Language.Time;

namespace ProcessManager.Language.Binding;

/// <summary>From the checked nodes of tests.yaml to tests whose every name leads somewhere.</summary>
internal sealed class PlanTestBinder
{
    private readonly TestNames names;
    private readonly TestValues values;
    private readonly TestWorld world;
    private readonly ExpectationBinder expectations;

    public PlanTestBinder(Definitions definitions, Plan plan, List<Diagnostic> diagnostics)
    {
        names = new TestNames(definitions, plan, diagnostics);
        values = new TestValues(names);
        world = new TestWorld(names, values);
        expectations = new ExpectationBinder(names, values);
    }

    public ImmutableArray<PlanTest> Bind(YamlMapping root) => [.. root.EntriesOf("tests").Select(Test)];

    public TestStart Start(YamlMapping? start, SourceSpan span) => world.Bind(start, span);

    private PlanTest Test(YamlEntry entry)
    {
        var body = entry.Value as YamlMapping;
        var start = world.Bind(body?.Map("start"), entry.Key.Span);
        return new PlanTest(entry.Name, start, [.. (body?.ItemsOf("do") ?? []).OfType<YamlMapping>().Select(a => Action(a)).OfType<TestAction>()], entry.Key.Span);
    }

    /// <returns>Null where there is an error.</returns>
    private TestAction? Action(YamlMapping map, bool refused = false)
    {
        var verb = map.Entries.FirstOrDefault(e => TestsShape.Action.Verbs.Contains(e.Name))?.Name;
        var action = verb switch
        {
            "refuse" => Refuse(map),
            "expect" => map.Map("expect") is { } expected ? new TestAction.Expect(expectations.Bind(expected)) { Span = map.Span } : null,
            "complete" or "approve" or "reject" or "acknowledge" or "receive" or "answer" or "child" => OfStep(map, verb, refused),
            null => null,
            _ => OfProject(map, verb, refused),
        };
        var by = verb is "approve" or "reject" ? null : names.Person(map.Scalar("by"));
        return action is null || by is null ? action : action with { By = by };
    }

    private TestAction.Refuse? Refuse(YamlMapping map)
    {
        if (map.Map("refuse") is not { } inner || Action(inner, refused: true) is not { } action) { return null; }
        if (action is not (TestAction.Pass or TestAction.Until or TestAction.Refuse or TestAction.Expect))
        {
            return new TestAction.Refuse(action, map.Text("reason")) { Span = map.Span };
        }

        names.Report(Errors.RefusesNothing, inner.Span, "This is nothing that can be refused: wrap what a person or another system does.");
        return null;
    }

    private TestAction? OfStep(YamlMapping map, string verb, bool refused)
    {
        var span = map.Span;
        var with = verb == "answer" ? ImmutableSortedDictionary<string, object?>.Empty : values.Fields(map["with"], refused);
        var member = map.Text("for");
        switch (verb)
        {
            case "complete":
                var steps = map["complete"].Scalars().Select(s => names.Step(s, verb, k => refused || k.Kind is TaskKind or NoteKind, "tasks and notes")).OfType<Step>().ToImmutableArray();
                var outcome = map.Scalar("outcome") is { } chosen
                    ? refused ? chosen.Value : steps.Select(s => names.Outcome(chosen, s)).FirstOrDefault() : null;
                return new TestAction.Complete([.. steps.Select(s => s.Id)], outcome, with, member) { Span = span };
            case "approve" or "reject":
                return names.Step(map.Scalar(verb), verb, k => refused || k.Kind is ApprovalKind, "approvals") is { } approval
                    ? new TestAction.Vote(approval.Id, verb == "approve", [.. map["by"].Scalars().Select(names.Person).OfType<string>()], with) { Span = span } : null;
            case "acknowledge":
                return names.Step(map.Scalar(verb), verb, k => refused || k.Kind is NoteKind or AlertKind { Acknowledge: true }, "notes, and alerts with `acknowledge: true`") is { } told
                    ? new TestAction.Acknowledge(told.Id) { Span = span } : null;
            case "receive":
                return Message(map.Scalar(verb)) is { } message ? new TestAction.Receive(message, with) { Span = span } : null;
            case "answer":
                return names.Step(map.Scalar(verb), verb, k => refused || k.Kind is HttpKind, "requests (`http`)") is { } http
                    ? new TestAction.Answer(http.Id, map.Flag("failed"), TestValues.Any(map["with"]), member) { Span = span } : null;
            default:
                return names.Step(map.Scalar("child") ?? map.Scalar("step"), verb, k => refused || k.Kind is StartKind, "steps that start a project") is { } starter
                    && Kinds.Close(map.Text("closes")) is { } result ? new TestAction.Child(starter.Id, result, member) { Span = span } : null;
        }
    }

    private TestAction? OfProject(YamlMapping map, string verb, bool refused)
    {
        var span = map.Span;
        var why = map.Text("why") ?? "As the test says";
        switch (verb)
        {
            case "bypass":
                return names.Step(map.Scalar(verb)) is { } bypassed
                    ? new TestAction.Bypass(bypassed.Id, refused ? map.Text("as") : names.Outcome(map.Scalar("as"), bypassed), why) { Span = span } : null;
            case "reopen":
                return names.Step(map.Scalar(verb)) is { } reopened ? new TestAction.Reopen(reopened.Id, why) { Span = span } : null;
            case "reopen-project":
                return new TestAction.ReopenProject(names.Stage(map.Scalar(verb)), why) { Span = span };
            case "set":
                return Set(map.Map(verb), refused, span);
            case "due":
                return Work(map, verb, refused) is { } due ? new TestAction.Due(due.Id, values.Moment(map.Scalar("to"), MomentUse.Due, out _)) { Span = span } : null;
            case "assign":
                return Work(map, verb, refused) is { } given && map.Scalar("to") is { } to && names.Somebody(to, roles: false) is { } who
                    ? new TestAction.Assign(given.Id, who) { Span = span } : null;
            case "move":
                return names.Stage(map.Scalar(verb) ?? map.Scalar("to")) is { } stage ? new TestAction.Move(stage, why) { Span = span } : MissingStage(map);
            case "hold":
                return new TestAction.Hold(map.Text(verb) ?? why) { Span = span };
            case "resume":
                return new TestAction.Resume { Span = span };
            case "close":
                return Kinds.Close(map.Text(verb)) is { } result
                    ? new TestAction.Close(result, refused ? map.Text("reason") : names.Reason(map.Scalar("reason"))) { Span = span } : null;
            case "pass":
                return map.Scalar(verb) is { } length && DurationParser.Parse(length.Text, names.Diagnostics) is { } duration
                    ? new TestAction.Pass(duration) { Span = span } : null;
            default:
                return values.Moment(map.Scalar(verb), MomentUse.Wait, out _) is { } moment ? new TestAction.Until(moment) { Span = span } : null;
        }
    }

    private TestAction? MissingStage(YamlMapping map)
    {
        if (map.Scalar("move") is null && map.Scalar("to") is null)
        {
            names.Report(Errors.MissingKey, map.Span, "`move` needs a stage: `move: offer`, or `to: offer` beside it.");
        }

        return null;
    }

    private Step? Work(YamlMapping map, string verb, bool refused) =>
        names.Step(map.Scalar(verb), verb, s => refused || s.Kind.Work is not null, "work of people");

    private TestAction.Set? Set(YamlMapping? map, bool refused, SourceSpan span)
    {
        if (map is null) { return null; }
        var roles = map.Entries.Where(e => names.Plan.FindRole(e.Name) is not null).ToList();
        var fields = ImmutableSortedDictionary.CreateBuilder<string, object?>(StringComparer.Ordinal);
        foreach (var entry in map.Entries.Except(roles))
        {
            if (values.KindOf(entry.Key) is { } kind) { fields[entry.Name] = values.Value(entry, kind, refused); }
        }

        return new TestAction.Set(fields.ToImmutable(), world.Roles(roles)) { Span = span };
    }

    private string? Message(YamlScalar? name)
    {
        if (name is null) { return null; }
        var known = names.Plan.Steps.Select(s => s.Kind).OfType<ReceiveKind>().Select(r => r.Message).Distinct().ToList();
        if (known.Contains(name.Value)) { return name.Value; }
        names.Unknown(Errors.UnknownMessage, name, "step that receives a message", known);
        return null;
    }
}
