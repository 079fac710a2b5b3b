using System.Globalization;

namespace ProcessManager.Bench.Raw;

/// <summary>A value of a statement: fixed, or one of those that differ from project to project.</summary>
internal abstract record Ingredient
{
    public sealed record Fixed(object Value) : Ingredient;

    public sealed record Project : Ingredient;

    public sealed record Command : Ingredient;

    /// <summary>A text with the project's id in it.</summary>
    public sealed record Text(string Before, string After) : Ingredient;
}

/// <summary>One statement of a recipe. The project's insert answers with its new id.</summary>
internal sealed record Step(string Sql, IReadOnlyList<Ingredient> Values, bool MakesProject);

/// <summary>What the engine wrote for one command, as statements that write the same for another project.</summary>
internal sealed class Recipe
{
    private Recipe(IReadOnlyList<Step> steps) => Steps = steps;

    public IReadOnlyList<Step> Steps { get; }

    /// <summary>For the report: how many rows of which table.</summary>
    public string Summary => string.Join(", ", Steps.GroupBy(s => string.Join(' ', s.Sql.Split(' ').Take(s.Sql.StartsWith("update", StringComparison.Ordinal) ? 2 : 3)))
        .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} × {g.Key}")));

    public static Recipe Learn(string file, long project, Snapshot before)
    {
        var after = Snapshot.Of(file, project);
        var steps = new List<Step>();
        foreach (var gone in before.Rows.Where(r => after.Find(r) is null))
        {
            steps.Add(new Step($"delete from {gone.Table} where key = @v0", [Of("key", gone.Values["key"], project)], false));
        }

        foreach (var row in after.Rows)
        {
            if (before.Find(row) is not { } earlier) { steps.Add(Insert(row, project)); }
            else if (Changes(earlier, row) is { Count: > 0 } changes) { steps.Add(Update(row, changes, project)); }
        }

        return new Recipe(steps);
    }

    private static Step Insert(Row row, long project)
    {
        var numbered = Snapshot.Tables.First(t => t.Table == row.Table).Numbered;
        var columns = row.Values.Where(v => !numbered || v.Key != "id").Select(v => v.Key).ToList();
        var sql = $"insert into {row.Table} ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) " +
            $"values ({string.Join(", ", columns.Select((_, i) => $"@v{i}"))})";
        var makesProject = row.Table == "projects";
        var values = columns.Select(c => row.Table == "commands" && c == "id" ? new Ingredient.Command() : Of(c, row.Values[c], project));
        return new Step(makesProject ? $"{sql} returning id" : sql, [.. values], makesProject);
    }

    private static Step Update(Row row, IReadOnlyList<string> changes, long project)
    {
        var (_, owner, key, _) = Snapshot.Tables.First(t => t.Table == row.Table);
        string[] where = [owner, .. key];
        var sql = $"update {row.Table} set {string.Join(", ", changes.Select((c, i) => $"\"{c}\" = @v{i}"))} " +
            $"where {string.Join(" and ", where.Select((c, i) => $"\"{c}\" = @v{changes.Count + i}"))}";
        var values = changes.Select(c => Of(c, row.Values[c], project))
            .Concat(where.Select(c => c == owner ? new Ingredient.Project() : Of(c, row.Values[c], project)));
        return new Step(sql, [.. values], false);
    }

    private static List<string> Changes(Row before, Row after) =>
        [.. after.Values.Where(v => !Same(before.Values[v.Key], v.Value)).Select(v => v.Key)];

    private static bool Same(object a, object b) => a is byte[] x && b is byte[] y ? x.AsSpan().SequenceEqual(y) : a.Equals(b);

    private static Ingredient Of(string column, object value, long project)
    {
        if (column == "project_id") { return new Ingredient.Project(); }
        if (column != "key" || value is not string text) { return new Ingredient.Fixed(value); }

        // Keys name the project between slashes, or before the first.
        var id = project.ToString(CultureInfo.InvariantCulture);
        var at = text.StartsWith($"{id}/", StringComparison.Ordinal) ? 0 : text.IndexOf($"/{id}/", StringComparison.Ordinal) + 1;
        return at == 0 && !text.StartsWith(id, StringComparison.Ordinal)
            ? throw new InvalidOperationException($"The key {text} does not name project {id}.")
            : new Ingredient.Text(text[..at], text[(at + id.Length)..]);
    }
}
