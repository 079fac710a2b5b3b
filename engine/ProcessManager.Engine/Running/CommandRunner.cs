using System.Collections.Immutable;
using ProcessManager.Engine.Publishing;
using ProcessManager.Engine.Store;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;

namespace ProcessManager.Engine.Running;

/// <summary>
/// Carries out one command within the engine's transaction: load, decide, write. What is read and what is written belong together, since
/// nobody else writes in between; where somebody could, the project's version shows it and the command is decided again.
/// </summary>
internal sealed class CommandRunner(PlanLibrary plans, DirectoryCache directory, FactsReader facts, LiveEvents live)
{
    private const int LongestId = 100;

    public async ValueTask<CommandResult> StartAsync(
        WriteSession session, StartProject start, string commandId, string? actor, CancellationToken cancellation)
    {
        var fingerprint = CommandStore.FingerprintOf(0, Content.Of(start, actor));
        if (Repeated(session, commandId, fingerprint) is { } result) { return result; }
        if (plans.InForce(start.Plan) is not { } plan)
        {
            return new CommandResult.Refused(Refusal.NotFound, $"There is no published plan “{start.Plan}”.");
        }

        var now = session.Now;
        var prospect = start.NewProspect is { } contact ? await contact.CreateAsync(session, cancellation) : start.Prospect;
        var known = facts.Read(session, plan, prospect);
        var name = known.Prospect?.GetValueOrDefault("name") as string;
        if (prospect is not null && start.NewProspect is null && known.Prospect is { Count: 0 })
        {
            return new CommandResult.Refused(Refusal.NotFound, "There is no such contact.");
        }

        // Every project has a title, so that plans and mails can speak of it.
        var title = name is null ? plan.Plan.Name : $"{name} – {plan.Plan.Name}";
        var fields = start.Fields.GetValueOrDefault("title") is null ? start.Fields.SetItem("title", title) : start.Fields;
        var command = new Command.Start(start.Owner, fields, start.Roles) { Actor = actor };
        var answer = Stepper.Advance(plan.Plan, null, command, known, now);
        // Thrown, not returned: a contact written for the project must not stay.
        if (answer is Decision.Refused refused) { throw new RefusedException(refused.Reason, refused.Message); }
        var decision = (Decision.Accepted)answer;

        var row = new ProjectRow
        {
            Type = plan.Plan.Type,
            Plan = plan.Plan.Id,
            PlanVersionId = plan.VersionId,
            ProspectId = prospect,
            Creator = actor,
            StartedAt = now,
            Currency = known.Organisation.FindType(plan.Plan.Type)?.Currency,
        };
        var tasks = new DecisionWriter(session, live).Write(
            row, null, decision, plan.Plan, plan.Number, Cause.Of(command), title, directory.Current, now);
        return Remember(session, commandId, fingerprint, row, tasks, now);
    }

    public CommandResult Send(WriteSession session, long project, Command command, string commandId)
    {
        var fingerprint = CommandStore.FingerprintOf(project, command);
        if (Repeated(session, commandId, fingerprint) is { } result) { return result; }
        if (session.Projects.Find(project) is not { } row)
        {
            return new CommandResult.Refused(Refusal.NotFound, $"There is no project {project}.");
        }

        var now = session.Now;
        return Advance(session, row, command, now) switch
        {
            (Decision.Refused refused, _, _) => new CommandResult.Refused(refused.Reason, refused.Message),
            var (_, _, tasks) => Remember(session, commandId, fingerprint, row, tasks, now),
        };
    }

    /// <summary>Decides a command and writes what it changes.</summary>
    /// <returns>The decision, the state that holds then, and the ids of the tasks that it opened.</returns>
    public (Decision Decision, ProjectState State, ImmutableArray<long> Tasks) Advance(WriteSession session, ProjectRow row, Command command, DateTimeOffset now)
    {
        var plan = plans.Find(session, row.PlanVersionId) ??
            throw new InvalidOperationException($"Project {row.Id} runs on plan version {row.PlanVersionId}, which is not there.");
        var state = ProjectStateJson.Read(row.State, plan.Plan);
        var decision = Stepper.Advance(plan.Plan, state, command, facts.Read(session, plan, row.ProspectId), now);
        if (decision is not Decision.Accepted accepted || (accepted.Events.IsEmpty && accepted.State == state)) { return (decision, state, []); }
        var tasks = new DecisionWriter(session, live).Write(
            row, state, accepted, plan.Plan, plan.Number, Cause.Of(command), row.Title, directory.Current, now);
        return (decision, accepted.State, tasks);
    }

    private static CommandResult? Repeated(WriteSession session, string id, byte[] fingerprint)
    {
        if (id is not { Length: > 0 and <= LongestId })
        {
            return new CommandResult.Refused(Refusal.Invalid, $"A command needs an id of 1 to {LongestId} characters.");
        }

        if (CommandStore.Find(session, session.Schema, id) is not { } earlier) { return null; }
        return earlier.Fingerprint.AsSpan().SequenceEqual(fingerprint)
            ? new CommandResult.Accepted(earlier.ProjectId, earlier.Version, CommandStore.Split(earlier.NewTasks), true)
            : new CommandResult.Refused(Refusal.Invalid, $"The command id “{id}” was used before for something else.");
    }

    private static CommandResult.Accepted Remember(
        WriteSession session, string id, byte[] fingerprint, ProjectRow row, ImmutableArray<long> tasks, DateTimeOffset now)
    {
        CommandStore.Insert(session, new CommandRow
        {
            Id = id,
            ProjectId = row.Id,
            Version = row.Version,
            Fingerprint = fingerprint,
            NewTasks = CommandStore.Join(tasks),
            At = now,
        });
        return new CommandResult.Accepted(row.Id, row.Version, tasks, false);
    }

    /// <summary>What makes a start this start; the delegate of a new contact is represented by its text.</summary>
    private sealed record Content(
        string Plan, string? Owner, long? Prospect, string? NewProspect, ImmutableSortedDictionary<string, object?> Fields,
        ImmutableSortedDictionary<string, ImmutableArray<string>> Roles, string? Actor)
    {
        public static Content Of(StartProject start, string? actor) =>
            new(start.Plan, start.Owner, start.Prospect, start.NewProspect?.Content, start.Fields, start.Roles, actor);
    }
}
