using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ProcessManager.Torture.Load;

internal enum CommandKind { Start, Complete, Claim, Remark, Moment }

/// <summary>What the host said. A lost reply is none.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="NewTasks">Ids, in the order given.</param>
/// <param name="Problem">The body of a refusal.</param>
internal sealed record Answer(int Status, long Project, long Version, IReadOnlyList<long> NewTasks, bool Repeated, string? Problem)
{
    public bool IsAccepted => Status is 200 or 201;
}

/// <summary>One command with its key, and everything that was heard of it.</summary>
/// <param name="Key">The Idempotency-Key; all sendings of the command bear it.</param>
/// <param name="Value">The outcome of a completion, the remark, or the moment; of a start the title.</param>
internal sealed record Entry(string Key, string Person, CommandKind Kind, string Path, string Body, long? Project, long? Task, string? Value)
{
    public List<Answer> Answers { get; init; } = [];

    /// <summary>How often it was sent and no reply came.</summary>
    public int Lost { get; set; }

    /// <summary>The first OK; null where none was heard.</summary>
    public Answer? Accepted => Answers.Find(a => a.IsAccepted);

    /// <summary>The last word was a refusal: nothing may have happened.</summary>
    public bool IsRefused => Accepted is null && Answers is [.., { Status: < 500 }] && !GaveUp;

    /// <summary>The client stopped asking after a lost reply: it may have happened, once, or not.</summary>
    public bool GaveUp { get; set; }

    /// <summary>The id under which the host remembers the command: a hash of person and key, as the API documents it.</summary>
    public string CommandId => "key-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Person}\n{Key}")))[..48];

    public override string ToString() => $"{Kind} {Key} by {Person} ({Path} {Body})";
}

/// <summary>What the clients know: written down before a command is sent and after each answer, in memory and in a file beside the data.</summary>
internal sealed class Ledger(string? file) : IDisposable
{
    private readonly List<Entry> entries = [];
    private readonly StreamWriter? writer = file is null ? null : new StreamWriter(file) { AutoFlush = true };

    public IReadOnlyList<Entry> Entries
    {
        get { lock (entries) { return [.. entries]; } }
    }

    public Entry Add(Entry entry)
    {
        lock (entries)
        {
            entries.Add(entry);
            Write(new { entry.Key, entry.Person, Kind = entry.Kind.ToString(), entry.Path, entry.Body });
        }

        return entry;
    }

    /// <param name="answer">Null: the reply was lost.</param>
    public void Hear(Entry entry, Answer? answer)
    {
        lock (entries)
        {
            if (answer is null) { entry.Lost++; }
            else { entry.Answers.Add(answer); }

            Write(new { entry.Key, Answer = answer, Lost = answer is null });
        }
    }

    public void Dispose() => writer?.Dispose();

    private void Write(object line) => writer?.WriteLine(JsonSerializer.Serialize(line));
}
