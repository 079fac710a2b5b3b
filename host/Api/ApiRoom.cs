using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using ProcessManager.Host.Access;

namespace ProcessManager.Host.Api;

/// <summary>
/// The REST API under <c>/api/v1</c>: what the pages do, for programs. A browser's session or a personal access token signs in;
/// errors are RFC 9457 problems; the OpenAPI document stands at <c>/openapi/v1.json</c> and can be tried at <c>/api-docs</c>.
/// </summary>
internal static class ApiRoom
{
    public const string Base = "/api/v1";
    public const int LargestBody = 1 << 20;

    public static void AddApi(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            var json = options.SerializerOptions;
            json.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
            json.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.NumberHandling = JsonNumberHandling.Strict;
            json.RespectNullableAnnotations = true;
            json.RespectRequiredConstructorParameters = true;
            json.AllowDuplicateProperties = false;
            json.MaxDepth = 16;
            json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        });
        builder.Services.AddScoped<Sender>();
        builder.Services.AddScoped<TaskSender>();
        builder.Services.AddOpenApi("v1", options =>
        {
            options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) == true;
            options.AddOperationTransformer(ApiDescription.AddHeadersAndExamples);
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "Process Manager", Version = "v1",
                    Description = "Start projects on action plans, and work on their tasks. Send a personal access token as `Authorization: Bearer pm_…`. "
                        + "What changes something takes an `Idempotency-Key`: sent again with the same content, it is answered by the first result.",
                };
                document.Servers = [];
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    ["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A personal access token" },
                };
                document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("token", document)] = [] }];
                return Task.CompletedTask;
            });
        });
    }

    public static void MapApi(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization(Policies.SignedIn);
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api-docs"), docs =>
        {
            // The page of Swagger UI brings its own inline script and style; nothing but this path may.
            docs.Use((context, next) =>
            {
                context.Response.Headers.ContentSecurityPolicy =
                    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self' data:; frame-ancestors 'none'";
                return next(context);
            });
            docs.UseSwaggerUI(ui =>
            {
                ui.RoutePrefix = "api-docs";
                ui.DocumentTitle = "API · Process Manager";
                ui.SwaggerEndpoint("/openapi/v1.json", "v1");
            });
        });

        var api = app.MapGroup(Base).RequireAuthorization(Policies.SignedIn)
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(LargestBody));
        api.DeclareRefusals();
        MeApi.Map(api);
        PeopleApi.Map(api);
        TokensApi.Map(api);
        PlansApi.Map(api);
        PlanVersionsApi.Map(api);
        ProjectsApi.Map(api);
        ProjectCommandsApi.Map(api);
        TasksApi.Map(api);
        DocumentsApi.Map(api);
        MessagesApi.Map(api);
        AlertsApi.Map(api);
        ContactsApi.Map(api);
        MailsApi.Map(api);
        WorkApi.Map(api);
        SigningKeysApi.Map(api);
        EventsApi.Map(api);
    }
}
