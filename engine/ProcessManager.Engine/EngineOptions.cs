namespace ProcessManager.Engine;

/// <summary>How the engine is set up (section <c>Engine</c> of the configuration).</summary>
public sealed class EngineOptions
{
    /// <summary>The SQLite file.</summary>
    public required string Database { get; set; }

    /// <summary>The definitions folder; null where there is none, and plans are those of the database.</summary>
    public string? Definitions { get; set; }

    /// <summary>Publishes the definitions folder at start and whenever a file in it changes.</summary>
    public bool Publish { get; set; } = true;

    /// <summary>Names this host on leases; unique among the hosts of one database.</summary>
    public string HostName { get; set; } = $"{Environment.MachineName}-{Environment.ProcessId}";

    /// <summary>How long a lost bell can delay work, at most.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a claim holds before another host may take the work over.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How far the clock may stand behind the newest row at start.</summary>
    public TimeSpan ClockTolerance { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a command's result is kept for repetitions.</summary>
    public TimeSpan KeepCommands { get; set; } = TimeSpan.FromDays(30);

    /// <summary>The migrations that this binary knows; others in the database mean that a newer one made it. Null: not checked.</summary>
    public IReadOnlyCollection<string>? KnownMigrations { get; set; }

    public MailOptions Mail { get; set; } = new();

    public DocumentOptions Documents { get; set; } = new();

    public OutgoingOptions Outgoing { get; set; } = new();
}

/// <summary>Where files stand (section <c>Documents</c> of the configuration).</summary>
public sealed class DocumentOptions
{
    /// <summary>The folder; null: <c>documents</c> beside the database.</summary>
    public string? Folder { get; set; }

    /// <summary>The most that one file may have.</summary>
    public int LargestMegabytes { get; set; } = 25;

    /// <summary>The folder of a database where none is named.</summary>
    public static string FolderBeside(string database) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(database))!, "documents");
}

/// <summary>How plans call other systems (section <c>Outgoing</c> of the configuration).</summary>
public sealed class OutgoingOptions
{
    /// <summary>
    /// Names or addresses of hosts that may be called though they are on a private network or on this machine, each with its port where
    /// not every one may be: <c>crm.intern</c>, <c>10.1.2.3:8080</c>. Everything else that isn't public is refused.
    /// </summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The most bytes of an answer.</summary>
    public int LargestAnswer { get; set; } = 1 << 20;

    /// <summary>The key that requests are signed with (32 bytes); null: requests are not signed. Set by the host.</summary>
    public ReadOnlyMemory<byte>? SigningKey { get; set; }
}

/// <summary>Where mail goes (section <c>Mail</c> of the configuration).</summary>
public sealed class MailOptions
{
    /// <summary>The mail server; null: mails are written to <see cref="Pickup"/>.</summary>
    public string? SmtpHost { get; set; }

    public int SmtpPort { get; set; } = 587;

    public string? SmtpUser { get; set; }

    public string? SmtpPassword { get; set; }

    /// <summary>Encrypts the connection to the mail server by STARTTLS.</summary>
    public bool SmtpTls { get; set; } = true;

    /// <summary>The folder of <c>.eml</c> files; null: <c>mail</c> beside the database.</summary>
    public string? Pickup { get; set; }

    /// <summary>The sender where a template names none.</summary>
    public string From { get; set; } = "process-manager@localhost";

    /// <summary>How often a mail is tried before it fails for good.</summary>
    public int Attempts { get; set; } = 8;
}
