using Microsoft.AspNetCore.Authorization;

namespace ProcessManager.Host.Access;

/// <summary>
/// Names of the rules that endpoints and pages ask for. Everything else is open to whoever is signed in (the fallback),
/// and which rows a person sees is part of each query.
/// </summary>
public static class Policies
{
    /// <summary>Settings, people, operations.</summary>
    public const string Administer = "administer";

    /// <summary>Projects of others: steer, tailor, bypass, reports over everyone.</summary>
    public const string Manage = "manage";

    /// <summary>Draw, rehearse and publish plans.</summary>
    public const string DesignPlans = "design-plans";

    /// <summary>Start projects and intake.</summary>
    public const string CreateProjects = "create-projects";

    /// <summary>Anybody who is signed in, said outright.</summary>
    public const string SignedIn = "signed-in";

    /// <summary>Signed in with the password, not by a token: whoever holds a token must not make others of it.</summary>
    public const string InPerson = "in-person";

    internal static void Configure(AuthorizationOptions options)
    {
        var signedIn = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        options.DefaultPolicy = signedIn;
        options.FallbackPolicy = signedIn;
        options.AddPolicy(SignedIn, signedIn);
        options.AddPolicy(InPerson, policy => policy.RequireAuthenticatedUser()
            .RequireAssertion(context => context.User.Identity?.AuthenticationType != PersonalTokenHandler.Scheme));
        options.AddPolicy(Administer, policy => policy.RequireRole(Roles.Administrator));
        options.AddPolicy(Manage, policy => policy.RequireRole(Roles.Administrator, Roles.Manager));
        options.AddPolicy(DesignPlans, policy => policy.RequireRole(Roles.Administrator, Roles.Manager));
        options.AddPolicy(CreateProjects, policy => policy.RequireRole(Roles.Administrator, Roles.Manager, Roles.Creator));
    }
}
