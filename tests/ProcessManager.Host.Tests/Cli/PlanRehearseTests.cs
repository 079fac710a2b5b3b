using System.Text.Json;

namespace ProcessManager.Host.Tests.Cli;

/// <summary>Plans played through from the command line.</summary>
[Collection("console")]
public sealed class PlanRehearseTests
{
    private static readonly string Brochure = Path.Combine(Repository.Root, "definitions", "plans", "brochure-to-customer");

    [Fact]
    public async Task Many_projects_give_a_table_of_stages_results_and_work()
    {
        var ran = await Terminal.Run("plan", "rehearse", Brochure, "--projects", "50", "--from", "2026-03-02", "--chance", "call-back.sale=1");
        Assert.True(ran.Exit == 0, ran.ToString());
        Assert.Contains("Brochure to customer: 50 projects from Mon 2 Mar 2026 (seed 1)", ran.Out, StringComparison.Ordinal);
        Assert.Contains("won 100 %", ran.Out, StringComparison.Ordinal);
        Assert.Contains("hours a week               2 Mar   9 Mar", ran.Out, StringComparison.Ordinal);
        Assert.Equal(ran.Out, (await Terminal.Run("plan", "rehearse", Brochure, "--projects", "50", "--from", "2026-03-02", "--chance", "call-back.sale=1")).Out);
    }

    [Fact]
    public async Task One_project_gives_its_dates_and_its_story()
    {
        var ran = await Terminal.Run("plan", "rehearse", Brochure, "--from", "2026-03-02 10:00", "--story");
        Assert.True(ran.Exit == 0, ran.ToString());
        Assert.Contains("  Enquiry                  Mon 2 Mar 2026 10:00  –  ", ran.Out, StringComparison.Ordinal);
        Assert.Contains("stage enquiry is entered", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_figures_are_JSON_for_programs_and_people_may_come_from_a_file()
    {
        var people = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(people, "by: sam\npeople: { sam: { groups: [sales] }, tom: { groups: [shipping] } }\n");
            var ran = await Terminal.Run("plan", "rehearse", Brochure, "--projects", "20", "--seed", "7", "--from", "2026-03-02", "--people", people, "--json");
            Assert.True(ran.Exit == 0, ran.ToString());
            using var json = JsonDocument.Parse(ran.Out);
            Assert.Equal(20, json.RootElement.GetProperty("projects").GetInt32());
            Assert.All(json.RootElement.GetProperty("workload").EnumerateArray(), w => Assert.Contains(w.GetProperty("person").GetString(), new[] { "sam", "tom" }));

            await File.WriteAllTextAsync(people, "peple: {}\n");
            var wrong = await Terminal.Run("plan", "rehearse", Brochure, "--people", people);
            Assert.Equal(2, wrong.Exit);
            Assert.Contains("Did you mean “people”", wrong.Error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(people);
        }
    }

    [Theory]
    [InlineData("nowhere", "no such plan")]
    [InlineData("--chance", "0 to 1", "call-back.sale=2")]
    [InlineData("--chance", "did you mean call-back.sale", "call-back.sael=1")]
    [InlineData("--from", "--from is a date", "tomorrow")]
    [InlineData("--every", "working day", "1 wroking day")]
    [InlineData("--projects", "from 1 to 10000", "0")]
    [InlineData("--people", "no such file", "nobody.yaml")]
    public async Task What_cannot_be_used_is_said_in_a_sentence(string option, string says, string? value = null)
    {
        var ran = value is null ? await Terminal.Run("plan", "rehearse", option) : await Terminal.Run("plan", "rehearse", Brochure, option, value);
        Assert.Equal(2, ran.Exit);
        Assert.Contains(says, ran.Error, StringComparison.Ordinal);
    }
}
