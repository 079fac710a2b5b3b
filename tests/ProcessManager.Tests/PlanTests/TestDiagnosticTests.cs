using ProcessManager.Language;
using Xunit;
using static ProcessManager.Tests.PlanTests.Testing;

namespace ProcessManager.Tests.PlanTests;

/// <summary>What is wrong in a file of tests is said like what is wrong in a plan: with its place, and what was probably meant.</summary>
public class TestDiagnosticTests
{
    public static TheoryData<string, string, string> Wrong => new()
    {
        { "- compleet: call", "PM1801", "did you mean “complete”" },
        { "- { by: ann }", "PM1801", "nothing that a test does" },
        { "- {}", "PM1801", "Nothing is said here" },
        { "- { complete: call, pass: 1 week }", "PM1802", "`complete` already" },
        { "- { complete: call, outcom: yes }", "PM1101", "“outcome”" },
        { "- { complete: cal }", "PM1201", "did you mean “call”" },
        { "- { complete: vote }", "PM1804", "expected call, rules, brew or pour" },
        { "- { complete: call, outcome: yess }", "PM1205", "did you mean “yes”" },
        { "- { complete: call, with: { cup: 1 } }", "PM1204", "did you mean “cups”" },
        { "- { complete: call, with: { stage: brew } }", "PM1221", "kept by the engine" },
        { "- { complete: call, with: { cups: many } }", "PM1805", "a number such as" },
        { "- { complete: call, with: { cups: [1, 2] } }", "PM1805", "not a list" },
        { "- { complete: call, with: { product: Gren } }", "PM1805", "did you mean “Green”" },
        { "- { complete: call, with: { on: 1.2.2026 } }", "PM1805", "a date such as" },
        { "- { complete: call, with: { at: noon } }", "PM1805", "a date and time" },
        { "- { complete: call, with: { hot: very } }", "PM1805", "yes or no" },
        { "- { complete: call, by: saels }", "PM1803", "did you mean “sales”" },
        { "- { approve: call }", "PM1804", "takes approvals" },
        { "- { approve: vote, by: [finance, stranger] }", "PM1803", "stranger" },
        { "- { acknowledge: call }", "PM1804", "acknowledge: true" },
        { "- { receive: letter }", "PM1807", "letter" },
        { "- { answer: call }", "PM1804", "and the plan has none" },
        { "- { child: call, closes: won }", "PM1804", "and the plan has none" },
        { "- { bypass: call, as: yees }", "PM1205", "did you mean “yes”" },
        { "- { reopen: brwe }", "PM1201", "did you mean “brew”" },
        { "- { reopen-project: brwe }", "PM1203", "did you mean “brew”" },
        { "- { move: brwe }", "PM1203", "did you mean “brew”" },
        { "- { move: }", "PM1102", "needs a stage" },
        { "- { close: lost, reason: prize }", "PM1211", "did you mean “price”" },
        { "- { close: lots }", "PM1107", "lost" },
        { "- { due: call, to: next week }", "PM1401", "no duration" },
        { "- { due: mail, to: 1 day }", "PM1804", "work of people" },
        { "- { assign: call, to: group:saels }", "PM1207", "did you mean “sales”" },
        { "- { assign: call, to: nobody-here }", "PM1803", "nobody-here" },
        { "- { pass: 3 wroking days }", "PM1402", "working days" },
        { "- { until: 2 days after cal }", "PM1201", "cal" },
        { "- { until: 1 day after due }", "PM1413", "due" },
        { "- { until: at field:cups }", "PM1204", "holds a date" },
        { "- { refuse: { pass: 1 day } }", "PM1808", "nothing that can be refused" },
        { "- { refuse: { expect: { stage: brew } } }", "PM1801", "expect" },
        { "- { expect: { stag: brew } }", "PM1101", "“stage”" },
        { "- { expect: { stage: brwe } }", "PM1203", "did you mean “brew”" },
        { "- { expect: { probability: 101 } }", "PM1106", "0 to 100" },
        { "- { expect: { status: actve } }", "PM1210", "did you mean “active”" },
        { "- { expect: { closed: maybe } }", "PM1107", "won" },
        { "- { expect: { open: [cal] } }", "PM1201", "did you mean “call”" },
        { "- { expect: { done: [call.yess] } }", "PM1205", "did you mean “call.yes”" },
        { "- { expect: { done: [cal.yes] } }", "PM1201", "cal" },
        { "- { expect: { overdue: [ordr] } }", "PM1201", "did you mean “order”" },
        { "- { expect: { due: { call: soon } } }", "PM1201", "soon" },
        { "- { expect: { due: { call: at due } } }", "PM1413", "count" },
        { "- { expect: { assigned: { call: saels } } }", "PM1803", "did you mean “sales”" },
        { "- { expect: { priority: { call: hihg } } }", "PM1107", "did you mean “high”" },
        { "- { expect: { fields: { cup: 1 } } }", "PM1204", "did you mean “cups”" },
        { "- { expect: { sent: [brochur] } }", "PM1212", "did you mean “brochure”" },
        { "- { expect: { filed: [quote] } }", "PM1212", "quote" },
        { "- { expect: { started: [other] } }", "PM1219", "other" },
        { "- { expect: { called: [call] } }", "PM1804", "takes requests" },
        { "- { expect: { alerted: { group:saels: call } } }", "PM1207", "did you mean “sales”" },
        { "- { expect: { alerted: { role:tester: call } } }", "PM1206", "did you mean “taster”" },
        { "- { expect: { alerted: { owner: cal } } }", "PM1201", "did you mean “call”" },
        { "- { expect: { reminded: { call: often } } }", "PM1106", "whole number" },
        { "- { expect: { times: { cal: 1 } } }", "PM1201", "did you mean “call”" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void A_wrong_line_of_a_test_has_its_code_and_place_and_what_was_meant(string line, string code, string says)
    {
        var file = $"tests:\n  it:\n    do:\n      {line}\n";
        var read = Read(file);
        var told = DiagnosticPrinter.Print(read.Diagnostics, _ => file);
        Assert.True(read.Diagnostics.Any(d => d.Code == code && d.Message.Contains(says, StringComparison.OrdinalIgnoreCase)), told);
        Assert.All(read.Diagnostics, d => Assert.Equal(4, d.Span.StartLine));
        Assert.Empty(read.Tests);
    }

    public static TheoryData<string, string, string> WrongStarts => new()
    {
        { "at: next Monday", "PM1806", "no date" },
        { "at: 2026-02-30", "PM1806", "no day 30" },
        { "by: stranger", "PM1803", "stranger" },
        { "people: { ann: { groups: [saels] } }", "PM1207", "did you mean “sales”" },
        { "people: { ann: { manager: bob } }", "PM1803", "bob" },
        { "people: { ann: { away: [soon] } }", "PM1806", "soon" },
        { "people: { ann: { away: [{ from: 2026-03-01, until: 2026-03-02, substitute: bob }] } }", "PM1803", "bob" },
        { "people: { ann: { calendar: ofice } }", "PM1209", "did you mean “office”" },
        { "roles: { tester: [owner] }", "PM1206", "did you mean “taster”" },
        { "fails: [call]", "PM1804", "expected mail" },
        { "fields: { cups: x }", "PM1805", "a number" },
        { "prospct: { name: A }", "PM1101", "“prospect”" },
    };

    [Theory, MemberData(nameof(WrongStarts))]
    public void A_wrong_start_has_its_code_and_place_and_what_was_meant(string start, string code, string says)
    {
        var file = $"tests:\n  it:\n    start: {{ {start} }}\n    do: [{{ pass: 1 day }}]\n";
        var read = Read(file);
        Assert.True(read.Diagnostics.Any(d => d.Code == code && d.Message.Contains(says, StringComparison.OrdinalIgnoreCase)), DiagnosticPrinter.Print(read.Diagnostics, _ => file));
    }

    [Theory]
    [InlineData("")]
    [InlineData("tests:\n")]
    [InlineData("tests: {}\n")]
    [InlineData("tests: { a: }\n")]
    [InlineData("tests: { a: { do: [] } }\n")]
    [InlineData("tests: { a: { do: [complete] } }\n")]
    [InlineData("tests: [a, b]\n")]
    [InlineData("test: { a: { do: [{ pass: 1 day }] } }\n")]
    [InlineData("tests: { a: { do: [{ refuse: [] }] } }\n")]
    [InlineData("tests: { a: { do: [{ expect: }] } }\n")]
    [InlineData("{{{")]
    [InlineData("\t")]
    public void Anything_called_tests_is_answered_in_words(string file)
    {
        var read = Read(file);
        Assert.True(read.HasErrors);
        Assert.All(read.Diagnostics, d => Assert.StartsWith("PM", d.Code, StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_of_every_kind_cut_off_anywhere_never_throw()
    {
        const string whole = "tests:\n  it:\n    start: { at: 2026-03-02 09:00, people: { ann: { groups: [sales], away: [{ from: 2026-03-02, until: 2026-03-04, substitute: ann }] } } }\n"
            + "    do:\n      - { complete: call, outcome: yes, with: { cups: 1, extras: [milk] }, by: ann }\n      - { refuse: { approve: vote, by: [ann] }, reason: x }\n"
            + "      - expect: { due: { call: 2026-03-02 }, alerted: { manager: [call, order] }, done: [call.yes], faulted: no, fields: { on: } }\n";
        for (var end = 0; end <= whole.Length; end++) { _ = Read(whole[..end]); }
        Assert.False(Read(whole).HasErrors);
    }
}
