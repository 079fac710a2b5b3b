namespace ProcessManager.Host.Shell.Parts;

/// <summary>What the input inside a <see cref="Field"/> puts on itself.</summary>
public sealed class FieldContext(string id, bool hasError, bool hasHint)
{
    public string Id { get; } = id;

    /// <summary>For text inputs; selects add "form-select" themselves.</summary>
    public string InputClass { get; } = hasError ? "form-control is-invalid" : "form-control";

    public string SelectClass { get; } = hasError ? "form-select is-invalid" : "form-select";

    /// <summary>Value of aria-invalid.</summary>
    public string? Invalid { get; } = hasError ? "true" : null;

    /// <summary>Value of aria-describedby.</summary>
    public string? DescribedBy { get; } = (hasError, hasHint) switch
    {
        (true, true) => $"{id}-error {id}-hint",
        (true, false) => $"{id}-error",
        (false, true) => $"{id}-hint",
        _ => null,
    };
}
