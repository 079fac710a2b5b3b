namespace ProcessManager.Host.Tests.Api;

public sealed class BadJsonTests(ApiOffice office) : IClassFixture<ApiOffice>
{
    [Theory]
    [InlineData("""{"plan":"x","pln":1}""", "“pln” is not known here.", 1)]
    [InlineData("{}", "plan is missing.", 1)]
    [InlineData("""{"plan":null}""", "$.plan must not be null.", 1)]
    [InlineData("{\n  \"plan\": 7\n}", "The value of $.plan is of the wrong kind or not one of those possible.", 2)]
    [InlineData("{\n  \"plan\": \"x\",\n  \"newContact\": { \"kind\": \"robot\", \"name\": \"R\" }\n}", "The value of $.newContact.kind is of the wrong kind or not one of those possible.", 3)]
    [InlineData("{\n\n  \"plan\": \"x\",,\n}", "It isn't well-formed: ", 3)]
    [InlineData("""{"plan":"x","plan":"y"}""", "", 1)]
    [InlineData("""{"plan":"x","fields":{"a":[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]}}""", "It is nested too deeply.", 1)]
    public async Task What_is_wrong_with_the_JSON_is_said_with_its_place_and_without_our_names(string json, string words, int line)
    {
        using var mia = await office.Program("mia");
        var problem = await mia.Ask(400, "POST", "/api/v1/projects", json);
        Assert.Equal("/problems/bad-json", problem.GetProperty("type").GetString());
        Assert.StartsWith(words, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(line, problem.GetProperty("line").GetInt32());
        Assert.StartsWith("$", problem.GetProperty("path").GetString(), StringComparison.Ordinal);
        Assert.Single(problem.GetProperty("errors").EnumerateObject());
        Assert.DoesNotContain("ProcessManager", problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("System.", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_body_and_an_odd_parameter_are_named()
    {
        using var mia = await office.Program("mia");
        Assert.Equal("The request needs a JSON object as its body.", await mia.Refused(400, "bad-json", "POST", "/api/v1/projects", ""));
        Assert.Equal("“many” is no value for count.", await mia.Refused(400, "bad-parameter", "GET", "/api/v1/projects?count=many"));
        Assert.Equal("state must be open, won, lost, cancelled or all.", await mia.Refused(422, "invalid", "GET", "/api/v1/projects?state=shut"));
        Assert.StartsWith("cursor must be", await mia.Refused(422, "invalid", "GET", "/api/v1/tasks?cursor=xyz"), StringComparison.Ordinal);
    }
}
