using ProcessManager.Host.Projects.Fields;
using ProcessManager.Language;

namespace ProcessManager.Host.Tests.Tasks;

public sealed class FieldProblemsTests
{
    private static readonly PlanField[] Fields = [Field("amount", "Amount"), Field("paid", "Amount paid"), Field("day", "Day and place")];

    [Fact]
    public void A_sentence_stands_beside_the_field_that_it_begins_with()
    {
        var problems = FieldProblems.Of("Amount must be a number. Amount paid must be at least 1.", Fields);
        Assert.Equal("Amount must be a number.", problems["amount"]);
        Assert.Equal("Amount paid must be at least 1.", problems["paid"]);
        Assert.Equal(2, problems.Count);
    }

    [Fact]
    public void Every_missing_field_is_named_also_one_whose_label_holds_an_and()
    {
        Assert.Equal(["amount", "paid"], FieldProblems.Of("Please fill Amount and Amount paid.", Fields).Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["amount", "day"], FieldProblems.Of("Please fill Amount and Day and place.", Fields).Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["paid"], FieldProblems.Of("Please fill Amount paid.", Fields).Keys);
    }

    [Fact]
    public void A_refusal_about_something_else_blames_no_field() =>
        Assert.Empty(FieldProblems.Of("Task 3 was completed by Ann Amount at 10:42.", Fields));

    [Theory]
    [InlineData("2026-03-29T02:30", "Europe/Vienna", "2026-03-29T01:00:00Z")] // skipped by the clock: the first moment after
    [InlineData("2026-07-01T12:00", "Europe/Vienna", "2026-07-01T10:00:00Z")]
    [InlineData("2026-07-01 12:00:30", "UTC", "2026-07-01T12:00:30Z")]
    public void A_typed_time_is_meant_in_the_zone_of_who_types(string typed, string zone, string moment) =>
        Assert.Equal(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture), PlanFields.Moment(typed, TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Fact]
    public void What_is_no_time_is_none() => Assert.Null(PlanFields.Moment("tomorrow", TimeZoneInfo.Utc));

    private static PlanField Field(string id, string label) => new(id, FieldKind.Number, label, null, [], null, null, false);
}
