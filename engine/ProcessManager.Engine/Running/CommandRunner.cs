using System.Collections.Immutable;
using ProcessManager.Engine.Publishing;
using ProcessManager.Engine.Store;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Language;

namespace ProcessManager.Engine.Running;

/// <summary>How a project begins, with what only the engine itself may say.</summary>
/// <param name="Depth">How many projects stand above it.</param>
internal sealed record Beginning(StartProject Start, int Depth = 0)
{
    /// <summary>Who owns it, in place of the plan's rule.</summary>
    public AssigneeRule? OwnerRule { get; init; }

    /// <summary>The named owner is a wish: where they can't own such a project, the plan's rule decides.</summary>
    public bool OwnerIfFit { get; init; }
}

/// <summary>
/// Carries out one command within the engine's transaction: load, decide, write. What is read and what is written belong together, since
/// nobody else writes in between; where somebody could, the project's version shows it and the command is decided again.
/// </summary>
internal sealed class CommandRunner(PlanLibrary plans, DirectoryCache directory, FactsReader facts, LiveEvents live)
{
    public async ValueTask<CommandResult> StartAsync(
        WriteSession session, StartProject start, CommandKey key, string? actor, CancellationToken cancellation)
    {
        var (row, tasks) = await BeginAsync(session, new Beginning(start), actor, cancellation);
        return Remember(session, key, row, tasks, session.Now);
    }

    /// <summary>Starts a project.</summary>
    /// <exception cref="RefusedException">It cannot be started so. What was written for it must not stay.</exception>
    public async ValueTask<(ProjectRow Row, ImmutableArray<long> Tasks)> BeginAsync(
        WriteSession session, Beginning beginning, string? actor, CancellationToken cancellation)
    {
        var start = beginning.Start;
        if (plans.InForce(start.Plan) is not { } plan) { throw new RefusedException(Refusal.NotFound, $"There is no published plan “{start.Plan}”."); }
        var now = session.Now;
        var prospect = start.NewProspect is { } contact ? await contact.CreateAsync(session, cancellation) : start.Prospect;
        var known = facts.Read(session, plan, prospect, start.Roles);
        var name = known.Prospect?.GetValueOrDefault("name") as string;
        if (prospect is not null && start.NewProspect is null && known.Prospect is { Count: 0 })
        {
            throw new RefusedException(Refusal.NotFound, "There is no such contact.");
        }

        var title = ProjectTitle.Of(plan.Plan, name);
        var fields = start.Fields.GetValueOrDefault("title") is null ? start.Fields.SetItem("title", title) : start.Fields;
        var decision = Decide(plan.Plan, beginning, new Command.Start(start.Owner, fields, start.Roles) { Actor = actor, Depth = beginning.Depth }, known, now);
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
            row, null, decision, plan.Plan, plan.Number, new Cause(nameof(Command.Start), actor, null), title, directory.Current, now);
        return (row, tasks);
    }

    private static Decision.Accepted Decide(Plan plan, Beginning beginning, Command.Start command, Facts known, DateTimeOffset now)
    {
        // A rule that names an owner stands in for the plan's own, for this start alone.
        var by = beginning.OwnerRule is { } rule ? plan with { Owner = rule } : plan;
        var answer = Stepper.Advance(by, null, command, known, now);
        if (answer is Decision.Refused && beginning.OwnerIfFit && command.Owner is not null)
        {
            answer = Stepper.Advance(by, null, command with { Owner = null }, known, now);
        }

        // Thrown, not returned: a contact written for the project must not stay.
        if (answer is Decision.Refused refused) { throw new RefusedException(refused.Reason, refused.Message); }
        return (Decision.Accepted)answer;
    }

    /// <summary>Values as they were given in the forms that the plan's fields hold.</summary>
    /// <exception cref="RefusedException">One doesn't fit its field.</exception>
    public ImmutableSortedDictionary<string, object?> Fit(WriteSession session, PublishedPlan plan, ImmutableSortedDictionary<string, object?> given) =>
        Stepper.Fit(plan.Plan, facts.Read(session, plan, null, ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty), given, session.Now, out var fitted) is { } unfit
            ? throw new RefusedException(Refusal.Invalid, unfit) : fitted;

    /// <summary>The plan that new projects start with; null where there is none.</summary>
    public Plan? PlanInForce(string plan) => plans.InForce(plan)?.Plan;

    /// <summary>A version's plan.</summary>
    public Plan PlanOf(WriteSession session, long version) =>
        plans.Find(session, version)?.Plan ?? throw new InvalidOperationException($"There is no plan version {version}.");

    public ProjectState StateOf(WriteSession session, ProjectRow row) => ProjectStateJson.Read(row.State, PlanOf(session, row.PlanVersionId));

    /// <summary>The letter that an open task offers, with its texts; null where it offers none.</summary>
    public (LetterTemplate Template, string Step, ImmutableSortedDictionary<string, string> Texts)? OfferOf(WriteSession session, long project, int task)
    {
        if (session.Projects.Find(project) is not { } row || plans.Find(session, row.PlanVersionId) is not { } plan) { return null; }
        var state = ProjectStateJson.Read(row.State, plan.Plan);
        var step = state.Steps.FirstOrDefault(s => s.Tasks.Any(t => t.Number == task && t.Phase == TaskPhase.Open));
        if (step is null || plan.Plan.FindStep(step.Id)?.Kind.Work?.Offers is not { } offered || !plan.Plan.Letters.TryGetValue(offered, out var template)) { return null; }
        var texts = Stepper.LetterTexts(plan.Plan, state, facts.Read(session, plan, row.ProspectId, state.Roles), template, session.Now);
        return (template, step.Id, texts);
    }

    public CommandResult Send(WriteSession session, long project, Command command, CommandKey key)
    {
        if (session.Projects.Find(project) is not { } row)
        {
            return new CommandResult.Refused(Refusal.NotFound, $"There is no project {project}.");
        }

        var now = session.Now;
        return Advance(session, row, command, now) switch
        {
            (Decision.Refused refused, _, _) => new CommandResult.Refused(refused.Reason, refused.Message),
            var (_, _, tasks) => Remember(session, key, row, tasks, now),
        };
    }

    /// <summary>Decides a command and writes what it changes.</summary>
    /// <returns>The decision, the state that holds then, and the ids of the tasks that it opened.</returns>
    public (Decision Decision, ProjectState State, ImmutableArray<long> Tasks) Advance(WriteSession session, ProjectRow row, Command command, DateTimeOffset now)
    {
        var plan = plans.Find(session, row.PlanVersionId) ??
            throw new InvalidOperationException($"Project {row.Id} runs on plan version {row.PlanVersionId}, which is not there.");
        var state = ProjectStateJson.Read(row.State, plan.Plan);
        var decision = Stepper.Advance(plan.Plan, state, command, facts.Read(session, plan, row.ProspectId, state.Roles), now);
        if (decision is not Decision.Accepted accepted || (accepted.Events.IsEmpty && accepted.State == state)) { return (decision, state, []); }
        var tasks = new DecisionWriter(session, live).Write(
            row, state, accepted, plan.Plan, plan.Number, Cause.Of(command), row.Title, directory.Current, now);
        return (decision, accepted.State, tasks);
    }

    /// <summary>The answer to a command that was carried out before; null where it was not.</summary>
    public static CommandResult? Repeated(IReadSession session, Schema schema, CommandKey key)
    {
        if (CommandStore.Find(session, schema, key.Id) is not { } earlier) { return null; }
        return earlier.Fingerprint.AsSpan().SequenceEqual(key.Fingerprint)
            ? new CommandResult.Accepted(earlier.ProjectId, earlier.Version, CommandStore.Split(earlier.NewTasks), true)
            : new CommandResult.Refused(Refusal.Invalid, $"The command id “{key.Id}” was used before for something else.");
    }

    private static CommandResult.Accepted Remember(
        WriteSession session, CommandKey key, ProjectRow row, ImmutableArray<long> tasks, DateTimeOffset now)
    {
        var isNew = CommandStore.Insert(session, new CommandRow
        {
            Id = key.Id,
            ProjectId = row.Id,
            Version = row.Version,
            Fingerprint = key.Fingerprint,
            NewTasks = CommandStore.Join(tasks),
            At = now,
        });

        // Looked up by writing: nearly every command is new. Throwing undoes what a repetition did.
        if (!isNew) { throw new RepeatedCommandException(); }
        return new CommandResult.Accepted(row.Id, row.Version, tasks, false);
    }
}
