using System.Runtime.CompilerServices;
using ProcessManager.Engine.Store.Rows;

namespace ProcessManager.Engine.Store;

/// <summary>Reads and writes what start rules have started.</summary>
internal sealed class RuleStartStore(WriteSession session)
{
    private static readonly ConditionalWeakTable<Schema, string[]> Texts = [];

    private readonly string[] sql = Texts.GetValue(session.Schema, s =>
    [
        s.RuleStarts.Insert(
            nameof(RuleStartRow.Rule), nameof(RuleStartRow.Occurrence), nameof(RuleStartRow.ContactId), nameof(RuleStartRow.ProjectId), nameof(RuleStartRow.At)),
        s.RuleStarts.Select([nameof(RuleStartRow.ProjectId)], nameof(RuleStartRow.Rule), nameof(RuleStartRow.Occurrence)),
    ]);

    public void Add(RuleStartRow r) => session.Prepared(sql[0], 5)
        .Set(0, r.Rule).Set(1, r.Occurrence).Set(2, r.ContactId).Set(3, r.ProjectId).Set(4, r.At).Run();

    /// <summary>The project that an occurrence of a rule has started; null where it has not.</summary>
    public long? Find(string rule, string occurrence) => session.Prepared(sql[1], 2).Set(0, rule).Set(1, occurrence).MaybeNumber();
}
