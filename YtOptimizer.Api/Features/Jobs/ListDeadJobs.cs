using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Core.Jobs;

namespace YtOptimizer.Api.Features.Jobs;

/// <summary>Failed jobs that wait for a person, latest first. Payloads are not part of it: they may hold what users wrote.</summary>
internal static class ListDeadJobs
{
    public sealed record Response(int Count, IReadOnlyList<DeadLetter> Data);

    public static async Task<Ok<Response>> Handle(DeadLetters letters, CancellationToken ct, [Range(1, 500)] int limit = 50)
    {
        var found = await letters.ListAsync(limit, ct);
        return TypedResults.Ok(new Response(found.Count, found));
    }
}
