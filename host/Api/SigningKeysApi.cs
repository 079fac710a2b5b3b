using Microsoft.AspNetCore.Http.HttpResults;
using ProcessManager.Host.Access;
using ProcessManager.Host.Operations;

namespace ProcessManager.Host.Api;

/// <summary>The secrets shared with other systems: for administrators, signed in with their password.</summary>
internal static class SigningKeysApi
{
    /// <param name="Outgoing">Signs the requests of plans.</param>
    /// <param name="Incoming">What web hooks of other systems are signed with.</param>
    public sealed record SigningKeyTexts(string Outgoing, string Incoming);

    public static void Map(RouteGroupBuilder api)
    {
        var keys = api.MapGroup("/signing-keys").WithTags("Operations").RequireAuthorization(Policies.Administer).RequireAuthorization(Policies.InPerson);
        keys.MapGet("", (SigningKeys all) => Texts(all)).WithName("GetSigningKeys").WithSummary("The keys that requests and web hooks are signed with");
        keys.MapPost("/outgoing/renew", (SigningKeys all) => Renew(all, SigningKey.Outgoing)).WithName("RenewOutgoingKey")
            .WithSummary("Make another key for the requests of plans; the one before is no longer used");
        keys.MapPost("/incoming/renew", (SigningKeys all) => Renew(all, SigningKey.Incoming)).WithName("RenewIncomingKey")
            .WithSummary("Make another key for web hooks; the one before is no longer good");
    }

    private static Ok<SigningKeyTexts> Texts(SigningKeys all) =>
        TypedResults.Ok(new SigningKeyTexts(all.Text(SigningKey.Outgoing), all.Text(SigningKey.Incoming)));

    private static Ok<SigningKeyTexts> Renew(SigningKeys all, SigningKey which)
    {
        all.Renew(which);
        return Texts(all);
    }
}
