using System.Collections.Immutable;
using ProcessManager.Language.Expressions;

namespace ProcessManager.Language;

/// <summary>Something that starts a project besides a person. A contact, rule and occurrence start at most one project.</summary>
public abstract record StartRule
{
    private StartRule() { }

    /// <summary>Who owns the project; the plan's rule where null.</summary>
    public AssigneeRule? Owner { get; init; }

    /// <summary>What the new project's fields get; expressions see what the rule brings (<c>message</c>, <c>prospect</c>).</summary>
    public ImmutableArray<FieldAssignment> Fields { get; init; } = [];
    public Expression? When { get; init; }
    public required SourceSpan Span { get; init; }

    /// <summary>A message of this name that is about no project.</summary>
    public sealed record Message(string Name) : StartRule;

    /// <summary>A public intake form.</summary>
    /// <param name="Id">The form's id, unique among all plans' forms; part of its address.</param>
    public sealed record Form(string Id, ImmutableArray<FormField> Ask) : StartRule
    {
        /// <summary>Whether a stranger can fill in such a field: who works here, our contacts and our files are no choices for everybody.</summary>
        public static bool Shows(FieldKind kind) =>
            kind is not (FieldKind.Person or FieldKind.Persons or FieldKind.Contact or FieldKind.Contacts or FieldKind.File);
    }

    /// <summary>Each contact that enters a segment.</summary>
    public sealed record Segment(string Id) : StartRule;

    /// <summary>A response to a campaign.</summary>
    /// <param name="Rule">As written: the campaign and what counts.</param>
    public sealed record Response(string Rule) : StartRule;

    /// <summary>By the calendar.</summary>
    /// <param name="For">A segment: one project for each contact in it; null: one project without a prospect.</param>
    public sealed record Every(Schedule Schedule, string? For) : StartRule;
}

/// <summary>A repeating time of day on certain days, in the zone of the plan's calendar.</summary>
/// <param name="Days">The days of the week; empty where <paramref name="DayOfMonth"/> is set or every day counts.</param>
/// <param name="DayOfMonth">1–31; a month that is shorter takes its last day.</param>
/// <param name="WorkingDaysOnly">Skips days without working time.</param>
/// <param name="Text">As written.</param>
public sealed record Schedule(
    ImmutableArray<DayOfWeek> Days, int? DayOfMonth, bool WorkingDaysOnly, TimeOnly At, string Text);
