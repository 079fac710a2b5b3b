using System.Collections.Immutable;
using System.Globalization;
using ProcessManager.Crm.Contacts;
using ProcessManager.Engine;
using ProcessManager.Flow;
using ProcessManager.Language;
using Directory = ProcessManager.Flow.Directory;

namespace ProcessManager.Host.Demo;

/// <summary>
/// Eight weeks in the sample organisation: projects are started, people do their tasks more or less in time, reminders come.
/// Everything is done by the engine, through the same commands as in production; only its clock runs faster.
/// The same seed tells the same story, up to the day on which it ends.
/// </summary>
internal sealed class DemoStory(ProcessEngine engine, SeedClock clock, IReadOnlyList<long> contacts, int seed)
{
    // The first two are what most of the house lives on; they come up in every second turn.
    private static readonly (string Plan, string[] By)[] Kinds =
    [
        ("brochure-to-customer", ["fay", "ann", "ben"]), ("prospect-to-customer", ["ann", "ben", "mia"]), ("membership-application", ["greta"]),
        ("editorial-review", ["iris"]), ("issue-resolution", ["lea"]), ("developing-relationships", ["mia", "ben"]),
        ("brochure-to-customer", ["fay", "ann", "ben"]), ("prospect-to-customer", ["ann", "ben", "mia"]), ("membership-application", ["greta"]),
        ("issue-resolution", ["lea"]), ("sponsorship", ["olga"]), ("prospective-donor", ["olga"]), ("multi-stage-project", ["noah", "mia"]),
        ("conference", ["paul"]), ("process-optimisation", ["noah"]),
    ];

    /// <summary>What the house does for itself.</summary>
    private static readonly string[] WithoutProspect = ["conference", "multi-stage-project", "process-optimisation"];

    private static readonly string[] AtTheFair = ["ann", "ben"];

#pragma warning disable CA5394 // a story needs variety that can be told again, not secrecy
    private readonly Random chance = new(seed);
    private readonly List<long> started = [];
    private int commands;
    private int told;

    /// <param name="until">Where the story ends: now.</param>
    public async Task TellAsync(DateTimeOffset until, int projects, CancellationToken cancellation)
    {
        var begin = clock.GetUtcNow();
        var hours = (until - begin).TotalHours;
        var starts = Enumerable.Range(0, projects).Select(_ => begin.AddHours(hours * Math.Pow(chance.NextDouble(), 0.8) * 0.99)).Order().ToList();
        // Many call in the last days, while two of sales are at a fair: whoever looks finds work that waits, some of it overdue.
        var calls = Enumerable.Range(0, 12).Select(i => until.AddHours(-70 + (i * 6))).ToList();
        for (var now = begin; now < until; now = now.AddHours(3))
        {
            clock.MoveTo(now);
            await engine.RunDueAsync(cancellation);
            while (starts.Count > 0 && starts[0] <= now)
            {
                starts.RemoveAt(0);
                await StartAsync(Kinds[told % Kinds.Length], cancellation);
            }

            while (calls.Count > 0 && calls[0] <= now)
            {
                calls.RemoveAt(0);
                await StartAsync(Kinds[calls.Count % 2], cancellation);
            }

            var hour = now.UtcDateTime.Hour;
            // In the last days less gets done, so that there is something to do for whoever looks.
            if (until - now < TimeSpan.FromDays(6) && chance.NextDouble() < 0.65) { continue; }
            if (hour is >= 7 and < 16 && now.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                await WorkAsync(until - now < TimeSpan.FromDays(4) ? AtTheFair : [], cancellation);
                await HearAsync(cancellation);
            }
        }

        clock.MoveTo(until);
        await engine.RunDueAsync(cancellation);
        await LeaveSomeWaitingAsync(cancellation);
    }

    private async Task StartAsync((string Plan, string[] By) kind, CancellationToken cancellation)
    {
        var (id, by) = kind;
        var plan = engine.PlanInForce(id);
        if (plan is null) { return; } // the folder's own plans may be others
        var now = clock.GetUtcNow();
        var fields = ImmutableSortedDictionary.CreateBuilder<string, object?>(StringComparer.Ordinal);
        foreach (var field in plan.Fields.Where(f => f.RequiredFrom == "always")) { fields[field.Id] = DemoValues.Of(field, chance, now); }
        // A plan comes up at the same places of every turn: without a step of its own it would always meet the same name.
        foreach (var (field, value) in DemoValues.Beginning(id, told + (2 * (told / Kinds.Length)), chance, now)) { fields[field] = value; }
        fields["expected-close"] = DateOnly.FromDateTime(now.UtcDateTime.AddDays(chance.Next(20, 110)));
        fields["source-code"] = Pick(["SPRING-MAIL", "FAIR-2026", "WEBSITE", "REFERRAL", "PHONE"]);
        var result = await engine.StartAsync(
            new StartProject(id) { Prospect = WithoutProspect.Contains(id) ? null : contacts[(told * 7 + chance.Next(5)) % contacts.Count], Fields = fields.ToImmutable() },
            NextId(), Pick(by), cancellation);
        if (result is CommandResult.Accepted accepted) { started.Add(accepted.Project); }
        told++;
    }

    /// <summary>Each person looks into their inbox and queues, and does some of it.</summary>
    private async Task WorkAsync(string[] away, CancellationToken cancellation)
    {
        var directory = await engine.DirectoryAsync(cancellation);
        foreach (var person in directory.People.Keys.Except(away).Order(StringComparer.Ordinal))
        {
            var queues = directory.Groups.Where(g => g.Value.Contains(person)).Select(g => g.Key).Order(StringComparer.Ordinal);
            foreach (var line in queues.SelectMany(group => engine.QueueOf(group, InboxPlace.Start, 20)).ToList())
            {
                if (chance.NextDouble() < 0.12) { await SendAsync(line.Project, new Command.Claim(line.Number) { Actor = person }, cancellation); }
            }

            foreach (var line in engine.InboxOf(person, InboxPlace.Start, 50))
            {
                if (chance.NextDouble() < Eagerness(line)) { await DoAsync(person, line, directory, cancellation); }
            }
        }
    }

    /// <summary>Now and then somebody outside answers: papers come through the portal, a sponsor returns the agreement.</summary>
    private async Task HearAsync(CancellationToken cancellation)
    {
        if (started.Count == 0 || chance.NextDouble() > 0.3) { return; }
        if (await engine.FindProjectAsync(started[chance.Next(started.Count)], cancellation) is not { } project) { return; }
        foreach (var step in project.State.Steps.Where(s => s.Phase == StepPhase.Open))
        {
            if (project.Plan.FindStep(step.Id)?.Kind is not ReceiveKind receive) { continue; }
            var fields = receive.Form.Select(f => project.Plan.FindField(f.Field)).OfType<Field>()
                .Select(f => KeyValuePair.Create(f.Id, DemoValues.Of(f, chance, clock.GetUtcNow()))).Where(f => f.Value is not null);
            var command = new Command.Receive(receive.Message, NextId(), NoFields.AddRange(fields));
            await SendAsync(project.Row.Id, command, cancellation);
            return;
        }
    }

    /// <summary>How likely somebody does a task within these three hours: more so when it is due soon or late.</summary>
    private double Eagerness(InboxLine line)
    {
        if (line.Due is not { } due) { return 0.03; }
        var left = due - clock.GetUtcNow();
        return left < TimeSpan.Zero ? 0.12 : left < TimeSpan.FromDays(1) ? 0.12 : 0.03;
    }

    private async Task DoAsync(string person, InboxLine line, Directory directory, CancellationToken cancellation)
    {
        if (await engine.FindProjectAsync(line.Project, cancellation) is not { } project || project.Plan.FindStep(line.Step) is not { } step) { return; }
        if (step.Kind is ApprovalKind)
        {
            await SendAsync(line.Project, new Command.Vote(line.Number, chance.NextDouble() < 0.85, NoFields) { Actor = person }, cancellation);
            return;
        }

        var outcome = Choose(step, project);
        var asked = outcome.Ask.Select(f => f.Field).Concat(MomentField(outcome)).ToList();
        var fields = ImmutableSortedDictionary.CreateBuilder<string, object?>(StringComparer.Ordinal);
        foreach (var field in (step.Kind.Work?.Form ?? []).Select(f => f.Field).Concat(asked).Distinct())
        {
            if (project.State.Fields.ContainsKey(field) && !asked.Contains(field)) { continue; }
            var value = project.Plan.FindField(field) is { } declared
                ? DemoValues.Of(declared, chance, clock.GetUtcNow())
                : DemoValues.BuiltIn(field, chance, clock.GetUtcNow());
            if (value is not null) { fields[field] = value; }
        }

        await SendAsync(line.Project, new Command.Complete(line.Number, outcome.Id, fields.ToImmutable()) { Actor = person }, cancellation);
    }

    /// <summary>Mostly forward; sometimes again, sometimes the end. Nobody goes round in circles for ever.</summary>
    private Outcome Choose(Step step, ProjectView project)
    {
        var again = project.State.FindStep(step.Id)?.Occurrence ?? 1;
        double Weight(Outcome outcome) => outcome.Effect switch
        {
            Effect.GoOn => 6,
            Effect.Redo => again > 2 ? 0.1 : 1.6,
            Effect.GoTo => 0.4,
            Effect.Close => 0.9,
            _ => 1,
        };
        var outcomes = step.Each?.Choices ?? step.Outcomes;
        var total = outcomes.Sum(Weight);
        var at = chance.NextDouble() * total;
        foreach (var outcome in outcomes)
        {
            at -= Weight(outcome);
            if (at <= 0) { return outcome; }
        }

        return outcomes[^1];
    }

    private static IEnumerable<string> MomentField(Outcome outcome) =>
        outcome.Effect is Effect.Redo { When.Anchor: Language.Time.Anchor.FieldValue field } ? [field.Field] : [];

    /// <summary>One project on hold and one called off by hand, so that both can be seen.</summary>
    private async Task LeaveSomeWaitingAsync(CancellationToken cancellation)
    {
        foreach (var line in engine.InboxOf("ben", InboxPlace.Start, 2).DistinctBy(l => l.Project).Take(1))
        {
            await SendAsync(line.Project, new Command.PutOnHold("The customer moves office; we speak again next month.") { Actor = "mia" }, cancellation);
        }

        foreach (var line in engine.InboxOf("greta", InboxPlace.Start, 1))
        {
            await SendAsync(line.Project, new Command.Close(CloseResult.Cancelled, "withdrawn", "Wrote that they will apply again next year.") { Actor = "noah" }, cancellation);
        }
    }

    private static readonly ImmutableSortedDictionary<string, object?> NoFields = ImmutableSortedDictionary<string, object?>.Empty;

    private Task<CommandResult> SendAsync(long project, Command command, CancellationToken cancellation) =>
        engine.SendAsync(project, command, NextId(), cancellation);

    private string NextId() => "demo-" + (++commands).ToString(CultureInfo.InvariantCulture);

    private string Pick(string[] of) => of[chance.Next(of.Length)];
}
