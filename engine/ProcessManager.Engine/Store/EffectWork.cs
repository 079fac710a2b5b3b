using System.Collections.Immutable;
using System.Text.Json;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Language;

namespace ProcessManager.Engine.Store;

/// <summary>Where the result of an effect belongs.</summary>
/// <param name="Request">The key of the event that asked for it.</param>
internal sealed record EffectOf(string Request, string Step, int Occurrence, string? Member);

/// <summary>What a letter's work needs.</summary>
/// <param name="PlanVersion">The version whose template is merged, whatever the project runs on by then.</param>
internal sealed record LetterJob(EffectOf Of, string Template, long PlanVersion, ImmutableSortedDictionary<string, string> Texts);

/// <summary>What a request's work needs.</summary>
internal sealed record HttpJob(EffectOf Of, string Method, string Url, string? Body, int Retries);

/// <summary>What passes between a project and one that its step started.</summary>
internal enum ChildErrand { Start, TellClosed, Drop }

/// <param name="Plan">To start: the plan of the new project.</param>
/// <param name="Fields">To start: its fields, as <see cref="FieldJson"/> has them.</param>
/// <param name="Child">Otherwise: the child.</param>
/// <param name="Result">To tell: how it closed.</param>
internal sealed record ChildJob(
    ChildErrand Errand, EffectOf Of, string? Plan, JsonElement? Fields, bool Awaited, long? Child, CloseResult? Result);

/// <summary>Turns what a decision asks of the world into rows of work.</summary>
internal static class EffectWork
{
    public static void Follow(WriteSession session, ProjectRow row, FlowEvent what, DateTimeOffset now)
    {
        switch (what)
        {
            case FlowEvent.LetterRequested e:
                Add(WorkKind.Letter, $"letter/{row.Id}/{e.Key}", new LetterJob(new EffectOf(e.Key, e.Step, e.Occurrence, e.Member), e.Template, row.PlanVersionId, e.Values));
                break;
            case FlowEvent.HttpRequested e:
                Add(WorkKind.Http, $"http/{row.Id}/{e.Key}", new HttpJob(new EffectOf(e.Key, e.Step, e.Occurrence, e.Member), e.Method, e.Url, e.Body, e.Retries));
                break;
            case FlowEvent.ChildRequested e:
                var fields = JsonSerializer.SerializeToElement(FieldJson.Write(e.Fields));
                Add(WorkKind.Child, $"child/{row.Id}/{e.Key}",
                    new ChildJob(ChildErrand.Start, new EffectOf(e.Key, e.Step, e.Occurrence, e.Member), e.Plan, fields, e.Awaited, null, null));
                break;
            case FlowEvent.ChildDropped e:
                var child = long.Parse(e.Child, System.Globalization.CultureInfo.InvariantCulture);
                Add(WorkKind.Child, $"child-drop/{row.Id}/{row.Version}/{child}",
                    new ChildJob(ChildErrand.Drop, new EffectOf("", e.Step, e.Occurrence, e.Member), null, null, true, child, null));
                break;
        }

        void Add<T>(WorkKind kind, string key, T job) => session.Work.Add(kind, key, row.Id, now, JsonSerializer.Serialize(job));
    }

    /// <summary>A project that somebody waits for has closed: its parent is told.</summary>
    public static void TellParent(WriteSession session, ProjectRow row, CloseResult result, DateTimeOffset now)
    {
        if (session.Children.Find(row.Id) is not { Awaited: true } link) { return; }
        var job = new ChildJob(
            ChildErrand.TellClosed, new EffectOf("", link.Step, link.Occurrence, link.Member), null, null, true, row.Id, result);
        session.Work.Add(WorkKind.Child, $"child-closed/{row.Id}/{row.Version}", link.ParentId, now, JsonSerializer.Serialize(job));
    }
}
