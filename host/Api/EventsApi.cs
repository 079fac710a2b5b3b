using Microsoft.AspNetCore.Http.HttpResults;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Api;

/// <summary>What changes, as it changes.</summary>
internal static class EventsApi
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/events", ServerSentEventsResult<string> (LiveFeed feed, Reader reader, CancellationToken cancellation) =>
                TypedResults.ServerSentEvents(ShellRoom.Items(feed, reader.UserName, cancellation)))
            .WithName("ListenToEvents").WithTags("Events").WithSummary("Server-sent events: that something changed")
            .WithDescription("Each `change` names a topic (`tasks`, `projects`, `project-7`, `alerts`, `plans`); fetch what you show of it. "
                + "A `ping` comes every 20 seconds. The connection ends after ten minutes; connect again.");
}
