using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ProcessManager.Engine.Publishing;
using ProcessManager.Engine.Running;
using ProcessManager.Engine.Store;
using ProcessManager.Flow;
using ProcessManager.Language;

namespace ProcessManager.Engine;

/// <summary>A message of another system that is about no project yet.</summary>
/// <param name="Key">The sender's key, up to 200 characters: the same message again starts nothing.</param>
public sealed record IncomingMessage(string Name, string Key)
{
    /// <summary>The contact that it is about; not beside <see cref="NewProspect"/>.</summary>
    public long? Prospect { get; init; }

    /// <summary>A contact that is found or written in the same transaction.</summary>
    public NewProspect? NewProspect { get; init; }

    /// <summary>What it says: the entries of <c>message</c> in the rule's expressions.</summary>
    public ImmutableSortedDictionary<string, object?> Fields { get; init; } = ImmutableSortedDictionary<string, object?>.Empty;
}

/// <summary>A form that was filled on the public page.</summary>
/// <param name="Submission">Made when the page was given out, up to 200 characters: the same form sent twice starts one project.</param>
public sealed record FilledForm(string Form, string Submission, ImmutableSortedDictionary<string, object?> Fields)
{
    /// <summary>Who filled it.</summary>
    public NewProspect? NewProspect { get; init; }
}

/// <summary>What start rules did with what came.</summary>
public abstract record Taken
{
    private Taken() { }

    /// <param name="Projects">The projects that were started, now or by the same message before; empty where no rule's condition held.</param>
    /// <param name="Repeated">True where nothing was started now, for it came before.</param>
    public sealed record Started(ImmutableArray<long> Projects, bool Repeated) : Taken;

    /// <summary>Nothing was started.</summary>
    /// <param name="Message">A sentence for whoever sent it.</param>
    public sealed record Refused(Refusal Reason, string Message) : Taken;
}

/// <summary>The door for what starts projects besides people: messages and public forms. Each starts at most one project of a rule.</summary>
public sealed class StartRuleDoor
{
    private const int LongestKey = 200;

    private readonly PlanLibrary plans;
    private readonly RuleStarter starter;
    private readonly GroupCommit commits;

    internal StartRuleDoor(PlanLibrary plans, RuleStarter starter, GroupCommit commits) => (this.plans, this.starter, this.commits) = (plans, starter, commits);

    /// <summary>A public form of a plan in force; null where there is none.</summary>
    public (Plan Plan, StartRule.Form Form)? FindForm(string form) =>
        FormOf(form) is { } found ? (found.Plan.Plan, found.Rule) : null;

    /// <summary>Whether a plan in force starts projects by messages of this name.</summary>
    public bool TakesMessage(string name) => RulesOf(name).Any();

    /// <summary>Starts a project of every plan whose rule takes the message.</summary>
    public Task<Taken> TakeAsync(IncomingMessage message, CancellationToken cancellation)
    {
        if (Unfit(message.Key) is { } unfit) { return Task.FromResult<Taken>(unfit); }
        var rules = RulesOf(message.Name).ToList();
        if (rules.Count == 0)
        {
            return Task.FromResult<Taken>(new Taken.Refused(Refusal.NotFound, $"No plan starts a project by a message “{message.Name}”."));
        }

        var names = ImmutableDictionary<string, object?>.Empty.Add("message", message.Fields);
        var occasion = new RuleOccasion(OccurrenceOf(message.Key), names, ImmutableSortedDictionary<string, object?>.Empty)
        {
            Prospect = message.Prospect, NewProspect = message.NewProspect,
        };
        return StartAsync([.. rules.Select(r => (r.Plan, (StartRule)r.Rule))], occasion, cancellation);
    }

    /// <summary>Starts the project that a filled form asks for.</summary>
    public Task<Taken> TakeAsync(FilledForm form, CancellationToken cancellation)
    {
        if (Unfit(form.Submission) is { } unfit) { return Task.FromResult<Taken>(unfit); }
        if (FormOf(form.Form) is not { } found)
        {
            return Task.FromResult<Taken>(new Taken.Refused(Refusal.NotFound, $"There is no form “{form.Form}”."));
        }

        if (form.Fields.Keys.Except(found.Rule.Ask.Select(a => a.Field)).FirstOrDefault() is { } odd)
        {
            return Task.FromResult<Taken>(new Taken.Refused(Refusal.Invalid, $"The form does not ask for “{odd}”."));
        }

        var missing = found.Rule.Ask.Where(a => a.Required && form.Fields.GetValueOrDefault(a.Field) is null)
            .Select(a => found.Plan.Plan.FindField(a.Field)?.Label ?? a.Field).ToList();
        if (missing.Count > 0)
        {
            return Task.FromResult<Taken>(new Taken.Refused(Refusal.Invalid, $"Please fill {string.Join(", ", missing)}."));
        }

        var occasion = new RuleOccasion(OccurrenceOf(form.Submission), ImmutableDictionary<string, object?>.Empty, form.Fields) { NewProspect = form.NewProspect };
        return StartAsync([(found.Plan, found.Rule)], occasion, cancellation);
    }

    /// <summary>All or none: a contact that came along is written once, and not at all where a project is refused.</summary>
    private async Task<Taken> StartAsync(ImmutableArray<(PublishedPlan Plan, StartRule Rule)> rules, RuleOccasion occasion, CancellationToken cancellation)
    {
        try
        {
            return await commits.RunAsync(async session =>
            {
                var started = new List<(long Project, bool Repeated)>();
                var now = Once(occasion);
                foreach (var (plan, rule) in rules)
                {
                    if (await starter.StartAsync(session, plan, rule, now, cancellation) is { } project) { started.Add(project); }
                }

                // Thrown, so that a contact who came along for nothing does not stay.
                if (started.Count == 0) { throw new NothingStartedException(); }
                return (Taken)new Taken.Started([.. started.Select(s => s.Project)], started.TrueForAll(s => s.Repeated));
            }, cancellation);
        }
        catch (NothingStartedException)
        {
            return new Taken.Started([], false);
        }
        catch (RefusedException e)
        {
            return new Taken.Refused(e.Reason, e.Message);
        }
    }

    private sealed class NothingStartedException() : Exception("No rule's condition held.");

    /// <summary>Several rules share one new contact.</summary>
    private static RuleOccasion Once(RuleOccasion occasion)
    {
        if (occasion.NewProspect is not { } contact) { return occasion; }
        long? written = null;
        return occasion with
        {
            NewProspect = contact with { CreateAsync = async (session, cancellation) => written ??= await contact.CreateAsync(session, cancellation) },
        };
    }

    private IEnumerable<(PublishedPlan Plan, StartRule.Message Rule)> RulesOf(string message) =>
        plans.PublishedInForce.SelectMany(p => p.Plan.Start.OfType<StartRule.Message>().Where(m => m.Name == message).Select(m => (p, m)));

    private (PublishedPlan Plan, StartRule.Form Rule)? FormOf(string form)
    {
        foreach (var plan in plans.PublishedInForce)
        {
            if (plan.Plan.Start.OfType<StartRule.Form>().FirstOrDefault(f => f.Id == form) is { } rule) { return (plan, rule); }
        }

        return null;
    }

    private static Taken.Refused? Unfit(string key) => key is { Length: > 0 and <= LongestKey }
        ? null : new Taken.Refused(Refusal.Invalid, $"A message needs a key of 1 to {LongestKey} characters.");

    /// <summary>Of one length, whatever a sender uses.</summary>
    private static string OccurrenceOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16));
}
