using System.Globalization;
using ProcessManager.Language;

namespace ProcessManager.Flow.Steps;

/// <summary>Asks another system, and waits for its answer.</summary>
internal static class HttpStep
{
    private const string Failed = "failed";

    /// <summary>How numbers and dates stand in an address: without thousands, and as 2027-01-31.</summary>
    private static readonly CultureInfo Plain = MakePlain();

    public static void Open(Run run, int index, HttpKind http)
    {
        var step = run.Step(index);
        var url = http.Url.Render(run.Context, Plain, Uri.EscapeDataString);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            Fail(run, index, http, $"“{url}” is no address that begins with https://");
            return;
        }

        var body = http.Body.IsEmpty ? null : JsonText.Of(http.Body.Select(b => (b.Name, b.Value.Evaluate(run.Context).Value)));
        run.Emit(new FlowEvent.HttpRequested(
            Requests.Key(run, Requests.Http, index), step.Id, run[index].Occurrence, run.Turn, http.Method, url, body, http.Retries)
        {
            Why = new Why($"http: {http.Method} {http.Url.Source}", step.Span),
        });
    }

    public static Decision.Refused? Answered(Run run, Command.Answered command)
    {
        if (run.Plan.FindStep(command.Step) is not { Kind: HttpKind http } step) { return Refuse.NotFound($"There is no http step “{command.Step}”."); }
        using var turn = run.ForMember(command.Member);
        var awaited = Requests.IsAwaited(run, Requests.Http, step.Index, command.Occurrence, command.Member, command.Request);
        run.Emit(new FlowEvent.HttpAnswered(step.Id, command.Occurrence, command.Member, command.Succeeded, command.Error)
        {
            Why = awaited ? null : new Why($"http: {step.Id}", step.Span, null, "came when nobody waited for it any more"),
        });
        if (!awaited) { return null; }
        if (!command.Succeeded) { Fail(run, step.Index, http, command.Error); return null; }
        var context = run.Context with { Values = new ValuesWith(run.Values, "response", command.Response) };
        SetStep.Write(run, step.Index, "into", http.Into, context, given: "response");
        Parts.Settle(run, step.Index, "done", null, new Why("answered", step.Span));
        return null;
    }

    /// <summary>The owner hears of it where the plan has nothing ready for the case.</summary>
    private static void Fail(Run run, int index, HttpKind http, string? error)
    {
        var step = run.Step(index);
        var why = new Why($"http: {http.Method} {http.Url.Source}", step.Span, null, error);
        if (!IsHandled(run, step))
        {
            run.Emit(new FlowEvent.AlertRaised(
                Requests.Key(run, "http-failed", index), AlertCause.Trouble, step.Id, null, [run.State.Owner],
                $"“{step.Name}” failed: {error ?? "no reason was given"}.", false) { Why = why });
        }

        Parts.Settle(run, index, Failed, null, why);
    }

    private static CultureInfo MakePlain()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberGroupSeparator = "";
        culture.DateTimeFormat.LongDatePattern = "yyyy-MM-dd";
        culture.DateTimeFormat.ShortTimePattern = "HH:mm";
        return CultureInfo.ReadOnly(culture);
    }

    private static bool IsHandled(Run run, Step step) =>
        step.FindOutcome(Failed)?.Effect is not (null or Effect.GoOn)
        || step.Followers.Any(f => run.Step(f).After.Ways.Any(w => w.Step == step.Index && w.Outcome == Failed));
}
