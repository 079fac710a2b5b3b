using System.Runtime.CompilerServices;
using ProcessManager.Engine.Store.Rows;

namespace ProcessManager.Engine.Store;

/// <summary>Reads and writes which project was started by a step of which.</summary>
internal sealed class ChildStore(WriteSession session)
{
    private static readonly string[] All =
    [
        nameof(ChildRow.ChildId), nameof(ChildRow.ParentId), nameof(ChildRow.Step), nameof(ChildRow.Occurrence), nameof(ChildRow.Member), nameof(ChildRow.Awaited),
    ];

    private static readonly ConditionalWeakTable<Schema, string[]> Texts = [];

    private readonly string[] sql = Texts.GetValue(session.Schema, s => [s.Children.Insert(All), s.Children.Select(All, nameof(ChildRow.ChildId))]);

    public void Add(ChildRow c) => session.Prepared(sql[0], All.Length)
        .Set(0, c.ChildId).Set(1, c.ParentId).Set(2, c.Step).Set(3, c.Occurrence).Set(4, c.Member).Set(5, c.Awaited).Run();

    /// <summary>Which step started a project; null where a person or rule did.</summary>
    public ChildRow? Find(long child)
    {
        using var r = session.Prepared(sql[1], 1).Set(0, child).Read();
        return !r.Read() ? null : new ChildRow
        {
            ChildId = r.GetInt64(0),
            ParentId = r.GetInt64(1),
            Step = r.GetString(2),
            Occurrence = r.GetInt32(3),
            Member = r.Text(4),
            Awaited = r.GetBoolean(5),
        };
    }
}
