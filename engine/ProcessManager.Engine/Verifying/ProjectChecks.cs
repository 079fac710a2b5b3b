using System.Text.Json;
using ProcessManager.Engine.Store;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Language;

namespace ProcessManager.Engine.Verifying;

/// <summary>
/// Project by project: the history's chain, and that columns, tasks, timers and the fold of the history all say what the state says (I3, I4, I5).
/// </summary>
internal sealed class ProjectChecks(ReadSession session, Schema schema, Findings findings)
{
    private readonly Dictionary<long, Plan?> plans = [];
    private readonly HistoryReader history = new(schema);

    public void Run(CancellationToken cancellation)
    {
        foreach (var (id, _, _) in Plans()) { PlanOf(id); }

        long last = 0;
        var next = $"select min({schema.Projects["Id"]}) from {schema.Projects.Name} where {schema.Projects["Id"]} > @p0";
        while (session.Prepared(next, 1).Set(0, last).MaybeNumber() is { } id)
        {
            cancellation.ThrowIfCancellationRequested();
            Check(ProjectStore.Find(session, schema, id)!);
            last = id;
        }
    }

    private void Check(ProjectRow row)
    {
        var where = $"project {row.Id}";
        var fold = CheckHistory(row, where);
        if (PlanOf(row.PlanVersionId) is not { } plan) { return; }
        ProjectState state;
        try { state = ProjectStateJson.Read(row.State, plan); }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            findings.Add("I3 state", where, $"its state cannot be read: {e.Message}");
            return;
        }

        CheckColumns(row, state, where);
        CheckTasks(row, state, where, fold);
        CheckTimers(row, state, where);
        if (fold.Stage != state.Stage) { findings.Add("I5 fold", where, $"the history ends in stage {fold.Stage}, the state says {state.Stage}"); }
        if (fold.Owner != state.Owner) { findings.Add("I5 fold", where, $"the history ends with owner {fold.Owner}, the state says {state.Owner}"); }
        if (fold.Closed != (state.Closed is not null)) { findings.Add("I5 fold", where, "history and state disagree on whether it is closed"); }
        if (fold.Probability is { } p && p != state.Probability) { findings.Add("I5 fold", where, $"the history ends at {p} %, the state says {state.Probability} %"); }
    }

    private Fold CheckHistory(ProjectRow row, string where)
    {
        var fold = new Fold();
        byte[] hash = [];
        var seq = 0;
        foreach (var h in history.Of(session, row.Id))
        {
            if (h.Seq != ++seq)
            {
                findings.Add("I5 history", $"{where}, history {h.Seq}", $"a row is missing before it: {seq} was expected");
                seq = h.Seq;
            }

            var expected = HistoryRows.HashOf(hash, h);
            if (!expected.AsSpan().SequenceEqual(h.Hash))
            {
                findings.Add("I5 history", $"{where}, history {h.Seq}", "its hash does not fit: it or the row before was changed");
            }

            hash = h.Hash;
            fold.Add(h);
        }

        if (row.HistorySeq != seq || !row.HistoryHash.AsSpan().SequenceEqual(hash))
        {
            findings.Add("I5 history", where, $"its last row should be {row.HistorySeq}, but the history ends with {seq}");
        }

        return fold;
    }

    private void CheckColumns(ProjectRow row, ProjectState state, string where)
    {
        var told = new ProjectRow { Currency = row.Currency };
        Projection.Fill(told, state, row.Title);
        void Same(string column, object? is_, object? should)
        {
            if (!Equals(is_, should)) { findings.Add("I3 columns", where, $"{column} is {is_ ?? "empty"}, the state says {should ?? "empty"}"); }
        }

        Same("title", row.Title, told.Title);
        Same("owner", row.Owner, told.Owner);
        Same("stage", row.Stage, told.Stage);
        Same("stage_entered_at", row.StageEnteredAt, told.StageEnteredAt);
        Same("status", row.Status, told.Status);
        Same("result", row.Result, told.Result);
        Same("close_reason", row.CloseReason, told.CloseReason);
        Same("closed_at", row.ClosedAt, told.ClosedAt);
        Same("probability", row.Probability, told.Probability);
        Same("probability_override", row.ProbabilityOverride, told.ProbabilityOverride);
        Same("amount_minor", row.AmountMinor, told.AmountMinor);
        Same("expected_close", row.ExpectedClose, told.ExpectedClose);
        Same("source_code", row.SourceCode, told.SourceCode);
        Same("hold_reason", row.HoldReason, told.HoldReason);
        Same("fault", row.Fault, told.Fault);
        Same("open_tasks", row.OpenTasks, told.OpenTasks);
        var roles = state.Roles.SelectMany(r => r.Value.Distinct().Select(p => $"{r.Key}: {p}")).Order(StringComparer.Ordinal);
        Same("participants", string.Join(", ", Participants(row.Id)), string.Join(", ", roles));
    }

    private void CheckTasks(ProjectRow row, ProjectState state, string where, Fold fold)
    {
        var t = schema.Tasks;
        string[] columns =
        [
            "Number", "Step", "State", "Assignee", "Group", "Due", "DueByHand", "Priority", "Outcome", "Member",
        ];
        var rows = new Dictionary<int, TaskRow>();
        using (var r = session.Prepared(t.Select(columns, "ProjectId"), 1).Set(0, row.Id).Read())
        {
            while (r.Read())
            {
                rows[r.GetInt32(0)] = new TaskRow
                {
                    Number = r.GetInt32(0), Step = r.GetString(1), State = (TaskPhase)r.GetInt32(2), Assignee = r.Text(3), Group = r.Text(4),
                    Due = r.MaybeMoment(5), DueByHand = r.GetBoolean(6), Priority = (Priority)r.GetInt32(7), Outcome = r.Text(8), Member = r.GetString(9),
                };
            }
        }

        foreach (var (step, task) in Projection.TasksOf(state))
        {
            if (!rows.TryGetValue(task.Number, out var is_))
            {
                findings.Add("I3 tasks", $"{where}, task {task.Number}", "the state has it, but there is no row");
                continue;
            }

            var same = is_.Step == step && is_.State == task.Phase && is_.Assignee == task.Assignee && is_.Group == task.Group &&
                is_.Due == task.Due && is_.DueByHand == task.DueByHand && is_.Priority == task.Priority && is_.Outcome == task.Outcome &&
                (is_.Member == (task.Member ?? "") || is_.Member == Projection.MemberAgain(task));
            if (!same) { findings.Add("I3 tasks", $"{where}, task {task.Number}", "its row is not what the state says"); }
        }

        var open = Projection.TasksOf(state).Where(x => x.Task.Phase == TaskPhase.Open).Select(x => x.Task.Number).ToHashSet();
        foreach (var stray in rows.Values.Where(x => x.State == TaskPhase.Open && !open.Contains(x.Number)))
        {
            findings.Add("I3 tasks", $"{where}, task {stray.Number}", "its row is open, but the state does not have it open");
        }

        foreach (var number in fold.OpenTasks.Where(n => !open.Contains(n)).Concat(open.Where(n => !fold.OpenTasks.Contains(n))))
        {
            findings.Add("I5 fold", $"{where}, task {number}", "history and state disagree on whether it is open");
        }
    }

    private void CheckTimers(ProjectRow row, ProjectState state, string where)
    {
        var w = schema.Work;
        var waiting = Projection.WaitingTimers(state).ToDictionary(x => Projection.TimerKey(row.Id, x), x => x.Due!.Value);
        var prefix = $"timer/{row.Id}/";
        var sql = $"select {w.Columns("Id", "Key", "Due", "State", "Attempt")} from {w.Name} where {w["Key"]} >= @p0 and {w["Key"]} < @p1";
        using var r = session.Prepared(sql, 2).Set(0, prefix).Set(1, prefix[..^1] + '0').Read(); // ‘0’ follows ‘/’
        while (r.Read())
        {
            var (key, tried) = (r.GetString(1), r.GetInt32(3) != 0 || r.GetInt32(4) > 0);
            if (!waiting.Remove(key, out var due)) { findings.Add("I4 timers", $"{where}, work {r.GetInt64(0)}", $"the state has no timer {key}"); }
            else if (!tried && due != r.Moment(2)) { findings.Add("I4 timers", $"{where}, work {r.GetInt64(0)}", "it is due at another moment than the state says"); }
        }

        foreach (var (key, _) in waiting) { findings.Add("I4 timers", where, $"the timer {key} of the state has no row: it would never fire"); }
    }

    private IEnumerable<string> Participants(long project)
    {
        var all = new List<string>();
        using var row = session.Prepared(schema.Participants.Select(["Role", "Person"], "ProjectId"), 1).Set(0, project).Read();
        while (row.Read()) { all.Add($"{row.GetString(0)}: {row.GetString(1)}"); }

        return all.Order(StringComparer.Ordinal);
    }

    private List<(long, string, int)> Plans()
    {
        var all = new List<(long, string, int)>();
        using var row = session.Prepared($"select {schema.PlanVersions.Columns("Id", "Plan", "Number")} from {schema.PlanVersions.Name}", 0).Read();
        while (row.Read()) { all.Add((row.GetInt64(0), row.GetString(1), row.GetInt32(2))); }

        return all;
    }

    private Plan? PlanOf(long version)
    {
        if (plans.TryGetValue(version, out var known)) { return known; }
        Plan? plan = null;
        if (new PlanStore(schema).Find(session, version) is { } row)
        {
            plan = PlanCompiler.Compile(Definitions.Read(row.Sources), row.Plan).Plan;
            if (plan is null) { findings.Add("I3 plans", $"plan {row.Plan}, version {row.Number}", "it no longer compiles from its own sources"); }
            else if (plan.Hash != row.Hash) { findings.Add("I3 plans", $"plan {row.Plan}, version {row.Number}", "its sources mean something else than was published"); }
        }

        return plans[version] = plan;
    }

    /// <summary>What the history alone says of the project.</summary>
    private sealed class Fold
    {
        public string? Stage { get; private set; }
        public string? Owner { get; private set; }
        public bool Closed { get; private set; }
        public int? Probability { get; private set; }
        public HashSet<int> OpenTasks { get; } = [];

        public void Add(HistoryRow row)
        {
            switch (row.Kind)
            {
                case nameof(FlowEvent.ProjectStarted) or nameof(FlowEvent.OwnerChanged): Owner = row.After; break;
                case nameof(FlowEvent.StageEntered): Stage = row.After; break;
                case Publishing.PlanMover.Moved: Stage = Data(row, "stage") ?? Stage; break;
                case Publishing.PlanMover.Undone:
                    Stage = Data(row, "stage") ?? Stage;
                    if (Data(row, "probability") is { } chance) { Probability = int.Parse(chance, System.Globalization.CultureInfo.InvariantCulture); }
                    OpenTasks.Clear();
                    OpenTasks.UnionWith((Data(row, "tasks") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(t => int.Parse(t, System.Globalization.CultureInfo.InvariantCulture)));
                    break;
                case nameof(FlowEvent.ProjectClosed): Closed = true; break;
                case nameof(FlowEvent.ProjectReopened): Closed = false; break;
                case nameof(FlowEvent.ProbabilityChanged):
                    Probability = int.Parse(row.After!, System.Globalization.CultureInfo.InvariantCulture);
                    break;
                case nameof(FlowEvent.TaskOpened): OpenTasks.Add(row.Task!.Value); break;
                case nameof(FlowEvent.TaskSettled): OpenTasks.Remove(row.Task!.Value); break;
            }
        }

        private static string? Data(HistoryRow row, string name)
        {
            if (row.Data is null) { return null; }
            using var json = JsonDocument.Parse(row.Data);
            return json.RootElement.TryGetProperty(name, out var value) ? value.ToString() : null;
        }
    }
}
