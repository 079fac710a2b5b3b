using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Host.Tests.Api;
using ProcessManager.Host.Tests.Tasks;

namespace ProcessManager.Host.Tests.Documents;

/// <summary>A task with the files that it needs and the letter that it offers.</summary>
public sealed class TaskFileTests
{
    private const string Plan = """
        plan: papers
        name: Papers
        type: sales
        fields:
          contract: { kind: file }
        stages:
          only:
            name: Only
            probability: 0
            steps:
              check:
                task: Check the papers
                attach: [price-list.txt, field:contract]
                offers: quote
                assign: user:sam
              sign: { task: Sign it, assign: user:sam, form: [contract!] }
        """;

    [Fact]
    public async Task A_task_shows_its_files_and_writes_its_letter()
    {
        await using var host = await Brochure.Office(Plan, folder =>
        {
            Directory.CreateDirectory(Path.Combine(folder, "documents"));
            File.WriteAllText(Path.Combine(folder, "documents", "price-list.txt"), "Gold 12");
            Directory.CreateDirectory(Path.Combine(folder, "templates"));
            File.WriteAllBytes(Path.Combine(folder, "templates", "quote.docx"), Letter());
        });
        var project = await Brochure.StartPlain(host, "papers");
        var task = (await Brochure.Open(host, project, "check")).Id;
        using var sam = await host.SignIn("sam");
        var page = await sam.Page($"/tasks/{task}");
        var link = page.QuerySelector("section[aria-label=Documents] a")!;
        Assert.Equal(("price-list.txt", $"/projects/{project}/plan-documents/price-list.txt"), (link.TextContent.Trim(), link.GetAttribute("href")));
        using var list = await sam.GetAsync(new Uri(link.GetAttribute("href")!, UriKind.Relative));
        Assert.Equal("Gold 12", await list.Content.ReadAsStringAsync());
        Assert.Equal("attachment", list.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(HttpStatusCode.NotFound, (await sam.GetAsync(new Uri($"/projects/{project}/plan-documents/other.txt", UriKind.Relative))).StatusCode);

        var written = await sam.Htmx(HttpMethod.Post, $"/tasks/{task}/letter", ("command", "w1"), ("place", "page"));
        Assert.Equal(HttpStatusCode.OK, written.StatusCode);
        Assert.Contains("quote.docx", (await TestBrowser.Read(written)).QuerySelector("section[aria-label=Documents]")!.TextContent, StringComparison.Ordinal);
        await sam.Htmx(HttpMethod.Post, $"/tasks/{task}/letter", ("command", "w1"), ("place", "page"));
        var letter = await host.Query(db => db.Set<DocumentRow>().SingleAsync());
        Assert.Equal(("quote.docx", "check", "sam"), (letter.Name, letter.Step, letter.FiledBy));
        using var saved = await sam.GetAsync(new Uri($"/documents/{letter.Id}", UriKind.Relative));
        Assert.Contains(">Papers<", await TextAsync(saved), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_of_kind_file_names_a_document_of_the_project()
    {
        await using var host = await Brochure.Office(Plan.Replace("price-list.txt, ", "", StringComparison.Ordinal).Replace("        offers: quote\n", "", StringComparison.Ordinal));
        var project = await Brochure.StartPlain(host, "papers");
        var task = (await Brochure.Open(host, project, "sign")).Id;
        var filed = Assert.IsType<Engine.FiledDocument.Filed>(await host.Services.GetRequiredService<Engine.ProcessEngine>().Documents.FileAsync(
            new Engine.NewDocument(project, "contract.txt", new MemoryStream("signed"u8.ToArray())), "f1", "sam", CancellationToken.None)).Document.Id;
        using var sam = await host.SignIn("sam");
        var options = (await sam.Page($"/tasks/{task}")).QuerySelectorAll("select[name='field.contract'] option");
        Assert.Equal(["", $"{filed}"], options.Select(o => o.GetAttribute("value")));
        await sam.Htmx(HttpMethod.Post, $"/tasks/{task}/complete", ("command", "c1"), ("place", "page"), ("outcome", "done"), ("field.contract", $"{filed}"));
        var check = (await Brochure.Open(host, project, "check")).Id;
        Assert.Equal("contract.txt", (await sam.Page($"/tasks/{check}")).QuerySelector("section[aria-label=Documents] a")!.TextContent.Trim());
    }

    [Fact]
    public async Task A_program_files_a_document_names_it_in_a_field_and_finds_it_with_the_task()
    {
        var office = new ApiOffice();
        await office.InitializeAsync();
        try
        {
            using var mia = await office.Program("mia");
            var project = await Brochure.Start(office.Host);
            using var upload = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/v1/projects/{project}/documents?name=contract.pdf", UriKind.Relative)) { Content = new ByteArrayContent("%PDF-1.7 x"u8.ToArray()) };
            upload.Headers.Add("Idempotency-Key", "k1");
            using var filed = await mia.SendAsync(upload);
            Assert.Equal(HttpStatusCode.Created, filed.StatusCode);
            var document = (await mia.Get($"/api/v1/projects/{project}/documents")).GetProperty("items")[0];
            Assert.Equal(("contract.pdf", "application/pdf", 10), (document.GetProperty("name").GetString(), document.GetProperty("mediaType").GetString(), document.GetProperty("size").GetInt32()));
            using var content = await mia.GetAsync(new Uri($"/api/v1/documents/{document.GetProperty("id").GetInt64()}/content", UriKind.Relative));
            Assert.Equal("%PDF-1.7 x", await content.Content.ReadAsStringAsync());
            Assert.Contains("empty", await mia.Refused(422, "invalid", "POST", $"/api/v1/projects/{project}/documents?name=x.txt"), StringComparison.Ordinal);
            Assert.Contains("?name=", await mia.Refused(422, "invalid", "POST", $"/api/v1/projects/{project}/documents"), StringComparison.Ordinal);
            using var zoe = await office.Program("zoe");
            await zoe.Refused(404, "not-found", "GET", $"/api/v1/documents/{document.GetProperty("id").GetInt64()}/content");
            await zoe.Refused(404, "not-found", "GET", $"/api/v1/projects/{project}/documents");
        }
        finally
        {
            await office.DisposeAsync();
        }
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        using var archive = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        using var reader = new StreamReader(archive.GetEntry("word/document.xml")!.Open());
        return await reader.ReadToEndAsync();
    }

    private static byte[] Letter()
    {
        const string w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create))
        {
            Add("[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>""");
            Add("_rels/.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>""");
            Add("word/document.xml", $"""<w:document xmlns:w="{w}"><w:body><w:p><w:r><w:t>About </w:t></w:r><w:fldSimple w:instr=" MERGEFIELD title "><w:r><w:t>«title»</w:t></w:r></w:fldSimple></w:p></w:body></w:document>""");
            void Add(string name, string text)
            {
                using var stream = archive.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return file.ToArray();
    }
}
