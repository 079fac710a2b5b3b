using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Plans;

public class PlanFormatterTests
{
    private const string Untidy =
        """


        name:   'Tea'
        plan: "tea"   # the id
        # the type
        type :  sales   
        stages:


            one:
                # what to do
                name:   "First one"
                steps:
                    a:
                        assign:  group:sales
                        # what it is
                        task: 'Drink'
                        instructions: |
                            Text
                              deeper   

                            more
                        # after the text
                        remind:
                        - 1 day before due
                        -   2 days before due
                        due: 1 day
                    b: {assign: owner,   task: 'it''s',after: a, outcomes: {yes: ,no: }}
                    c:   { task: C ,  after: [ a,b ] }
            # end of the stages
        # end of the file
        """;

    private const string Tidy =
        """
        plan: tea   # the id
        name: Tea
        # the type
        type: sales
        stages:

          one:
            # what to do
            name: First one
            steps:
              a:
                # what it is
                task: Drink
                assign: group:sales
                instructions: |
                    Text
                      deeper   

                    more
                # after the text
                remind:
                  - 1 day before due
                  - 2 days before due
                due: 1 day
              b: { task: it's, assign: owner, after: a, outcomes: { yes: , no: } }
              c: { task: C, after: [a, b] }
          # end of the stages
        # end of the file

        """;

    private static List<string> Files =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "tests", "Plans"), "*.yaml", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "definitions"), "*.yaml", SearchOption.AllDirectories))
            .Select(f => Path.GetRelativePath(Repository.Root, f)).Order(StringComparer.Ordinal)];

    private static readonly string[] Folders = ["example", "every-kind", "after-forms", "redo", "fields", "approvals", "rules", "on-close"];

    [Fact]
    public void White_space_needless_quotes_and_the_place_of_the_kind_are_put_right_and_nothing_else() =>
        Assert.Equal(Tidy, PlanFormatter.Format("plan.yaml", Untidy).Text);

    [Fact]
    public void It_says_what_it_changed_and_in_which_line()
    {
        var changes = PlanFormatter.Format("plan.yaml", Untidy).Changes;

        Assert.Contains(new FormatChange(1, FormatChangeKind.BlankLines), changes);
        Assert.Contains(new FormatChange(3, FormatChangeKind.Quotes), changes);
        Assert.Contains(new FormatChange(6, FormatChangeKind.LineEnd), changes);
        Assert.Contains(new FormatChange(6, FormatChangeKind.Spacing), changes);
        Assert.Contains(new FormatChange(11, FormatChangeKind.Indentation), changes);
        Assert.Contains(changes, c => c.Kind == FormatChangeKind.Order);
    }

    [Fact]
    public void Every_plan_and_organisation_keeps_its_meaning_and_its_comments_and_is_formatted_once_for_all()
    {
        foreach (var file in Files)
        {
            Holds(file, File.ReadAllText(Path.Combine(Repository.Root, file)));
        }
    }

    [Fact]
    public void The_shipped_definitions_and_the_example_are_formatted()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "definitions"), "*.yaml", SearchOption.AllDirectories)
            .Append(Path.Combine(Repository.Root, "tests/Plans/example/plan.yaml")))
        {
            Assert.Empty(PlanFormatter.Format(file, File.ReadAllText(file)).Changes);
        }
    }

    [Fact]
    public void A_plan_that_was_laid_out_at_random_keeps_its_hash_and_its_comments() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            var name = Folders[random.Next(Folders.Length)];
            var changed = RandomLayout.Of(Plans.Text(name), random);
            var before = Plans.Compile(changed);
            var formatted = PlanFormatter.Format("plan.yaml", changed);
            var after = Plans.Compile(formatted.Text);
            Holds(name, changed);
            return (before.Plan is null || after.Plan?.Hash == before.Plan.Hash).Label($"{name}, seed {seed}:\n{changed}\n--- formatted\n{formatted.Text}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void Columns_that_were_aligned_with_a_line_beside_stay_aligned()
    {
        const string text = "fields:\n  product: { kind: choice, of: [A] }\n  amount:  { kind: money,  label: Expected }\n  note:    { kind: note,   label: Note }   # one\n  x:       { kind: text,   label: X }      # two\n";

        Assert.Equal(text, PlanFormatter.Format("plan.yaml", text).Text);
    }

    [Fact]
    public void Line_breaks_of_Windows_stay()
    {
        var formatted = PlanFormatter.Format("plan.yaml", "plan:   x\r\nname:  \"X\"   \r\n\r\n\r\ntype: sales").Text;

        Assert.Equal("plan: x\r\nname: X\r\n\r\ntype: sales\r\n", formatted);
    }

    [Theory]
    [InlineData("a: 'yes'\n", "a: \"yes\"\n")]
    [InlineData("a: \"10\"\n", "a: \"10\"\n")]
    [InlineData("a: '\"Gold\"'\n", "a: '\"Gold\"'\n")]
    [InlineData("a: '{{x}} calls'\n", "a: \"{{x}} calls\"\n")]
    [InlineData("a: ['a, b', 'c']\n", "a: [\"a, b\", c]\n")]
    [InlineData("a: 'C:\\temp'\n", "a: 'C:\\temp'\n")]
    [InlineData("a: 'Offer: the first'\n", "a: \"Offer: the first\"\n")]
    [InlineData("a: 'with # sign'\n", "a: \"with # sign\"\n")]
    [InlineData("'call-back': x\n\"on\": y\n", "call-back: x\n\"on\": y\n")]
    public void Quotes_stay_where_they_are_needed(string text, string expected) =>
        Assert.Equal(expected, PlanFormatter.Format("x.yaml", text).Text);

    [Fact]
    public void The_content_of_a_text_is_never_touched()
    {
        const string text = "a: |+\n  x  \n\n\n    y\t\n\n\nb: >-\n  one\n\n\n  two\nc: \"one\n\n\n  two  \n  three\"\n";

        Assert.Equal(text, PlanFormatter.Format("x.yaml", text).Text);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_left_as_it_is_with_the_reason()
    {
        var formatted = PlanFormatter.Format("x.yaml", "a: [b\nc:   d\n");

        Assert.Equal("a: [b\nc:   d\n", formatted.Text);
        Assert.NotEmpty(formatted.Problems);
    }

    [Fact]
    public void A_damaged_file_is_formatted_or_left_alone_and_never_changes_its_meaning() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            const string signs = " \n\t:,-#[]{}'\"|>&*!%@`?\\\r\u00e9ab0~";
            var random = new Random(seed);
            var text = new StringBuilder(Plans.Text(Folders[random.Next(Folders.Length)]));
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                var at = random.Next(text.Length);
                _ = random.Next(4) switch
                {
                    0 => text.Remove(at, Math.Min(text.Length - at, random.Next(1, 12))),
                    1 => text.Insert(at, new string(' ', random.Next(1, 5))),
                    2 => text.Insert(at, "\n"),
                    _ => text.Insert(at, signs[random.Next(signs.Length)]),
                };
            }

            Holds($"seed {seed}", text.ToString(), comments: false);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    private static void Holds(string name, string text, bool comments = true)
    {
        var once = PlanFormatter.Format("plan.yaml", text);
        if (once.Problems.Length > 0)
        {
            Assert.Equal(text, once.Text);
            return;
        }

        var twice = PlanFormatter.Format("plan.yaml", once.Text);
        Assert.True(twice.Text == once.Text, $"{name}: a second time changed\n{once.Text}\n--- to\n{twice.Text}");
        if (comments)
        {
            Assert.Equal(Comments(text), Comments(once.Text));
        }

        Assert.Equal(text != once.Text, once.Changes.Length > 0);
        Assert.True(Plans.Compile(text).Plan?.Hash == Plans.Compile(once.Text).Plan?.Hash, $"{name}:\n{once.Text}");
    }

    private static List<string> Comments(string text) =>
        [.. text.Split('\n').Where(l => l.Contains(" #", StringComparison.Ordinal) || l.StartsWith('#')).Select(l => l[l.IndexOf('#', StringComparison.Ordinal)..].TrimEnd()).Order(StringComparer.Ordinal)];
}
