using System.Security.Cryptography;
using System.Text;

namespace ProcessManager.Torture.Checks;

/// <summary>I7, I8: nothing waits that should have run, and every mail was delivered under an id of its own.</summary>
internal static class OutboxChecks
{
    private const int Sent = 1;

    /// <param name="now">Unix milliseconds: what is due later may wait.</param>
    public static void Run(Snapshot snapshot, string folder, long now, List<string> findings)
    {
        foreach (var work in snapshot.Work)
        {
            if (work.LeaseUntil is not null) { findings.Add($"I7: {work.Key} is still claimed after the host was stopped"); }
            if (work.State == 1) { findings.Add($"I7: {work.Key} has failed"); }
            else if (work.Due < now) { findings.Add($"I7: {work.Key} is still waiting"); }
        }

        foreach (var unsent in snapshot.Mails.Where(m => m.State != Sent)) { findings.Add($"I8: mail {unsent.Id} was not sent"); }
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.eml") : [];
        var delivered = files.Select(MessageIdOf).ToList();
        foreach (var twice in delivered.GroupBy(id => id).Where(g => g.Count() > 1)) { findings.Add($"I8: the mail {twice.Key} was delivered {twice.Count()} times"); }
        var expected = snapshot.Mails.ToDictionary(IdOf, m => m.Id, StringComparer.Ordinal);
        foreach (var stranger in delivered.Where(id => !expected.ContainsKey(id))) { findings.Add($"I8: nobody asked for the mail {stranger}"); }
        foreach (var missing in expected.Where(e => !delivered.Contains(e.Key))) { findings.Add($"I8: mail {missing.Value} was not delivered"); }
    }

    /// <summary>As documented: the mail's number, when it was written, and a hash of its key.</summary>
    private static string IdOf(StoredMail mail) =>
        FormattableString.Invariant($"{mail.Id}.{mail.Created:x}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mail.Key)).AsSpan(0, 8))}");

    private static string MessageIdOf(string file)
    {
        var line = File.ReadLines(file).FirstOrDefault(l => l.StartsWith("Message-ID:", StringComparison.OrdinalIgnoreCase)) ?? "";
        return line["Message-ID:".Length..].Trim().TrimStart('<').Split('@')[0];
    }
}
