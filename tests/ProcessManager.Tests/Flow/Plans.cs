using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using ProcessManager.Flow;
using ProcessManager.Language;

namespace ProcessManager.Tests.Flow;

/// <summary>Plans written in a test, with an organisation, calendar, people and email templates beside them.</summary>
internal static class Plans
{
    /// <summary>Monday, 2 March 2026, 09:00 in Vienna.</summary>
    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private const string Organisation = """
        organisation: Test House
        zone: Europe/Vienna
        calendar: office
        currencies: [EUR]
        types:
          sales:
            name: Sale
            won: Sold
            currency: EUR
            statuses: { active: Active, waiting: Waiting for the customer }
          editorial: { name: Manuscript, won: Accepted }
        groups: { sales: Sales, sales-leads: Sales leads, finance: Finance, shipping: Shipping, nobody: Nobody yet }
        close-reasons:
          lost: { no-interest: No interest, price: Price }
          cancelled: { nothing-to-do: Nothing to do }
        """;

    private const string Office = """
        calendar: office
        name: Office
        zone: Europe/Vienna
        week: { monday: ["09:00-17:00"], tuesday: ["09:00-17:00"], wednesday: ["09:00-17:00"], thursday: ["09:00-17:00"], friday: ["09:00-17:00"] }
        """;

    private const string Letter = """
        ---
        subject: For {{prospect.name}}
        ---
        Dear {{prospect.name}}, the owner is {{owner}}.
        """;

    private const string ForItem = """
        ---
        subject: For {{item}}
        ---
        Dear {{item}}.
        """;

    private const string Child = """
        plan: deliver-order
        name: Deliver an order
        type: sales
        fields:
          product: { kind: text }
          pieces: { kind: number }
        stages:
          one:
            name: One
            steps:
              ship: { task: Ship, outcomes: { shipped: , lost: { close: lost } } }
        """;

    private static readonly Lazy<Definitions> Folder = new(() =>
    {
        var read = Definitions.Read([
            File("organisation.yaml", Organisation), File("calendars/office.yaml", Office),
            File("templates/brochure.email.md", Letter), File("templates/thanks.email.md", Letter), File("templates/item.email.md", ForItem),
            File("plans/deliver-order/plan.yaml", Child), new DefinitionFile("templates/quote.docx", Docx("prospect.name", "amount", "owner"))]);
        return read.Diagnostics.Any(d => d.Severity == Severity.Error)
            ? throw new InvalidOperationException(string.Join("\n", read.Diagnostics)) : read;
    });

    public static Definitions Definitions => Folder.Value;

    /// <summary>Compiles a whole plan; fails with the diagnostics where it has an error.</summary>
    public static Plan Compile(string yaml)
    {
        var compiled = PlanCompiler.Compile(Definitions, File("draft.yaml", yaml));
        return compiled.Plan ?? throw new InvalidOperationException(string.Join("\n", compiled.Diagnostics) + "\n" + yaml);
    }

    /// <summary>Compiles a plan of one stage from its steps; fields, roles and later stages may be given beside.</summary>
    /// <param name="head">Keys of the plan before <c>stages</c>.</param>
    /// <param name="stage">Keys of the stage beside its steps.</param>
    /// <param name="more">Further stages.</param>
    public static Plan OfSteps(string steps, string head = "", string stage = "", string more = "") => Compile($"""
        plan: test
        name: Test
        type: sales
        {head.Trim()}
        stages:
          one:
            name: One
        {Indent(stage, 4)}
            steps:
        {Indent(steps, 6)}
        {Indent(more, 2)}
        """);

    /// <summary>
    /// Owen owns; Mia manages Owen and Sam; Sam and Sue are in sales, Lea leads sales, Fay and Fred are in finance, Shaw ships;
    /// Ada administers.
    /// </summary>
    public static Facts Facts { get; } = new()
    {
        Organisation = Definitions.Organisation!,
        Calendars = Definitions.Calendars,
        Directory = new ProcessManager.Flow.Directory
        {
            People = new[]
            {
                Person("owen", "Owen Owner", "mia"), Person("mia", "Mia Manager"), Person("sam", "Sam Seller", "mia"),
                Person("sue", "Sue Seller", "lea"), Person("lea", "Lea Lead"), Person("fay", "Fay Finance"),
                Person("fred", "Fred Finance"), Person("fritz", "Fritz Finance"), Person("shaw", "Shaw Shipping"),
                Person("ada", "Ada Admin") with { IsAdministrator = true },
            }.ToImmutableDictionary(p => p.Name),
            Groups = new Dictionary<string, ImmutableArray<string>>
            {
                ["sales"] = ["sam", "sue"], ["sales-leads"] = ["lea"], ["finance"] = ["fay", "fred", "fritz"], ["shipping"] = ["shaw"],
            }.ToImmutableDictionary(),
        },
        Prospect = new Dictionary<string, object?> { ["name"] = "Ada Ltd", ["kind"] = "organisation", ["email"] = "ada@example.org" },
    };

    public static Member Person(string name, string display, string? manager = null) =>
        new(name, display, $"{name}@example.org", manager, false, false, []);

    /// <summary>A Word template with these merge fields.</summary>
    internal static byte[] Docx(params string[] fields)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var part = new StreamWriter(zip.CreateEntry("word/document.xml").Open());
            part.Write("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p>");
            foreach (var field in fields) { part.Write($"<w:fldSimple w:instr=\" MERGEFIELD {field} \"><w:r><w:t>«{field}»</w:t></w:r></w:fldSimple>"); }
            part.Write("</w:p></w:body></w:document>");
        }

        return bytes.ToArray();
    }

    private static DefinitionFile File(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));

    private static string Indent(string text, int by) => text.Trim().Length == 0 ? ""
        : string.Join('\n', text.Trim('\n').Split('\n').Select(l => new string(' ', by) + l));
}
