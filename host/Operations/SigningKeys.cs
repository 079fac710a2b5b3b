using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using ProcessManager.Engine;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Operations;

/// <summary>Which of the installation's two signing keys.</summary>
public enum SigningKey
{
    /// <summary>Signs the requests of plans.</summary>
    Outgoing,

    /// <summary>Is what web hooks of other systems are signed with.</summary>
    Incoming,
}

/// <summary>
/// The secrets that this installation shares with other systems: made at the first start, kept protected in the data folder, renewed by an
/// administrator. As Standard Webhooks writes them: <c>whsec_</c> and base 64.
/// </summary>
internal sealed class SigningKeys(Installation installation, IDataProtectionProvider protection, EngineOptions options) : IHostedLifecycleService
{
    private const string Prefix = "whsec_";
    private const int Length = 32;

    private readonly Lock guard = new();
    private readonly Dictionary<SigningKey, byte[]> keys = [];

    public ReadOnlyMemory<byte> this[SigningKey which]
    {
        get
        {
            lock (guard)
            {
                if (!keys.TryGetValue(which, out var key)) { keys[which] = key = Read(which) ?? Write(which); }
                return key;
            }
        }
    }

    public string Text(SigningKey which) => Prefix + Convert.ToBase64String(this[which].Span);

    /// <summary>Makes another key; the one before is no longer good.</summary>
    public void Renew(SigningKey which)
    {
        lock (guard) { keys[which] = Write(which); }
        options.Outgoing.SigningKey = this[SigningKey.Outgoing];
    }

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        options.Outgoing.SigningKey = this[SigningKey.Outgoing];
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string FileOf(SigningKey which) => Path.Combine(installation.DataDirectory, "keys", $"{which.ToString().ToLowerInvariant()}.secret");

    private IDataProtector Protector(SigningKey which) => protection.CreateProtector("signing-keys", which.ToString());

    private byte[]? Read(SigningKey which)
    {
        if (!File.Exists(FileOf(which))) { return null; }
        try { return Protector(which).Unprotect(File.ReadAllBytes(FileOf(which))); }
        catch (CryptographicException e)
        {
            throw new StartRefusedException($"{FileOf(which)} can't be read with the keys beside it: restore the whole folder, or remove this file to get a new signing key. ({e.Message})");
        }
    }

    private byte[] Write(SigningKey which)
    {
        var key = RandomNumberGenerator.GetBytes(Length);
        var temporary = FileOf(which) + ".new";
        File.WriteAllBytes(temporary, Protector(which).Protect(key));
        File.Move(temporary, FileOf(which), overwrite: true);
        return key;
    }
}
