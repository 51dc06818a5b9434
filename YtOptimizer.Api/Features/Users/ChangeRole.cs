using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Users;

/// <summary>Changes an account's role. Fewer rights end its sessions; the last administrator keeps the role.</summary>
internal static class ChangeRole
{
    public sealed record Request(
        [property: RegularExpression("user|premium|moderator|admin", ErrorMessage = "Use user, premium, moderator or admin.")] string Role
    );

    public sealed record Response(string Message);

    [Refuses(404, "user_not_found")]
    [Refuses(409, "last_admin")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id,
        Request request,
        CurrentUser admin,
        HttpContext context,
        AccountChange change,
        CancellationToken ct
    ) =>
        await change.ApplyAsync(id, new ChangedFields(Role: request.Role), admin, context, "change_user_role", ct) is { } problem
            ? problem
            : TypedResults.Ok(new Response($"The account's role is now {request.Role}."));
}
