namespace ProcessManager.Language.Shaping.Kinds;

/// <summary>An HTTP request.</summary>
internal static class HttpStep
{
    public static readonly StepKindDescriptor Descriptor = new(
        "http", "HTTP request", "Sends a signed HTTP request; the method and the address stand behind the key.",
        new TemplateShape() { Noun = "a request such as `POST https://example.com/orders`" },
        [
            new("body", new MapShape(null, StepParts.Value, "values"), "What is sent as a JSON object: names with expressions.") { Example = "{ name: prospect.name }" },
            new("into", new MapShape(StepParts.Field, StepParts.Value, "values"), "Fields set from the answer, which expressions see as `response`.") { Example = "{ tracking: response.id }" },
            new("retry", new NumberShape(0, 20, Integer: true), "How often it is tried again before it has failed; 3 where nothing is written.") { Example = "3" },
            StepParts.OutcomesKey,
        ])
    {
        Outcomes = ["done", "failed"],
        AllowsEach = true,
        Example = "register:\n  http: POST https://example.com/orders\n  body: { name: prospect.name }\n",
    };
}
