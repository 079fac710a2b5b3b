namespace ProcessManager.Language.Shaping.Kinds;

/// <summary>An HTTP request.</summary>
internal static class HttpStep
{
    public static readonly StepKindDescriptor Descriptor = new(
        "http", "HTTP request", "Sends a signed HTTP request.", StepParts.Text,
        [
            new("body", new MapShape(null, StepParts.Value, "values"), "What is sent, by name.") { Example = "{ name: prospect.name }" },
            new("into", new MapShape(StepParts.Field, StepParts.Value, "values"), "Fields set from the response.") { Example = "{ tracking: response.id }" },
            new("retry", new NumberShape(0, 20, Integer: true), "How often it is tried again.") { Example = "3" },
            StepParts.OutcomesKey,
        ])
    {
        Outcomes = ["done", "failed"],
        IsAvailable = false,
        Example = "register:\n  http: POST https://example.com/orders\n  body: { name: prospect.name }\n",
    };
}
