using FsCheck;
using FsCheck.Fluent;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Plans;

public class MeaningTests
{
    private static readonly string[] Folders = ["example", "every-kind", "after-forms", "redo", "fields", "approvals", "rules", "on-close"];

    [Fact]
    public void Comments_blank_lines_quotes_and_the_order_of_keys_do_not_change_the_hash() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            var name = Folders[random.Next(Folders.Length)];
            var text = Plans.Text(name);
            var changed = Relaid(text, random);
            var plan = Plans.Compile(changed).Plan;
            return (plan is not null && plan.Hash == Plans.Compile(text).Plan!.Hash).Label($"{name}, seed {seed}:\n{changed}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Theory]
    [InlineData("name: Prospect to customer", "name: Prospects to customers")]
    [InlineData("calendar: office ", "# ")]
    [InlineData("label: Expected order", "label: Order")]
    [InlineData("of: [Bronze, Silver, Gold]", "of: [Silver, Bronze, Gold]")]
    [InlineData("at-least: 2", "at-least: 3")]
    [InlineData("probability: 10", "probability: 11")]
    [InlineData("task: Call {{prospect.name}} back", "task: Call {{prospect.email}} back")]
    [InlineData("about the brochure", "about the price list")]
    [InlineData("share: least-busy", "share: round-robin")]
    [InlineData("due: 1 working day\n", "due: 1 day\n")]
    [InlineData("remind: [2 working hours", "remind: [3 working hours")]
    [InlineData("at most 3", "at most 4")]
    [InlineData("alert: manager", "alert: owner")]
    [InlineData("form: [product, amount]", "form: [product, amount!]")]
    [InlineData("interested:\n", "interested: { label: Very interested }\n")]
    [InlineData("reason: no-interest", "reason: price")]
    [InlineData("redo: call, on: field:call-on", "redo: call, on: 1 day after field:call-on")]
    [InlineData("to: prospect", "to: owner")]
    [InlineData("after: call.interested", "after: { first: [call.interested] }")]
    [InlineData("within: 30 days", "within: 31 days")]
    [InlineData("need: 2", "need: all")]
    [InlineData("amount > 10000", "amount >= 10000")]
    [InlineData("rejected: { redo: quote }", "rejected: { redo: review }")]
    [InlineData("starts: 1 week after ship", "starts: 1 week after call")]
    [InlineData("ship:\n        task: Ship the order", "ship:\n        optional: true\n        task: Ship the order")]
    public void Changing_a_value_changes_the_hash(string from, string to)
    {
        var text = Plans.Text("example");
        Assert.Contains(from, text, StringComparison.Ordinal);

        var changed = Plans.Compile(text.Replace(from, to, StringComparison.Ordinal));

        Assert.True(changed.Plan is not null, string.Join("\n", changed.Diagnostics));
        Assert.NotEqual(Plans.Compiled("example").Hash, changed.Plan.Hash);
    }

    [Fact]
    public void The_text_of_a_template_belongs_to_the_meaning_of_a_plan()
    {
        var folder = new GoldenFolder("example");
        var other = folder.Definitions.With(new DefinitionFile("templates/brochure.email.md", "---\nsubject: Other\n---\nOther text\n"u8.ToArray()));

        Assert.NotEqual(Plans.Compiled("example").Hash, PlanCompiler.Compile(other, folder.Plan).Plan!.Hash);
    }

    [Fact]
    public void Swapping_two_steps_changes_the_hash()
    {
        const string head = "plan: x\nname: X\ntype: sales\nstages:\n  one:\n    steps:\n";
        const string a = "      a: { task: A }\n", b = "      b: { task: B }\n";

        Assert.NotEqual(Plans.Compile(head + a + b).Plan!.Hash, Plans.Compile(head + b + a).Plan!.Hash);
    }

    [Fact]
    public void An_expression_counts_by_its_meaning_not_by_its_spelling()
    {
        var text = Plans.Text("example");

        Assert.Equal(
            Plans.Compiled("example").Hash,
            Plans.Compile(text.Replace("when: amount > 10000", "when: ((amount)   >10000)", StringComparison.Ordinal)).Plan!.Hash);
    }

    [Fact]
    public void The_files_a_plan_was_made_from_give_the_same_plan_again()
    {
        foreach (var id in Repository.Definitions.PlanIds)
        {
            var first = PlanCompiler.Compile(Repository.Definitions, id);
            var again = PlanCompiler.Compile(Definitions.Read(first.Sources), id);

            Assert.Equal(first.Plan!.Hash, again.Plan!.Hash);
        }
    }

    [Fact]
    public void The_files_of_a_plan_are_its_templates_letters_documents_and_the_plans_it_starts()
    {
        foreach (var name in GoldenFolder.Names)
        {
            var folder = new GoldenFolder(name);
            var first = PlanCompiler.Compile(folder.Definitions, folder.Plan);
            if (first.Plan is null)
            {
                continue;
            }

            var again = PlanCompiler.Compile(Definitions.Read(first.Sources), first.Sources[0]);

            Assert.True(first.Plan.Hash == again.Plan?.Hash, $"{name}: {string.Join('\n', again.Diagnostics)}");
        }
    }

    [Theory]
    [InlineData("each", "need: 2 accept", "need: 3 accept")]
    [InlineData("each", "each: field:speakers, wait", "each: helpers, wait")]
    [InlineData("each", "need: any,", "")]
    [InlineData("each", "label: Accept it, ", "")]
    [InlineData("receive-http-start", "form: [product, amount!]", "form: [product, amount]")]
    [InlineData("receive-http-start", "after: 5 working days", "after: 6 working days")]
    [InlineData("receive-http-start", "retry: 0", "retry: 1")]
    [InlineData("receive-http-start", "http: GET http", "http: DELETE http")]
    [InlineData("receive-http-start", "total: amount * 1.2", "total: amount * 1.3")]
    [InlineData("receive-http-start", "tracking: response.id", "tracking: response.ids")]
    [InlineData("receive-http-start", "urgent: amount > 100", "urgent: amount > 101")]
    [InlineData("attach-offers-notify", "attach: [price-list.txt, field:contract, send]", "attach: [price-list.txt, send]")]
    [InlineData("attach-offers-notify", "offers: quote", "comment: quote")]
    [InlineData("attach-offers-notify", "claimed: owner", "claimed: manager")]
    [InlineData("start-rules", "monday at 08:00", "monday at 08:01")]
    [InlineData("start-rules", "ask: [product!, amount, title]", "ask: [product, amount, title]")]
    [InlineData("start-rules", "retired: { old-call: call, ", "retired: { ")]
    [InlineData("start-rules", "was: checker", "at-least: 1")]
    public void Changing_a_value_of_the_later_kinds_changes_the_hash(string name, string from, string to)
    {
        var folder = new GoldenFolder(name);
        var text = Plans.Text(name);
        Assert.Contains(from, text, StringComparison.Ordinal);

        var changed = PlanCompiler.Compile(folder.Definitions, new DefinitionFile("plan.yaml", System.Text.Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal))));

        Assert.True(changed.Plan is not null, string.Join("\n", changed.Diagnostics));
        Assert.NotEqual(PlanCompiler.Compile(folder.Definitions, folder.Plan).Plan!.Hash, changed.Plan.Hash);
    }

    [Theory]
    [InlineData("attach-offers-notify", "documents/price-list.txt", true)]
    [InlineData("each", "templates/invitation.docx", true)]
    [InlineData("receive-http-start", "plans/deliver-order/plan.yaml", false)]
    public void A_file_counts_by_its_bytes_and_another_plan_not_at_all(string name, string path, bool counts)
    {
        var folder = new GoldenFolder(name);
        var before = PlanCompiler.Compile(folder.Definitions, folder.Plan).Plan!.Hash;
        var content = folder.Definitions.Files[path].Content.ToArray();
        // The last two bytes of a packed file are the length of its comment.
        byte[] changed = path.EndsWith(".docx", StringComparison.Ordinal) ? [.. content[..^2], 1, 0, (byte)'x'] : [.. content, (byte)'\n'];

        var after = PlanCompiler.Compile(folder.Definitions.With(new DefinitionFile(path, changed)), folder.Plan);

        Assert.True(after.Plan is not null, string.Join("\n", after.Diagnostics));
        Assert.Equal(counts, before != after.Plan.Hash);
    }

    /// <summary>The same plan otherwise laid out: comments, blank lines, quotes and the order of a step's keys.</summary>
    private static string Relaid(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        var block = -1;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            var indent = line.Length - line.TrimStart().Length;
            if (block >= 0 && (line.Trim().Length == 0 || indent > block))
            {
                continue;
            }

            block = line.TrimEnd().EndsWith('|') ? indent : -1;
            if (block >= 0)
            {
                continue;
            }

            if (random.Next(4) == 0 && line.Trim().Length > 0 && !line.Contains('#', StringComparison.Ordinal))
            {
                lines[i] = line + "   # " + (char)('a' + random.Next(26));
            }

            if (random.Next(5) == 0 && line.IndexOf(": ", StringComparison.Ordinal) is var colon and > 0 && line == lines[i] && !line[..colon].Contains('{', StringComparison.Ordinal)
                && line[(colon + 2)..] is var value && value.Length > 0 && !"[{\"'|># ".Contains(value[0], StringComparison.Ordinal) && !value.Contains('#', StringComparison.Ordinal))
            {
                lines[i] = $"{line[..colon]}: '{value.TrimEnd().Replace("'", "''", StringComparison.Ordinal)}'";
            }

            if (random.Next(6) == 0)
            {
                lines[i] += "\n" + new string(' ', random.Next(5)) + "# a comment of its own";
            }

            if (random.Next(8) == 0)
            {
                lines[i] += "\n";
            }
        }

        return string.Join('\n', Swapped(lines, random));
    }

    /// <summary>Swaps the lines of <c>due</c> and <c>assign</c> where they stand together.</summary>
    private static List<string> Swapped(List<string> lines, Random random)
    {
        for (var i = 1; i < lines.Count; i++)
        {
            var (a, b) = (lines[i - 1].TrimStart(), lines[i].TrimStart());
            if (random.Next(2) == 0 && (a.StartsWith("assign:", StringComparison.Ordinal) || a.StartsWith("task:", StringComparison.Ordinal))
                && (b.StartsWith("due:", StringComparison.Ordinal) || b.StartsWith("share:", StringComparison.Ordinal)))
            {
                (lines[i - 1], lines[i]) = (lines[i], lines[i - 1]);
            }
        }

        return lines;
    }
}
