using System.Text;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace YtOptimizer.Api.Hosting;

/// <summary>
/// The documentation: Scalar at /api and /api/docs with its assets from this server, and the document at /openapi/v1.json, /api-json and
/// /api/docs-json. The document is made once, because routes do not change while the process runs. Switched off by API_DOCS=false.
/// </summary>
internal static class ApiDocs
{
    private const string DocumentUrl = "/openapi/v1.json";
    private static readonly string[] JsonRoutes = [DocumentUrl, "/api-json", "/api/docs-json"];

    // The theme's grey and coloured texts, each with at least 4.5:1 on its ground (WCAG 2, AA).
    private const string Contrast = """
        .light-mode { --scalar-color-2: #404040; --scalar-color-3: #5c5c5c; --scalar-color-accent: #0057b8; --scalar-color-green: #06613f;
          --scalar-color-blue: #005a94; --scalar-color-orange: #8f3f00; --scalar-color-red: #b00010; --scalar-color-yellow: #6b5100; }
        .dark-mode { --scalar-color-2: #c8c8c8; --scalar-color-3: #b0b0b0; --scalar-color-accent: #7db8ff; --scalar-color-green: #5fd0a4;
          --scalar-color-blue: #7db8ff; --scalar-color-orange: #ffb086; --scalar-color-red: #ff9b9b; --scalar-color-yellow: #ffd76a; }
        """;

    public static void MapApiDocs(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<HostingOptions>>().Value.ApiDocs)
        {
            return;
        }

        // In production the page explains and does not call: what it shows is anyone's to read, what it could do is not.
        var mayTry = !app.Environment.IsProduction();
        var document = new Lazy<Task<byte[]>>(() => RenderAsync(app.Services));
        foreach (var route in JsonRoutes)
        {
            app.MapGet(route, async () => TypedResults.Bytes(await document.Value, "application/json"))
                .AllowAnonymous()
                .ExcludeFromDescription();
        }

        foreach (var prefix in new[] { "/api", "/api/docs" })
        {
            app.MapScalarApiReference(prefix, (options, context) =>
                {
                    options
                        .WithOpenApiRoutePattern(DocumentUrl)
                        .WithTitle("YtOptimizer API")
                        .WithNonce(SecurityHeaders.Nonce(context))
                        .WithCustomCss(Contrast)
                        .DisableDefaultFonts()
                        .DisableTelemetry()
                        .DisableAgent()
                        .HideDeveloperTools();
                    options.HideTestRequestButton = !mayTry;
                })
                .AllowAnonymous()
                .ExcludeFromDescription()
                .Finally(OnlyAtItsPrefix);
        }
    }

    // The page's route ends in an optional name: without this every unknown address under /api would answer it with 200.
    private static void OnlyAtItsPrefix(EndpointBuilder endpoint)
    {
        var page = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = context =>
        {
            if (context.GetRouteValue("documentName") is not string { Length: > 0 })
            {
                return InEnglish(context, page);
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        };
    }

    // The template of the package does not say what language the page is in, which screen readers need.
    private static async Task InEnglish(HttpContext context, RequestDelegate page)
    {
        var response = context.Response;
        var body = response.Body;
        using var written = new MemoryStream();
        response.Body = written;
        await page(context);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
        response.Body = body;
        var bytes = written.ToArray();
        if (response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true)
        {
            var html = Encoding.UTF8.GetString(bytes).Replace("<html>", "<html lang=\"en\">", StringComparison.Ordinal);
            bytes = Encoding.UTF8.GetBytes(html);
            response.ContentLength = bytes.Length;
        }

        await body.WriteAsync(bytes, context.RequestAborted);
    }

    private static async Task<byte[]> RenderAsync(IServiceProvider services)
    {
        var provider = services.GetRequiredKeyedService<IOpenApiDocumentProvider>(OpenApiSetup.Document);
        var document = await provider.GetOpenApiDocumentAsync(CancellationToken.None);
        return Encoding.UTF8.GetBytes(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1));
    }
}
