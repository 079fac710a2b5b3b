using Microsoft.Data.Sqlite;
using ProcessManager.Bench.Setting;
using ProcessManager.Engine;

namespace ProcessManager.Bench.Measures;

/// <summary>P6: somebody's next page of fifty, from the start or from a place further down.</summary>
internal sealed class InboxPage(World world) : Measure(world)
{
    private const int Lines = 50;

    private const string Page = """
        select id, project_id, number, step, kind, title, project_title, "group", inbox_order, priority from tasks
        where state = 0 and assignee = @who and (inbox_order, id) > (@order, @id) order by inbox_order, id limit 50
        """;

    private readonly Random random = new(20);
    private SqliteCommand? command;

    public override string Id => "P6";

    public override string What => "inbox page of 50";

    public override string Goal => "p50 ≤ 60 µs, p99 ≤ 300 µs";

    public override bool IsLatency => true;

    protected override int Size => 20_000;

    protected override Task<Sample> ProductAsync(int count)
    {
        // A reader goes on from page to page, three pages deep.
        var (who, place) = ("", InboxPlace.Start);
        return Task.FromResult(OneAfterTheOther(count, i =>
        {
            if (i % 3 == 0) { (who, place) = (Staff.Name(random.Next(Staff.Count)), InboxPlace.Start); }
            var lines = World.Engine.InboxOf(who, place, Lines);
            place = lines.Count == 0 ? InboxPlace.Start : lines[^1].Place;
        }));
    }

    protected override Task<Sample> RawAsync(int count)
    {
        var select = command ??= World.Raw.Prepare(Page, "@who", "@order", "@id");
        var (who, order, id) = ("", long.MinValue, 0L);
        return Task.FromResult(OneAfterTheOther(count, i =>
        {
            if (i % 3 == 0) { (who, order, id) = (Staff.Name(random.Next(Staff.Count)), long.MinValue, 0); }
            (select.Parameters[0].Value, select.Parameters[1].Value, select.Parameters[2].Value) = (who, order, id);
            using var row = select.ExecuteReader();
            var lines = new List<object>(Lines);
            while (row.Read())
            {
                (order, id) = (row.GetInt64(8), row.GetInt64(0));
                lines.Add((id, row.GetInt64(1), row.GetInt32(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6),
                    row.IsDBNull(7) ? null : row.GetString(7), order, row.GetInt32(9)));
            }

            if (lines.Count == 0) { (order, id) = (long.MinValue, 0); }
        }));
    }
}
