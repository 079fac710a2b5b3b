using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Binding;

/// <summary>What a step is called where people read it.</summary>
internal static class StepNames
{
    /// <summary>Its <c>name</c>, else the text of its kind with its holes left out, else its id.</summary>
    public static string Of(StepDraft step)
    {
        if (step.Body.Text("name") is { Length: > 0 } name)
        {
            return name;
        }

        var text = step.Kind is { Name: "task" or "approval" or "note" or "alert" or "gate", Value: YamlScalar scalar } ? scalar.Value : null;
        if (step.Kind?.Name == "gate" && text == "true") { text = null; }
        if (text is not null && step.Each is not null)
        {
            // Whom one part of it is for is no name of the whole.
            text = Shaping.Words.Capital(Words.WithoutItem(text));
        }

        return text is not null && Words.WithoutHoles(text) is { Length: > 0 } shown && shown != "…" ? shown : Words.Humanise(step.Id);
    }
}
