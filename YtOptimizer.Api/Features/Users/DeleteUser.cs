using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Users;

/// <summary>Deletes an account with everything that belongs to it. The last administrator cannot be deleted.</summary>
internal static class DeleteUser
{
    public sealed record Response(string Message);

    [Refuses(409, "last_admin")]
    [Refuses(404, "user_not_found")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id,
        CurrentUser admin,
        HttpContext context,
        Db db,
        AccessState access,
        CancellationToken ct
    )
    {
        var outcome = await db.InTransactionAsync(
            async scope =>
            {
                if (await scope.ScalarAsync<string>(AccountStore.DeleteSql, new { id }) is not { } email)
                {
                    return await scope.ScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM profiles WHERE id = @id)", new { id })
                        ? Problems.Conflict("last_admin", "This is the last administrator. Make somebody else one first.")
                        : GetUser.NotFound();
                }

                var origin = context.Origin();
                await AuditTrail.AppendAsync(
                    scope,
                    new Actor(admin.Id == id ? null : admin.Id, admin.Email, admin.Role, admin.SessionId),
                    "delete_user",
                    "user",
                    id.ToString(),
                    origin,
                    new Dictionary<string, object?>(StringComparer.Ordinal) { ["email"] = email }
                );
                await UserLogs.WriteAsync(
                    scope,
                    admin.Id == id ? null : admin.Id,
                    "account_deletion",
                    $"Account {id} was deleted",
                    origin,
                    "security",
                    "warning",
                    admin.SessionId
                );
                await SecurityEvents.RecordAsync(
                    scope,
                    null,
                    "account_delete",
                    origin,
                    "warning",
                    metadata: new { by = admin.Id, userId = id },
                    category: "account_management"
                );
                return null;
            },
            ct
        );
        await access.RefreshAsync(ct);
        return outcome is null ? TypedResults.Ok(new Response("The account was deleted.")) : outcome;
    }
}
