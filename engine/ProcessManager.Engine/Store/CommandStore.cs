using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using ProcessManager.Engine.Store.Rows;

namespace ProcessManager.Engine.Store;

/// <summary>Remembers which commands were carried out, and with what result.</summary>
internal static class CommandStore
{
    private static readonly ConditionalWeakTable<Schema, string[]> Texts = [];

    /// <summary>Tells the content of a command from any other.</summary>
    public static byte[] FingerprintOf(long project, object command)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(command, command.GetType());
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes(project));
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(command.GetType().Name));
        hash.AppendData(content);
        return hash.GetHashAndReset();
    }

    public static CommandRow? Find(IReadSession session, Schema schema, string id)
    {
        using var row = session.Prepared(TextsOf(schema)[0], 1).Set(0, id).Read();
        return !row.Read() ? null : new CommandRow
        {
            Id = id,
            ProjectId = row.GetInt64(0),
            Version = row.GetInt64(1),
            Fingerprint = row.Bytes(2),
            NewTasks = row.Text(3),
        };
    }

    /// <returns>False where a command with this id was carried out before.</returns>
    public static bool Insert(WriteSession session, CommandRow c) => session.Prepared(TextsOf(session.Schema)[1], 6)
        .Set(0, c.Id).Set(1, c.ProjectId).Set(2, c.Version).Set(3, c.Fingerprint).Set(4, c.NewTasks).Set(5, c.At).Run() == 1;

    /// <summary>Forgets some of the oldest results.</summary>
    /// <returns>How many.</returns>
    public static int Prune(WriteSession session, DateTimeOffset before, int most) =>
        session.Prepared(TextsOf(session.Schema)[2], 2).Set(0, before).Set(1, most).Run();

    public static string? Join(ImmutableArray<long> tasks) =>
        tasks.IsEmpty ? null : string.Join(',', tasks.Select(t => t.ToString(CultureInfo.InvariantCulture)));

    public static ImmutableArray<long> Split(string? tasks) =>
        tasks is null ? [] : [.. tasks.Split(',').Select(t => long.Parse(t, CultureInfo.InvariantCulture))];

    private static string[] TextsOf(Schema schema) => Texts.GetValue(schema, s =>
    {
        var c = s.Commands;
        var (id, at) = (c[nameof(CommandRow.Id)], c[nameof(CommandRow.At)]);
        return
        [
            c.Select([nameof(CommandRow.ProjectId), nameof(CommandRow.Version), nameof(CommandRow.Fingerprint), nameof(CommandRow.NewTasks)], nameof(CommandRow.Id)),
            c.Insert(
                nameof(CommandRow.Id), nameof(CommandRow.ProjectId), nameof(CommandRow.Version), nameof(CommandRow.Fingerprint),
                nameof(CommandRow.NewTasks), nameof(CommandRow.At)) + $" on conflict ({id}) do nothing",
            $"delete from {c.Name} where {id} in (select {id} from {c.Name} where {at} < @p0 order by {at} limit @p1)",
        ];
    });
}
