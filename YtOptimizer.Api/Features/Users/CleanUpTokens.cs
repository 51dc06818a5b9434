using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Core.Accounts;

namespace YtOptimizer.Api.Features.Users;

/// <summary>Deletes expired sessions and tokens now.</summary>
internal static class CleanUpTokens
{
    public sealed record Response(string Message, int Deleted, DateTimeOffset Timestamp);

    /// <summary>The worker does this every hour by itself.</summary>
    public static async Task<Ok<Response>> Handle(TokenPurge purge, TimeProvider time, CancellationToken ct) =>
        TypedResults.Ok(new Response("Expired sessions and tokens were deleted.", await purge.RunAsync(ct), time.GetUtcNow()));
}
