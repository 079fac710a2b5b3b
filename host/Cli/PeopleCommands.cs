using System.CommandLine;
using System.Security.Cryptography;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;
using Spectre.Console;

namespace ProcessManager.Host.Cli;

/// <summary><c>pm user add</c> and <c>pm token add</c>. They write short transactions, so a host may run on the same data.</summary>
internal static class PeopleCommands
{
    public static Command CreateUser()
    {
        var name = new Argument<string>("NAME") { Description = "The sign-in name; it can't be changed later" };
        var display = new Option<string?>("--name") { Description = "The name that others read (default: the sign-in name)" };
        var email = new Option<string?>("--email") { Description = "Email address" };
        var roles = new Option<string[]>("--role") { Description = $"A role: {string.Join(", ", Roles.All)} (default: user); may be repeated" };
        var groups = new Option<string[]>("--group") { Description = "A group of organisation.yaml; may be repeated" };
        var manager = new Option<string?>("--manager") { Description = "Sign-in name of the manager" };
        var stdin = new Option<bool>("--password-stdin") { Description = "Read the password from standard input; otherwise it is asked for on a terminal, or made up and printed" };
        var add = new Command("add", "Add a person who can sign in") { name, display, email, roles, groups, manager, stdin };
        add.SetAction(async (parsed, cancellation) =>
        {
            var (password, isNew) = await PasswordAsync(parsed.GetValue(stdin), cancellation);
            return await WithPeopleAsync(parsed.GetValue(CommandLine.Data)!, async people =>
            {
                var result = await people.Create(
                    new NewPerson(parsed.GetValue(name)!, parsed.GetValue(display) ?? parsed.GetValue(name)!, password, parsed.GetValue(email),
                        parsed.GetValue(roles), parsed.GetValue(groups), Manager: parsed.GetValue(manager)), cancellation);
                if (result is PersonResult.Refused refused) { return await RefuseAsync(refused); }
                await Console.Out.WriteLineAsync($"Added {parsed.GetValue(name)}.{(isNew ? $" The password is {password}" : "")}");
                return 0;
            }, cancellation);
        });
        return new Command("user", "People") { add };
    }

    public static Command CreateToken()
    {
        var user = new Argument<string>("USER") { Description = "The sign-in name of the person that the token acts as" };
        var name = new Option<string>("--name") { Description = "What the token is for", DefaultValueFactory = _ => "Command line" };
        var scopes = new Option<string[]>("--scope") { Description = $"What it may do: {string.Join(", ", TokenScopes.All)} (default: read); may be repeated" };
        var days = new Option<int>("--days") { Description = "How many days it is good for", DefaultValueFactory = _ => 90 };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 3650) { result.AddError("--days must be between 1 and 3650."); }
        });
        scopes.AcceptOnlyFromAmong([.. TokenScopes.All]);
        var add = new Command("add", "Make a personal access token and print it; it can't be shown again") { user, name, scopes, days };
        add.SetAction((parsed, cancellation) => WithPeopleAsync(parsed.GetValue(CommandLine.Data)!, async people =>
        {
            if (await people.Find(parsed.GetValue(user)!, cancellation) is not { } person)
            {
                await Console.Error.WriteLineAsync($"There is nobody with the sign-in name {parsed.GetValue(user)}. Add them with: pm user add {parsed.GetValue(user)}");
                return 1;
            }

            var wanted = parsed.GetValue(scopes) is { Length: > 0 } some ? some : [TokenScopes.Read];
            var until = TimeProvider.System.GetUtcNow().AddDays(parsed.GetValue(days));
            await Console.Out.WriteLineAsync(await people.CreateToken(person.Id, parsed.GetValue(name)!, wanted, until, cancellation));
            return 0;
        }, cancellation));
        return new Command("token", "Personal access tokens") { add };
    }

    /// <summary>Opens the data folder as the host does, without starting the engine.</summary>
    private static async Task<int> WithPeopleAsync(string data, Func<Access.People, Task<int>> work, CancellationToken cancellation)
    {
        await using var app = HostApp.Build([$"--data={data}", "--Logging:LogLevel:Default=Warning"]);
        var schema = app.Services.GetServices<IHostedService>().OfType<SchemaUpdate>().Single();
        await schema.StartingAsync(cancellation);
        return await work(app.Services.GetRequiredService<Access.People>());
    }

    private static async Task<int> RefuseAsync(PersonResult.Refused refused)
    {
        foreach (var problem in refused.Problems) { await Console.Error.WriteLineAsync(problem.Text); }
        return 1;
    }

    private static async Task<(string Password, bool IsNew)> PasswordAsync(bool fromInput, CancellationToken cancellation)
    {
        if (fromInput) { return ((await Console.In.ReadLineAsync(cancellation) ?? "").TrimEnd('\r'), false); }
        if (Console.IsInputRedirected || Console.IsOutputRedirected) { return (MadeUp(), true); }
        var typed = AnsiConsole.Prompt(
            new TextPrompt<string>("Password (empty: make one up):") { AllowEmpty = true }.Secret());
        return typed.Length > 0 ? (typed, false) : (MadeUp(), true);
    }

    /// <summary>Five groups of four letters and digits that can't be taken for each other: about 98 bits.</summary>
    private static string MadeUp() =>
        string.Join('-', Enumerable.Range(0, 5).Select(_ => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 4)));
}
