using System.Reflection;

namespace YtOptimizer.Api.Features.Metrics;

/// <summary>The dashboard for people: three embedded files, no script or style from elsewhere.</summary>
internal static class DashboardPage
{
    public static bool IsWanted(HttpRequest request) =>
        request.GetTypedHeaders().Accept is { Count: > 0 } accept
        && accept.OrderByDescending(a => a.Quality ?? 1).First().MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase);

    public static IResult GetShell(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'";
        context.Response.Headers.Vary = "Accept";
        context.Response.Headers.CacheControl = "no-cache";
        return Asset("app.html", "text/html; charset=utf-8");
    }

    public static IResult GetAsset(string file, HttpResponse response)
    {
        response.Headers.CacheControl = "no-cache";
        return Asset(file, file.EndsWith(".css", StringComparison.Ordinal) ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8");
    }

    private static IResult Asset(string name, string contentType) =>
        Results.Stream(
            Assembly.GetExecutingAssembly().GetManifestResourceStream($"metrics.{name}")
                ?? throw new InvalidOperationException($"The page's {name} is not embedded."),
            contentType
        );
}
