using System.Globalization;
using System.Runtime.CompilerServices;
using ProcessManager.Engine.Store.Rows;

namespace ProcessManager.Engine.Store;

/// <summary>Receipts of alerts.</summary>
internal static class AlertStore
{
    private static readonly ConditionalWeakTable<Schema, string[]> Texts = [];

    public static bool See(WriteSession session, string person, long alert, DateTimeOffset now) =>
        session.Prepared(TextsOf(session.Schema)[0], 3).Set(0, now).Set(1, alert).Set(2, person).Run() == 1;

    /// <returns>Who is told of the receipt; null where there was nothing to acknowledge.</returns>
    public static string? Acknowledge(WriteSession session, string person, long alert, DateTimeOffset now)
    {
        using var row = session.Prepared(TextsOf(session.Schema)[1], 3).Set(0, now).Set(1, alert).Set(2, person).Read();
        return row.Read() ? row.Text(0) ?? "" : null;
    }

    private static string[] TextsOf(Schema schema) => Texts.GetValue(schema, s =>
    {
        var a = s.Alerts;
        var (id, whose) = (a[nameof(AlertRow.Id)], a[nameof(AlertRow.Recipient)]);
        var (seen, acknowledged) = (a[nameof(AlertRow.SeenAt)], a[nameof(AlertRow.AcknowledgedAt)]);
        return
        [
            $"update {a.Name} set {seen} = @p0 where {id} = @p1 and {whose} = @p2 and {seen} is null",
            $"update {a.Name} set {acknowledged} = @p0, {seen} = coalesce({seen}, @p0) where {id} = @p1 and {whose} = @p2 " +
            $"and {a[nameof(AlertRow.Acknowledge)]} and {acknowledged} is null returning {a[nameof(AlertRow.Sender)]}",
        ];
    });
}
