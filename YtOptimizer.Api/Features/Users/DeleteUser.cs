using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Auditing;

namespace YtOptimizer.Api.Features.Users;

internal static class DeleteUser
{
    public sealed record Response(string Message);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id,
        CurrentUser admin,
        HttpContext context,
        AccountDeletion deletion,
        CancellationToken ct
    ) =>
        await deletion.RunAsync(id, new Actor(admin.Id, admin.Email, admin.Role, admin.SessionId), context.Origin(), ct) switch
        {
            AccountDeletionOutcome.Deleted => TypedResults.Ok(new Response("The account was deleted.")),
            AccountDeletionOutcome.LastAdministrator => Problems.Conflict(
                "last_admin",
                "This is the last administrator. Make somebody else one first."
            ),
            _ => GetUser.NotFound(),
        };
}
