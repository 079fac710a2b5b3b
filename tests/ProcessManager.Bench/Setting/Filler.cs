using System.Globalization;
using ProcessManager.Bench.Raw;

namespace ProcessManager.Bench.Setting;

/// <summary>Fills a file with other people's open tasks, ten a project, by SQL alone: only their rows and indexes count, nobody sends them commands.</summary>
internal static class Filler
{
    private const int TasksOfProject = 10;

    public static void AddOpenTasks(RawFile file, int tasks)
    {
        var projects = Math.Max(1, tasks / TasksOfProject);
        var first = file.Number("select max(id) + 1 from projects");
        file.Begin();
        file.Execute(Copies(file, "projects", projects, "(select * from projects order by id limit 1)", new()
        {
            ["id"] = $"{first} + n",
            ["title"] = "'Company ' || n || ' – Sale'",
            ["owner"] = $"'p' || (n % {Staff.Count})",
        }));
        file.Execute(Copies(file, "tasks", tasks, "(select * from tasks order by id limit 1)", new()
        {
            ["id"] = null,
            ["project_id"] = string.Create(CultureInfo.InvariantCulture, $"{first} + min(n / {TasksOfProject}, {projects - 1})"),
            ["number"] = $"n % {TasksOfProject} + 1",
            ["step"] = "'step-' || n",
            ["title"] = "'Call the customer about order ' || n",
            ["project_title"] = $"'Company ' || (n / {TasksOfProject}) || ' – Sale'",
            ["assignee"] = $"'p' || (n * 7919 % {Staff.Count})",
            ["inbox_order"] = "inbox_order + n * 2654435761 % 1000000000",
        }));
        file.Commit();
    }

    private static string Copies(RawFile file, string table, int count, string template, Dictionary<string, string?> changed)
    {
        var columns = file.Columns(table).Where(c => !changed.TryGetValue(c, out var value) || value is not null).ToList();
        var values = columns.Select(c => changed.GetValueOrDefault(c) ?? $"\"{c}\"");
        return string.Create(CultureInfo.InvariantCulture, $"""
            with recursive numbers(n) as (select 0 union all select n + 1 from numbers where n + 1 < {count})
            insert into {table} ({string.Join(", ", columns.Select(c => $"\"{c}\""))})
            select {string.Join(", ", values)} from {template}, numbers
            """);
    }
}
