using ProcessManager.Engine.Store.Rows;
using ProcessManager.Language;

namespace ProcessManager.Engine.Store;

/// <summary>Pages of inboxes: one stretch of a covering index, from a place on.</summary>
internal sealed class InboxReader
{
    private const int MostLines = 500;
    private readonly string ofPerson;
    private readonly string ofGroup;

    public InboxReader(Schema schema)
    {
        var t = schema.Tasks;
        string[] line =
        [
            nameof(TaskRow.Id), nameof(TaskRow.ProjectId), nameof(TaskRow.Number), nameof(TaskRow.Step), nameof(TaskRow.Kind),
            nameof(TaskRow.Title), nameof(TaskRow.ProjectTitle), nameof(TaskRow.Group), nameof(TaskRow.InboxOrder), nameof(TaskRow.Priority),
        ];
        var (state, order, id) = (t[nameof(TaskRow.State)], t[nameof(TaskRow.InboxOrder)], t[nameof(TaskRow.Id)]);
        var (assignee, group) = (t[nameof(TaskRow.Assignee)], t[nameof(TaskRow.Group)]);
        var page = $"and ({order}, {id}) > (@p1, @p2) order by {order}, {id} limit @p3";
        ofPerson = $"select {t.Columns(line)} from {t.Name} where {state} = 0 and {assignee} = @p0 {page}";
        ofGroup = $"select {t.Columns(line)} from {t.Name} where {state} = 0 and {assignee} is null and {group} = @p0 {page}";
    }

    /// <summary>The texts, for the test that asks the database for its plans.</summary>
    internal (string OfPerson, string OfGroup) Texts => (ofPerson, ofGroup);

    public IReadOnlyList<InboxLine> OfPerson(IReadSession session, string person, InboxPlace after, int count) =>
        Page(session.Prepared(ofPerson, 4), person, after, count);

    public IReadOnlyList<InboxLine> OfGroup(IReadSession session, string group, InboxPlace after, int count) =>
        Page(session.Prepared(ofGroup, 4), group, after, count);

    private static List<InboxLine> Page(Statement statement, string whose, InboxPlace after, int count)
    {
        count = Math.Clamp(count, 1, MostLines);
        var lines = new List<InboxLine>(count);
        using var row = statement.Set(0, whose).Set(1, after.Order).Set(2, after.Id).Set(3, count).Read();
        while (row.Read()) { lines.Add(Line(row)); }

        return lines;
    }

    private static InboxLine Line(Cursor r)
    {
        var order = r.GetInt64(8);
        return new InboxLine(
            r.GetInt64(0), r.GetInt64(1), r.GetInt32(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetString(6), r.Text(7),
            order == TaskRow.NoDue ? null : DateTimeOffset.FromUnixTimeMilliseconds(order), (Priority)r.GetInt32(9));
    }
}
