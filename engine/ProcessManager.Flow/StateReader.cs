using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>Reads what <see cref="StateWriter"/> wrote; members it does not know are skipped.</summary>
internal static class StateReader
{
    public static ProjectState Read(ref Utf8JsonReader json, Plan plan)
    {
        var state = new ProjectState { Owner = "", StartedAt = default };
        while (Next(ref json, out var name))
        {
            switch (name)
            {
                case "closed": state = state with { Closed = Enum<CloseResult>(ref json) }; break;
                case "closeReason": state = state with { CloseReason = json.GetString() }; break;
                case "closedAt": state = state with { ClosedAt = Time(ref json) }; break;
                case "owner": state = state with { Owner = json.GetString()! }; break;
                case "creator": state = state with { Creator = json.GetString() }; break;
                case "startedAt": state = state with { StartedAt = Time(ref json) }; break;
                case "stage": state = state with { Stage = json.GetString() }; break;
                case "stageEnteredAt": state = state with { StageEnteredAt = Time(ref json) }; break;
                case "visit": state = state with { Visit = json.GetInt32() }; break;
                case "stageDue": state = state with { StageDue = Time(ref json) }; break;
                case "stageReminded": state = state with { StageReminded = Many(ref json, (ref Utf8JsonReader j) => j.GetInt32()) }; break;
                case "status": state = state with { Status = json.GetString() }; break;
                case "planProbability": state = state with { PlanProbability = json.GetInt32() }; break;
                case "probabilityOverride": state = state with { ProbabilityOverride = json.GetInt32() }; break;
                case "nextTask": state = state with { NextTask = json.GetInt32() }; break;
                case "nextTimer": state = state with { NextTimer = json.GetInt32() }; break;
                case "fault": state = state with { Fault = json.GetString() }; break;
                case "hold": state = state with { Hold = ReadHold(ref json) }; break;
                case "fields": state = state with { Fields = ReadFields(ref json, plan) }; break;
                case "roles": state = state with { Roles = ReadRoles(ref json) }; break;
                case "steps": state = state with { Steps = Many(ref json, ReadStep) }; break;
                case "past": state = state with { Past = ReadPast(ref json) }; break;
                case "timers": state = state with { Timers = Many(ref json, ReadTimer) }; break;
                case "messages": state = state with { Messages = Many(ref json, (ref Utf8JsonReader j) => ReadMessage(ref j, plan)) }; break;
                case "received": state = state with { Received = Texts(ref json) }; break;
                case "extra": state = state with { Extra = Many(ref json, ReadTask) }; break;
                case "automaticAt": state = state with { AutomaticAt = Time(ref json) }; break;
                case "automatic": state = state with { Automatic = json.GetInt32() }; break;
                case "depth": state = state with { Depth = json.GetInt32() }; break;
                default: json.Skip(); break;
            }
        }

        return state.StartedAt == default || state.Owner.Length == 0 ? throw new JsonException("The state has no owner or no start.") : state;
    }

    private static Hold ReadHold(ref Utf8JsonReader json)
    {
        var hold = new Hold(default, "");
        while (Next(ref json, out var name))
        {
            switch (name)
            {
                case "since": hold = hold with { Since = Time(ref json) }; break;
                case "reason": hold = hold with { Reason = json.GetString()! }; break;
                default: json.Skip(); break;
            }
        }

        return hold;
    }

    private static ImmutableSortedDictionary<string, object?> ReadFields(ref Utf8JsonReader json, Plan plan)
    {
        var fields = ImmutableSortedDictionary.CreateBuilder<string, object?>(StringComparer.Ordinal);
        while (Next(ref json, out var name)) { fields[name] = Value(ref json, FieldValues.KindOf(plan, name)); }
        return fields.ToImmutable();
    }

    private static object? Value(ref Utf8JsonReader json, FieldKind? kind)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.Null: return null;
            case JsonTokenType.True: return true;
            case JsonTokenType.False: return false;
            case JsonTokenType.Number: return json.GetDecimal();
            case JsonTokenType.String:
                var text = json.GetString()!;
                return kind switch
                {
                    FieldKind.Date when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => day,
                    FieldKind.Time when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) => at,
                    _ => text,
                };
            case JsonTokenType.StartArray:
                List<object?> list = [];
                while (json.Read() && json.TokenType != JsonTokenType.EndArray) { list.Add(Value(ref json, null)); }
                return list;
            default: throw new JsonException("A field holds what no field can hold.");
        }
    }

    private static ImmutableSortedDictionary<string, ImmutableArray<string>> ReadRoles(ref Utf8JsonReader json)
    {
        var roles = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        while (Next(ref json, out var name)) { roles[name] = Many(ref json, (ref Utf8JsonReader j) => j.GetString()!); }
        return roles.ToImmutable();
    }

    private static StepState ReadStep(ref Utf8JsonReader json)
    {
        var step = new StepState { Id = "" };
        while (Next(ref json, out var name))
        {
            switch (name)
            {
                case "id": step = step with { Id = json.GetString()! }; break;
                case "phase": step = step with { Phase = Enum<StepPhase>(ref json) }; break;
                case "occurrence": step = step with { Occurrence = json.GetInt32() }; break;
                case "outcome": step = step with { Outcome = json.GetString() }; break;
                case "liveAt": step = step with { LiveAt = Time(ref json) }; break;
                case "openedBy": step = step with { OpenedBy = Texts(ref json) }; break;
                case "openedAt": step = step with { OpenedAt = Time(ref json) }; break;
                case "settledAt": step = step with { SettledAt = Time(ref json) }; break;
                case "by": step = step with { By = json.GetString() }; break;
                case "redoPending": step = step with { RedoPending = json.GetBoolean() }; break;
                case "redoBy": step = step with { RedoBy = json.GetString() }; break;
                case "bypass": step = step with { Bypass = ReadBypass(ref json) }; break;
                case "tasks": step = step with { Tasks = Many(ref json, ReadTask) }; break;
                case "members": step = step with { Members = Many(ref json, ReadMember) }; break;
                case "child": step = step with { Child = json.GetString() }; break;
                case "document": step = step with { Document = json.GetString() }; break;
                case "last": step = step with { Last = ReadRecord(ref json) }; break;
                default: json.Skip(); break;
            }
        }

        return step;
    }

    private static PendingBypass ReadBypass(ref Utf8JsonReader json)
    {
        var bypass = new PendingBypass(null, null, "");
        while (Next(ref json, out var name))
        {
            switch (name)
            {
                case "as": bypass = bypass with { As = json.GetString() }; break;
                case "by": bypass = bypass with { By = json.GetString() }; break;
                case "why": bypass = bypass with { Why = json.GetString()! }; break;
                default: json.Skip(); break;
            }
        }

        return bypass;
    }

    private static TaskState ReadTask(ref Utf8JsonReader json)
    {
        var task = new TaskState { Number = 0, OpenedAt = default };
        while (Next(ref json, out var name))
        {
            switch (name)
            {
                case "number": task = task with { Number = json.GetInt32() }; break;
                case "phase": task = task with { Phase = Enum<TaskPhase>(ref json) }; break;
                case "assignee": task = task with { Assignee = json.GetString() }; break;
                case "group": task = task with { Group = json.GetString() }; break;
                case "member": task = task with { Member = json.GetString() }; break;
                case "due": task = task with { Due = Time(ref json) }; break;
                case "dueByHand": task = task with { DueByHand = json.GetBoolean() }; break;
                case "priority": task = task with { Priority = Enum<Priority>(ref json) }; break;
                case "openedAt": task = task with { OpenedAt = Time(ref json) }; break;
                case "assignedAt": task = task with { AssignedAt = Time(ref json) }; break;
                case "reminded": task = task with { Reminded = Many(ref json, (ref Utf8JsonReader j) => j.GetInt32()) }; break;
                case "handedOver": task = task with { HandedOver = json.GetBoolean() }; break;
                case "title": task = task with { Title = json.GetString() }; break;
                case "instructions": task = task with { Instructions = json.GetString() }; break;
                case "outcome": task = task with { Outcome = json.GetString() }; break;
                case "by": task = task with { By = json.GetString() }; break;
                case "settledAt": task = task with { SettledAt = Time(ref json) }; break;
                default: json.Skip(); break;
            }
        }

        return task;
    }

    private static MemberState ReadMember(ref Utf8JsonReader json)
    {
        var member = new MemberState("", StepPhase.Open, default);
        while (Next(ref json, out var name))
        {
            switch (name)
            {
                case "id": member = member with { Id = json.GetString()! }; break;
                case "phase": member = member with { Phase = Enum<StepPhase>(ref json) }; break;
                case "openedAt": member = member with { OpenedAt = Time(ref json) }; break;
                case "outcome": member = member with { Outcome = json.GetString() }; break;
                case "by": member = member with { By = json.GetString() }; break;
                case "settledAt": member = member with { SettledAt = Time(ref json) }; break;
                case "child": member = member with { Child = json.GetString() }; break;
                case "document": member = member with { Document = json.GetString() }; break;
                default: json.Skip(); break;
            }
        }

        return member;
    }

    private static KeptMessage ReadMessage(ref Utf8JsonReader json, Plan plan)
    {
        var message = new KeptMessage("", "", default, ImmutableSortedDictionary.Create<string, object?>(StringComparer.Ordinal), null);
        while (Next(ref json, out var name))
        {
            switch (name)
            {
                case "key": message = message with { Key = json.GetString()! }; break;
                case "name": message = message with { Name = json.GetString()! }; break;
                case "at": message = message with { At = Time(ref json) }; break;
                case "fields": message = message with { Fields = ReadFields(ref json, plan) }; break;
                case "by": message = message with { By = json.GetString() }; break;
                default: json.Skip(); break;
            }
        }

        return message;
    }

    private static ImmutableSortedDictionary<string, StepRecord> ReadPast(ref Utf8JsonReader json)
    {
        var past = ImmutableSortedDictionary.CreateBuilder<string, StepRecord>(StringComparer.Ordinal);
        while (Next(ref json, out var name)) { past[name] = ReadRecord(ref json); }
        return past.ToImmutable();
    }

    private static StepRecord ReadRecord(ref Utf8JsonReader json)
    {
        var record = new StepRecord(StepPhase.Done, null, null, default, 0);
        while (Next(ref json, out var name))
        {
            switch (name)
            {
                case "phase": record = record with { Phase = Enum<StepPhase>(ref json) }; break;
                case "outcome": record = record with { Outcome = json.GetString() }; break;
                case "by": record = record with { By = json.GetString() }; break;
                case "at": record = record with { At = Time(ref json) }; break;
                case "outcomes": record = record with { Outcomes = Texts(ref json) }; break;
                case "occurrences": record = record with { Occurrences = json.GetInt32() }; break;
                default: json.Skip(); break;
            }
        }

        return record;
    }

    private static FlowTimer ReadTimer(ref Utf8JsonReader json)
    {
        var timer = new FlowTimer("", TimerKind.Expire, null, 0, 0, null, 0, null);
        while (Next(ref json, out var name))
        {
            switch (name)
            {
                case "key": timer = timer with { Key = json.GetString()! }; break;
                case "kind": timer = timer with { Kind = Enum<TimerKind>(ref json) }; break;
                case "step": timer = timer with { Step = json.GetString() }; break;
                case "occurrence": timer = timer with { Occurrence = json.GetInt32() }; break;
                case "rule": timer = timer with { Rule = json.GetInt32() }; break;
                case "task": timer = timer with { Task = json.GetInt32() }; break;
                case "member": timer = timer with { Member = json.GetString() }; break;
                case "count": timer = timer with { Count = json.GetInt32() }; break;
                case "due": timer = timer with { Due = Time(ref json) }; break;
                case "rhythm": timer = timer with { Rhythm = ReadRhythm(ref json) }; break;
                default: json.Skip(); break;
            }
        }

        return timer;
    }

    private static Rhythm ReadRhythm(ref Utf8JsonReader json)
    {
        var rhythm = new Rhythm(default, 0);
        while (Next(ref json, out var name))
        {
            switch (name)
            {
                case "from": rhythm = rhythm with { From = Time(ref json) }; break;
                case "at": rhythm = rhythm with { At = json.GetInt32() }; break;
                default: json.Skip(); break;
            }
        }

        return rhythm;
    }

    private delegate T ReadOne<T>(ref Utf8JsonReader json);

    private static ImmutableArray<T> Many<T>(ref Utf8JsonReader json, ReadOne<T> read)
    {
        var items = ImmutableArray.CreateBuilder<T>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray) { items.Add(read(ref json)); }
        return items.ToImmutable();
    }

    private static ImmutableArray<string> Texts(ref Utf8JsonReader json) => Many(ref json, (ref Utf8JsonReader j) => j.GetString()!);

    /// <summary>Goes to the value of the next member; false at the end of the object.</summary>
    private static bool Next(ref Utf8JsonReader json, out string name)
    {
        name = "";
        if (!json.Read() || json.TokenType != JsonTokenType.PropertyName) { return false; }
        name = json.GetString()!;
        json.Read();
        return true;
    }

    private static DateTimeOffset Time(ref Utf8JsonReader json) => DateTimeOffset.FromUnixTimeMilliseconds(json.GetInt64());

    private static T Enum<T>(ref Utf8JsonReader json) where T : struct, Enum => System.Enum.Parse<T>(json.GetString()!);
}
