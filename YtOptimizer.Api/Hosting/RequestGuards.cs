using System.Net.Http.Headers;

namespace YtOptimizer.Api.Hosting;

/// <summary>Refuses what no handler here reads: compressed bodies, JSON in other encodings than UTF-8, and plain HTTP when HTTPS is
/// forced.</summary>
internal static class RequestGuards
{
    public static IApplicationBuilder UseRequestGuards(this IApplicationBuilder app, bool forceHttps) =>
        app.Use(
            (context, next) =>
            {
                if (forceHttps && !context.Request.IsHttps && !IsProbe(context.Request.Path))
                {
                    var request = context.Request;
                    context.Response.Redirect(
                        $"https://{request.Host.Host}{request.PathBase}{request.Path}{request.QueryString}",
                        permanent: true,
                        preserveMethod: true
                    );
                    return Task.CompletedTask;
                }

                if (!IsReadable(context.Request))
                {
                    context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
                    return Task.CompletedTask;
                }

                return next(context);
            }
        );

    private static bool IsReadable(HttpRequest request)
    {
        // Not decompressing is the bound on decompression.
        var encoding = request.Headers.ContentEncoding;
        if (encoding.Count > 0 && !string.Equals(encoding.ToString().Trim(), "identity", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.CharSet is not { } charset)
        {
            return true;
        }

        if (charset.Trim('"').ToLowerInvariant() is not ("utf-8" or "utf8"))
        {
            return false;
        }

        // Other ways to write the same name, quoted for one, are valid, but the framework's JSON reader fails on them.
        type.CharSet = "utf-8";
        request.ContentType = type.ToString();
        return true;
    }

    /// <summary>Platforms probe health over plain HTTP.</summary>
    private static bool IsProbe(PathString path) =>
        path.StartsWithSegments("/health", StringComparison.Ordinal) || path.StartsWithSegments("/alive", StringComparison.Ordinal);
}
