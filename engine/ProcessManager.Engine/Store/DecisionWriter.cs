using System.Collections.Immutable;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Language;

namespace ProcessManager.Engine.Store;

/// <summary>Who or what caused a change.</summary>
internal readonly record struct Cause(string Command, string? Actor, string? OnBehalfOf)
{
    public static Cause Of(Command command) => new(command.GetType().Name, command.Actor, command.OnBehalfOf);
}

/// <summary>Somebody else changed the project in between: decide again.</summary>
internal sealed class VersionConflictException() : Exception("The project was changed in between.");

/// <summary>
/// Writes a decision: project, tasks, participants, timers, history, alerts and mail, all in the session's transaction.
/// </summary>
internal sealed class DecisionWriter(WriteSession session, LiveEvents live)
{
    /// <param name="row">The project's row as it was read; of a new project with what never changes filled in.</param>
    /// <param name="before">Null for a new project.</param>
    /// <param name="first">What the history tells before the events; null for nothing.</param>
    /// <returns>The ids of the tasks that were opened.</returns>
    public ImmutableArray<long> Write(
        ProjectRow row, ProjectState? before, Decision.Accepted decision, Plan plan, int planNumber, Cause cause, string fallbackTitle,
        DirectorySnapshot directory, DateTimeOffset now, HistoryRow? first = null)
    {
        var (owner, title) = (row.Owner, row.Title);
        var wide = Projection.Fill(row, decision.State, fallbackTitle);
        row.State = ProjectStateJson.Write(decision.State);
        row.Version++;
        row.ChangedAt = now;
        if (before is null) { session.Projects.Insert(row); }
        else if (row.Title != title) { session.Projects.RetitleTasks(row.Id, row.Title); }
        if (first is not null) { Append(session, row, first, cause, now); }

        var tasks = new TaskChanges(session.Projects, row, plan);
        tasks.Write(before, decision, cause.Actor, now);
        Timers(row.Id, before, decision, planNumber);
        var told = new HashSet<string>(tasks.People) { row.Owner };
        if (owner.Length > 0) { told.Add(owner); }
        foreach (var e in decision.Events)
        {
            if (HistoryRows.RowOf(e, decision.Events, plan, n => tasks.Find(StepOf(e), n)?.Title) is { } history)
            {
                history.Why = HistoryRows.Json(e.Why, planNumber);
                Append(session, row, history, cause, now);
            }

            Follow(e, row, decision.State, plan, tasks, directory, told, now);
        }

        var written = before is null ? row.Version : row.Version - 1;
        if (!session.Projects.Update(row, written, wide && before is not null)) { throw new VersionConflictException(); }
        Tell(row.Id, tasks, told, decision.Events);
        return [.. tasks.Opened];
    }

    /// <summary>Adds a row to the project's chain; the project's row must be written afterwards.</summary>
    public static void Append(WriteSession session, ProjectRow row, HistoryRow history, Cause cause, DateTimeOffset now)
    {
        history.ProjectId = row.Id;
        history.Seq = ++row.HistorySeq;
        history.Version = row.Version;
        history.At = now;
        history.Cause = cause.Command;
        history.Actor = cause.Actor;
        history.OnBehalfOf = cause.OnBehalfOf;
        history.Hash = row.HistoryHash = HistoryRows.HashOf(row.HistoryHash, history);
        session.Projects.Insert(history);
    }

    /// <summary>Tells the owner in the app that a mail failed for good. Never by mail: the mail server may be what is broken.</summary>
    public void AlertOfFailure(ProjectRow row, MailRow mail, DateTimeOffset now) => Alert(
        row, $"mail-failed/{mail.Id}", AlertCause.Trouble, null, row.Owner,
        $"“{mail.Subject}” could not be sent to {mail.To}: {mail.Error}", acknowledge: false, DirectorySnapshot.Empty, now);

    /// <summary>Notes a sent or failed mail in the project's history.</summary>
    public void NoteMail(ProjectRow row, MailRow mail, DateTimeOffset now)
    {
        var failed = mail.State == MailState.Failed;
        row.Version++;
        row.ChangedAt = now;
        Append(session, row, new HistoryRow
        {
            Kind = failed ? "MailFailed" : "MailSent",
            Step = mail.Step,
            After = mail.To,
            Data = HistoryRows.Json(("mail", mail.Key), ("subject", mail.Subject), ("error", mail.Error)),
        }, new Cause("Mail", null, null), now);
        if (!session.Projects.Update(row, row.Version - 1, wide: false)) { throw new VersionConflictException(); }
        if (live.HasListeners)
        {
            session.AfterCommit(() => live.Tell(new LiveEvent(row.Id, [], [row.Owner], [], [failed ? "MailFailed" : "MailSent"])));
        }
    }

    /// <summary>Notes a document that a person filed.</summary>
    public void NoteDocument(ProjectRow row, DocumentRow document, string? actor)
    {
        var now = session.Now;
        row.Version++;
        row.ChangedAt = now;
        Append(session, row, new HistoryRow
        {
            Kind = nameof(FlowEvent.DocumentFiled),
            Step = document.Step,
            Task = document.Task,
            After = document.Name,
            Data = HistoryRows.Json(
                ("document", document.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("version", document.Version), ("content", document.Hash)),
        }, new Cause("File", actor, null), now);
        if (!session.Projects.Update(row, row.Version - 1, wide: false)) { throw new VersionConflictException(); }
        if (live.HasListeners)
        {
            session.AfterCommit(() => live.Tell(new LiveEvent(row.Id, [], [row.Owner], [], [nameof(FlowEvent.DocumentFiled)])));
        }
    }

    private void Timers(long project, ProjectState? before, Decision.Accepted decision, int planNumber)
    {
        if (before is not null && before.Timers == decision.State.Timers && before.Hold == decision.State.Hold && before.Fault == decision.State.Fault) { return; }
        var old = Projection.WaitingTimers(before).ToDictionary(t => t.Key);
        foreach (var timer in Projection.WaitingTimers(decision.State))
        {
            if (old.Remove(timer.Key, out var earlier) && earlier.Due == timer.Due) { continue; }
            var why = decision.Events.LastOrDefault(e =>
                e is FlowEvent.TimerSet { Timer.Key: var set } && set == timer.Key || e is FlowEvent.TimerMoved { Timer.Key: var moved } && moved == timer.Key)?.Why;
            session.Work.SetTimer(Projection.TimerKey(project, timer), project, timer.Due!.Value, HistoryRows.Json(why, planNumber));
        }

        foreach (var gone in old.Values) { session.Work.Remove(Projection.TimerKey(project, gone)); }
    }

    private void Follow(
        FlowEvent what, ProjectRow row, ProjectState state, Plan plan, TaskChanges tasks, DirectorySnapshot directory, HashSet<string> told,
        DateTimeOffset now)
    {
        switch (what)
        {
            case FlowEvent.RoleFilled e:
                session.Projects.ClearRole(row.Id, e.Role);
                foreach (var person in e.People.Distinct())
                {
                    session.Projects.Insert(new ParticipantRow { ProjectId = row.Id, Role = e.Role, Person = person });
                    told.Add(person);
                }

                break;
            case FlowEvent.AlertRaised e:
                long? task = e.Task is { } number ? tasks.Find(e.Step, number)?.Id : null;
                foreach (var person in e.To.Distinct())
                {
                    Alert(row, e.Key, e.Cause, task, person, e.Text, e.Acknowledge, directory, now);
                    told.Add(person);
                }

                break;
            case FlowEvent.MailRequested e:
                session.Mails.Add(MailOf(e, row, plan, now));
                break;
            case FlowEvent.RotationAdvanced e:
                session.Projects.SetRotation(e.Group, e.Next);
                break;
            case FlowEvent.LetterRequested or FlowEvent.HttpRequested or FlowEvent.ChildRequested or FlowEvent.ChildDropped:
                EffectWork.Follow(session, row, what, now);
                break;
            case FlowEvent.ProjectClosed e when state.Depth > 0:
                EffectWork.TellParent(session, row, e.Result, now);
                break;
        }
    }

    /// <summary>Tells one person in the app, and by mail where they want that.</summary>
    public void Alert(
        ProjectRow row, string key, AlertCause cause, long? task, string person, string text, bool acknowledge,
        DirectorySnapshot directory, DateTimeOffset now)
    {
        var alert = new AlertRow
        {
            Key = $"{row.Id}/{key}/{person}",
            ProjectId = row.Id,
            TaskId = task,
            Recipient = person,
            Sender = row.Owner,
            Cause = cause,
            Text = text,
            Acknowledge = acknowledge,
            RaisedAt = now,
        };
        if (!session.Projects.Insert(alert) || !directory.AlertsByMail.Contains(person)) { return; }
        if (directory.Directory.People.GetValueOrDefault(person)?.Email is not { Length: > 0 } address) { return; }
        session.Mails.Add(new MailRow
        {
            Key = $"alert/{alert.Key}",
            ProjectId = row.Id,
            To = address,
            Subject = OneLine(text),
            Body = $"{text}\n\n{row.Title}",
            CreatedAt = now,
        });
    }

    private static MailRow MailOf(FlowEvent.MailRequested e, ProjectRow row, Plan plan, DateTimeOffset now)
    {
        var toProspect = plan.FindStep(e.Step)?.Kind is EmailKind mail && mail.To.InOrder.Any(a => a is Assignee.Prospect);
        return new MailRow
        {
            Key = $"{row.Id}/{e.Key}",
            ProjectId = row.Id,
            ContactId = toProspect ? row.ProspectId : null,
            Step = e.Step,
            Occurrence = e.Occurrence,
            Member = e.Member,
            Template = e.Template,
            To = string.Join(", ", e.To),
            From = e.From,
            ReplyTo = e.ReplyTo,
            Subject = OneLine(e.Subject),
            Body = e.BodyMarkdown,
            Awaited = e.Awaited,
            CreatedAt = now,
        };
    }

    private void Tell(long project, TaskChanges tasks, HashSet<string> people, ImmutableArray<FlowEvent> events)
    {
        if (!live.HasListeners) { return; }
        var what = new LiveEvent(
            project, [.. tasks.Touched], [.. people], [.. tasks.Groups], [.. events.Select(e => e.GetType().Name)]);
        session.AfterCommit(() => live.Tell(what));
    }

    private static string? StepOf(FlowEvent e) => e switch
    {
        FlowEvent.TaskAssigned t => t.Step,
        FlowEvent.TaskDueChanged t => t.Step,
        FlowEvent.TaskPriorityChanged t => t.Step,
        FlowEvent.TaskSettled t => t.Step,
        _ => null,
    };

    private static string OneLine(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= 200 ? line : line[..199] + "…";
    }
}
