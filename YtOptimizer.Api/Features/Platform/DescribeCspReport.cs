using Microsoft.AspNetCore.Http.HttpResults;

namespace YtOptimizer.Api.Features.Platform;

/// <summary>Says that browsers send reports about the content security policy here.</summary>
internal static class DescribeCspReport
{
    public sealed record Response(string Message, string Note);

    public static Ok<Response> Handle() =>
        TypedResults.Ok(
            new Response("CSP report endpoint", "Browsers POST their reports here; the page policies name this address as report-uri.")
        );
}
