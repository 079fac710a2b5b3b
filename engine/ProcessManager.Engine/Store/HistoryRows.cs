using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Language;

namespace ProcessManager.Engine.Store;

/// <summary>
/// Turns what happened into history rows, and chains them. Timers are explained on their own rows while they wait and in history when
/// they fire; a step whose task says it all has no row of its own.
/// </summary>
internal static class HistoryRows
{
    private const string Hidden = "•••";

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="titleOf">The title of a task by its number.</param>
    /// <returns>Null where the event has no row of its own.</returns>
    public static HistoryRow? RowOf(FlowEvent what, ImmutableArray<FlowEvent> all, Plan plan, Func<int, string?> titleOf)
    {
        var row = what switch
        {
            FlowEvent.ProjectStarted e => new HistoryRow { After = e.Owner },
            FlowEvent.OwnerChanged e => new HistoryRow { Before = e.From, After = e.To },
            FlowEvent.RoleFilled e => new HistoryRow { After = string.Join(", ", e.People), Data = Json(("role", e.Role)) },
            FlowEvent.StageEntered e => new HistoryRow { Before = e.From, After = e.To, Data = Json(("visit", e.Visit)) },
            FlowEvent.MilestoneReached e => new HistoryRow { Step = e.Step, After = e.Stage },
            FlowEvent.ProbabilityChanged e => new HistoryRow { Before = Text(e.From), After = Text(e.To) },
            FlowEvent.StatusChanged e => new HistoryRow { Before = e.From, After = e.To },
            FlowEvent.FieldChanged e => FieldChanged(e, plan),
            FlowEvent.StepReady e => new HistoryRow { Step = e.Step, Data = Json(("occurrence", e.Occurrence)) },
            FlowEvent.StepOpened e => IsToldByItsTask(e.Step, all)
                ? null
                : new HistoryRow { Step = e.Step, Data = Json(("occurrence", e.Occurrence)) },
            FlowEvent.StepSettled e => e.Phase == StepPhase.Done && IsToldBySettledTask(e, all)
                ? null
                : new HistoryRow { Step = e.Step, After = e.Outcome, Data = Json(("phase", e.Phase.ToString()), ("occurrence", e.Occurrence)) },
            FlowEvent.StepSetBack e => new HistoryRow { Step = e.Step, Data = Json(("by", e.By), ("occurrence", e.Occurrence)) },
            FlowEvent.TaskOpened e => new HistoryRow
            {
                Step = e.Step,
                Task = e.Task.Number,
                After = Responsible(e.Task.Assignee, e.Task.Group),
                Data = Json(("title", e.Title), ("due", Text(e.Task.Due)), ("occurrence", e.Occurrence)),
            },
            FlowEvent.TaskAssigned e => new HistoryRow
            {
                Step = e.Step,
                Task = e.Number,
                Before = Responsible(e.FromPerson, e.FromGroup),
                After = Responsible(e.ToPerson, e.ToGroup),
                Data = Json(("title", titleOf(e.Number))),
            },
            FlowEvent.TaskDueChanged e => new HistoryRow
            {
                Step = e.Step,
                Task = e.Number,
                Before = Text(e.From),
                After = Text(e.To),
                Data = Json(("title", titleOf(e.Number)), ("byHand", e.ByHand ? true : null)),
            },
            FlowEvent.TaskPriorityChanged e => new HistoryRow
            {
                Step = e.Step,
                Task = e.Number,
                Before = e.From.ToString(),
                After = e.To.ToString(),
                Data = Json(("title", titleOf(e.Number))),
            },
            FlowEvent.TaskSettled e => new HistoryRow
            {
                Step = e.Step,
                Task = e.Number,
                After = e.Outcome,
                Data = Json(("title", titleOf(e.Number)), ("phase", e.Phase.ToString())),
            },
            FlowEvent.TimerFired e => new HistoryRow
            {
                Step = e.Timer.Step,
                Task = e.Timer.Task,
                After = e.Timer.Kind.ToString(),
                Data = Json(("key", e.Timer.Key), ("due", Text(e.Timer.Due))),
            },
            FlowEvent.TimerSet or FlowEvent.TimerMoved or FlowEvent.TimerCancelled or FlowEvent.RotationAdvanced => null,
            FlowEvent.AlertRaised e => new HistoryRow
            {
                Step = e.Step,
                Task = e.Task,
                After = string.Join(", ", e.To),
                Data = Json(("key", e.Key), ("cause", e.Cause.ToString()), ("text", e.Text)),
            },
            FlowEvent.MailRequested e => new HistoryRow
            {
                Step = e.Step,
                After = string.Join(", ", e.To),
                Data = Json(("key", e.Key), ("template", e.Template), ("subject", e.Subject)),
            },
            FlowEvent.MemberOpened e => new HistoryRow { Step = e.Step, After = e.Member, Data = Json(("occurrence", e.Occurrence)) },
            FlowEvent.MemberSettled e => new HistoryRow
            {
                Step = e.Step,
                Before = e.Member,
                After = e.Outcome,
                Data = Json(("phase", e.Phase.ToString()), ("occurrence", e.Occurrence)),
            },
            FlowEvent.LetterRequested e => new HistoryRow
            {
                Step = e.Step,
                After = e.Template,
                Data = Json(("key", e.Key), ("occurrence", e.Occurrence), ("member", e.Member)),
            },
            FlowEvent.DocumentFiled e => new HistoryRow
            {
                Step = e.Step,
                After = e.Name,
                Data = Json(("document", e.Document), ("occurrence", e.Occurrence), ("member", e.Member)),
            },
            // The address without its query, which may hold what nobody should read here.
            FlowEvent.HttpRequested e => new HistoryRow
            {
                Step = e.Step,
                After = $"{e.Method} {e.Url.Split('?', '#')[0]}",
                Data = Json(("key", e.Key), ("occurrence", e.Occurrence), ("member", e.Member)),
            },
            FlowEvent.HttpAnswered e => new HistoryRow
            {
                Step = e.Step,
                After = e.Succeeded ? "done" : "failed",
                Data = Json(("error", e.Error), ("occurrence", e.Occurrence), ("member", e.Member)),
            },
            FlowEvent.MessageReceived e => new HistoryRow { Step = e.Step, After = e.Message, Data = Json(("key", e.Key)) },
            FlowEvent.MessageTaken e => new HistoryRow { Step = e.Step, After = e.Message, Data = Json(("key", e.Key)) },
            FlowEvent.ChildRequested e => new HistoryRow
            {
                Step = e.Step,
                After = e.Plan,
                Data = Json(("key", e.Key), ("occurrence", e.Occurrence), ("member", e.Member)),
            },
            FlowEvent.ChildStarted e => new HistoryRow { Step = e.Step, After = e.Child, Data = Json(("occurrence", e.Occurrence), ("member", e.Member)) },
            FlowEvent.ChildClosed e => new HistoryRow
            {
                Step = e.Step,
                Before = e.Child,
                After = e.Result.ToString(),
                Data = Json(("occurrence", e.Occurrence), ("member", e.Member)),
            },
            FlowEvent.ChildDropped e => new HistoryRow { Step = e.Step, After = e.Child, Data = Json(("occurrence", e.Occurrence), ("member", e.Member)) },
            FlowEvent.HoldChanged e => new HistoryRow { After = e.OnHold ? "held" : "resumed", Data = Json(("reason", e.Reason)) },
            FlowEvent.ProjectClosed e => new HistoryRow { After = e.Result.ToString(), Data = Json(("reason", e.Reason), ("note", e.Note)) },
            FlowEvent.ProjectFaulted e => new HistoryRow { Data = Json(("reason", e.Reason)) },
            FlowEvent.ProjectReopened e => new HistoryRow { After = e.Stage, Data = Json(("reason", e.Reason)) },
            FlowEvent.FaultResolved e => new HistoryRow { Data = Json(("reason", e.Reason)) },
            FlowEvent.BypassNoted e => new HistoryRow { Step = e.Step, After = e.As, Data = Json(("reason", e.Reason)) },
            _ => throw new InvalidOperationException($"No history row for {what.GetType().Name}."),
        };
        if (row is null) { return null; }
        row.Kind = what.GetType().Name;
        return row;
    }

    /// <summary>The reason as JSON; null where there is none.</summary>
    public static string? Json(Why? why, int planVersion)
    {
        if (why is null) { return null; }
        var json = Pen.Take();
        json.WriteStartObject();
        json.WriteString("rule", why.Rule);
        if (why.At is { } at)
        {
            json.WriteString("file", at.File);
            json.WriteNumber("line", at.StartLine);
            json.WriteNumber("column", at.StartColumn);
        }

        json.WriteNumber("version", planVersion);
        if (why.Values is { Count: > 0 } values)
        {
            json.WriteStartObject("values");
            foreach (var (name, value) in values) { json.WriteString(name, value); }
            json.WriteEndObject();
        }

        if (why.Note is { } note) { json.WriteString("note", note); }
        json.WriteEndObject();
        return Pen.Text();
    }

    public static string? Json(params ReadOnlySpan<(string Name, object? Value)> entries)
    {
        var json = Pen.Take();
        json.WriteStartObject();
        var any = false;
        foreach (var (name, value) in entries)
        {
            if (value is null) { continue; }
            any = true;
            switch (value)
            {
                case int number: json.WriteNumber(name, number); break;
                case bool flag: json.WriteBoolean(name, flag); break;
                default: json.WriteString(name, (string)value); break;
            }
        }

        json.WriteEndObject();
        return any ? Pen.Text() : null;
    }

    /// <summary>
    /// SHA-256 over the hash before and every column in a fixed order: numbers as 8 bytes, texts as length and UTF-8, a missing text as length −1.
    /// </summary>
    public static byte[] HashOf(ReadOnlySpan<byte> before, HistoryRow row)
    {
        var buffer = Pen.Blank();
        Add(buffer, before.Length);
        buffer.Write(before);
        Add(buffer, row.ProjectId);
        Add(buffer, row.Seq);
        Add(buffer, row.Version);
        Add(buffer, row.At.ToUnixTimeMilliseconds());
        Add(buffer, row.Task ?? -1);
        foreach (var text in (ReadOnlySpan<string?>)[row.Kind, row.Cause, row.Actor, row.OnBehalfOf, row.Step, row.Before, row.After, row.Data, row.Why])
        {
            Add(buffer, text is null ? -1 : Encoding.UTF8.GetByteCount(text));
            if (text is not null) { Encoding.UTF8.GetBytes(text, buffer); }
        }

        return SHA256.HashData(buffer.WrittenSpan);
    }

    private static void Add(ArrayBufferWriter<byte> buffer, long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(buffer.GetSpan(8), number);
        buffer.Advance(8);
    }

    private static HistoryRow FieldChanged(FlowEvent.FieldChanged e, Plan plan)
    {
        var hide = plan.FindField(e.Field)?.Sensitive == true;
        return new HistoryRow
        {
            Before = hide && e.From is not null ? Hidden : FieldText.Of(e.From),
            After = hide && e.To is not null ? Hidden : FieldText.Of(e.To),
            Data = Json(("field", e.Field)),
        };
    }

    private static bool IsToldByItsTask(string step, ImmutableArray<FlowEvent> all) =>
        all.Any(e => e is FlowEvent.TaskOpened opened && opened.Step == step);

    private static bool IsToldBySettledTask(FlowEvent.StepSettled settled, ImmutableArray<FlowEvent> all) =>
        all.Count(e => e is FlowEvent.TaskSettled task && task.Step == settled.Step) == 1 &&
        all.Any(e => e is FlowEvent.TaskSettled { Phase: TaskPhase.Done } task && task.Step == settled.Step && task.Outcome == settled.Outcome);

    private static string Responsible(string? person, string? group) => person ?? (group is null ? "" : $"group:{group}");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Text(DateTimeOffset? moment) =>
        moment?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>One buffer and writer a thread: a command writes several rows, and each several texts.</summary>
    private static class Pen
    {
        [ThreadStatic] private static ArrayBufferWriter<byte>? buffer;
        [ThreadStatic] private static Utf8JsonWriter? writer;

        public static ArrayBufferWriter<byte> Blank()
        {
            buffer ??= new ArrayBufferWriter<byte>(1024);
            buffer.ResetWrittenCount();
            return buffer;
        }

        public static Utf8JsonWriter Take()
        {
            var blank = Blank();
            writer ??= new Utf8JsonWriter(blank, Compact);
            writer.Reset(blank);
            return writer;
        }

        public static string Text()
        {
            writer!.Flush();
            return Encoding.UTF8.GetString(buffer!.WrittenSpan);
        }
    }
}
