using Microsoft.AspNetCore.Http.HttpResults;
using ProcessManager.Engine;
using ProcessManager.Host.Access;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Api;

/// <summary>Who asks, and who works here.</summary>
internal static class MeApi
{
    /// <param name="Zone">IANA time zone in which this person reads times.</param>
    public sealed record Me(string Name, string DisplayName, IReadOnlyList<string> Roles, IReadOnlyList<string> Groups, string Zone);

    /// <param name="Calendar">Id of the calendar this person works by; absent where the group's, the plan's or the organisation's counts.</param>
    public sealed record PersonItem(string Name, string DisplayName, string? Manager, bool Disabled, string? Calendar);

    /// <param name="Calendar">Id of the calendar its members work by, as organisation.yaml has it.</param>
    public sealed record GroupItem(string Id, string Name, IReadOnlyList<string> Members, string? Calendar);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/me", (Reader reader) => TypedResults.Ok(new Me(
                reader.UserName, reader.DisplayName, [.. Roles.All.Where(reader.Is)], [.. reader.Groups.Order(StringComparer.Ordinal)], reader.Zone.Id)))
            .WithName("GetMe").WithTags("People").WithSummary("Who this token or session signs in");
        api.MapGet("/people", People).WithName("ListPeople").WithTags("People").WithSummary("Everybody who works here");
        api.MapGet("/groups", Groups).WithName("ListGroups").WithTags("People").WithSummary("The groups with their members");
    }

    private static async Task<Ok<List<PersonItem>>> People(ProcessEngine engine, CancellationToken cancellation) =>
        TypedResults.Ok((await engine.DirectoryAsync(cancellation)).People.Values.OrderBy(p => p.Name, StringComparer.Ordinal)
            .Select(p => new PersonItem(p.Name, p.DisplayName, p.Manager, p.Disabled, p.Calendar)).ToList());

    private static async Task<Ok<List<GroupItem>>> Groups(ProcessEngine engine, CancellationToken cancellation)
    {
        var directory = await engine.DirectoryAsync(cancellation);
        return TypedResults.Ok((engine.Organisation?.Groups ?? []).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new GroupItem(g.Key, g.Value, directory.MembersOf(g.Key), engine.Organisation?.GroupCalendars.GetValueOrDefault(g.Key))).ToList());
    }
}
