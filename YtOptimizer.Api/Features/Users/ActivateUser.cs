using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Users;

/// <summary>A suspended or inactive account may sign in again.</summary>
internal static class ActivateUser
{
    /// <param name="Reason">Goes into the audit trail.</param>
    public sealed record Request([property: PlainText(500)] string? Reason = null);

    /// <param name="Message">For people.</param>
    /// <param name="UserId">The account.</param>
    /// <param name="Status">active.</param>
    public sealed record Response(string Message, Guid UserId, string Status);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id,
        Request request,
        CurrentUser admin,
        HttpContext context,
        AccountChange change,
        CancellationToken ct
    ) =>
        await change.ApplyAsync(
            id,
            new ChangedFields(State: (false, "active"), Reason: request.Reason),
            admin,
            context,
            "activate_user",
            ct
        )
            is { } problem
            ? problem
            : TypedResults.Ok(new Response("The account may sign in again.", id, "active"));
}
