using ProcessManager.Language.Expressions;

namespace ProcessManager.Flow;

/// <summary>
/// What expressions see of a project: fields, built-in names, steps and the prospect. Texts for people get display
/// names where conditions get ids.
/// </summary>
internal sealed class Values(Run run, bool forPeople) : IValues
{
    public object? this[string name]
    {
        get
        {
            var state = run.State;
            if (run.Plan.FindField(name) is { } field)
            {
                var value = state.Fields.GetValueOrDefault(name);
                return forPeople && field.Kind == Language.FieldKind.Person && value is string who ? Words.Person(run.Facts, who) : value;
            }

            return name switch
            {
                "item" => run.Turn is { } item && forPeople ? Words.Member(run, item) : run.Turn,
                "title" or "amount" or "expected-close" or "source-code" => state.Fields.GetValueOrDefault(name),
                "owner" => forPeople ? Words.Person(run.Facts, state.Owner) : state.Owner,
                "prospect" => run.Facts.Prospect,
                "probability" => (decimal)state.Probability,
                "stage" => forPeople ? run.Stage?.Name : state.Stage,
                "status" => forPeople && state.Status is { } status ? Words.Status(run, status) : state.Status,
                "started" => state.StartedAt,
                "closed" => state.ClosedAt,
                "close-reason" => forPeople && state.CloseReason is { } reason
                    ? run.Facts.Organisation.CloseReasons.GetValueOrDefault(reason, reason) : state.CloseReason,
                _ => run.Plan.FindStep(name) is { } step ? Step(step.Index, name) : null,
            };
        }
    }

    private Dictionary<string, object?>? Step(int index, string id)
    {
        var here = run.TakesPart(index);
        var record = here ? run[index].Last : run.State.Past.GetValueOrDefault(id);
        if (record is null) { return null; }
        return new Dictionary<string, object?>
        {
            ["outcome"] = record.Outcome,
            ["state"] = Words.Of(record.Phase),
            ["count"] = (decimal)(here ? run[index].Occurrence : record.Occurrences),
            ["by"] = forPeople && record.By is { } by ? Words.Person(run.Facts, by) : record.By,
            ["at"] = record.At,
            ["outcomes"] = run.Step(index).Each is null ? null : (IReadOnlyList<object?>)[.. record.Outcomes],
        };
    }
}

/// <summary>The values of others, with one more name.</summary>
internal sealed class ValuesWith(IValues rest, string name, object? value) : IValues
{
    public object? this[string asked] => asked == name ? value : rest[asked];
}
