using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProcessManager.Host.Access;

namespace ProcessManager.Host.Tests.Access;

public sealed class PersonalTokenTests
{
    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task A_token_acts_as_its_person_and_needs_no_antiforgery_token()
    {
        await using var host = await TestHost.Start();
        var program = await Program(host, TokenScopes.All);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await program.Post("/theme", ("theme", "dark"))).StatusCode);
        Assert.Equal("dark", (await host.People.Find("ann", None))!.Theme);
    }

    [Fact]
    public async Task A_token_that_may_only_read_changes_nothing()
    {
        await using var host = await TestHost.Start();
        var program = await Program(host, [TokenScopes.Read]);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.Post("/theme", ("theme", "dark"))).StatusCode);
        Assert.Equal("auto", (await host.People.Find("ann", None))!.Theme);
    }

    [Fact]
    public async Task A_token_ends_when_it_is_revoked_when_it_expires_and_when_its_person_is_disabled()
    {
        await using var host = await TestHost.Start();
        var ann = await host.Person("ann");

        var revoked = await Program(host, TokenScopes.All);
        await host.People.RevokeToken(ann, await host.Query(db => db.Set<PersonalToken>().MaxAsync(t => t.Id)), None);
        Assert.Equal(HttpStatusCode.Unauthorized, (await revoked.GetAsync("/")).StatusCode);

        var expired = await Program(host, TokenScopes.All);
        Assert.Equal(HttpStatusCode.OK, (await expired.GetAsync("/")).StatusCode);
        host.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await expired.GetAsync("/")).StatusCode);

        var disabled = await Program(host, TokenScopes.All);
        await host.People.Disable(ann, None);
        Assert.Equal(HttpStatusCode.Unauthorized, (await disabled.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task Nobody_revokes_the_token_of_somebody_else()
    {
        await using var host = await TestHost.Start();
        var program = await Program(host, TokenScopes.All);
        await host.People.RevokeToken(await host.Person("bob"), await host.Query(db => db.Set<PersonalToken>().MaxAsync(t => t.Id)), None);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task An_unknown_token_is_refused_even_beside_a_valid_cookie()
    {
        await using var host = await TestHost.Start();
        var ann = await host.SignIn("ann");
        ann.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "pm_made-up");
        Assert.Equal(HttpStatusCode.Unauthorized, (await ann.GetAsync("/")).StatusCode);
    }

    private static async Task<TestBrowser> Program(TestHost host, IReadOnlyCollection<string> scopes)
    {
        var token = await host.People.CreateToken(await host.Person("ann"), "test", scopes, host.Time.GetUtcNow().AddDays(1), None);
        var program = host.Anonymous();
        program.SendsAntiforgeryToken = false;
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return program;
    }
}
