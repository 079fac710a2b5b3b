namespace ProcessManager.Host.Access;

/// <summary>What became of a change to a person: done, or refused with what to put right.</summary>
public abstract record PersonResult
{
    private PersonResult()
    {
    }

    public sealed record Done(long PersonId) : PersonResult;

    public sealed record Refused(IReadOnlyList<PersonProblem> Problems) : PersonResult
    {
        public Refused(string field, string text)
            : this([new PersonProblem(field, text)])
        {
        }
    }
}

/// <param name="Field">Name of the property concerned, such as "UserName" or "Password".</param>
/// <param name="Text">A sentence for the person who typed it.</param>
public sealed record PersonProblem(string Field, string Text);

/// <summary>Somebody to be created.</summary>
/// <param name="UserName">Sign-in name: letters, digits, dot, dash, underscore; never changes.</param>
/// <param name="Password">Null for somebody who can't sign in yet.</param>
/// <param name="Roles">Of <see cref="Access.Roles"/>; empty means <see cref="Roles.User"/>.</param>
/// <param name="Groups">Ids as in organisation.yaml.</param>
public sealed record NewPerson(
    string UserName,
    string DisplayName,
    string? Password = null,
    string? Email = null,
    IReadOnlyCollection<string>? Roles = null,
    IReadOnlyCollection<string>? Groups = null,
    string? TimeZone = null,
    string? Locale = null,
    string? Manager = null);

/// <summary>What an administrator sets about a person.</summary>
/// <param name="Manager">Sign-in name; null for none.</param>
/// <param name="Roles">Exactly these, of <see cref="Access.Roles"/>.</param>
/// <param name="Groups">Exactly these, ids as in organisation.yaml.</param>
/// <param name="Calendar">Id of a calendar of the definitions; null for that of the group, the plan or the organisation.</param>
public sealed record PersonDescription(
    string DisplayName,
    string? Email,
    string? TimeZone,
    string? Locale,
    string? Manager,
    IReadOnlyCollection<string> Roles,
    IReadOnlyCollection<string> Groups,
    string? Calendar = null);
