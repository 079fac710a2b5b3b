using Microsoft.AspNetCore.Http.HttpResults;

namespace ProcessManager.Host.Home;

/// <summary>The first page. Each of its cards is a part of its own that refreshes itself.</summary>
internal static class HomeRoom
{
    public static void AddHome(this WebApplicationBuilder builder) => builder.Services.AddSingleton<HomeFigures>();

    public static void MapHome(this WebApplication app)
    {
        app.MapGet("/home/tasks", () => new RazorComponentResult<HomeTasks>());
        app.MapGet("/home/queue", () => new RazorComponentResult<HomeQueue>());
        app.MapGet("/home/alerts", () => new RazorComponentResult<HomeAlerts>());
        app.MapGet("/home/projects", () => new RazorComponentResult<HomeProjects>());
        app.MapGet("/home/team", () => new RazorComponentResult<HomeTeam>());
    }
}
