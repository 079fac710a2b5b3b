using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Logging;
using ProcessManager.Engine.Store;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Language;

namespace ProcessManager.Engine.Running;

/// <summary>
/// Between a project and those that its steps start. The child, the link to it and the parent's going on are one transaction, so that no child is without
/// its parent and none is started twice.
/// </summary>
internal sealed class ChildLane(GroupCommit commits, CommandRunner runner, EngineOptions options, TimeProvider clock, ILogger log)
    : EffectLane<ChildJob>(WorkKind.Child, commits, runner, options, clock, log)
{
    protected override Task RunAsync(Claim claim, ChildJob job, CancellationToken cancellation) => job.Errand switch
    {
        ChildErrand.Start => StartAsync(claim, job, cancellation),
        ChildErrand.TellClosed => ConcludeAsync(claim, (session, row) => Hand(
            session, claim, row, new Command.ChildClosed(job.Of.Step, job.Of.Occurrence, job.Of.Member, Id(job.Child!.Value), job.Result!.Value))),
        ChildErrand.Drop => ConcludeAsync(claim, (session, parent) => Drop(session, claim, parent, job)),
        _ => throw new InvalidOperationException($"Unknown errand {job.Errand}."),
    };

    private async Task StartAsync(Claim claim, ChildJob job, CancellationToken cancellation)
    {
        try
        {
            await Commits.RunAsync(async session =>
            {
                if (session.Work.IsOurs(claim) && session.Projects.Find(claim.Project!.Value) is { } parent)
                {
                    await StartAsync(session, claim, parent, job, cancellation);
                }

                return true;
            }, cancellation);
        }
        catch (UnwantedException e)
        {
            await ConcludeAsync(claim, (session, _) =>
            {
                if (e.Later) { session.Work.Postpone(claim, session.Now + TimeSpan.FromMinutes(5), e.Message); }
                else { session.Work.Finish(claim); }
            });
        }
        catch (RefusedException e)
        {
            var failed = new Command.Failed(job.Of.Step, job.Of.Occurrence, job.Of.Member, e.Message) { Request = job.Of.Request };
            await ConcludeAsync(claim, (session, parent) => Hand(session, claim, parent, failed));
        }
    }

    private async Task StartAsync(WriteSession session, Claim claim, ProjectRow parent, ChildJob job, CancellationToken cancellation)
    {
        var above = Runner.StateOf(session, parent);
        var child = await Runner.BeginAsync(session, Beginning(parent, above, job), null, cancellation);
        session.Children.Add(new ChildRow
        {
            ChildId = child.Row.Id,
            ParentId = parent.Id,
            Step = job.Of.Step,
            Occurrence = job.Of.Occurrence,
            Member = job.Of.Member,
            Awaited = job.Awaited,
        });

        // A plan without work of people may have ended at once, before the link to its parent was there.
        if (child.Row.Result is { } result) { EffectWork.TellParent(session, child.Row, result, session.Now); }
        var started = new Command.ChildStarted(job.Of.Step, job.Of.Occurrence, job.Of.Member, Id(child.Row.Id)) { Request = job.Of.Request };
        var (decision, state, _) = Runner.Advance(session, parent, started, session.Now);
        // Thrown, so that the child is not started either.
        if (decision is Decision.Refused refused) { throw new UnwantedException(refused.Message, state.Hold is not null || state.Fault is not null); }
        session.Work.Finish(claim);
    }

    /// <summary>The prospect and the people of the parent go with it, where the child's plan has roles of the same name; its owner too, unless the child's plan says otherwise.</summary>
    private Beginning Beginning(ProjectRow parent, ProjectState above, ChildJob job)
    {
        var plan = Runner.PlanInForce(job.Plan!);
        var inherits = plan?.Owner.InOrder is [Assignee.Creator] or [Assignee.Owner];
        var roles = above.Roles.Where(r => plan?.FindRole(r.Key) is not null && !r.Value.IsEmpty).ToImmutableSortedDictionary(r => r.Key, r => r.Value, StringComparer.Ordinal);
        var start = new StartProject(job.Plan!)
        {
            Owner = inherits ? parent.Owner : null,
            Prospect = parent.ProspectId,
            Fields = FieldJson.Read(job.Fields!.Value),
            Roles = roles,
        };
        return new Beginning(start) { Depth = above.Depth + 1, OwnerIfFit = inherits };
    }

    private void Drop(WriteSession session, Claim claim, ProjectRow parent, ChildJob job)
    {
        if (session.Projects.Find(job.Child!.Value) is { Result: null } child)
        {
            var note = $"“{parent.Title}” (project {Id(parent.Id)}) no longer waits for it.";
            var (decision, state, _) = Runner.Advance(session, child, new Command.Close(CloseResult.Cancelled, null, note), session.Now);
            if (decision is Decision.Refused refused && state.Closed is null)
            {
                throw new InvalidOperationException($"Project {child.Id} could not be closed: {refused.Message}");
            }
        }

        session.Work.Finish(claim);
    }

    private static string Id(long project) => project.ToString(CultureInfo.InvariantCulture);

    /// <summary>The parent does not take the child now: nothing of it must stay.</summary>
    private sealed class UnwantedException(string message, bool later) : Exception(message)
    {
        public bool Later { get; } = later;
    }
}
