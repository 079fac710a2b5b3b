using ProcessManager.Language;

namespace ProcessManager.Flow.Steps;

/// <summary>Tells people something, and never blocks.</summary>
internal static class AlertStep
{
    public static void Open(Run run, int index, AlertKind alert)
    {
        var step = run.Step(index);
        var (people, note) = Assignment.Told(run, alert.To);
        var key = Requests.Key(run, "alert", index);
        run.Emit(new FlowEvent.AlertRaised(key, AlertCause.Alert, step.Id, null, people, alert.Text.Render(run.TextContext), alert.Acknowledge)
        {
            Why = new Why($"to: {alert.To.Text}", alert.To.Span, null, note),
        });
        Parts.Settle(run, index, "done", null, null);
    }
}
