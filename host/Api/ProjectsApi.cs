using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Crm.Contacts;
using ProcessManager.Engine;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;
using ProcessManager.Host.Projects;
using ProcessManager.Host.Shell;
using ProcessManager.Language;

namespace ProcessManager.Host.Api;

/// <summary>Projects: list, start, look at.</summary>
internal static class ProjectsApi
{
    /// <param name="Result"><c>won</c>, <c>lost</c> or <c>cancelled</c>; absent while open.</param>
    /// <param name="Amount">In major units of the currency.</param>
    /// <param name="Probability">0–100.</param>
    public sealed record ProjectItem(
        long Id, string Title, string Plan, string Type, long? Prospect, string Owner, string? Stage, string? Status, CloseResult? Result,
        string? CloseReason, int Probability, decimal? Amount, string? Currency, DateOnly? ExpectedClose, int OpenTasks, DateTimeOffset StartedAt,
        DateTimeOffset ChangedAt, DateTimeOffset? ClosedAt, string? HoldReason, string? Fault, long Version);

    /// <param name="State"><c>waiting</c>, <c>ready</c>, <c>open</c>, <c>done</c>, <c>passed</c>, <c>dead</c> or <c>cancelled</c>.</param>
    public sealed record StepItem(string Id, string Name, StepPhase State, int Occurrence, string? Outcome, DateTimeOffset? OpenedAt, DateTimeOffset? SettledAt, string? By);

    /// <summary>Something that time will do.</summary>
    /// <param name="Due">When; absent while the date that it hangs on isn't known.</param>
    /// <param name="Moment">What it hangs on then, such as <c>2 weeks before Conference date</c>.</param>
    public sealed record TimerItem(string Kind, string? Step, DateTimeOffset? Due, string? Moment);

    /// <summary>A message that waits for a step to take it.</summary>
    public sealed record KeptMessageItem(string Message, string Key, DateTimeOffset At);

    /// <summary>A project that a step of this one started.</summary>
    public sealed record ChildItem(long Project, string Step, int Occurrence, string? Member, bool Awaited);

    /// <param name="Steps">Those of stages that were left, then those of the current stage.</param>
    /// <param name="Fields">Values by field id; those of sensitive fields only for whoever steers the project.</param>
    /// <param name="Parent">The project whose step started this one, where you may see it.</param>
    /// <param name="Children">Those that you may see.</param>
    public sealed record ProjectDetail(
        ProjectItem Project, int PlanVersion, Dictionary<string, object?> Fields, Dictionary<string, IReadOnlyList<string>> Roles,
        IReadOnlyList<StepItem> Steps, IReadOnlyList<TimerItem> Timers, IReadOnlyList<KeptMessageItem> Messages, long? Parent, IReadOnlyList<ChildItem> Children);

    /// <param name="Why">The rule that did it; absent for what a person simply did.</param>
    public sealed record HistoryItem(int Seq, DateTimeOffset At, string Kind, string? Actor, string? OnBehalfOf, string? Step, string Sentence, WhyItem? Why);

    /// <param name="Rule">As the plan has it.</param>
    /// <param name="Values">What the rule read, as text.</param>
    public sealed record WhyItem(string Rule, string? File, int? Line, int? Version, Dictionary<string, string> Values, string? Note);

    /// <summary>Starts a project.</summary>
    /// <param name="Plan">The plan's id; the version in force is used.</param>
    /// <param name="Prospect">Id of the contact that it is about; not beside <paramref name="NewContact"/>.</param>
    /// <param name="Owner">Sign-in name; by the plan's rule where absent.</param>
    /// <param name="Fields">Values by field id, also <c>title</c>, <c>amount</c>, <c>expected-close</c>, <c>source-code</c>.</param>
    /// <param name="Roles">Sign-in names by role.</param>
    public sealed record StartRequest(
        string Plan, long? Prospect = null, ContactsApi.ContactRequest? NewContact = null, string? Owner = null,
        Dictionary<string, JsonElement>? Fields = null, Dictionary<string, string[]>? Roles = null);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/projects", List).WithName("ListProjects").WithTags("Projects").WithSummary("The projects that you may see, newest first");
        api.MapGet("/projects/export.csv", Export).WithName("ExportProjects").WithTags("Projects")
            .WithSummary("The same projects as CSV, all of them, newest first").Produces(200, contentType: "text/csv");
        api.MapPost("/projects", Start).WithMetadata(new TakesKey(IfMatch: false)).RequireAuthorization(Policies.CreateProjects).WithName("StartProject").WithTags("Projects")
            .WithSummary("Start a project, with a contact that exists or a new one");
        api.MapGet("/projects/{id:long}", Get).WithName("GetProject").WithTags("Projects").WithSummary("A project with its fields, steps and timers");
        api.MapGet("/projects/{id:long}/history", History).WithName("GetHistory").WithTags("Projects").WithSummary("What happened and why, newest first");
    }

    private static async Task<Results<Ok<Page<ProjectItem>>, ProblemHttpResult>> List(
        HttpContext context, ProcessManagerDb db, ProjectSearch search, Reader reader,
        string? plan, string? stage, string? owner, string? state, long? prospect, [Description(Where)] string? where, string? cursor, int? count, CancellationToken cancellation)
    {
        var (found, problem) = await Filtered(context, db, search, reader, new Wanted(plan, stage, owner, state, prospect, where), cancellation);
        if (found is not { } rows) { return problem!; }
        if (cursor is not null)
        {
            if (!Cursor.TryRead(cursor, out _, out var last)) { return Answers.Invalid("cursor must be the “next” of an answer before."); }
            rows = rows.Where(p => p.Id < last);
        }

        var most = Cursor.Count(count);
        var page = await rows.OrderByDescending(p => p.Id).Take(most + 1).ToListAsync(cancellation);
        return TypedResults.Ok(new Page<ProjectItem>(
            [.. page.Take(most).Select(Item)], page.Count > most ? Cursor.Of(0, page[most - 1].Id) : null));
    }

    private const string States = "state must be open, won, lost, cancelled or all.";

    private const string Where = "A condition in the language of plans, such as amount > 10000 and prospect.country = \"AT\". It knows the built-in fields and, "
        + "with plan, the fields of that plan. A problem’s errors say what is wrong and where.";

    private sealed record Wanted(string? Plan, string? Stage, string? Owner, string? State, long? Prospect, string? Where);

    /// <summary>The rows, or what is wrong with what is wanted.</summary>
    private static async Task<(IQueryable<ProjectRow>? Rows, ProblemHttpResult? Problem)> Filtered(
        HttpContext context, ProcessManagerDb db, ProjectSearch search, Reader reader, Wanted wanted, CancellationToken cancellation)
    {
        IQueryable<ProjectRow> among = db.Set<ProjectRow>();
        if (wanted.Where is { } where)
        {
            if (search.Read(where, wanted.Plan, reader, out var problems) is not { } condition) { return (null, Answers.Invalid(problems)); }
            among = await ProjectSearch.AmongAsync(db, condition, cancellation);
        }

        return Filtered(Visible.To(context.User).Projects(db, among), wanted) is { } rows ? (rows, null) : (null, Answers.Invalid(States));
    }

    /// <summary>Null where there is no such state.</summary>
    private static IQueryable<ProjectRow>? Filtered(IQueryable<ProjectRow> rows, Wanted wanted)
    {
        var (plan, stage, owner, state, prospect, _) = wanted;
        if (plan is not null) { rows = rows.Where(p => p.Plan == plan); }
        if (stage is not null) { rows = rows.Where(p => p.Stage == stage); }
        if (owner is not null) { rows = rows.Where(p => p.Owner == owner); }
        if (prospect is not null) { rows = rows.Where(p => p.ProspectId == prospect); }
        switch (state)
        {
            case null or "all": break;
            case "open": rows = rows.Where(p => p.Result == null); break;
            case "won": rows = rows.Where(p => p.Result == CloseResult.Won); break;
            case "lost": rows = rows.Where(p => p.Result == CloseResult.Lost); break;
            case "cancelled": rows = rows.Where(p => p.Result == CloseResult.Cancelled); break;
            default: return null;
        }
        return rows;
    }

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> Export(
        HttpContext context, ProcessManagerDb db, ProjectSearch search, Reader reader,
        string? plan, string? stage, string? owner, string? state, long? prospect, [Description(Where)] string? where, CancellationToken cancellation)
    {
        var (found, problem) = await Filtered(context, db, search, reader, new Wanted(plan, stage, owner, state, prospect, where), cancellation);
        if (found is not { } rows) { return problem!; }
        return Csv.File("projects.csv",
            ["id", "title", "plan", "type", "prospect", "owner", "stage", "status", "result", "closeReason", "probability", "amount", "currency", "expectedClose",
                "openTasks", "startedAt", "changedAt", "closedAt", "holdReason"],
            async (last, most, ends) => (await (last is { } id ? rows.Where(p => p.Id < id) : rows).OrderByDescending(p => p.Id).Take(most).ToListAsync(ends))
                .Select(Item).Select(p => new Csv.Row(p.Id,
                    [p.Id, p.Title, p.Plan, p.Type, p.Prospect, p.Owner, p.Stage, p.Status, p.Result, p.CloseReason, p.Probability, p.Amount, p.Currency, p.ExpectedClose,
                        p.OpenTasks, p.StartedAt, p.ChangedAt, p.ClosedAt, p.HoldReason])).ToList(),
            cancellation);
    }

    private static async Task<Results<Created<Done>, ProblemHttpResult>> Start(
        StartRequest request, ProcessEngine engine, HttpContext context, CancellationToken cancellation)
    {
        var command = Answers.CommandId(context, out var unfit);
        if (unfit is not null) { return unfit; }
        if (JsonFields.Read(request.Fields, out var problem) is not { } fields) { return Answers.Invalid(problem!); }
        if (request is { Prospect: not null, NewContact: not null }) { return Answers.Invalid("Give prospect or newContact, not both."); }
        if (request.Roles?.Values.Any(people => people is null || Answers.HasGap(people)) == true) { return Answers.Invalid("roles must list sign-in names, without null."); }
        NewProspect? contact = null;
        if (request.NewContact is { } wanted)
        {
            if (wanted.Problem() is { } wrong) { return Answers.Invalid(wrong); }
            contact = ContactBook.Adding(wanted.AsNew(Answers.Me(context.User)));
        }

        var result = await engine.StartAsync(
            new StartProject(request.Plan)
            {
                Owner = request.Owner, Prospect = request.Prospect, NewProspect = contact, Fields = fields,
                Roles = (request.Roles ?? []).ToImmutableSortedDictionary(r => r.Key, r => r.Value.ToImmutableArray(), StringComparer.Ordinal),
            }, command, Answers.Me(context.User), cancellation);
        return result switch
        {
            CommandResult.Accepted done => TypedResults.Created(
                string.Create(CultureInfo.InvariantCulture, $"{ApiRoom.Base}/projects/{done.Project}"), new Done(done.Project, done.Version, done.NewTasks, done.Repeated)),
            CommandResult.Refused refused => Answers.Problem(refused),
            _ => throw new InvalidOperationException($"Unknown result {result}."),
        };
    }

    private static async Task<Results<Ok<ProjectDetail>, ProblemHttpResult>> Get(
        long id, HttpContext context, ProcessManagerDb db, ProcessEngine engine, Reader reader, CancellationToken cancellation)
    {
        if (!await Visible.To(context.User).Projects(db).AnyAsync(p => p.Id == id, cancellation)
            || await engine.FindProjectAsync(id, cancellation) is not { } view)
        {
            return Answers.Missing($"project {id}");
        }

        context.Response.Headers.ETag = ETag(view.Row.Version);
        var sensitive = Steering.MayReadSensitive(reader, view.Row);
        var links = await Visible.To(context.User).Children(db).Where(c => c.ChildId == id || c.ParentId == id).OrderBy(c => c.ChildId).Take(Cursor.MostItems + 1).ToListAsync(cancellation);
        return TypedResults.Ok(new ProjectDetail(
            Item(view.Row), view.PlanNumber,
            JsonFields.Write(view.State.Fields.RemoveRange(view.Plan.Fields.Where(f => f.Sensitive && !sensitive).Select(f => f.Id))),
            view.State.Roles.ToDictionary(r => r.Key, r => (IReadOnlyList<string>)r.Value),
            [.. Earlier(view), .. view.State.Steps.Select(s => new StepItem(s.Id, view.Plan.FindStep(s.Id)?.Name ?? s.Id, s.Phase, s.Occurrence, s.Outcome, s.OpenedAt, s.SettledAt, s.By))],
            [.. view.State.Timers.OrderBy(t => t.Due ?? DateTimeOffset.MaxValue).Select(t => new TimerItem(t.Kind.ToString().ToLowerInvariant(), t.Step, t.Due, t.Due is null ? UnsetMoments.TextOf(view.Plan, view.State, t) : null))],
            [.. view.State.Messages.Select(m => new KeptMessageItem(m.Name, m.Key, m.At))],
            links.FirstOrDefault(c => c.ChildId == id)?.ParentId,
            [.. links.Where(c => c.ParentId == id).Select(c => new ChildItem(c.ChildId, c.Step, c.Occurrence, c.Member, c.Awaited))]));
    }

    /// <summary>What became of the steps of stages that were left, in the plan's order.</summary>
    private static IEnumerable<StepItem> Earlier(ProjectView view) =>
        from step in view.Plan.Steps
        where view.State.FindStep(step.Id) is null && view.State.Past.ContainsKey(step.Id)
        let past = view.State.Past[step.Id]
        select new StepItem(step.Id, step.Name, past.Phase, past.Occurrences, past.Outcome, null, past.At, past.By);

    private static async Task<Results<Ok<Page<HistoryItem>>, ProblemHttpResult>> History(
        long id, HttpContext context, ProcessManagerDb db, ProcessEngine engine, string? cursor, int? count, CancellationToken cancellation)
    {
        if (!await Visible.To(context.User).Projects(db).AnyAsync(p => p.Id == id, cancellation)
            || await engine.FindProjectAsync(id, cancellation) is not { } view)
        {
            return Answers.Missing($"project {id}");
        }

        var before = long.MaxValue;
        if (cursor is not null && !Cursor.TryRead(cursor, out _, out before)) { return Answers.Invalid("cursor must be the “next” of an answer before."); }
        var most = Cursor.Count(count);
        var rows = await db.Set<HistoryRow>().AsNoTracking().Where(h => h.ProjectId == id && h.Seq < before)
            .OrderByDescending(h => h.Seq).Take(most + 1).ToListAsync(cancellation);
        var people = await engine.DirectoryAsync(cancellation);
        return TypedResults.Ok(new Page<HistoryItem>(
            [.. rows.Take(most).Select(h => new HistoryItem(h.Seq, h.At, h.Kind, h.Actor, h.OnBehalfOf, h.Step, HistorySentence.Of(h, view.Plan, people), WhyOf(h)))],
            rows.Count > most ? Cursor.Of(0, rows[most - 1].Seq) : null));
    }

    private static WhyItem? WhyOf(HistoryRow row) => HistoryWhy.Of(row) is { } why
        ? new WhyItem(why.Rule, why.File, why.Line, why.Version, why.Values.ToDictionary(v => v.Name, v => v.Value), why.Note) : null;

    public static string ETag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    public static ProjectItem Item(ProjectRow p) => new(
        p.Id, p.Title, p.Plan, p.Type, p.ProspectId, p.Owner, p.Stage, p.Status, p.Result, p.CloseReason, p.Probability,
        p.AmountMinor is { } minor && p.Currency is { } currency ? Shell.Money.ToUnits(minor, currency) : null, p.Currency, p.ExpectedClose, p.OpenTasks,
        p.StartedAt, p.ChangedAt, p.ClosedAt, p.HoldReason, p.Fault, p.Version);
}
