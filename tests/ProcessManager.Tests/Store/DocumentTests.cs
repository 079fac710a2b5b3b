using System.Text;
using ProcessManager.Engine;
using ProcessManager.Engine.Documents;
using ProcessManager.Engine.Store;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using Xunit;

namespace ProcessManager.Tests.Store;

public sealed class DocumentTests
{
    [Fact]
    public async Task A_document_is_kept_once_by_its_content_and_every_name_counts_its_versions()
    {
        await using var store = await StoreFixture.OpenAsync();
        var project = (await store.StartAsync()).Project;
        var first = await FileAsync(store, project, "offer.pdf", "%PDF-1.7 one");
        var second = await FileAsync(store, project, "offer.pdf", "%PDF-1.7 two");
        var same = await FileAsync(store, project, "copy.pdf", "%PDF-1.7 one");
        Assert.Equal((1, 2, 1), (first.Version, second.Version, same.Version));
        Assert.Equal("application/pdf", first.MediaType);
        Assert.Equal(first.Hash, same.Hash);
        Assert.Equal(2, Files(store).Length);
        Assert.Equal("%PDF-1.7 two", await TextAsync(store, second));
        var told = store.History(project).Where(h => h.Kind == "DocumentFiled").ToList();
        Assert.Equal(["offer.pdf", "offer.pdf", "copy.pdf"], told.Select(h => h.After));
        Assert.All(told, h => Assert.Equal("ann", h.Actor));
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task The_same_command_files_a_document_once()
    {
        await using var store = await StoreFixture.OpenAsync();
        var project = (await store.StartAsync()).Project;
        for (var i = 0; i < 3; i++)
        {
            var answer = await store.Engine.Documents.FileAsync(New(project, "a.txt", "text"), "one", "ann", StoreFixture.None);
            Assert.Equal(i > 0, Assert.IsType<FiledDocument.Filed>(answer).Repeated);
        }

        Assert.Single(store.Rows<DocumentRow>());
        var other = await store.Engine.Documents.FileAsync(New(project, "a.txt", "another text"), "one", "ann", StoreFixture.None);
        Assert.Equal(Refusal.Invalid, Assert.IsType<FiledDocument.Refused>(other).Reason);
    }

    [Fact]
    public async Task Too_large_empty_and_homeless_files_are_refused_and_leave_nothing_behind()
    {
        await using var store = await StoreFixture.OpenAsync(o => o.Documents.LargestMegabytes = 1);
        var project = (await store.StartAsync()).Project;
        var large = await store.Engine.Documents.FileAsync(
            new NewDocument(project, "large.bin", new MemoryStream(new byte[(1 << 20) + 1])), "large", "ann", StoreFixture.None);
        Assert.Contains("1 MB", Assert.IsType<FiledDocument.Refused>(large).Message, StringComparison.Ordinal);
        Assert.Empty(Files(store));
        Assert.IsType<FiledDocument.Refused>(await store.Engine.Documents.FileAsync(New(project, "empty.txt", ""), "empty", "ann", StoreFixture.None));
        var homeless = await store.Engine.Documents.FileAsync(New(99, "a.txt", "text"), "homeless", "ann", StoreFixture.None);
        Assert.Equal(Refusal.NotFound, Assert.IsType<FiledDocument.Refused>(homeless).Reason);
        Assert.Empty(store.Rows<DocumentRow>());
    }

    [Fact]
    public async Task What_cannot_be_written_is_said_to_be_unavailable_and_nothing_is_filed()
    {
        await using var store = await StoreFixture.OpenAsync();
        var project = (await store.StartAsync()).Project;
        await File.WriteAllTextAsync(Path.Combine(store.Folder, "documents"), "a file where the folder should be");
        var failed = await Assert.ThrowsAsync<EngineUnavailableException>(() => FileAsync(store, project, "a.txt", "text"));
        Assert.Contains("nothing was changed", failed.Message, StringComparison.Ordinal);
        Assert.Empty(store.Rows<DocumentRow>());
        Assert.DoesNotContain(store.History(project), h => h.Kind == "DocumentFiled");
    }

    [Fact]
    public async Task A_sweep_takes_what_no_row_names_after_an_hour_and_nothing_else()
    {
        await using var store = await StoreFixture.OpenAsync();
        var project = (await store.StartAsync()).Project;
        await FileAsync(store, project, "kept.txt", "kept");
        await store.Engine.Documents.PutAsync(new MemoryStream("given up"u8.ToArray()), StoreFixture.None);
        await File.WriteAllTextAsync(Path.Combine(store.Folder, "documents", "incoming", "half"), "half");
        File.SetLastWriteTimeUtc(Path.Combine(store.Folder, "documents", "incoming", "half"), store.Clock.GetUtcNow().UtcDateTime);
        Assert.Equal(0, store.Engine.Documents.Sweep());
        store.Clock.Pass(TimeSpan.FromHours(1.1));
        Assert.Equal(2, store.Engine.Documents.Sweep());
        Assert.Equal("kept", await TextAsync(store, Assert.Single(store.Rows<DocumentRow>())));
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task Content_that_was_given_up_and_comes_again_survives_the_sweep()
    {
        await using var store = await StoreFixture.OpenAsync();
        var project = (await store.StartAsync()).Project;
        await store.Engine.Documents.PutAsync(new MemoryStream("again"u8.ToArray()), StoreFixture.None);
        store.Clock.Pass(TimeSpan.FromHours(2));
        await store.Engine.Documents.PutAsync(new MemoryStream("again"u8.ToArray()), StoreFixture.None);
        Assert.Equal(0, store.Engine.Documents.Sweep());
        await FileAsync(store, project, "again.txt", "again");
        Assert.Empty(await store.VerifyAsync());
    }

    [Theory]
    [InlineData("remove", "is not there")]
    [InlineData("cut", "bytes")]
    [InlineData("change", "was changed")]
    public async Task The_verifier_finds_a_lost_a_cut_and_a_changed_file(string damage, string words)
    {
        await using var store = await StoreFixture.OpenAsync();
        await FileAsync(store, (await store.StartAsync()).Project, "a.txt", "text");
        var file = Assert.Single(Files(store));
        switch (damage)
        {
            case "remove": File.Delete(file); break;
            case "cut": await File.WriteAllTextAsync(file, "t"); break;
            default: await File.WriteAllTextAsync(file, "tixt"); break;
        }

        Assert.Contains(words, Assert.Single(await store.VerifyAsync()).What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\Users\\x\\offer.docx", "offer.docx")]
    [InlineData("a\u202Excod.exe", "axcod.exe")]
    [InlineData("  ..  ", "document")]
    [InlineData("a<b>:c\".pdf", "a_b__c_.pdf")]
    [InlineData("Angebot für Österreich.pdf", "Angebot für Österreich.pdf")]
    [InlineData("line\r\nbreak.txt", "linebreak.txt")]
    public void Names_are_cleaned(string given, string kept) => Assert.Equal(kept, FileName.Clean(given));

    [Fact]
    public void A_long_name_keeps_its_extension() =>
        Assert.Equal(150, FileName.Clean(new string('ä', 400) + ".docx") is var name && name.EndsWith(".docx", StringComparison.Ordinal) ? name.Length : 0);

    [Theory]
    [InlineData("<html><script>alert(1)</script>", "page.html", "text/plain")]
    [InlineData("<svg onload='x'/>", "picture.svg", "text/plain")]
    [InlineData("a;b\n1;2", "table.csv", "text/csv")]
    [InlineData("%PDF-1.4", "picture.png", "application/pdf")]
    [InlineData("MZ\u0000\u0001", "offer.docx", "application/octet-stream")]
    [InlineData("GIF89a", "x", "image/gif")]
    public void The_kind_is_told_by_the_content(string content, string name, string type) =>
        Assert.Equal(type, MediaType.Of(Encoding.UTF8.GetBytes(content), name));

    [Fact]
    public void An_office_package_is_told_by_its_content_and_its_name_together()
    {
        byte[] zip = [(byte)'P', (byte)'K', 3, 4, 20, 0];
        Assert.Equal(MediaType.Word, MediaType.Of(zip, "a.DOCX"));
        Assert.Equal("application/zip", MediaType.Of(zip, "a.pdf"));
        Assert.Equal(MediaType.Unknown, MediaType.Of([0xFF, 0xFE, 0x00], "a.docx"));
    }

    private static NewDocument New(long project, string name, string content) => new(project, name, new MemoryStream(Encoding.UTF8.GetBytes(content)));

    private static async Task<DocumentRow> FileAsync(StoreFixture store, long project, string name, string content) => Assert.IsType<FiledDocument.Filed>(
        await store.Engine.Documents.FileAsync(New(project, name, content), StoreFixture.NewId(), "ann", StoreFixture.None)).Document;

    private static string[] Files(StoreFixture store) => System.IO.Directory.Exists(Path.Combine(store.Folder, "documents"))
        ? System.IO.Directory.GetFiles(Path.Combine(store.Folder, "documents"), "*", SearchOption.AllDirectories) : [];

    private static async Task<string> TextAsync(StoreFixture store, DocumentRow document)
    {
        await using var stream = store.Engine.Documents.Open(document);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
