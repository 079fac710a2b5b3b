namespace ProcessManager.Host.Shell;

/// <summary>Where this installation keeps its state and finds its plans; read once at start.</summary>
public sealed class Installation
{
    /// <summary>Absolute path of the folder that holds all state: database, documents, keys. Created when missing.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Absolute path of the folder of plans, calendars and templates; null means the shipped ones in the binary.</summary>
    public required string? DefinitionsDirectory { get; init; }

    /// <summary>Connection string of a PostgreSQL database; null means SQLite in the data folder.</summary>
    public required string? PostgresConnection { get; init; }

    /// <summary>Absolute path of the SQLite file, used when there is no <see cref="PostgresConnection"/>.</summary>
    public string DatabaseFile => Path.Combine(DataDirectory, "pm.db");

    /// <summary>Absolute path of the folder that mails are written to where no mail server is set up.</summary>
    public string MailFolder => Path.Combine(DataDirectory, "mail");

    /// <summary>Reads <c>--data</c>, <c>--definitions</c> and <c>Database:Postgres</c>, relative to the folder the program was started in.</summary>
    public static Installation From(IConfiguration configuration)
    {
        var definitions = configuration["definitions"];
        return new Installation
        {
            DataDirectory = Path.GetFullPath(configuration["data"] ?? "data"),
            DefinitionsDirectory = definitions is not null ? Path.GetFullPath(definitions)
                : Directory.Exists("definitions") ? Path.GetFullPath("definitions")
                : null,
            PostgresConnection = configuration["Database:Postgres"],
        };
    }
}
