using ProcessManager.Host.Access;

namespace ProcessManager.Host.Demo;

/// <summary>Somebody of the sample organisation.</summary>
/// <param name="What">What they do, as the sign-in page says it.</param>
/// <param name="Shown">True for the one person per role that the console and the sign-in page offer.</param>
internal sealed record DemoPerson(string Name, string DisplayName, string What, string[] Roles, string[] Groups, string? Manager, bool Shown = false);

/// <summary>The people of the sample organisation. All have the same password, which the console prints: the demo listens on this computer alone.</summary>
internal static class DemoPeople
{
    public const string Password = "look-around-2026";

    public static readonly DemoPerson[] All =
    [
        new("ada", "Ada Brandt", "Administrator", [Roles.Administrator], ["management"], null, Shown: true),
        new("mia", "Mia Lorenz", "Sales manager", [Roles.Manager], ["sales-leads", "management"], "ada", Shown: true),
        new("noah", "Noah Winter", "Office manager", [Roles.Manager], ["committee", "management", "finance"], "ada"),
        new("fay", "Fay Okoro", "Front desk", [Roles.Creator], [], "noah", Shown: true),
        new("ann", "Ann Field", "Sales representative", [Roles.Creator], ["sales"], "mia", Shown: true),
        new("ben", "Ben Castillo", "Sales representative", [Roles.Creator], ["sales"], "mia"),
        new("cleo", "Cleo Hartmann", "Sales representative", [Roles.User], ["sales"], "mia"),
        new("sam", "Sam Novak", "Shipping", [Roles.User], ["shipping"], "noah", Shown: true),
        new("tess", "Tess Moreau", "Shipping", [Roles.User], ["shipping"], "noah"),
        new("finn", "Finn Berger", "Finance", [Roles.User], ["finance"], "noah"),
        new("greta", "Greta Sandberg", "Membership office", [Roles.Creator], ["membership", "committee"], "noah"),
        new("hugo", "Hugo Meier", "Membership office", [Roles.User], ["membership", "committee"], "noah"),
        new("iris", "Iris Doyle", "Editor", [Roles.Creator], ["editors"], "noah"),
        new("jon", "Jon Lindqvist", "Editor", [Roles.User], ["editors", "reviewers"], "iris"),
        new("kim", "Kim Aydin", "Reviewer", [Roles.User], ["reviewers"], "iris"),
        new("lea", "Lea Rossi", "Support", [Roles.Creator], ["support"], "noah"),
        new("max", "Max Petrov", "Second level support", [Roles.User], ["second-level", "support"], "noah"),
        new("nils", "Nils Aalto", "Reviewer", [Roles.User], ["reviewers"], "iris"),
        new("olga", "Olga Rehn", "Fundraising", [Roles.Creator], ["fundraising"], "noah"),
        new("paul", "Paul Strand", "Events", [Roles.Creator], ["events"], "noah"),
        new("rosa", "Rosa Lind", "Marketing", [Roles.User], ["marketing", "events"], "mia"),
    ];
}
