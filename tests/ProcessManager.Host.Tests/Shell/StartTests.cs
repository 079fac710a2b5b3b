using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;

namespace ProcessManager.Host.Tests.Shell;

public sealed class StartTests
{
    [Fact]
    public async Task The_program_starts_from_the_repositorys_root_and_serves_its_style_sheet()
    {
        var data = Directory.CreateTempSubdirectory("pm-start-");
        var binary = AppContext.BaseDirectory.Replace(Path.Combine("tests", "ProcessManager.Host.Tests"), "host", StringComparison.Ordinal);
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { Path.Combine(binary, "pm.dll"), "serve", "--data", data.FullName, "--urls", "http://127.0.0.1:0" }) start.ArgumentList.Add(argument);
        using var program = Process.Start(start)!;
        try
        {
            using var browser = new TestBrowser(await Address(program));
            var sheet = (await browser.Page("/sign-in")).QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
            var answer = await browser.GetAsync(new Uri("/" + sheet, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.True((await answer.Content.ReadAsByteArrayAsync()).Length > 100_000);
            Assert.True(File.Exists(Path.Combine(data.FullName, "pm.db")));
        }
        finally
        {
            program.Kill();
            await program.WaitForExitAsync();
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Sessions_and_their_tokens_outlive_a_restart()
    {
        var data = Directory.CreateTempSubdirectory("pm-restart-");
        CookieCollection cookies;
        var first = await TestHost.Start(data: data.FullName);
        await using (first)
        {
            var ann = await first.SignIn("ann");
            cookies = ann.Cookies.GetAllCookies();
        }
        await using (var second = await TestHost.Start(data: data.FullName, time: first.Time))
        {
            var again = second.Anonymous();
            foreach (Cookie cookie in cookies) again.Cookies.Add(second.Address, new Cookie(cookie.Name, cookie.Value));
            Assert.Equal(HttpStatusCode.OK, (await again.GetAsync("/")).StatusCode);
        }
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        data.Delete(recursive: true);
    }

    [Fact]
    public async Task A_lock_left_by_a_process_that_was_killed_while_migrating_stops_nobody()
    {
        var data = Directory.CreateTempSubdirectory("pm-lock-");
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(data.FullName, "pm.db")}"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = """CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER PRIMARY KEY, "Timestamp" TEXT); INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01')""";
            await command.ExecuteNonQueryAsync();
        }
        await using (var host = await TestHost.Start(data: data.FullName))
        {
            Assert.Equal(0, await host.Query(db => db.Users.CountAsync()));
        }
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        data.Delete(recursive: true);
    }

    [Fact]
    public async Task Health_is_told_to_whoever_asks()
    {
        await using var host = await TestHost.Start();
        var anybody = host.Anonymous();
        Assert.Equal(HttpStatusCode.OK, (await anybody.GetAsync("/health/live")).StatusCode);
        Assert.Equal("Healthy", await anybody.GetStringAsync("/health/ready"));
    }

    private static async Task<Uri> Address(Process program)
    {
        while (await program.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split("Now listening on: ") is [_, var address]) return new Uri(address);
        }
        throw new InvalidOperationException("The program ended: " + await program.StandardError.ReadToEndAsync());
    }
}
