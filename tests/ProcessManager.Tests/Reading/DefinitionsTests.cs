using System.Text;
using ProcessManager.Language;
using ProcessManager.Language.Time;
using Xunit;

namespace ProcessManager.Tests.Reading;

public class DefinitionsTests
{
    private const string Organisation = """
        organisation: Example
        zone: Europe/Vienna
        calendar: office
        currencies: [EUR, USD]
        groups: { sales: Sales }
        close-reasons:
          lost: { price: Price, withdrawn: Withdrawn }
          cancelled: { withdrawn: Withdrawn }
        types:
          sales: { name: Sale, won: Sold, owners: sales, statuses: { new: New } }
          event: { name: Event, won: Held, quantity: Participants }
        """;

    private const string Office = "calendar: office\nweek: { monday: [\"08:00-12:00\", \"13:00-17:00\"], saturday: \"22:00-06:00\" }\n";

    private static DefinitionFile File(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));

    private static Definitions Read(string organisation = Organisation, string office = Office) =>
        Definitions.Read([File("organisation.yaml", organisation), File("calendars/office.yaml", office)]);

    private static string Only(Definitions definitions)
    {
        var diagnostic = Assert.Single(definitions.Diagnostics);
        return $"{diagnostic.Span} {diagnostic.Code}";
    }

    [Fact]
    public void The_shipped_definitions_are_read_without_a_complaint()
    {
        var folder = Path.Combine(ShapeTests.Root(), "definitions");
        var definitions = Definitions.Read(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(f => new DefinitionFile(Path.GetRelativePath(folder, f).Replace('\\', '/'), System.IO.File.ReadAllBytes(f))));
        Assert.Empty(definitions.Diagnostics);
        Assert.Equal(
            ["conference", "donation", "editorial", "improvement", "issue", "membership", "project", "relationship", "sales", "sponsorship"],
            definitions.Organisation!.Types.Select(t => t.Id).Order());
        Assert.Contains("prospect-to-customer", definitions.PlanIds);
        var office = definitions.Calendars["office"];
        Assert.Equal("Europe/Vienna", office.Zone.Id);
        Assert.True(office.IsWorkingTime(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero)));
        Assert.False(office.IsWorkingTime(new DateTimeOffset(2027, 3, 29, 8, 0, 0, TimeSpan.Zero)), "Easter Monday");
        Assert.True(office.IsWorkingTime(new DateTimeOffset(2026, 12, 24, 9, 0, 0, TimeSpan.Zero)), "the morning of a half day");
        Assert.False(office.IsWorkingTime(new DateTimeOffset(2026, 12, 24, 12, 30, 0, TimeSpan.Zero)), "its afternoon");
    }

    [Fact]
    public void An_organisation_is_read_with_types_groups_and_reasons()
    {
        var definitions = Read();
        Assert.Empty(definitions.Diagnostics);
        var organisation = definitions.Organisation!;
        Assert.Equal(("Example", "Europe/Vienna", "office"), (organisation.Name, organisation.Zone, organisation.Calendar));
        Assert.Equal(["EUR", "USD"], organisation.Currencies.AsEnumerable());
        Assert.Equal("Price", organisation.CloseReasons["price"]);
        Assert.Equal(["price", "withdrawn"], organisation.ReasonsByResult[CloseResult.Lost].AsEnumerable());
        Assert.Equal(["withdrawn"], organisation.ReasonsByResult[CloseResult.Cancelled].AsEnumerable());
        var sale = organisation.FindType("sales")!;
        Assert.Equal(("Sale", "Sold", "EUR", "sales", null), (sale.Name, sale.Won, sale.Currency, sale.OwnerPool, sale.Administrator));
        Assert.Equal("New", sale.Statuses["new"]);
        Assert.Equal((null, "Participants"), (organisation.FindType("event")!.Currency, organisation.FindType("event")!.Quantity));
    }

    [Fact]
    public void A_group_may_name_the_calendar_its_members_work_by()
    {
        var definitions = Read(Organisation.Replace("{ sales: Sales }", "{ sales: Sales, guards: { name: Guards at night, calendar: office }, drivers: { calendar: office } }", StringComparison.Ordinal));
        Assert.Empty(definitions.Diagnostics);
        var organisation = definitions.Organisation!;
        Assert.Equal(("Sales", "Guards at night", "Drivers"), (organisation.Groups["sales"], organisation.Groups["guards"], organisation.Groups["drivers"]));
        Assert.Equal(["drivers", "guards"], organisation.GroupCalendars.Keys.Order());
        Assert.Equal("office", organisation.GroupCalendars["guards"]);
    }

    [Fact]
    public void A_calendar_takes_the_zone_of_the_organisation_where_it_names_none()
    {
        var office = Read().Calendars["office"];
        Assert.Equal("Europe/Vienna", office.Zone.Id);
        Assert.Equal(new TimeRange(22 * 60, 6 * 60), Assert.Single(office.Definition.Week[DayOfWeek.Saturday]));
    }

    [Fact]
    public void Without_an_organisation_the_calendars_are_read_and_the_plans_are_listed()
    {
        var definitions = Definitions.Read([File("calendars/office.yaml", Office), File("plans/b/plan.yaml", ""), File("plans/a/plan.yaml", ""), File("plans/a/tests.yaml", "")]);
        Assert.Null(definitions.Organisation);
        Assert.Equal(["a", "b"], definitions.PlanIds.AsEnumerable());
        Assert.Single(definitions.Calendars);
    }

    [Theory]
    [InlineData("calendar: office", "calendar: offfice", "3:11 PM1209")]
    [InlineData("owners: sales", "owners: saels", "10:43 PM1207")]
    [InlineData("{ sales: Sales }", "{ sales: { name: Sales, calendar: ofice } }", "5:43 PM1209")]
    [InlineData("owners: sales", "currency: CHF", "10:45 PM1118")]
    [InlineData("cancelled: { withdrawn: Withdrawn }", "cancelled: { withdrawn: Gone }", "8:27 PM1119")]
    [InlineData("zone: Europe/Vienna", "zone: Vienna", "2:7 PM1117")]
    [InlineData("currencies: [EUR, USD]", "currencies: [Euro]", "4:14 PM1117")]
    public void A_mistake_in_the_organisation_is_reported_where_it_stands(string right, string wrong, string expected)
    {
        var definitions = Read(Organisation.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Null(definitions.Organisation);
        Assert.Contains(definitions.Diagnostics, d => $"{d.Span} {d.Code}" == $"organisation.yaml:{expected}");
    }

    [Theory]
    [InlineData("calendar: ofice\nweek: { monday: \"08:00-12:00\" }\n", "1:11 PM1227")]
    [InlineData("calendar: office\nweek: {}\n", "1:1 PM1228")]
    [InlineData("calendar: office\nweek: { monday: 8 to 12 }\n", "2:17 PM1109")]
    public void A_calendar_that_cannot_be_counted_in_is_reported(string office, string expected)
    {
        var definitions = Read(office: office);
        Assert.Empty(definitions.Calendars);
        Assert.Equal("calendars/office.yaml:" + expected, Only(definitions));
    }

    [Fact]
    public void Broken_files_of_every_length_never_throw()
    {
        for (var length = 0; length < Organisation.Length; length++)
        {
            Read(Organisation[..length], Office[..Math.Min(length, Office.Length)]);
        }
    }
}
