using System.Reflection;
using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.SelfService;

/// <summary>
/// The page at <c>/</c> for creators and for whoever tries the product. Static files without a build step, embedded in this assembly;
/// they call the public API and <c>/api/v1/events</c> only, so the page is also the example client. SELF_SERVICE_PAGE=off leaves it out.
/// </summary>
internal static class SelfServicePage
{
    private const string Setting = "SELF_SERVICE_PAGE";

    // No inline script or style, nothing from other hosts; thumbnails of videos come from YouTube's picture host.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: https://i.ytimg.com; "
        + "base-uri 'none'; "
        + "form-action 'self'; frame-ancestors 'none'; object-src 'none'; report-uri /api/v1/security/csp-report";

    private static readonly Assembly Here = typeof(SelfServicePage).Assembly;

    private static readonly Dictionary<string, string> ContentTypes = new(StringComparer.Ordinal)
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    public static IEndpointRouteBuilder MapSelfService(this IEndpointRouteBuilder routes)
    {
        var configuration = routes.ServiceProvider.GetRequiredService<IConfiguration>();
        if (string.Equals(configuration[Setting], "off", StringComparison.OrdinalIgnoreCase))
        {
            return routes;
        }

        routes.MapGet("/", GetShell).ExcludeFromDescription().AllowAnonymous();
        routes.MapGet("/page/{file:regex(^[a-z-]+\\.(js|css|svg)$)}", GetAsset).ExcludeFromDescription().AllowAnonymous();
        return routes;
    }

    private static IResult GetShell(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Stream(Open("index.html")!, "text/html; charset=utf-8");
    }

    private static IResult GetAsset(string file, HttpContext context)
    {
        if (Open(file) is not { } content)
        {
            return Problems.NotFound("page_file_not_found", "The page has no such file.");
        }

        context.Response.Headers.CacheControl = "no-cache";
        return Results.Stream(content, ContentTypes[Path.GetExtension(file)]);
    }

    private static Stream? Open(string file) => Here.GetManifestResourceStream($"self-service.{file}");
}
