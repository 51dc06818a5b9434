using Microsoft.AspNetCore.Http.HttpResults;

namespace YtOptimizer.Api.Features.Platform;

/// <summary>A greeting, for a first call that needs nothing.</summary>
internal static class Greet
{
    public static ContentHttpResult Handle() => TypedResults.Text("Hello World!");
}
