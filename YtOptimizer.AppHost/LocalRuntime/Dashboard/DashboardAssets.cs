using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace YtOptimizer.AppHost.LocalRuntime.Dashboard;

/// <summary>The page's files, from inside this assembly.</summary>
internal static class DashboardAssets
{
    public static void Map(WebApplication app)
    {
        Map(app, "/", "index.html", "text/html; charset=utf-8");
        Map(app, "/login", "index.html", "text/html; charset=utf-8");
        Map(app, "/dashboard.css", "dashboard.css", "text/css; charset=utf-8");
        Map(app, "/dashboard.js", "dashboard.js", "text/javascript; charset=utf-8");
        Map(app, "/logs.js", "logs.js", "text/javascript; charset=utf-8");
        Map(app, "/icon.svg", "icon.svg", "image/svg+xml");
    }

    private static void Map(WebApplication app, string path, string name, string contentType)
    {
        using var stream = typeof(DashboardAssets).Assembly.GetManifestResourceStream($"Dashboard/{name}")
            ?? throw new InvalidOperationException($"The dashboard file {name} is not embedded.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        app.MapGet(path, () => TypedResults.Bytes(content, contentType));
    }
}
