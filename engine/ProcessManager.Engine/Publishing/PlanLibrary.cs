using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using ProcessManager.Engine.Store;
using ProcessManager.Language;
using ProcessManager.Language.Time;

namespace ProcessManager.Engine.Publishing;

/// <summary>A version of a plan, ready to run.</summary>
/// <param name="Own">Organisation and calendars as they were when it was published.</param>
internal sealed record PublishedPlan(long VersionId, int Number, Plan Plan, Surroundings Own)
{
    private Tuple<Surroundings, Surroundings>? merged;

    /// <summary>The groups, and roles as <c>role:x</c>, whose work it shares by how busy people are, and by turns.</summary>
    public ImmutableArray<string> LeastBusy { get; } = Sharing.AmongWhom(Plan, Share.LeastBusy);

    public ImmutableArray<string> ByTurns { get; } = Sharing.AmongWhom(Plan, Share.RoundRobin);

    /// <summary>What holds now; a calendar that the plan names and the folder no longer has is the one that it was published with.</summary>
    public Surroundings At(Surroundings now)
    {
        var last = merged;
        if (last is null || !ReferenceEquals(last.Item1, now))
        {
            merged = last = Tuple.Create(now, now with { Calendars = Own.Calendars.SetItems(now.Calendars) });
        }

        return last.Item2;
    }
}

/// <summary>What holds for every project at once: the organisation and its calendars as they are now.</summary>
internal sealed record Surroundings(Organisation Organisation, ImmutableDictionary<string, WorkingCalendar> Calendars);

/// <summary>
/// The plans: which version of each is in force, each version compiled once from its own sources, and the organisation as it is now.
/// Publishes the definitions folder. A file with an error is reported, and the version before stays in force.
/// </summary>
internal sealed partial class PlanLibrary(PlanStore store, GroupCommit commits, ReadPool reads, DefinitionsFolder? folder, LiveEvents live,
    Func<CancellationToken, Task<ProcessManager.Flow.Directory>> people, ILogger log) : IDisposable
{
    private readonly ConcurrentDictionary<long, PublishedPlan> compiled = new();
    private readonly SemaphoreSlim publishing = new(1, 1);
    private volatile ImmutableSortedDictionary<string, PublishedPlan> inForce = ImmutableSortedDictionary<string, PublishedPlan>.Empty;
    private volatile Surroundings? surroundings;

    public Surroundings? Surroundings => surroundings;

    public PublishedPlan? InForce(string plan) => inForce.GetValueOrDefault(plan);

    public ImmutableArray<Plan> AllInForce => [.. inForce.Values.Select(p => p.Plan).OrderBy(p => p.Name, StringComparer.CurrentCultureIgnoreCase)];

    /// <summary>Every version in force, by the plans' ids.</summary>
    public IEnumerable<PublishedPlan> PublishedInForce => inForce.Values;

    /// <summary>Called in the transaction that puts another version in force, with all that are in force then.</summary>
    public Action<WriteSession, IEnumerable<PublishedPlan>>? Publishing { get; set; }

    /// <summary>Reads what the database says is in force.</summary>
    public void Load() => reads.Read(session =>
    {
        if (surroundings is null && store.Newest(session) is { } newest && store.Find(session, newest) is { } version)
        {
            Adopt(Definitions.Read(version.Sources));
        }

        var plans = ImmutableSortedDictionary.CreateBuilder<string, PublishedPlan>(StringComparer.Ordinal);
        foreach (var (plan, id, _) in store.All(session))
        {
            try
            {
                if (id is { } inForceId && Find(session, inForceId) is { } ready) { plans[plan] = ready; }
            }
            catch (InvalidOperationException e) // one plan that this binary cannot run must not keep the others from running
            {
                LogBroken(log, e);
            }
        }

        inForce = plans.ToImmutable();
        return true;
    });

    /// <summary>A version by its id, compiled on first use; null where there is none.</summary>
    public PublishedPlan? Find(IReadSession session, long id)
    {
        if (compiled.TryGetValue(id, out var ready)) { return ready; }
        if (store.Find(session, id) is not { } version) { return null; }
        var definitions = Definitions.Read(version.Sources);
        var compilation = PlanCompiler.Compile(definitions, version.Plan);
        if (compilation.Plan is not { } plan || definitions.Organisation is not { } organisation)
        {
            throw new InvalidOperationException(
                $"Version {version.Number} of plan {version.Plan} no longer compiles from its own sources: {compilation.Diagnostics.FirstOrDefault(d => d.Severity == Severity.Error)}");
        }

        return compiled.GetOrAdd(id, new PublishedPlan(id, version.Number, plan, new Surroundings(organisation, definitions.Calendars)));
    }

    public PublishedPlan? Find(long id) => compiled.TryGetValue(id, out var ready) ? ready : reads.Read(session => Find(session, id));

    /// <summary>A file that a version was compiled from; null where it has none of this path.</summary>
    public byte[]? SourceOf(long version, string path) =>
        reads.Read(session => store.Find(session, version))?.Sources.FirstOrDefault(f => f.Path == path)?.Content.ToArray();

    /// <summary>Publishes each plan of the folder whose meaning changed.</summary>
    /// <param name="despiteTests">True: also one whose own tests fail; its version says so.</param>
    public Task<ImmutableArray<PublishResult>> PublishAsync(string? by, string? note, bool despiteTests, CancellationToken cancellation) =>
        PublishAsync(by, note, despiteTests, moving: false, cancellation);

    /// <param name="moving">True: live projects are to be moved, so a version that does not say where those go that stand on what is gone is refused.</param>
    public async Task<ImmutableArray<PublishResult>> PublishAsync(string? by, string? note, bool despiteTests, bool moving, CancellationToken cancellation)
    {
        if (folder is null || !folder.Exists) { return []; }
        await publishing.WaitAsync(cancellation);
        try
        {
            var definitions = Definitions.Read(folder.Read());
            Adopt(definitions);
            foreach (var diagnostic in definitions.Diagnostics) { Report(diagnostic); }

            var results = ImmutableArray.CreateBuilder<PublishResult>();
            foreach (var id in definitions.PlanIds) { results.Add(await PublishOneAsync(definitions, id, by, note, despiteTests, moving, cancellation)); }

            return results.ToImmutable();
        }
        finally
        {
            publishing.Release();
        }
    }

    private async Task<PublishResult> PublishOneAsync(
        Definitions definitions, string id, string? by, string? note, bool despiteTests, bool moving, CancellationToken cancellation)
    {
        var compilation = PlanCompiler.Compile(definitions, id);
        var current = InForce(id);
        if (compilation.HasErrors || compilation.Plan is not { } plan || definitions.Organisation is not { } organisation)
        {
            return await RefuseAsync(id, compilation.Diagnostics, compilation.Diagnostics, cancellation);
        }

        if (current?.Plan.Hash == plan.Hash)
        {
            await NoteAsync(id, null, cancellation);
            return new PublishResult(id, current.Number, false, compilation.Diagnostics);
        }

        var failing = OwnTests.Problems(definitions, plan);
        if (!failing.IsEmpty)
        {
            if (!despiteTests) { return await RefuseAsync(id, failing, [.. compilation.Diagnostics, .. failing], cancellation); }
            note = OwnTests.Recorded(note, failing.Length);
        }

        var unknown = PublishChecks.People(plan, [.. (await people(cancellation)).People.Keys]);
        if (!unknown.IsEmpty) { return await RefuseAsync(id, unknown, [.. compilation.Diagnostics, .. unknown], cancellation); }
        var (steps, stages) = reads.Read(session => store.Standing(session, id));
        var removed = PublishChecks.Removed(plan, steps, stages);
        if (moving && !removed.IsEmpty)
        {
            ImmutableArray<Diagnostic> stranded = [.. removed.Select(d => d with { Severity = Severity.Error })];
            return await RefuseAsync(id, stranded, [.. compilation.Diagnostics, .. stranded], cancellation);
        }

        var published = await commits.RunAsync(session =>
        {
            var version = store.Publish(session, plan, compilation.Sources, by, note, folder is null ? null : GitHead.CommitOf(folder.Location));
            var ready = new PublishedPlan(version.Id, version.Number, plan, new Surroundings(organisation, definitions.Calendars));
            Publishing?.Invoke(session, inForce.SetItem(id, ready).Values);
            return ValueTask.FromResult(ready);
        }, cancellation);
        published = compiled.GetOrAdd(published.VersionId, published);
        inForce = inForce.SetItem(id, published);
        LogPublished(log, id, published.Number);
        live.Tell(new LiveEvent(null, [], [], [], ["PlanPublished"]));
        return new PublishResult(id, published.Number, true, [.. compilation.Diagnostics, .. removed]);
    }

    /// <summary>Reports why a plan is not published; what was in force before stays so.</summary>
    private async Task<PublishResult> RefuseAsync(
        string id, ImmutableArray<Diagnostic> problems, ImmutableArray<Diagnostic> all, CancellationToken cancellation)
    {
        ImmutableArray<Diagnostic> errors = [.. problems.Where(d => d.Severity == Severity.Error)];
        foreach (var diagnostic in errors) { Report(diagnostic); }

        await NoteAsync(id, string.Join('\n', errors), cancellation);
        return new PublishResult(id, InForce(id)?.Number, false, all);
    }

    /// <summary>Keeps the problem of a plan's file, where it is another one than before.</summary>
    private async Task NoteAsync(string plan, string? problem, CancellationToken cancellation)
    {
        var known = reads.Read(session => store.All(session).Where(p => p.Plan == plan).Select(p => p.Problem).FirstOrDefault());
        if (known == problem) { return; }
        await commits.RunAsync(session =>
        {
            store.SetProblem(session, plan, problem);
            return ValueTask.FromResult(true);
        }, cancellation);
    }

    public void Dispose() => publishing.Dispose();

    private void Adopt(Definitions definitions)
    {
        // A broken organisation.yaml changes nothing: what was read before holds.
        if (definitions.Organisation is { } organisation) { surroundings = new Surroundings(organisation, definitions.Calendars); }
    }

    private void Report(Diagnostic diagnostic)
    {
        if (diagnostic.Severity == Severity.Error) { LogProblem(log, diagnostic); }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Published plan {Plan}, version {Number}")]
    private static partial void LogPublished(ILogger logger, string plan, int number);

    [LoggerMessage(Level = LogLevel.Error, Message = "A plan in force cannot be used")]
    private static partial void LogBroken(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Diagnostic}")]
    private static partial void LogProblem(ILogger logger, Diagnostic diagnostic);
}

/// <summary>Finds which groups and roles a plan shares work in, and how.</summary>
internal static class Sharing
{
    private const string OfRole = "role:";

    public static ImmutableArray<string> AmongWhom(Plan plan, Share share) =>
        [.. Rules(plan).Where(r => r.Share == share).SelectMany(r => r.InOrder)
            .Select(a => a switch { Assignee.GroupOf g => g.Group, Assignee.RoleOf r => OfRole + r.Role, _ => null })
            .OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The role that an entry names; null where it is a group.</summary>
    public static string? RoleOf(string who) => who.StartsWith(OfRole, StringComparison.Ordinal) ? who[OfRole.Length..] : null;

    private static IEnumerable<AssigneeRule> Rules(Plan plan)
    {
        yield return plan.Owner;
        foreach (var start in plan.Start)
        {
            if (start.Owner is { } owner) { yield return owner; }
        }

        foreach (var role in plan.Roles)
        {
            if (role.From is { } from) { yield return from; }
        }

        var escalations = plan.Stages.SelectMany(s => s.Within?.Escalations ?? []);
        foreach (var work in plan.Steps.Select(s => s.Kind.Work).OfType<HumanWork>())
        {
            yield return work.Assign;
            escalations = escalations.Concat(work.Escalations);
        }

        foreach (var escalation in escalations)
        {
            if (escalation.Action is EscalationAction.Reassign reassign) { yield return reassign.To; }
            else if (escalation.Action is EscalationAction.Alert alert) { yield return alert.To; }
        }
    }
}
