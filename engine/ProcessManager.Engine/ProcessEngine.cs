#pragma warning disable CA1822 // until it is built
using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Logging;
using ProcessManager.Engine.Store;
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
    /// <param name="model">The EF model that holds <see cref="EngineModel"/>: names of tables and columns come from it.</param>
    /// <param name="gate">The gate that every other writer of the file uses, too.</param>
    public ProcessEngine(
        EngineOptions options, IModel model, WriteGate gate, IDirectorySource directory, IProspectSource? prospects,
        TimeProvider clock, ILoggerFactory logs)
    {
        Live = new LiveEvents();
    }

    /// <summary>What was committed, for pages that show it at once.</summary>
    public LiveEvents Live { get; }

    /// <summary>
    /// Takes the file's lock, checks the surroundings, reads the plans and, where <see cref="EngineOptions.Publish"/> is on,
    /// publishes the definitions folder. The schema must be there. Throws <see cref="EngineRefusedException"/> with one sentence that says what to change.
    /// </summary>
    public Task OpenAsync(CancellationToken cancellation) => throw new InvalidOperationException("Not built yet.");

    /// <summary>Runs what is due until cancelled, then finishes or gives back what it has claimed.</summary>
    public Task RunAsync(CancellationToken cancellation) => throw new InvalidOperationException("Not built yet.");

    /// <summary>Starts a project. The actor is its creator; null for a rule.</summary>
    /// <param name="commandId">Chosen by the caller, up to 100 characters; sent again, it is answered by the first result.</param>
    public Task<CommandResult> StartAsync(StartProject start, string commandId, string? actor, CancellationToken cancellation) =>
        throw new InvalidOperationException("Not built yet.");

    /// <summary>Sends a command to a project; <see cref="Command.Actor"/> says who asks.</summary>
    /// <param name="commandId">Chosen by the caller, up to 100 characters; sent again, it is answered by the first result.</param>
    public Task<CommandResult> SendAsync(long project, Command command, string commandId, CancellationToken cancellation) =>
        throw new InvalidOperationException("Not built yet.");

    /// <summary>Runs another room's writing in the engine's next commit, all or nothing, and answers when it is on disk.</summary>
    public Task<T> WriteAsync<T>(Func<IWriteSession, CancellationToken, ValueTask<T>> work, CancellationToken cancellation) =>
        throw new InvalidOperationException("Not built yet.");

    /// <summary>A project with its state and plan; null where there is none.</summary>
    public Task<ProjectView?> FindProjectAsync(long project, CancellationToken cancellation) => throw new InvalidOperationException("Not built yet.");

    /// <summary>The version of a plan with this id, compiled from its own sources; null where there is none.</summary>
    public Task<Plan?> FindPlanAsync(long planVersion, CancellationToken cancellation) => throw new InvalidOperationException("Not built yet.");

    /// <summary>The version that new projects start with; null where none was published.</summary>
    public Plan? PlanInForce(string plan) => throw new InvalidOperationException("Not built yet.");

    /// <summary>The plans that a project can be started with, by name.</summary>
    public ImmutableArray<Plan> PlansInForce => throw new InvalidOperationException("Not built yet.");

    /// <summary>The organisation as it is now; null until one was read.</summary>
    public Organisation? Organisation => throw new InvalidOperationException("Not built yet.");

    /// <summary>The calendars as they are now, by id.</summary>
    public ImmutableDictionary<string, WorkingCalendar> Calendars => throw new InvalidOperationException("Not built yet.");

    /// <summary>Reads the definitions folder and publishes each plan whose meaning changed.</summary>
    /// <param name="by">Sign-in name; null for the engine.</param>
    public Task<ImmutableArray<PublishResult>> PublishAsync(string? by, string? note, CancellationToken cancellation) =>
        throw new InvalidOperationException("Not built yet.");

    /// <summary>People, groups, managers or absences have changed: they are read again before the next command.</summary>
    public void DirectoryChanged() => throw new InvalidOperationException("Not built yet.");

    /// <summary>People and groups as the engine sees them.</summary>
    public Task<Directory> DirectoryAsync(CancellationToken cancellation) => throw new InvalidOperationException("Not built yet.");

    /// <summary>A page of a person's open tasks, the most urgent due moment first.</summary>
    public IReadOnlyList<InboxLine> InboxOf(string person, InboxPlace after, int count) => throw new InvalidOperationException("Not built yet.");

    /// <summary>A page of a group's unclaimed tasks.</summary>
    public IReadOnlyList<InboxLine> QueueOf(string group, InboxPlace after, int count) => throw new InvalidOperationException("Not built yet.");

    /// <summary>Marks alerts as seen by their recipient.</summary>
    /// <returns>How many were new.</returns>
    public Task<int> SeeAlertsAsync(string person, IReadOnlyCollection<long> alerts, CancellationToken cancellation) =>
        throw new InvalidOperationException("Not built yet.");

    /// <summary>Gives the receipt that an alert asks for.</summary>
    /// <returns>False where it is not this person's, or was acknowledged before.</returns>
    public Task<bool> AcknowledgeAlertAsync(string person, long alert, CancellationToken cancellation) =>
        throw new InvalidOperationException("Not built yet.");

    /// <summary>Lets failed work run again, from its first attempt.</summary>
    /// <returns>False where there is no such failed work.</returns>
    public Task<bool> RetryWorkAsync(long work, string actor, CancellationToken cancellation) => throw new InvalidOperationException("Not built yet.");

    /// <summary>Gives failed work up. A dropped mail is recorded as dropped.</summary>
    /// <returns>False where there is no such failed work, or where it is a timer, which belongs to its project's state.</returns>
    public Task<bool> DropWorkAsync(long work, string actor, CancellationToken cancellation) => throw new InvalidOperationException("Not built yet.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>The engine cannot run as things are; the message is one sentence that says what to change.</summary>
public sealed class EngineRefusedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What publishing did with one plan of the folder.</summary>
/// <param name="Version">The version in force afterwards; null where there never was one.</param>
/// <param name="IsNew">True where this call made that version.</param>
/// <param name="Diagnostics">What is wrong with the file; with an error nothing was published and the version before stays in force.</param>
public sealed record PublishResult(string Plan, int? Version, bool IsNew, ImmutableArray<Diagnostic> Diagnostics);
