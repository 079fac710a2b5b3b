using System.Text.Json;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Plans;

public class PlanDifferenceTests
{
    private static PlanDifference Between(string before, string after)
    {
        var (old, made) = (Plans.Compile(before), Plans.Compile(after));
        Assert.True(old.Plan is not null, string.Join("\n", old.Diagnostics));
        Assert.True(made.Plan is not null, string.Join("\n", made.Diagnostics));
        return PlanDifference.Of(old.Plan, made.Plan);
    }

    private static PlanDifference Example(params (string From, string To)[] changes)
    {
        var text = Plans.Text("example");
        var changed = text;
        foreach (var (from, to) in changes)
        {
            Assert.Contains(from, changed, StringComparison.Ordinal);
            changed = changed.Replace(from, to, StringComparison.Ordinal);
        }

        return Between(text, changed);
    }

    private static PlanChange Only(PlanDifference difference) => Assert.Single(difference.Changes);

    [Fact]
    public void Two_plans_that_mean_the_same_have_no_difference()
    {
        Assert.Empty(Example(("name: Enquiry", "name: 'Enquiry' # the first")).Changes);
        Assert.Contains("mean the same", Example().ToText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name: Prospect to customer", "name: Prospects to customers", PlanPart.Plan, "name")]
    [InlineData("calendar: office ", "# ", PlanPart.Plan, "calendar")]
    [InlineData("label: Expected order", "label: Order", PlanPart.Field, "label")]
    [InlineData("of: [Bronze, Silver, Gold]", "of: [Silver, Bronze, Gold]", PlanPart.Field, "of")]
    [InlineData("at-least: 2", "at-least: 3", PlanPart.Role, "at-least")]
    [InlineData("probability: 10", "probability: 11", PlanPart.Stage, "probability")]
    [InlineData("task: Call {{prospect.name}} back", "task: Call {{prospect.email}} back", PlanPart.Step, "title")]
    [InlineData("about the brochure", "about the price list", PlanPart.Step, "instructions")]
    [InlineData("share: least-busy", "share: round-robin", PlanPart.Step, "assign")]
    [InlineData("due: 1 working day\n", "due: 1 day\n", PlanPart.Step, "due")]
    [InlineData("remind: [2 working hours", "remind: [3 working hours", PlanPart.Step, "remind")]
    [InlineData("at most 3", "at most 4", PlanPart.Step, "remind")]
    [InlineData("alert: manager", "alert: owner", PlanPart.Step, "escalate")]
    [InlineData("form: [product, amount]", "form: [product, amount!]", PlanPart.Step, "form")]
    [InlineData("interested:\n", "interested: { label: Very interested }\n", PlanPart.Step, "outcome:interested")]
    [InlineData("reason: no-interest", "reason: price", PlanPart.Step, "outcome:not-interested")]
    [InlineData("redo: call, on: field:call-on", "redo: call, on: 1 day after field:call-on", PlanPart.Step, "outcome:call-again")]
    [InlineData("to: prospect", "to: owner", PlanPart.Step, "to")]
    [InlineData("after: call.interested", "after: { first: [call.interested] }", PlanPart.Step, "after")]
    [InlineData("within: 30 days", "within: 31 days", PlanPart.Stage, "within")]
    [InlineData("need: 2", "need: all", PlanPart.Step, "need")]
    [InlineData("amount > 10000", "amount >= 10000", PlanPart.Step, "when")]
    [InlineData("rejected: { redo: quote }", "rejected: { redo: review }", PlanPart.Step, "outcome:rejected")]
    [InlineData("starts: 1 week after ship", "starts: 1 week after call", PlanPart.Step, "starts")]
    [InlineData("ship:\n        task: Ship the order", "ship:\n        optional: true\n        task: Ship the order", PlanPart.Step, "optional")]
    [InlineData("task: Ask how it went", "note: Ask how it went", PlanPart.Step, "kind")]
    public void Each_thing_that_a_plan_says_is_compared(string from, string to, PlanPart part, string what)
    {
        var found = Example((from, to)).Changes;

        Assert.Contains(found, c => c.Part == part && c.What == what && c.Kind == ChangeKind.Changed && (c.Before is not null || c.After is not null) && c.Before != c.After);
    }

    [Fact]
    public void Steps_that_came_went_or_were_renamed_are_told_as_such_and_who_names_them_is_not()
    {
        var renamed = Example(("      quote:\n", "      offer-text:\n        was: quote\n"), ("after: quote\n", "after: offer-text\n"), ("redo: quote", "redo: offer-text"));
        Assert.Equal((ChangeKind.Renamed, "offer-text", "quote"), (Only(renamed).Kind, Only(renamed).Id, Only(renamed).Before));

        var added = Only(Example(("      decision:\n", "      check:\n        task: Check the address\n        due: 1 working day\n      decision:\n")));
        Assert.Equal((ChangeKind.Added, PlanPart.Step, "check", "offer"), (added.Kind, added.Part, added.Id, added.Stage));
        Assert.Contains("1 working day", added.After, StringComparison.Ordinal);

        var removed = Only(Example(("      tell-seller:\n        alert: The order of {{prospect.name}} was sent\n        to: owner\n        after: ship\n", "")));
        Assert.Equal((ChangeKind.Removed, "tell-seller", "delivery"), (removed.Kind, removed.Id, removed.Stage));
    }

    [Fact]
    public void Of_steps_in_another_order_the_fewest_are_told_to_have_moved()
    {
        const string head = "plan: x\nname: X\ntype: sales\nstages:\n  one:\n    steps:\n", b = "      b: { task: B }\n", c = "      c: { task: C }\n", d = "      d: { task: D, outcomes: { go: , stop: { close: lost } } }\n", e = "      e: { task: E }\n";

        var moved = Only(Between(head + b + c + d + e, head + c + d + b + e));
        Assert.Equal((ChangeKind.Moved, "b", "behind d"), (moved.Kind, moved.Id, moved.After));

        const string two = "  two:\n    steps:\n      f: { task: F }\n";
        var across = Between(head + b + c + d + two, head + c + d + two + b).Changes;
        Assert.Equal((ChangeKind.Moved, "b", "stage one", "stage two"), (Only(new(null!, null!, across)).Kind, across[0].Id, across[0].Before, across[0].After));
    }

    [Fact]
    public void Stages_fields_roles_and_hand_over_are_compared_too()
    {
        var changes = Example(
            ("  call-on: { kind: date, label: Call again on }\n", "  call-on: { kind: date, label: Call again on }\n  note: { kind: note }\n"),
            ("stages:\n", "on-close: { won: { thanks: { email: brochure, to: prospect } } }\nstages:\n"),
            ("  delivery:\n", "  middle:\n    name: Middle\n    probability: 80\n    steps:\n      rest: { task: Rest }\n  delivery:\n")).Changes;

        Assert.Contains(changes, c => c is { Kind: ChangeKind.Added, Part: PlanPart.Field, Id: "note" });
        Assert.Contains(changes, c => c is { Kind: ChangeKind.Added, Part: PlanPart.OnClose, Id: "thanks", Stage: "won" });
        Assert.Contains(changes, c => c is { Kind: ChangeKind.Added, Part: PlanPart.Stage, Id: "middle" });
        Assert.Contains(changes, c => c is { Kind: ChangeKind.Added, Part: PlanPart.Step, Id: "rest", Stage: "middle" });
        Assert.Equal(4, changes.Length);
    }

    [Fact]
    public void The_text_of_a_template_is_compared_line_by_line()
    {
        var folder = new GoldenFolder("example");
        var was = PlanCompiler.Compile(folder.Definitions, folder.Plan).Plan!;
        var template = was.Templates["brochure"];
        var other = folder.Definitions.With(new DefinitionFile("templates/brochure.email.md",
            System.Text.Encoding.UTF8.GetBytes($"---\nsubject: '{template.Subject.Source.Replace("'", "''", StringComparison.Ordinal)}'\n---\n{template.Body.Source.Trim()}\nOne more line | with *signs*\n")));

        var difference = PlanDifference.Of(was, PlanCompiler.Compile(other, folder.Plan).Plan!);

        Assert.Contains(difference.Changes, c => c is { Part: PlanPart.Template, Id: "brochure", What: "body" });
        Assert.Contains("+ One more line | with *signs*\n", difference.ToText(), StringComparison.Ordinal);
        Assert.Contains("```diff\n", difference.ToMarkdown(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_forms_for_people_pull_requests_and_programs_tell_the_same()
    {
        var difference = Example(("probability: 40", "probability: 50"), ("task: Prepare the quote", "task: Prepare the *quote* | now"));

        Assert.Equal(
            "Prospect to customer: 1 stage changed, 1 step changed\n  ~ stage offer “Offer”\n      probability: 40 % → 50 %\n    ~ step quote “Prepare the *quote* | now”\n        name: Prepare the quote → Prepare the *quote* | now\n        title: Prepare the quote → Prepare the *quote* | now\n",
            difference.ToText());
        Assert.Contains("| stage `offer` | probability | 40 % | 50 % |\n", difference.ToMarkdown(), StringComparison.Ordinal);
        Assert.Contains("Prepare the \\*quote\\* \\| now |\n", difference.ToMarkdown(), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(difference.ToJson());
        var first = json.RootElement.GetProperty("changes")[0];
        Assert.Equal(("changed", "stage", "offer", "probability", "40 %", "50 %"), (first.GetProperty("kind").GetString(), first.GetProperty("part").GetString(), first.GetProperty("id").GetString(),
            first.GetProperty("what").GetString(), first.GetProperty("before").GetString(), first.GetProperty("after").GetString()));
    }

    [Fact]
    public void Any_two_plans_can_be_compared_and_differ_exactly_where_their_hashes_do()
    {
        var all = Plans.All.ToList();
        foreach (var (one, other) in all.SelectMany(one => all.Select(other => (one, other))))
        {
            var difference = PlanDifference.Of(one, other);
            Assert.Equal(one.Hash == other.Hash, difference.Changes.IsEmpty);
            Assert.NotEmpty(difference.ToText());
            Assert.NotEmpty(difference.ToMarkdown());
            using var json = JsonDocument.Parse(difference.ToJson());
            Assert.Equal(difference.Changes.Length, json.RootElement.GetProperty("changes").GetArrayLength());
        }
    }
}
