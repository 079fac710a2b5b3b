using Microsoft.AspNetCore.DataProtection;
using ProcessManager.Host.Access;
using ProcessManager.Host.Alerts;
using ProcessManager.Host.Api;
using ProcessManager.Host.Contacts;
using ProcessManager.Host.Data;
using ProcessManager.Host.Demo;
using ProcessManager.Host.Documents;
using ProcessManager.Host.Home;
using ProcessManager.Host.Hooks;
using ProcessManager.Host.Mail;
using ProcessManager.Host.Operations;
using ProcessManager.Host.Operations.Metrics;
using ProcessManager.Host.Plans;
using ProcessManager.Host.Projects;
using ProcessManager.Host.Shell;
using ProcessManager.Host.Tasks;

namespace ProcessManager.Host;

/// <summary>
/// Builds the one web application: pages, API, engine. Used by <c>pm serve</c>, by tests and by hosts that add to it.
/// </summary>
public static class HostApp
{
    /// <param name="args">
    /// <c>--data DIR</c> (default ./data), <c>--definitions DIR</c> (default ./definitions, else the shipped plans),
    /// <c>--urls URL</c> (default http://localhost:5080), and any setting as <c>--Section:Name value</c>.
    /// </param>
    /// <param name="more">Adds or replaces services and settings after the host's own, before anything is built.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? more = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(HostApp).Assembly.GetName().Name,
            // Not the folder the program is started in: pages and settings stand beside the binary.
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddEnvironmentVariables("PM_").AddCommandLine(args);
        builder.WebHost.UseStaticWebAssets();
        // Run from source, the framework expects files to change under it and lets browsers keep none; ours change by a new build.
        if (!builder.Environment.IsDevelopment()) builder.Configuration["ReloadStaticAssetsAtRuntime"] ??= "false";
        if (builder.Configuration["urls"] is null) builder.WebHost.UseUrls("http://localhost:5080");

        var installation = Installation.From(builder.Configuration);
        CreatePrivately(installation.DataDirectory);
        builder.Services.AddSingleton(installation);
        CreatePrivately(Path.Combine(installation.DataDirectory, "keys"));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDataProtection()
            .SetApplicationName("ProcessManager")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(installation.DataDirectory, "keys")));

        AddRooms(builder, installation);
        more?.Invoke(builder);

        var app = builder.Build();
        app.UseShell();
        MapRooms(app);
        return app;
    }

    /// <summary>A folder that only the account of the host may look into.</summary>
    private static void CreatePrivately(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Each room registers what it needs; one line a room.</summary>
    private static void AddRooms(WebApplicationBuilder builder, Installation installation)
    {
        builder.AddShell();
        builder.AddData();
        builder.AddAccess();
        builder.AddDemo();
        builder.AddMetrics();
        builder.AddEngine(installation);
        builder.AddOperations();
        builder.AddHooks();
        builder.AddProjects();
        builder.AddPlans();
        builder.AddContacts();
        builder.AddTasks();
        builder.AddAlerts();
        builder.AddHome();
        builder.AddApi();
    }

    /// <summary>Each room maps its endpoints; pages (<c>@page</c>) are found by themselves. One line a room.</summary>
    private static void MapRooms(WebApplication app)
    {
        app.MapShell();
        app.MapAccess();
        app.MapHooks();
        app.MapDocuments();
        app.MapProjects();
        app.MapPlans();
        app.MapContacts();
        app.MapMail();
        app.MapTasks();
        app.MapAlerts();
        app.MapHome();
        app.MapApi();
        app.MapMetrics();
        app.MapOperations();
    }
}
