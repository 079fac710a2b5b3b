using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>Writes a state; <see cref="StateReader"/> reads it.</summary>
internal static class StateWriter
{
    public static void Write(Utf8JsonWriter json, ProjectState state)
    {
        json.WriteStartObject();
        Text(json, "closed", state.Closed?.ToString());
        Text(json, "closeReason", state.CloseReason);
        Time(json, "closedAt", state.ClosedAt);
        Text(json, "owner", state.Owner);
        Text(json, "creator", state.Creator);
        Time(json, "startedAt", state.StartedAt);
        Text(json, "stage", state.Stage);
        Time(json, "stageEnteredAt", state.StageEnteredAt);
        Number(json, "visit", state.Visit, 0);
        Time(json, "stageDue", state.StageDue);
        Rules(json, "stageReminded", state.StageReminded);
        Text(json, "status", state.Status);
        Number(json, "planProbability", state.PlanProbability, 0);
        if (state.ProbabilityOverride is { } shown) { json.WriteNumber("probabilityOverride", shown); }
        Number(json, "nextTask", state.NextTask, 1);
        Number(json, "nextTimer", state.NextTimer, 1);
        Text(json, "fault", state.Fault);
        if (state.Hold is { } hold)
        {
            json.WriteStartObject("hold");
            Time(json, "since", hold.Since);
            Text(json, "reason", hold.Reason);
            json.WriteEndObject();
        }

        Fields(json, state.Fields);
        Roles(json, state.Roles);
        Many(json, "steps", state.Steps, Step);
        Past(json, state.Past);
        Many(json, "messages", state.Messages, Message);
        Texts(json, "received", state.Received);
        Many(json, "extra", state.Extra, Task);
        Number(json, "depth", state.Depth, 0);
        Number(json, "automatic", state.Automatic, 0);
        Time(json, "automaticAt", state.AutomaticAt);
        Many(json, "timers", state.Timers, Timer);
        json.WriteEndObject();
    }

    private static void Fields(Utf8JsonWriter json, ImmutableSortedDictionary<string, object?> fields)
    {
        if (fields.IsEmpty) { return; }
        json.WriteStartObject("fields");
        foreach (var (id, value) in fields)
        {
            json.WritePropertyName(id);
            Value(json, value);
        }

        json.WriteEndObject();
    }

    private static void Value(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case bool yes: json.WriteBooleanValue(yes); break;
            case decimal number: json.WriteNumberValue(number); break;
            case string text: json.WriteStringValue(text); break;
            case DateOnly day: json.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)); break;
            case DateTimeOffset at: json.WriteStringValue(at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture)); break;
            case IReadOnlyList<object?> list:
                json.WriteStartArray();
                foreach (var item in list) { Value(json, item); }
                json.WriteEndArray();
                break;
            default: throw new InvalidOperationException($"A field cannot hold a {value.GetType().Name}.");
        }
    }

    private static void Roles(Utf8JsonWriter json, ImmutableSortedDictionary<string, ImmutableArray<string>> roles)
    {
        if (roles.IsEmpty) { return; }
        json.WriteStartObject("roles");
        foreach (var (role, people) in roles)
        {
            json.WriteStartArray(role);
            foreach (var person in people) { json.WriteStringValue(person); }
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Step(Utf8JsonWriter json, StepState step)
    {
        json.WriteStartObject();
        Text(json, "id", step.Id);
        if (step.Phase != StepPhase.Waiting) { Text(json, "phase", step.Phase.ToString()); }
        Number(json, "occurrence", step.Occurrence, 0);
        Text(json, "outcome", step.Outcome);
        Time(json, "liveAt", step.LiveAt);
        Texts(json, "openedBy", step.OpenedBy);
        Time(json, "openedAt", step.OpenedAt);
        Time(json, "settledAt", step.SettledAt);
        Text(json, "by", step.By);
        if (step.RedoPending) { json.WriteBoolean("redoPending", true); }
        Text(json, "redoBy", step.RedoBy);
        if (step.Bypass is { } bypass)
        {
            json.WriteStartObject("bypass");
            Text(json, "as", bypass.As);
            Text(json, "by", bypass.By);
            Text(json, "why", bypass.Why);
            json.WriteEndObject();
        }

        Many(json, "tasks", step.Tasks, Task);
        Many(json, "members", step.Members, Member);
        Text(json, "child", step.Child);
        Text(json, "document", step.Document);
        if (step.Last is { } last)
        {
            json.WritePropertyName("last");
            Record(json, last);
        }

        json.WriteEndObject();
    }

    private static void Task(Utf8JsonWriter json, TaskState task)
    {
        json.WriteStartObject();
        json.WriteNumber("number", task.Number);
        if (task.Phase != TaskPhase.Open) { Text(json, "phase", task.Phase.ToString()); }
        Text(json, "assignee", task.Assignee);
        Text(json, "group", task.Group);
        Text(json, "member", task.Member);
        Time(json, "due", task.Due);
        if (task.DueByHand) { json.WriteBoolean("dueByHand", true); }
        if (task.Priority != Priority.Normal) { Text(json, "priority", task.Priority.ToString()); }
        Time(json, "openedAt", task.OpenedAt);
        Time(json, "assignedAt", task.AssignedAt);
        Rules(json, "reminded", task.Reminded);
        if (task.HandedOver) { json.WriteBoolean("handedOver", true); }
        Text(json, "title", task.Title);
        Text(json, "instructions", task.Instructions);
        Text(json, "outcome", task.Outcome);
        Text(json, "by", task.By);
        Time(json, "settledAt", task.SettledAt);
        json.WriteEndObject();
    }

    private static void Member(Utf8JsonWriter json, MemberState member)
    {
        json.WriteStartObject();
        Text(json, "id", member.Id);
        if (member.Phase != StepPhase.Open) { Text(json, "phase", member.Phase.ToString()); }
        Time(json, "openedAt", member.OpenedAt);
        Text(json, "outcome", member.Outcome);
        Text(json, "by", member.By);
        Time(json, "settledAt", member.SettledAt);
        Text(json, "child", member.Child);
        Text(json, "document", member.Document);
        json.WriteEndObject();
    }

    private static void Message(Utf8JsonWriter json, KeptMessage message)
    {
        json.WriteStartObject();
        Text(json, "key", message.Key);
        Text(json, "name", message.Name);
        Time(json, "at", message.At);
        Fields(json, message.Fields);
        Text(json, "by", message.By);
        json.WriteEndObject();
    }

    private static void Past(Utf8JsonWriter json, ImmutableSortedDictionary<string, StepRecord> past)
    {
        if (past.IsEmpty) { return; }
        json.WriteStartObject("past");
        foreach (var (id, record) in past)
        {
            json.WritePropertyName(id);
            Record(json, record);
        }

        json.WriteEndObject();
    }

    private static void Record(Utf8JsonWriter json, StepRecord record)
    {
        json.WriteStartObject();
        Text(json, "phase", record.Phase.ToString());
        Text(json, "outcome", record.Outcome);
        Text(json, "by", record.By);
        Time(json, "at", record.At);
        Number(json, "occurrences", record.Occurrences, 0);
        Texts(json, "outcomes", record.Outcomes);
        json.WriteEndObject();
    }

    private static void Timer(Utf8JsonWriter json, FlowTimer timer)
    {
        json.WriteStartObject();
        Text(json, "key", timer.Key);
        Text(json, "kind", timer.Kind.ToString());
        Text(json, "step", timer.Step);
        Number(json, "occurrence", timer.Occurrence, 0);
        Number(json, "rule", timer.Rule, 0);
        if (timer.Task is { } task) { json.WriteNumber("task", task); }
        Text(json, "member", timer.Member);
        Number(json, "count", timer.Count, 0);
        Time(json, "due", timer.Due);
        if (timer.Rhythm is { } rhythm)
        {
            json.WriteStartObject("rhythm");
            Time(json, "from", rhythm.From);
            Number(json, "at", rhythm.At, 0);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Rules(Utf8JsonWriter json, string name, ImmutableArray<int> rules)
    {
        if (rules.IsEmpty) { return; }
        json.WriteStartArray(name);
        foreach (var rule in rules) { json.WriteNumberValue(rule); }
        json.WriteEndArray();
    }

    private static void Many<T>(Utf8JsonWriter json, string name, ImmutableArray<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (items.IsEmpty) { return; }
        json.WriteStartArray(name);
        foreach (var item in items) { write(json, item); }
        json.WriteEndArray();
    }

    private static void Texts(Utf8JsonWriter json, string name, ImmutableArray<string> texts)
    {
        if (texts.IsEmpty) { return; }
        json.WriteStartArray(name);
        foreach (var text in texts) { json.WriteStringValue(text); }
        json.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) { json.WriteString(name, value); }
    }

    private static void Time(Utf8JsonWriter json, string name, DateTimeOffset? value)
    {
        if (value is { } at) { json.WriteNumber(name, at.ToUnixTimeMilliseconds()); }
    }

    private static void Number(Utf8JsonWriter json, string name, int value, int usual)
    {
        if (value != usual) { json.WriteNumber(name, value); }
    }
}
