using System.Collections.Immutable;
using System.Threading.Channels;

namespace ProcessManager.Engine;

/// <summary>Something was committed that pages may want to show.</summary>
/// <param name="Project">The project that changed; null for an alert's receipt or a published plan.</param>
/// <param name="Tasks">The ids of tasks that were opened, changed or settled.</param>
/// <param name="People">Sign-in names of owner, assignees and alerted people concerned, before and after.</param>
/// <param name="Groups">Groups in whose queue something changed.</param>
/// <param name="Kinds">
/// The names of the events: <c>TaskOpened</c>, <c>StageEntered</c>, <c>AlertRaised</c> …; also <c>MailSent</c>, <c>MailFailed</c>, <c>AlertSeen</c>,
/// <c>AlertAcknowledged</c>, <c>PlanPublished</c>.
/// </param>
public sealed record LiveEvent(
    long? Project, ImmutableArray<long> Tasks, ImmutableHashSet<string> People, ImmutableHashSet<string> Groups,
    ImmutableHashSet<string> Kinds);

/// <summary>Tells subscribers in this process what was committed. Only wakes them: whoever falls behind loses the oldest.</summary>
public sealed class LiveEvents
{
    private ImmutableArray<Subscription> subscriptions = [];

    /// <summary>Begins listening; disposing ends it.</summary>
    public Subscription Subscribe()
    {
        var subscription = new Subscription(this);
        ImmutableInterlocked.Update(ref subscriptions, (all, one) => all.Add(one), subscription);
        return subscription;
    }

    internal bool HasListeners => !subscriptions.IsEmpty;

    internal void Tell(LiveEvent what)
    {
        foreach (var subscription in subscriptions) { subscription.Channel.Writer.TryWrite(what); }
    }

    /// <summary>One listener.</summary>
    public sealed class Subscription : IDisposable
    {
        private readonly LiveEvents owner;

        internal Subscription(LiveEvents owner) => this.owner = owner;

        internal Channel<LiveEvent> Channel { get; } = System.Threading.Channels.Channel.CreateBounded<LiveEvent>(
            new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest });

        public ChannelReader<LiveEvent> Events => Channel.Reader;

        public void Dispose()
        {
            ImmutableInterlocked.Update(ref owner.subscriptions, (all, one) => all.Remove(one), this);
            Channel.Writer.TryComplete();
        }
    }
}
