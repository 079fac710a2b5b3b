using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ProcessManager.Engine.Publishing;
using ProcessManager.Engine.Store;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Language;

namespace ProcessManager.Engine.Running;

/// <summary>What the work of a schedule needs.</summary>
/// <param name="Rule">The rule's name: see <see cref="RuleStarter.NameOf"/>.</param>
/// <param name="Occurrence">The local time that names this occurrence.</param>
internal sealed record ScheduleJob(string Plan, string Rule, string Occurrence);

/// <summary>Keeps one row of work for each schedule of the plans in force: its next occurrence.</summary>
internal sealed class Schedules(RuleStarter starter)
{
    private const string Prefix = "every/";

    /// <summary>Adds what is missing, and removes what no plan says any more; what waits stays as it is.</summary>
    public void Align(WriteSession session, IEnumerable<PublishedPlan> inForce)
    {
        var there = session.Work.WaitingKeys(WorkKind.Schedule);
        foreach (var plan in inForce)
        {
            foreach (var rule in plan.Plan.Start.OfType<StartRule.Every>())
            {
                var name = RuleStarter.NameOf(plan.Plan, rule);
                if (there.RemoveAll(key => IsOf(key, name)) == 0) { Add(session, plan, rule, session.Now); }
            }
        }

        foreach (var key in there) { session.Work.Remove(key); }
    }

    /// <summary>Writes the next occurrence after a moment, where it isn't there.</summary>
    public void Add(WriteSession session, PublishedPlan plan, StartRule.Every rule, DateTimeOffset after)
    {
        if (starter.CalendarOf(plan) is not { } calendar || ScheduleClock.Next(rule.Schedule, calendar, after) is not var (name, at)) { return; }
        var ruleName = RuleStarter.NameOf(plan.Plan, rule);
        var key = $"{Prefix}{ruleName}/{name}";
        if (session.Work.Has(key)) { return; }
        session.Work.Add(WorkKind.Schedule, key, null, at, JsonSerializer.Serialize(new ScheduleJob(plan.Plan.Id, ruleName, name)));
    }

    private static bool IsOf(string key, string rule) =>
        key.StartsWith(Prefix, StringComparison.Ordinal) && key.LastIndexOf('/') is var end && key.AsSpan(Prefix.Length..end).SequenceEqual(rule);
}

/// <summary>
/// Starts projects by the calendar. An occurrence and the row of the next one are one transaction; one that is late, for the host was down, comes once, and
/// those that were missed after it don't come.
/// </summary>
internal sealed partial class ScheduleLane(
    GroupCommit commits, PlanLibrary plans, RuleStarter starter, Schedules schedules, EngineOptions options, TimeProvider clock, ILogger log)
    : Lane(WorkKind.Schedule, commits, options, clock, log)
{
    private const int MostAttempts = 8;

    protected override int MostAtOnce => 64;

    protected override async Task RunAllAsync(IReadOnlyList<Claim> claims, CancellationToken cancellation)
    {
        foreach (var claim in claims)
        {
            cancellation.ThrowIfCancellationRequested();
            await RunAsync(claim, cancellation);
        }
    }

    private async Task RunAsync(Claim claim, CancellationToken cancellation)
    {
        try
        {
            await Commits.RunAsync(async session =>
            {
                if (session.Work.IsOurs(claim)) { await RunAsync(session, claim, cancellation); }
                return true;
            }, cancellation);
        }
        catch (EngineUnavailableException) { throw; }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested) { throw; }
        catch (Exception e) // the project can't be started now: the next occurrence must come all the same
        {
            LogTrouble(Log, claim.Key, e);
            await Commits.RunAsync(session =>
            {
                if (Find(claim) is var (plan, rule)) { schedules.Add(session, plan, rule, session.Now); }
                return ValueTask.FromResult(session.Work.Postpone(
                    claim, claim.Attempt + 1 >= MostAttempts ? null : session.Now + BackOff(claim.Attempt), e is RefusedException ? e.Message : $"{e.GetType().Name}: {e.Message}"));
            }, CancellationToken.None);
        }
    }

    private async ValueTask RunAsync(WriteSession session, Claim claim, CancellationToken cancellation)
    {
        var job = JsonSerializer.Deserialize<ScheduleJob>(claim.Payload!)!;
        if (Find(claim) is var (plan, rule))
        {
            // Segments bring no contacts yet: such a rule waits for them.
            if (rule.For is null)
            {
                await starter.StartAsync(session, plan, rule, new RuleOccasion(
                    job.Occurrence, System.Collections.Immutable.ImmutableDictionary<string, object?>.Empty,
                    System.Collections.Immutable.ImmutableSortedDictionary<string, object?>.Empty), cancellation);
            }

            schedules.Add(session, plan, rule, session.Now);
        }

        session.Work.Finish(claim);
    }

    /// <summary>The rule as the plan in force has it; null where it has it no more.</summary>
    private (PublishedPlan Plan, StartRule.Every Rule)? Find(Claim claim)
    {
        var job = JsonSerializer.Deserialize<ScheduleJob>(claim.Payload!)!;
        return plans.InForce(job.Plan) is { } plan && plan.Plan.Start.OfType<StartRule.Every>().FirstOrDefault(r => RuleStarter.NameOf(plan.Plan, r) == job.Rule) is { } rule
            ? (plan, rule) : null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The schedule {Key} could not start a project")]
    private static partial void LogTrouble(ILogger logger, string key, Exception exception);
}
