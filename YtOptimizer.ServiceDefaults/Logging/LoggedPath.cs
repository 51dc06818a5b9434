using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace YtOptimizer.ServiceDefaults.Logging;

/// <summary>
/// A request's path for the log: words of our own routes, ids and numbers as they are, everything else as <c>*</c>. Whatever somebody puts
/// into an address by mistake, a password or a token, is written nowhere.
/// </summary>
internal static class LoggedPath
{
    private const int MaxSegments = 16;

    private static readonly ConditionalWeakTable<EndpointDataSource, FrozenSet<string>> Words = new();

    public static string Of(HttpContext context)
    {
        var path = context.Request.PathBase.Add(context.Request.Path).Value;
        if (string.IsNullOrEmpty(path) || path == "/")
        {
            return "/";
        }

        var known = context.RequestServices?.GetService<EndpointDataSource>() is { } routes
            ? Words.GetValue(routes, WordsOf)
            : FrozenSet<string>.Empty;
        return string.Concat(
            path.Split('/').Skip(1).Take(MaxSegments).Select(segment => "/" + (IsHarmless(segment, known) ? segment : "*"))
        );
    }

    private static bool IsHarmless(string segment, FrozenSet<string> known) =>
        segment.Length == 0
        || known.Contains(segment)
        || Guid.TryParse(segment, out _)
        || (segment.Length <= 6 && int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out _));

    private static FrozenSet<string> WordsOf(EndpointDataSource routes) =>
        routes
            .Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.RoutePattern.PathSegments)
            .Where(segment => segment.IsSimple)
            .SelectMany(segment => segment.Parts.OfType<Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart>())
            .Select(part => part.Content)
            .ToFrozenSet(StringComparer.Ordinal);
}
