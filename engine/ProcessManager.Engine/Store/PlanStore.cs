using System.Text.Json;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Language;

namespace ProcessManager.Engine.Store;

/// <summary>Reads and writes plans and their versions. Seldom used: its statements are not on a hot path.</summary>
internal sealed class PlanStore(Schema schema)
{
    private readonly string insertVersion = schema.PlanVersions.Insert(
        nameof(PlanVersionRow.Plan), nameof(PlanVersionRow.Number), nameof(PlanVersionRow.Hash), nameof(PlanVersionRow.Name),
        nameof(PlanVersionRow.Type), nameof(PlanVersionRow.Sources), nameof(PlanVersionRow.PublishedAt),
        nameof(PlanVersionRow.PublishedBy), nameof(PlanVersionRow.Note), nameof(PlanVersionRow.Commit)) +
        $" returning {schema.PlanVersions[nameof(PlanVersionRow.Id)]}";

    private readonly string versionById = schema.PlanVersions.Select(
        [nameof(PlanVersionRow.Plan), nameof(PlanVersionRow.Number), nameof(PlanVersionRow.Hash), nameof(PlanVersionRow.Sources)],
        nameof(PlanVersionRow.Id));

    private readonly string lastNumber =
        $"select max({schema.PlanVersions[nameof(PlanVersionRow.Number)]}) from {schema.PlanVersions.Name} where {schema.PlanVersions[nameof(PlanVersionRow.Plan)]} = @p0";

    private readonly string newestVersion =
        $"select max({schema.PlanVersions[nameof(PlanVersionRow.Id)]}) from {schema.PlanVersions.Name}";

    private readonly string plans = $"select {schema.Plans.Columns(nameof(PlanRow.Id), nameof(PlanRow.VersionId), nameof(PlanRow.Problem))} from {schema.Plans.Name}";

    private readonly string setPlan = MakeSetPlan(schema.Plans);
    private readonly string openSteps = MakeOpenSteps(schema.Tasks, schema.Projects);

    private readonly string openStages =
        $"select {schema.Projects[nameof(ProjectRow.Stage)]}, count(*) from {schema.Projects.Name} where {schema.Projects[nameof(ProjectRow.Plan)]} = @p0 " +
        $"and {schema.Projects[nameof(ProjectRow.Result)]} is null and {schema.Projects[nameof(ProjectRow.Stage)]} is not null group by {schema.Projects[nameof(ProjectRow.Stage)]}";

    /// <summary>A version that was published.</summary>
    public sealed record Version(long Id, string Plan, int Number, string Hash, IReadOnlyList<DefinitionFile> Sources);

    /// <summary>Every plan's version in force and problem.</summary>
    public List<(string Plan, long? Version, string? Problem)> All(IReadSession session)
    {
        var all = new List<(string, long?, string?)>();
        using var row = session.Prepared(plans, 0).Read();
        while (row.Read()) { all.Add((row.GetString(0), row.Long(1), row.Text(2))); }

        return all;
    }

    public Version? Find(IReadSession session, long id)
    {
        using var row = session.Prepared(versionById, 1).Set(0, id).Read();
        return row.Read()
            ? new Version(id, row.GetString(0), row.GetInt32(1), row.GetString(2), Unpack(row.GetString(3)))
            : null;
    }

    /// <summary>Where the open projects of a plan stand, of whatever version: their open steps and their stages, with how many projects.</summary>
    public (Dictionary<string, int> Steps, Dictionary<string, int> Stages) Standing(IReadSession session, string plan) =>
        (Counted(session.Prepared(openSteps, 1).Set(0, plan)), Counted(session.Prepared(openStages, 1).Set(0, plan)));

    private static Dictionary<string, int> Counted(Statement statement)
    {
        var counted = new Dictionary<string, int>();
        using var row = statement.Read();
        while (row.Read()) { counted[row.GetString(0)] = row.GetInt32(1); }

        return counted;
    }

    private static string MakeOpenSteps(Table t, Table p) =>
        $"select t.{t[nameof(TaskRow.Step)]}, count(distinct t.{t[nameof(TaskRow.ProjectId)]}) from {t.Name} t join {p.Name} p on p.{p[nameof(ProjectRow.Id)]} = t.{t[nameof(TaskRow.ProjectId)]} " +
        $"where t.{t[nameof(TaskRow.State)]} = 0 and t.{t[nameof(TaskRow.Step)]} <> '' and p.{p[nameof(ProjectRow.Plan)]} = @p0 group by t.{t[nameof(TaskRow.Step)]}";

    public long? Newest(IReadSession session) => session.Prepared(newestVersion, 0).MaybeNumber();

    /// <summary>Writes the next version of a plan and puts it in force.</summary>
    public Version Publish(WriteSession session, Plan plan, IReadOnlyList<DefinitionFile> sources, string? by, string? note, string? commit)
    {
        var number = (int)session.Prepared(lastNumber, 1).Set(0, plan.Id).Number() + 1;
        var id = session.Prepared(insertVersion, 10).Set(0, plan.Id).Set(1, number).Set(2, plan.Hash).Set(3, plan.Name).Set(4, plan.Type)
            .Set(5, Pack(sources)).Set(6, session.Now).Set(7, by).Set(8, note).Set(9, commit).Number();
        SetPlan(session, plan.Id, plan.Name, plan.Type, id, null);
        return new Version(id, plan.Id, number, plan.Hash, sources);
    }

    /// <summary>Notes what is wrong with a plan's file; the version in force stays.</summary>
    public void SetProblem(WriteSession session, string plan, string? problem) => SetPlan(session, plan, plan, null, null, problem);

    private void SetPlan(WriteSession session, string plan, string name, string? type, long? version, string? problem) =>
        session.Prepared(setPlan, 6).Set(0, plan).Set(1, name).Set(2, type).Set(3, version).Set(4, problem).Set(5, session.Now).Run();

    // What is not known this time (name, type, version of a file with an error) stays as it was.
    private static string MakeSetPlan(Table p)
    {
        var (id, name, type) = (p[nameof(PlanRow.Id)], p[nameof(PlanRow.Name)], p[nameof(PlanRow.Type)]);
        var (version, problem, at) = (p[nameof(PlanRow.VersionId)], p[nameof(PlanRow.Problem)], p[nameof(PlanRow.CheckedAt)]);
        var insert = p.Insert(
            nameof(PlanRow.Id), nameof(PlanRow.Name), nameof(PlanRow.Type), nameof(PlanRow.VersionId), nameof(PlanRow.Problem), nameof(PlanRow.CheckedAt));
        return $"""
            {insert} on conflict ({id}) do update set
              {name} = case when excluded.{version} is null then {p.Name}.{name} else excluded.{name} end,
              {type} = coalesce(excluded.{type}, {p.Name}.{type}), {version} = coalesce(excluded.{version}, {p.Name}.{version}),
              {problem} = excluded.{problem}, {at} = excluded.{at}
            """;
    }

    private static string Pack(IReadOnlyList<DefinitionFile> files) => JsonSerializer.Serialize(
        files.OrderBy(f => f.Path, StringComparer.Ordinal).ToDictionary(f => f.Path, f => Convert.ToBase64String(f.Content.Span)));

    private static List<DefinitionFile> Unpack(string sources) =>
        [.. JsonSerializer.Deserialize<Dictionary<string, string>>(sources)!.Select(f => new DefinitionFile(f.Key, Convert.FromBase64String(f.Value)))];
}
