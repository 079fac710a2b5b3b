using Microsoft.AspNetCore.Identity;

namespace ProcessManager.Host.Access;

/// <summary>
/// Hashes, checks and judges passwords. Never under the write gate: a hash takes a tenth of a second on purpose.
/// Length is what makes a password strong, so there are no rules about kinds of characters (NIST SP 800-63B).
/// </summary>
internal sealed class Passwords(IPasswordHasher<Person> hasher)
{
    private const int Shortest = 12;
    private const int Longest = 256;

    private static readonly string[] Known = ["password", "passwort", "qwertyuiop", "1234567890", "letmein", "iloveyou", "administrator", "processmanager"];

    private readonly Lock decoyLock = new();
    private string? decoy;

    public string Hash(string password) => hasher.HashPassword(new Person(), password);

    /// <summary>Takes as long for nobody as for somebody, so that the answer's time doesn't tell which names exist.</summary>
    public bool IsRight(Person? person, string password)
    {
        if (person?.PasswordHash is { } hash) return hasher.VerifyHashedPassword(person, hash, password) != PasswordVerificationResult.Failed;
        lock (decoyLock) decoy ??= Hash(Secrets.New());
        hasher.VerifyHashedPassword(new Person(), decoy, password);
        return false;
    }

    /// <summary>What is wrong with a password as a sentence for the person who chose it, or null.</summary>
    public static string? WeaknessOf(string password, string? userName) => password switch
    {
        { Length: < Shortest } => $"Use at least {Shortest} characters; a few words in a row are easy to remember.",
        { Length: > Longest } => $"Use at most {Longest} characters.",
        _ when password.Distinct().Count() < 5 => "Use more different characters.",
        _ when userName is { Length: > 3 } && password.Contains(userName, StringComparison.OrdinalIgnoreCase) => "Leave the sign-in name out of the password.",
        _ when Known.Any(known => Rest(password, known) < 6) => "This password is among the first that attackers try.",
        _ => null,
    };

    /// <summary>How many characters remain beside a well-known word; many when it isn't in there.</summary>
    private static int Rest(string password, string known) =>
        password.Contains(known, StringComparison.OrdinalIgnoreCase) ? password.Length - known.Length : int.MaxValue;
}
