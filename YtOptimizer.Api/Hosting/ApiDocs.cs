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
                return page(context);
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        };
    }

    private static async Task<byte[]> RenderAsync(IServiceProvider services)
    {
        var provider = services.GetRequiredKeyedService<IOpenApiDocumentProvider>(OpenApiSetup.Document);
        var document = await provider.GetOpenApiDocumentAsync(CancellationToken.None);
        return System.Text.Encoding.UTF8.GetBytes(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1));
    }
}
