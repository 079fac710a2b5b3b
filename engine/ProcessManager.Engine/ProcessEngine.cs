using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Logging;
using ProcessManager.Engine.Documents;
using ProcessManager.Engine.Effects;
using ProcessManager.Engine.Publishing;
using ProcessManager.Engine.Running;
using ProcessManager.Engine.Store;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Language;
using ProcessManager.Language.Time;
using Directory = ProcessManager.Flow.Directory;

namespace ProcessManager.Engine;

/// <summary>
/// The door to running projects. A command changes project, tasks, timers, history and outgoing mail in one transaction or
/// changes nothing, and is answered when it is on disk. What happens next is decided by <see cref="Stepper"/>; what was decided
/// is written here; what is due later is run by the worker, which <see cref="RunAsync"/> drives.
/// </summary>
public sealed class ProcessEngine : IAsyncDisposable
{
    private const int MostDecisions = 5;

    private readonly EngineOptions options;
    private readonly TimeProvider clock;
    private readonly WriteGate gate;
    private readonly SqliteDialect dialect;
    private readonly Schema schema;
    private readonly ReadPool reads;
    private readonly GroupCommit commits;
    private readonly DirectoryCache directory;
    private readonly DefinitionsFolder? folder;
    private readonly PlanLibrary plans;
    private readonly CommandRunner runner;
    private readonly InboxReader inbox;
    private readonly Worker worker;
    private readonly HttpCaller caller;
    private readonly Schedules schedules;
    private readonly FolderPublisher? publisher;
    private EngineLock? engineLock;

    /// <param name="model">The EF model that holds <see cref="EngineModel"/>: names of tables and columns come from it.</param>
    /// <param name="gate">The gate that every other writer of the file uses, too.</param>
    public ProcessEngine(
        EngineOptions options, IModel model, WriteGate gate, IDirectorySource directory, IProspectSource? prospects,
        TimeProvider clock, ILoggerFactory logs)
    {
        (this.options, this.clock, this.gate) = (options, clock, gate);
        var log = logs.CreateLogger<ProcessEngine>();
        Live = new LiveEvents();
        dialect = new SqliteDialect(options.Database);
        schema = new Schema(model);
        reads = new ReadPool(dialect.OpenReader);
        this.directory = new DirectoryCache(directory, clock, options.Poll, log);
        commits = new GroupCommit(
            () => new WriteSession(dialect.OpenWriter(), schema, clock, BeforeStatement) { OnWork = WorkIsDue }, gate, clock)
        {
            Prepare = () => this.directory.ReadAsync(CancellationToken.None),
        };
        folder = options.Definitions is { } path ? new DefinitionsFolder(path) : null;
        Documents = new DocumentShelf(
            new ContentStore(options.Documents.Folder ?? DocumentOptions.FolderBeside(options.Database), clock), commits, reads, schema, Live, options.Documents);
        plans = new PlanLibrary(new PlanStore(schema), commits, reads, folder, Live, DirectoryAsync, log);
        runner = new CommandRunner(plans, this.directory, new FactsReader(plans, this.directory, prospects), Live);
        inbox = new InboxReader(schema);
        var starter = new RuleStarter(plans, runner, prospects);
        schedules = new Schedules(starter);
        plans.Publishing = schedules.Align;
        StartRules = new StartRuleDoor(plans, starter, commits);
        Versions = new PlanVersions(plans, new PlanMover(plans, this.directory, new FactsReader(plans, this.directory, prospects), Live), commits, reads, schema);
        caller = new HttpCaller(options.Outgoing, clock);
        worker = new Worker(
            commits,
            [
                new TimerLane(commits, runner, options, clock, log),
                new MailLane(commits, runner, Live, TransportOf(options), options, clock, log),
                new LetterLane(commits, runner, Documents, Live, options, clock, log),
                new HttpLane(commits, runner, caller, options, clock, log),
                new ChildLane(commits, runner, options, clock, log),
                new ScheduleLane(commits, plans, starter, schedules, options, clock, log),
            ],
            Documents, options, clock);
        Telemetry = new EngineTelemetry(() => reads.Read(session => WorkStore.Queue(session, schema, clock.GetUtcNow())));
        commits.Committed = Telemetry.Committed;
        worker.Tell(Telemetry);
        publisher = folder is not null && options.Publish ? new FolderPublisher(folder, plans, clock, log) : null;
    }

    /// <summary>What was committed, for pages that show it at once.</summary>
    public LiveEvents Live { get; }

    /// <summary>What it tells of itself to meters and traces.</summary>
    public EngineTelemetry Telemetry { get; }

    /// <summary>The files of projects.</summary>
    public DocumentShelf Documents { get; }

    /// <summary>What starts projects besides people.</summary>
    public StartRuleDoor StartRules { get; }

    /// <summary>The versions of plans under running projects.</summary>
    public PlanVersions Versions { get; }

    /// <summary>For tests: called with the text of each statement before it runs.</summary>
    internal Action<string>? OnStatement { get; set; }

    internal Worker Worker => worker;

    internal HttpCaller Caller => caller;

    /// <summary>
    /// Takes the file's lock, checks the surroundings, reads the plans and, where <see cref="EngineOptions.Publish"/> is on,
    /// publishes the definitions folder. The schema must be there. Throws <see cref="EngineRefusedException"/> with one sentence that says what to change.
    /// </summary>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        StartChecks.RefuseNetwork(dialect.File);
        engineLock = EngineLock.Take(dialect.File);
        try
        {
            StartChecks.RequireWal(dialect);
            reads.Read(session =>
            {
                StartChecks.RequireSchema(session, schema, options.KnownMigrations);
                StartChecks.RequireClock(session, schema, clock.GetUtcNow(), options.ClockTolerance);
                return true;
            });

            // The lock is ours, so whoever held a lease is gone.
            await commits.RunAsync(session => ValueTask.FromResult(session.Work.ReleaseEverything()), cancellation);
            plans.Load();
            if (publisher is not null) { await publisher.PublishAsync(cancellation); }
            await AlignSchedulesAsync(cancellation);
        }
        catch
        {
            engineLock.Dispose();
            engineLock = null;
            throw;
        }
    }

    /// <summary>Runs what is due until cancelled, then finishes or gives back what it has claimed.</summary>
    public async Task RunAsync(CancellationToken cancellation) =>
        await Task.WhenAll(worker.RunAsync(cancellation), publisher?.RunAsync(cancellation) ?? Task.CompletedTask);

    /// <summary>Runs everything that is due now, and what becomes due by it, without waiting for more: for tools and tests that move the clock.</summary>
    public Task RunDueAsync(CancellationToken cancellation) => worker.RunUntilIdleAsync(cancellation);

    /// <summary>Starts a project. The actor is its creator; null for a rule.</summary>
    /// <param name="commandId">Chosen by the caller, up to 100 characters; sent again, it is answered by the first result.</param>
    public Task<CommandResult> StartAsync(StartProject start, string commandId, string? actor, CancellationToken cancellation) =>
        DecideAsync(
            "start", null, commandId, id => CommandKey.Of(id, start, actor), (session, key) => runner.StartAsync(session, start, key, actor, cancellation), cancellation);

    /// <summary>Sends a command to a project; <see cref="Command.Actor"/> says who asks.</summary>
    /// <param name="commandId">Chosen by the caller, up to 100 characters; sent again, it is answered by the first result.</param>
    public Task<CommandResult> SendAsync(long project, Command command, string commandId, CancellationToken cancellation) =>
        DecideAsync(
            command.GetType().Name, project, commandId, id => CommandKey.Of(id, project, command), (session, key) => ValueTask.FromResult(runner.Send(session, project, command, key)), cancellation);

    /// <summary>Runs another room's writing in the engine's next commit, all or nothing, and answers when it is on disk.</summary>
    public Task<T> WriteAsync<T>(Func<IWriteSession, CancellationToken, ValueTask<T>> work, CancellationToken cancellation) =>
        commits.RunAsync(session => work(session, cancellation), cancellation);

    /// <summary>Merges the letter that a task offers, with the values of this moment, and files it on the project.</summary>
    /// <param name="commandId">As in <see cref="SendAsync"/>.</param>
    public async Task<FiledDocument> WriteLetterAsync(long project, int task, string commandId, string actor, CancellationToken cancellation)
    {
        var offer = await commits.RunAsync(session => ValueTask.FromResult(runner.OfferOf(session, project, task)), cancellation);
        if (offer is not var (template, step, texts))
        {
            return new FiledDocument.Refused(Refusal.NotFound, "This task is not open, or it offers no letter.");
        }

        try
        {
            using var letter = new MemoryStream(LetterMerger.Merge(template.Content, texts), writable: false);
            var document = new NewDocument(project, LetterLane.NameOf(template.Id, null), letter) { Step = step, Task = task };
            return await Documents.FileAsync(document, commandId, actor, cancellation);
        }
        catch (LetterTemplateException e)
        {
            return new FiledDocument.Refused(Refusal.Invalid, e.Message);
        }
    }

    /// <summary>A file that a plan version brings along for its tasks; null where it has none of this name.</summary>
    public byte[]? FindPlanDocument(long planVersion, string file) => plans.SourceOf(planVersion, $"documents/{file}");

    /// <summary>A project with its state and plan; null where there is none.</summary>
    public Task<ProjectView?> FindProjectAsync(long project, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(reads.Read(session =>
        {
            if (ProjectStore.Find(session, schema, project) is not { } row || plans.Find(session, row.PlanVersionId) is not { } plan) { return null; }
            return new ProjectView(row, ProjectStateJson.Read(row.State, plan.Plan), plan.Plan, plan.Number);
        }));
    }

    /// <summary>The version of a plan with this id, compiled from its own sources; null where there is none.</summary>
    public Task<Plan?> FindPlanAsync(long planVersion, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(plans.Find(planVersion)?.Plan);
    }

    /// <summary>The version that new projects start with; null where none was published.</summary>
    public Plan? PlanInForce(string plan) => plans.InForce(plan)?.Plan;

    /// <summary>The plans that a project can be started with, by name.</summary>
    public ImmutableArray<Plan> PlansInForce => plans.AllInForce;

    /// <summary>The organisation as it is now; null until one was read.</summary>
    public Organisation? Organisation => plans.Surroundings?.Organisation;

    /// <summary>The calendars as they are now, by id.</summary>
    public ImmutableDictionary<string, WorkingCalendar> Calendars =>
        plans.Surroundings?.Calendars ?? ImmutableDictionary<string, WorkingCalendar>.Empty;

    /// <summary>Reads the definitions folder and publishes each plan whose meaning changed.</summary>
    /// <param name="by">Sign-in name; null for the engine.</param>
    public Task<ImmutableArray<PublishResult>> PublishAsync(string? by, string? note, CancellationToken cancellation) =>
        plans.PublishAsync(by, note, despiteTests: false, cancellation);

    /// <summary>The same, and publishes also a plan whose own tests fail: an administrator's decision, which its version records.</summary>
    public Task<ImmutableArray<PublishResult>> PublishDespiteTestsAsync(string by, string? note, CancellationToken cancellation) =>
        plans.PublishAsync(by, note, despiteTests: true, cancellation);

    /// <summary>People, groups, managers or absences have changed: they are read again before the next command.</summary>
    public void DirectoryChanged() => directory.Invalidate();

    /// <summary>People and groups as the engine sees them.</summary>
    public async Task<Directory> DirectoryAsync(CancellationToken cancellation) => (await directory.ReadAsync(cancellation)).Directory;

    /// <summary>A page of a person's open tasks, the most urgent due moment first.</summary>
    public IReadOnlyList<InboxLine> InboxOf(string person, InboxPlace after, int count) =>
        reads.Read(session => inbox.OfPerson(session, person, after, count));

    /// <summary>A page of a group's unclaimed tasks.</summary>
    public IReadOnlyList<InboxLine> QueueOf(string group, InboxPlace after, int count) =>
        reads.Read(session => inbox.OfGroup(session, group, after, count));

    /// <summary>Marks alerts as seen by their recipient.</summary>
    /// <returns>How many were new.</returns>
    public Task<int> SeeAlertsAsync(string person, IReadOnlyCollection<long> alerts, CancellationToken cancellation) => commits.RunAsync(session =>
    {
        var seen = alerts.Count(alert => AlertStore.See(session, person, alert, session.Now));
        if (seen > 0) { session.AfterCommit(() => Live.Tell(new LiveEvent(null, [], [person], [], ["AlertSeen"]))); }
        return ValueTask.FromResult(seen);
    }, cancellation);

    /// <summary>Gives the receipt that an alert asks for.</summary>
    /// <returns>False where it is not this person's, or was acknowledged before.</returns>
    public Task<bool> AcknowledgeAlertAsync(string person, long alert, CancellationToken cancellation) => commits.RunAsync(session =>
    {
        if (AlertStore.Acknowledge(session, person, alert, session.Now) is not { } sender) { return ValueTask.FromResult(false); }
        session.AfterCommit(() => Live.Tell(new LiveEvent(null, [], [person, sender], [], ["AlertAcknowledged"])));
        return ValueTask.FromResult(true);
    }, cancellation);

    /// <summary>Lets failed work run again, from its first attempt.</summary>
    /// <returns>False where there is no such failed work.</returns>
    public Task<bool> RetryWorkAsync(long work, string actor, CancellationToken cancellation) =>
        commits.RunAsync(session => ValueTask.FromResult(FailedWork.Retry(session, work, actor)), cancellation);

    /// <summary>Gives failed work up. A dropped mail is recorded as dropped.</summary>
    /// <returns>False where there is no such failed work, or where it is a timer, which belongs to its project's state.</returns>
    /// <exception cref="RefusedException">The project does not take it as it is; nothing was changed.</exception>
    public Task<bool> DropWorkAsync(long work, string actor, CancellationToken cancellation) =>
        commits.RunAsync(session => ValueTask.FromResult(FailedWork.Drop(session, runner, work, actor)), cancellation);

    /// <summary>Since when and why mails and requests wait; null where they leave.</summary>
    public OutgoingPause? FindOutgoingPause() => reads.Read(session => OutgoingStore.Find(session, schema));

    /// <summary>Lets mails and requests wait from now on; what is being sent is finished.</summary>
    /// <returns>False where they wait already.</returns>
    public Task<bool> PauseOutgoingAsync(string reason, CancellationToken cancellation) =>
        commits.RunAsync(session => ValueTask.FromResult(OutgoingStore.Pause(session, reason)), cancellation);

    /// <summary>Lets what waits leave.</summary>
    /// <returns>False where nothing was paused.</returns>
    public Task<bool> ResumeOutgoingAsync(string by, CancellationToken cancellation) =>
        commits.RunAsync(session => ValueTask.FromResult(OutgoingStore.Resume(session, by)), cancellation);

    public async ValueTask DisposeAsync()
    {
        Telemetry.Dispose();
        folder?.Dispose();
        caller.Dispose();
        using (await gate.EnterAsync(CancellationToken.None)) { commits.Dispose(); }

        reads.Dispose();
        plans.Dispose();
        engineLock?.Dispose();
    }

    /// <summary>Decides again, a bounded number of times, where somebody else wrote in between.</summary>
    private async Task<CommandResult> DecideAsync(
        string name, long? project, string id, Func<string, CommandKey> keyOf, Func<WriteSession, CommandKey, ValueTask<CommandResult>> work, CancellationToken cancellation)
    {
        using var activity = Telemetry.StartCommand(name, project);
        var result = await DecideAsync(id, keyOf, work, cancellation);
        Telemetry.Answered(result);
        return result;
    }

    private async Task<CommandResult> DecideAsync(
        string id, Func<string, CommandKey> keyOf, Func<WriteSession, CommandKey, ValueTask<CommandResult>> work, CancellationToken cancellation)
    {
        if (CommandKey.Refuse(id) is { } refusal) { return refusal; }
        var key = keyOf(id);
        for (var i = 1; ; i++)
        {
            try
            {
                var result = await commits.RunAsync(session => work(session, key), cancellation);
                return result is CommandResult.Refused ? Repeated(key) ?? result : result;
            }
            catch (RefusedException e)
            {
                return Repeated(key) ?? new CommandResult.Refused(e.Reason, e.Message);
            }
            catch (RepeatedCommandException)
            {
                return Repeated(key)!;
            }
            catch (VersionConflictException) when (i < MostDecisions) { /* on fresh state */ }
            catch (VersionConflictException)
            {
                return new CommandResult.Refused(Refusal.Conflict, "Others keep changing this project; try again.");
            }
        }
    }

    private CommandResult? Repeated(CommandKey key) => reads.Read(session => CommandRunner.Repeated(session, schema, key));

    private Task AlignSchedulesAsync(CancellationToken cancellation) => commits.RunAsync(session =>
    {
        schedules.Align(session, plans.PublishedInForce);
        return ValueTask.FromResult(true);
    }, cancellation);

    private void BeforeStatement(string text) => OnStatement?.Invoke(text);

    private void WorkIsDue(WorkKind kind, DateTimeOffset due) => worker.WorkIsDue(kind, due);

    private static IMailTransport TransportOf(EngineOptions options) => options.Mail.SmtpHost is not null
        ? new MailServer(options.Mail)
        : new PickupFolder(
            options.Mail.Pickup ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(options.Database))!, "mail"), options.Mail.From);
}

/// <summary>The engine cannot run as things are; the message is one sentence that says what to change.</summary>
public sealed class EngineRefusedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What publishing did with one plan of the folder.</summary>
/// <param name="Version">The version in force afterwards; null where there never was one.</param>
/// <param name="IsNew">True where this call made that version.</param>
/// <param name="Diagnostics">What is wrong with the file; with an error nothing was published and the version before stays in force.</param>
public sealed record PublishResult(string Plan, int? Version, bool IsNew, ImmutableArray<Diagnostic> Diagnostics);
