using System.Globalization;
using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>
/// What a step asks of the world, and which running part of the project an answer belongs to. A key is unique within the
/// project: it names visit, step, occurrence and, with <c>each</c>, the member and how often that member had a turn.
/// </summary>
internal static class Requests
{
    public const string Mail = "mail";
    public const string Letter = "letter";
    public const string Http = "http";
    public const string Child = "start";

    /// <summary>The key of the running occurrence, for the member whose turn it is.</summary>
    public static string Key(Run run, string what, int index) => Key(run, what, index, run.Turn);

    /// <summary>
    /// True where the part of the project that asked still waits: the step is open in this occurrence, and the member's part of it.
    /// </summary>
    /// <param name="what">The first part of the request's key.</param>
    public static bool IsAwaited(Run run, string what, int index, int occurrence, string? member, string? request)
    {
        if (!run.TakesPart(index) || run[index] is not { Phase: StepPhase.Open } state || state.Occurrence != occurrence) { return false; }
        var part = run.Step(index).Each is null ? member is null : state.Members.Any(m => m.Id == member && m.Phase == StepPhase.Open);
        return part && (request is null || request == Key(run, what, index, member));
    }

    private static string Key(Run run, string what, int index, string? member)
    {
        var state = run[index];
        var key = string.Create(CultureInfo.InvariantCulture, $"{what}:{run.State.Visit}:{run.Step(index).Id}:{state.Occurrence}");
        if (member is null) { return key; }
        var turn = state.Members.Count(m => m.Id == member);
        return string.Create(CultureInfo.InvariantCulture, $"{key}{(turn > 1 ? $".{turn}" : "")}:{Uri.EscapeDataString(member)}");
    }
}
