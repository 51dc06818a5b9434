using Microsoft.AspNetCore.Http.HttpResults;

namespace YtOptimizer.Api.Features.Platform;

internal static class Greet
{
    public static ContentHttpResult Handle() => TypedResults.Text("Hello World!");
}
