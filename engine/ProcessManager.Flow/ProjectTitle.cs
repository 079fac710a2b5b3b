using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>What a project is called where nobody has named it, so that plans and mails can always speak of it.</summary>
public static class ProjectTitle
{
    /// <param name="prospect">The prospect's name; null where there is none.</param>
    public static string Of(Plan plan, string? prospect) => prospect is null ? plan.Name : $"{prospect} – {plan.Name}";

    /// <summary>The fields of a start with a title, as real projects have.</summary>
    internal static Command.Start Given(Command.Start start, Plan plan, Facts facts) =>
        start.Fields.GetValueOrDefault("title") is not null ? start
        : start with { Fields = start.Fields.SetItem("title", Of(plan, facts.Prospect?.GetValueOrDefault("name") as string)) };
}
