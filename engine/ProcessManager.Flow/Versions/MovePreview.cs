using System.Collections.Immutable;

namespace ProcessManager.Flow.Versions;

/// <summary>What a move to another version would do to a project.</summary>
public abstract record MovePreview
{
    private MovePreview() { }

    /// <summary>The project can't be moved as it stands.</summary>
    /// <param name="Because">A sentence for the person who asked.</param>
    public sealed record Impossible(string Because) : MovePreview;

    /// <summary>Exactly what the move does when it is made at the moment of the preview.</summary>
    /// <param name="State">The state on the new version.</param>
    /// <param name="Events">What happens, in order; steps that are gone by their old ids.</param>
    /// <param name="Differences">Empty where the project stays where it is, with all that it has.</param>
    /// <param name="Renamed">The steps of this visit that go on under another id: old id, new id.</param>
    public sealed record Possible(
        ProjectState State, ImmutableArray<FlowEvent> Events, ImmutableArray<MoveDifference> Differences,
        ImmutableSortedDictionary<string, string> Renamed) : MovePreview
    {
        /// <summary>Nothing that people have now is lost: no open work is cancelled or begun anew, no value is dropped.</summary>
        public bool IsClean => !Differences.Any(d => d.Loses);
    }
}
