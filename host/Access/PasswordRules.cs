using Microsoft.AspNetCore.Identity;

namespace ProcessManager.Host.Access;

/// <summary>Length is what makes a password strong, so there are no rules about kinds of characters (NIST SP 800-63B).</summary>
internal sealed class PasswordRules : IPasswordValidator<Person>
{
    public const int Shortest = 12;
    private const int Longest = 256;

    private static readonly string[] Known = ["password", "passwort", "qwertyuiop", "1234567890", "letmein", "iloveyou", "administrator", "processmanager"];

    public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password)
    {
        var problem = password switch
        {
            null or { Length: < Shortest } => $"Use at least {Shortest} characters; a few words in a row are easy to remember.",
            { Length: > Longest } => $"Use at most {Longest} characters.",
            _ when password.Distinct().Count() < 5 => "Use more different characters.",
            _ when user.UserName is { Length: > 3 } name && password.Contains(name, StringComparison.OrdinalIgnoreCase) => "Leave the sign-in name out of the password.",
            _ when Known.Any(known => Rest(password, known) < 6) => "This password is among the first that attackers try.",
            _ => null,
        };
        return Task.FromResult(problem is null ? IdentityResult.Success : IdentityResult.Failed(new IdentityError { Code = "PasswordWeak", Description = problem }));
    }

    /// <summary>How many characters remain beside a well-known word; many when it isn't in there.</summary>
    private static int Rest(string password, string known) =>
        password.Contains(known, StringComparison.OrdinalIgnoreCase) ? password.Length - known.Length : int.MaxValue;
}
