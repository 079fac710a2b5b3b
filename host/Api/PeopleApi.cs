using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;

namespace ProcessManager.Host.Api;

/// <summary>When people work: their calendars and absences, for administrators and the personnel system that acts for one.</summary>
internal static class PeopleApi
{
    /// <param name="Calendar">Id of a calendar of the definitions; null for that of the group, the plan or the organisation.</param>
    public sealed record CalendarRequest(string? Calendar);

    /// <param name="From">First day away, in the person's zone.</param>
    /// <param name="To">Last day away.</param>
    /// <param name="Substitute">Sign-in name of who gets what would come to this person.</param>
    public sealed record AbsenceRequest(DateOnly From, DateOnly To, string? Substitute = null);

    /// <param name="From">First day away, in the person's zone.</param>
    /// <param name="To">Last day away.</param>
    public sealed record AbsenceItem(long Id, DateOnly From, DateOnly To, string? Substitute);

    public static void Map(RouteGroupBuilder api)
    {
        var person = api.MapGroup("/people/{name}").WithTags("People").RequireAuthorization(Policies.Administer);
        person.MapPut("/calendar", SetCalendar).WithName("SetCalendarOfPerson").WithSummary("Count dates of a person's work in a calendar, from now on");
        person.MapGet("/absences", List).WithName("ListAbsencesOfPerson").WithSummary("When a person is away, the latest first");
        person.MapPost("/absences", Add).WithName("AddAbsenceOfPerson").WithSummary("Enter days on which a person is away");
        person.MapDelete("/absences/{id:long}", Remove).WithName("RemoveAbsenceOfPerson").WithSummary("Take an absence back");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SetCalendar(
        string name, CalendarRequest request, People people, CancellationToken cancellation) =>
        await people.Find(name, cancellation) is { } person
            ? Answer(await people.SetCalendar(person.Id, request.Calendar, cancellation)) : Answers.Missing($"person {name}");

    private static async Task<Results<Ok<List<AbsenceItem>>, ProblemHttpResult>> List(
        string name, People people, ProcessManagerDb db, int? count, CancellationToken cancellation)
    {
        if (await people.Find(name, cancellation) is not { } person) { return Answers.Missing($"person {name}"); }
        return TypedResults.Ok(await db.Set<Absence>().AsNoTracking().Where(a => a.PersonId == person.Id).OrderByDescending(a => a.To).ThenByDescending(a => a.Id)
            .Take(Cursor.Count(count)).Select(a => new AbsenceItem(a.Id, a.From, a.To, a.Substitute!.UserName)).ToListAsync(cancellation));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Add(
        string name, AbsenceRequest request, People people, CancellationToken cancellation)
    {
        if (await people.Find(name, cancellation) is not { } person) { return Answers.Missing($"person {name}"); }
        var substitute = request.Substitute is { } other ? await people.Find(other, cancellation) : null;
        return request.Substitute is not null && substitute is null
            ? Answers.Invalid($"Nobody with the sign-in name “{request.Substitute}” works here.")
            : Answer(await people.AddAbsence(person.Id, request.From, request.To, substitute?.Id, cancellation));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(
        string name, long id, People people, ProcessManagerDb db, CancellationToken cancellation)
    {
        if (await people.Find(name, cancellation) is not { } person || !await db.Set<Absence>().AnyAsync(a => a.Id == id && a.PersonId == person.Id, cancellation))
        {
            return Answers.Missing($"absence {id} of {name}");
        }

        await people.RemoveAbsence(person.Id, id, cancellation);
        return TypedResults.NoContent();
    }

    private static Results<NoContent, ProblemHttpResult> Answer(PersonResult result) => result switch
    {
        PersonResult.Done => TypedResults.NoContent(),
        PersonResult.Refused refused => Answers.Invalid(string.Join(" ", refused.Problems.Select(p => p.Text))),
        _ => throw new InvalidOperationException($"Unknown result {result}."),
    };
}
