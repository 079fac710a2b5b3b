using ProcessManager.Host.Access;

namespace ProcessManager.Host.Tests.Access;

public sealed class PeopleTests
{
    private static CancellationToken None => CancellationToken.None;

    [Theory]
    [InlineData("short", "at least 12")]
    [InlineData("aaaaaaaaaaaaaaaa", "different characters")]
    [InlineData("Password1234", "first that attackers try")]
    [InlineData("my name is annette", "sign-in name")]
    public async Task A_weak_password_is_refused_in_words(string password, string words)
    {
        await using var host = await TestHost.Start();
        var refused = Assert.IsType<PersonResult.Refused>(await host.People.Create(new NewPerson("annette", "Annette", password), None));
        Assert.Equal("Password", refused.Problems[0].Field);
        Assert.Contains(words, refused.Problems[0].Text, StringComparison.Ordinal);
        Assert.Null(await host.People.Find("annette", None));
    }

    [Fact]
    public async Task A_sign_in_name_belongs_to_one_person_whatever_its_case()
    {
        await using var host = await TestHost.Start();
        await host.Person("ann");
        var refused = Assert.IsType<PersonResult.Refused>(await host.People.Create(new NewPerson("ANN", "Another Ann"), None));
        Assert.Equal("UserName", refused.Problems[0].Field);
    }

    [Fact]
    public async Task An_unknown_role_zone_or_locale_is_refused_and_nothing_is_created()
    {
        await using var host = await TestHost.Start();
        var refused = Assert.IsType<PersonResult.Refused>(
            await host.People.Create(new NewPerson("ann", "Ann", Roles: ["king"], TimeZone: "Mars/Olympus", Locale: "xx-unknown-yy"), None));
        Assert.Equal(["TimeZone", "Locale", "Roles"], refused.Problems.Select(problem => problem.Field));
        Assert.Null(await host.People.Find("ann", None));
    }

    [Fact]
    public async Task The_last_administrator_can_be_neither_disabled_nor_demoted()
    {
        await using var host = await TestHost.Start();
        var ann = await host.Person("ann", Roles.Administrator);
        Assert.IsType<PersonResult.Refused>(await host.People.Disable(ann, None));
        Assert.IsType<PersonResult.Refused>(await host.People.SetRoles(ann, [Roles.Manager], None));

        await host.Person("bob", Roles.Administrator);
        Assert.IsType<PersonResult.Done>(await host.People.Disable(ann, None));
    }

    [Fact]
    public async Task A_new_password_ends_the_sessions_of_the_old_one()
    {
        await using var host = await TestHost.Start();
        var ann = await host.SignIn("ann");
        var id = await host.Person("ann");
        Assert.IsType<PersonResult.Refused>(await host.People.ChangePassword(id, "not the present one", "a brand new sentence", None));
        Assert.IsType<PersonResult.Done>(await host.People.ChangePassword(id, TestHost.Password, "a brand new sentence", None));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, (await ann.GetAsync("/")).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, (await host.Anonymous().SubmitSignIn("ann", "a brand new sentence")).StatusCode);
    }

    [Fact]
    public async Task Groups_are_set_exactly()
    {
        await using var host = await TestHost.Start();
        var ann = await host.Person("ann");
        await host.People.SetGroups(ann, ["sales", "front-desk"], None);
        await host.People.SetGroups(ann, ["sales", "shipping"], None);
        var groups = await host.Query(db => Task.FromResult(db.Set<GroupMember>().Where(m => m.PersonId == ann).Select(m => m.Group).Order().ToList()));
        Assert.Equal(["sales", "shipping"], groups);
    }
}
