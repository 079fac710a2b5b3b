namespace ProcessManager.Host.Settings;

/// <summary>The fields of the form about a person, as posted.</summary>
public sealed class PersonForm
{
    public string? UserName { get; set; }

    public string? DisplayName { get; set; }

    public string? Email { get; set; }

    public string? Manager { get; set; }

    public string? TimeZone { get; set; }

    public string? Calendar { get; set; }

    public string? Password { get; set; }

    /// <summary>Empty when no box is ticked; the binder sets null then.</summary>
    public List<string> Roles { get; set => field = value ?? []; } = [];

    /// <summary>Empty when no box is ticked; the binder sets null then.</summary>
    public List<string> Groups { get; set => field = value ?? []; } = [];

    /// <summary>A text that was left empty means none.</summary>
    internal static string? OrNone(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
