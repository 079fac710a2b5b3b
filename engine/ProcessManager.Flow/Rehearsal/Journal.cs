using System.Collections.Immutable;
using System.Text;

namespace ProcessManager.Flow;

/// <summary>What an entry of a journal tells.</summary>
public enum JournalMark
{
    /// <summary>Somebody asked for something.</summary>
    Asked,

    /// <summary>Somebody asked for something that does not apply, and why.</summary>
    Refused,

    /// <summary>It happened.</summary>
    Happened,
}

/// <summary>One line of a journal.</summary>
/// <param name="Text">A sentence with the ids of the plan and local times.</param>
/// <param name="Event">Null for what was asked or refused.</param>
public sealed record JournalEntry(DateTimeOffset At, JournalMark Mark, string Text, FlowEvent? Event);

/// <summary>The story of a rehearsal, line by line.</summary>
public sealed record Journal(ImmutableArray<JournalEntry> Entries, TimeZoneInfo Zone)
{
    /// <summary>
    /// As plain text: a heading for each instant at which something was, <c>&gt;</c> before what was asked, <c>!</c> before what
    /// was refused. Ends with a line feed; the same run gives the same text.
    /// </summary>
    public override string ToString()
    {
        var sentences = new Sentences(Zone);
        var text = new StringBuilder();
        DateTimeOffset? instant = null;
        foreach (var entry in Entries)
        {
            if (entry.At != instant)
            {
                text.Append(instant is null ? "" : "\n").Append(sentences.Moment(entry.At)).Append('\n');
            }

            instant = entry.At;
            text.Append(Sign(entry.Mark)).Append(entry.Text.ReplaceLineEndings(" ")).Append('\n');
        }

        return text.ToString();
    }

    private static string Sign(JournalMark mark) => mark switch
    {
        JournalMark.Asked => "> ",
        JournalMark.Refused => "! ",
        _ => "  ",
    };
}
