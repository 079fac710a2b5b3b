using ProcessManager.Language;
using ProcessManager.Language.Reading;
using ProcessManager.Language.Shaping;
using Xunit;

namespace ProcessManager.Tests.Reading;

public class ShapeTests
{
    private const string Head = "plan: p\nname: P\ntype: sales\n";

    internal static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ProcessManager.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    private static List<Diagnostic> Check(string text, Shape? shape = null)
    {
        var found = new List<Diagnostic>();
        var node = YamlReader.Read("f.yaml", text, found);
        Assert.Empty(found);
        ShapeChecker.Check(node!, shape ?? PlanShape.Plan, found);
        return found;
    }

    private static List<Diagnostic> CheckStep(string step) =>
        Check(Head + "stages:\n  one:\n    steps:\n" + string.Concat(step.Split('\n').Select(l => "      " + l + "\n")));

    public static TheoryData<string> ShippedPlans => [.. Directory
        .EnumerateFiles(Path.Combine(Root(), "definitions", "plans"), "plan.yaml", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(Root(), f))];

    [Theory]
    [MemberData(nameof(ShippedPlans))]
    public void A_shipped_plan_has_the_shape_of_a_plan(string file) =>
        Assert.Empty(Check(File.ReadAllText(Path.Combine(Root(), file))));

    [Fact]
    public void The_shipped_organisation_and_calendar_have_their_shapes()
    {
        Assert.Empty(Check(File.ReadAllText(Path.Combine(Root(), "definitions/organisation.yaml")), OrganisationShape.Organisation));
        Assert.Empty(Check(File.ReadAllText(Path.Combine(Root(), "definitions/calendars/office.yaml")), CalendarShape.Calendar));
    }

    public static TheoryData<string, string> WrongPlans => new()
    {
        { "- a\n", "1:1 PM1103 Expected the keys of a plan, found a list." },
        { "text\n", "1:1 PM1103 Expected the keys of a plan, found text." },
        { "plan: p\nname: P\nstages: { a: { name: A } }\n", "1:1 PM1102 The plan needs the key `type`: the type of its projects." },
        { Head + "stages: {}\n", "4:9 PM1115 There are no stages for `stages`. Add one, or remove the key." },
        { Head + "stages:\n", "4:1 PM1104 `stages` has no value. Expected stages by id." },
        { Head + "stages: [a]\n", "4:9 PM1103 Expected stages by id for `stages`, found a list." },
        { Head + "stagse: { a: { name: A } }\nstages: { a: { name: A } }\n", "4:1 PM1101 A plan has no key “stagse”. Expected description, calendar, owner, fields, roles, start, on-close or retired." },
        { Head + "feilds: { a: { kind: text } }\nstages: { a: { name: A } }\n", "4:1 PM1101 A plan has no key “feilds”. Did you mean “fields”?" },
        { Head + "stages: { First Contact: { name: A } }\n", "4:11 PM1105 “First Contact” isn't an id. An id begins with a lower-case letter and holds lower-case letters, digits and hyphens." },
        { Head + "stages: { \u0430: { name: A } }\n", "4:11 PM1105 “\u0430” isn't an id. An id begins with a lower-case letter and holds lower-case letters, digits and hyphens." },
        { Head + "stages: { a: { probability: 101 } }\n", "4:29 PM1106 Expected a whole number from 0 to 100, found “101”." },
        { Head + "stages: { a: { probability: -1 } }\n", "4:29 PM1106 Expected a whole number from 0 to 100, found “-1”." },
        { Head + "stages: { a: { probability: NaN } }\n", "4:29 PM1106 Expected a whole number from 0 to 100, found “NaN”." },
        { Head + "stages: { a: { probability: 1e2 } }\n", "4:29 PM1106 Expected a whole number from 0 to 100, found “1e2”." },
        { Head + "stages: { a: { probability: 10.5 } }\n", "4:29 PM1106 Expected a whole number from 0 to 100, found “10.5”." },
        { Head + "stages: { a: { milestone: maybe } }\n", "4:27 PM1108 Expected true or false, found “maybe”." },
        { Head + "stages: { a: { remind: at due } }\n", "4:16 PM1114 `remind` means nothing without `within`." },
        { Head + "stages: { a: { next: [{ stage: b, close: won }] } }\n", "4:35 PM1113 Only one of `stage` or `close` can be written; `stage` is there already." },
        { Head + "stages: { a: { next: [{ when: amount > 1 }] } }\n", "4:23 PM1102 The rule needs one of `stage` or `close`." },
        { Head + "fields: { a: { label: A } }\nstages: { a: { name: A } }\n", "4:11 PM1102 The field “a” needs the key `kind`: what the field holds." },
        { Head + "fields: { a: { kind: txet } }\nstages: { a: { name: A } }\n", "4:22 PM1107 “txet” isn't known for `kind`. Expected text, note, number, money, percent, date, time, yes-no, choice, choices, person, persons, contact, contacts, file or link. Did you mean “text”?" },
        { Head + "start: [{ massage: call, message: call }]\nstages: { a: { name: A } }\n", "4:11 PM1101 A start rule has no key “massage”. Expected form, ask, segment, response, every, for, owner, fields or when." },
        { Head + "on-close: { wno: {} }\nstages: { a: { name: A } }\n", "4:13 PM1101 A hand-over has no key “wno”. Did you mean “won”?" },
    };

    [Theory]
    [MemberData(nameof(WrongPlans))]
    public void A_mistake_in_a_plan_is_reported_once_where_it_stands(string text, string expected)
    {
        var diagnostic = Assert.Single(Check(text));
        Assert.Equal(expected, $"{diagnostic.Span.StartLine}:{diagnostic.Span.StartColumn} {diagnostic.Code} {diagnostic.Message}");
    }

    public static TheoryData<string, string> WrongSteps => new()
    {
        { "call:\n  assign: owner", "7:7 PM1111 The step “call” doesn't say what it is. Add one of task:, approval:, note:, alert:, email:, letter:, wait:, receive:, set:, decide:, http:, start:, gate:, close: or goto:." },
        { "call:\n  tsak: Call", "8:9 PM1111 “tsak” is no kind of step. Did you mean “task”?" },
        { "call:\n  task: Call\n  alert: x\n  to: owner", "9:9 PM1112 A step has one kind, and this one is a `task` already. Make two steps of it." },
        { "call: Call", "7:13 PM1103 Expected the keys of a step for `call`, found text." },
        { "call:", "7:7 PM1104 `call` has no value. Expected the keys of a step." },
        { "call:\n  task:", "8:9 PM1104 `task` has no value. Expected text." },
        { "call:\n  task: \"\"", "8:15 PM1104 The text is empty. Expected text." },
        { "call:\n  task: Call\n  asign: owner", "9:9 PM1101 A task has no key “asign”. Did you mean “assign”?" },
        { "call:\n  task: Call\n  to: owner", "9:9 PM1101 A task has no key “to”. Known are instructions, assign, except, share, due, priority, remind, escalate, expire, form, outcomes, checklist, …." },
        { "call:\n  task: Call\n  priority: hihg", "9:19 PM1107 “hihg” isn't known for `priority`. Expected low, normal, high or urgent. Did you mean “high”?" },
        { "call:\n  task: Call\n  form: product", "9:15 PM1103 Expected a list of fields for `form`, found text." },
        { "call:\n  task: Call\n  need: 2", "9:9 PM1114 `need` means nothing without `each`." },
        { "call:\n  task: Call\n  notify: { finished: owner }", "9:19 PM1101 A notification has no key “finished”. Expected opened, claimed, overdue or done." },
        { "call:\n  approval: Call\n  each: role:x", "9:9 PM1328 An approval is a decision of everybody that `assign` names already, so `each` isn't allowed on it: write the people with `assign` and how many with `need`." },
        { "call:\n  set: { title: '\"x\"' }\n  each: role:x", "9:9 PM1328 `each` isn't allowed on a step of kind set, where a member means nothing: expected task, note, alert, email, letter, receive, http or start." },
        { "call:\n  task: Call\n  escalate: [{ alert: manager }]", "9:20 PM1102 The escalation needs the key `after`: when; a bare duration counts from due." },
        { "call:\n  task: Call\n  expire: 3 days", "9:17 PM1103 Expected the keys of an expiry for `expire`, found text." },
        { "call:\n  task: Call\n  outcomes: { sold: { reason: price } }", "9:29 PM1114 `reason` means nothing without `close`." },
        { "call:\n  task: Call\n  outcomes: { sold: { redo: call, goto: one } }", "9:41 PM1113 Only one of `redo`, `goto` or `close` can be written; `redo` is there already." },
        { "call:\n  task: Call\n  outcomes: { sold: { label: Yes, as agreed } }", "9:41 PM1101 An outcome has no key “as agreed”. If the comma before it belongs to a text, quote the whole text." },
        { "call:\n  task: Call\n  outcomes: [Sold]", "9:20 PM1105 “Sold” isn't an id. An id begins with a lower-case letter and holds lower-case letters, digits and hyphens." },
        { "call:\n  task: Call\n  after: { any: [a], cancel: rest }", "9:28 PM1114 `cancel` means nothing without `first`." },
        { "call:\n  task: Call\n  after: { need: 2 }", "9:18 PM1114 `need` means nothing without `first`." },
        { "call:\n  approval: Approve\n  need: most", "9:15 PM1106 Expected a whole number from 1 to 1000, all or majority, found “most”." },
        { "mail:\n  email: brochure", "7:7 PM1102 The email “mail” needs the key `to`: who receives it." },
        { "send:\n  letter: quote\n  asign: nobody", "9:9 PM1101 A letter has no key “asign”. Known are name, after, when, passes-as, starts, optional, probability, milestone, was, comment, each, need, …." },
        { "send:\n  start: other\n  until: done", "9:16 PM1107 Expected closed for `until`, found “done”." },
        { "send:\n  receive: Message", "8:18 PM1105 “Message” isn't an id. An id begins with a lower-case letter and holds lower-case letters, digits and hyphens." },
        { "end:\n  close: lots", "8:16 PM1107 “lots” isn't known for `close`. Expected won, lost or cancelled. Did you mean “lost”?" },
        { "gate:\n  gate: { a: 1 }", "8:17 PM1101 Expected nothing for `gate`, found “a”." },
        { "set:\n  set: {}", "8:14 PM1115 There are no values for `set`. Add one, or remove the key." },
        { "route:\n  decide: [{ when: amount > 1 }]", "8:18 PM1102 The rule needs the key `outcome`: the outcome when the condition holds." },
    };

    [Theory]
    [MemberData(nameof(WrongSteps))]
    public void A_mistake_in_a_step_is_reported_without_mistakes_that_follow_from_it(string step, string expected)
    {
        var found = CheckStep(step);
        Assert.Equal(expected, $"{found[0].Span.StartLine}:{found[0].Span.StartColumn} {found[0].Code} {found[0].Message}");
        Assert.All(found.Skip(1), d => Assert.Equal("PM1102", d.Code));
        Assert.True(found.Count == 1 || step.Contains("need: 2"), string.Join('\n', found));
    }

    [Fact]
    public void The_example_of_every_kind_has_the_shape_of_its_kind()
    {
        foreach (var kind in StepKindCatalog.All)
        {
            var found = CheckStep(kind.Example.TrimEnd());
            Assert.True(found.Count == 0, $"{kind.Key}: {string.Join('\n', found)}");
            Assert.All(kind.Keys, key => Assert.NotEmpty(key.Help));
        }
    }

    [Fact]
    public void The_example_of_every_key_has_the_shape_of_its_key()
    {
        var seen = new HashSet<Shape>(ReferenceEqualityComparer.Instance);
        void Visit(Shape shape)
        {
            if (!seen.Add(shape))
            {
                return;
            }

            var keys = shape switch
            {
                ObjectShape known => known.Keys,
                StepShape => [.. StepKindCatalog.All.SelectMany(k => k.Shape.Keys)],
                _ => [],
            };
            foreach (var key in keys)
            {
                if (key.Example is { } example)
                {
                    var found = Check("example: " + example + "\n", new ObjectShape("test", [new KeyShape("example", key.Shape, "Test.")]));
                    Assert.True(found.Count == 0, $"{key.Name}: {example}: {string.Join('\n', found)}");
                }

                Visit(key.Shape);
            }

            switch (shape)
            {
                case ListShape list: Visit(list.Item); break;
                case MapShape map: Visit(map.Value); break;
                case OneOfShape oneOf: foreach (var option in oneOf.Options) { Visit(option); } break;
            }
        }

        Visit(PlanShape.Plan);
        Visit(OrganisationShape.Organisation);
        Visit(CalendarShape.Calendar);
        Visit(EmailTemplateShape.FrontMatter);
        Assert.True(seen.Count > 40);
    }

    [Fact]
    public void An_email_that_waits_is_an_email() =>
        Assert.Empty(CheckStep("mail:\n  email: brochure\n  to: prospect\n  wait: true"));

    [Fact]
    public void Two_thousand_steps_are_a_plan_and_one_more_is_not()
    {
        string Plan(int steps) => Head + "stages:\n  one:\n    steps:\n"
            + string.Concat(Enumerable.Range(1, steps).Select(i => $"      s{i}: {{ task: Do }}\n"));
        Assert.Empty(Check(Plan(2_000)));
        var diagnostic = Assert.Single(Check(Plan(2_010)));
        Assert.Equal((2_007, "PM1116"), (diagnostic.Span.StartLine, diagnostic.Code));
    }

    [Theory]
    [InlineData("asign", "assign")]
    [InlineData("assgin", "assign")]
    [InlineData("Assign", "assign")]
    [InlineData("assignee", "assign")]
    [InlineData("x", null)]
    [InlineData("completely-different", null)]
    public void The_nearest_known_word_is_found(string word, string? expected) =>
        Assert.Equal(expected, Words.Nearest(word, ["assign", "after", "due"]));

    public static TheoryData<string, string> WrongCalendars => new()
    {
        { "week: { monday: 8-12 }", "2:17 PM1109 Expected hours such as `08:00-12:00`, found “8-12”." },
        { "week: { monday: \"08:00-25:00\" }", "2:17 PM1109 Expected hours such as `08:00-12:00`, found “08:00-25:00”." },
        { "week: { monday: \"08:00-08:00\" }", "2:17 PM1109 Expected hours such as `08:00-12:00`, found “08:00-08:00”." },
        { "week: { moonday: \"08:00-12:00\" }", "2:9 PM1101 A week has no key “moonday”. Did you mean “monday”?" },
        { "week: {}\nholidays: [{ on: 2026-02-29, name: X }]", "3:18 PM1109 Expected a date such as `2026-12-24`, or for every year `12-24`, `easter + 1` or `last monday of may`, found “2026-02-29”." },
        { "week: {}\nholidays: [{ on: 24.12., name: X }]", "3:18 PM1109 Expected a date such as `2026-12-24`, or for every year `12-24`, `easter + 1` or `last monday of may`, found “24.12.”." },
        { "week: {}\nexceptions: [{ on: 12-24, hours: [] }]", "3:20 PM1109 Expected a date such as `2026-12-24`, found “12-24”." },
        { "week: {}\nexceptions: [{ on: 2026-12-24 }]", "3:14 PM1102 The exception needs the key `hours`: the hours of this day; [] where nothing is worked." },
        { "week: {}\nzone: Vienna", "3:7 PM1117 Expected a time zone such as `Europe/Vienna`, found “Vienna”." },
    };

    [Theory]
    [MemberData(nameof(WrongCalendars))]
    public void A_mistake_in_a_calendar_is_reported_where_it_stands(string text, string expected)
    {
        var diagnostic = Assert.Single(Check("calendar: c\n" + text + "\n", CalendarShape.Calendar));
        Assert.Equal(expected, $"{diagnostic.Span.StartLine}:{diagnostic.Span.StartColumn} {diagnostic.Code} {diagnostic.Message}");
    }

    [Fact]
    public void Every_code_of_the_catalogue_is_used_once_and_has_title_example_and_help()
    {
        Assert.Equal(Errors.All.Length, Errors.All.Select(e => e.Code).Distinct().Count());
        Assert.All(Errors.All, e =>
        {
            Assert.Matches("^PM1[0-8][0-9]{2}$", e.Code);
            Assert.NotEmpty(e.Title);
            Assert.NotEmpty(e.Example);
            Assert.NotEmpty(e.Help);
        });
    }
}
