using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Upstreams.Http;

namespace YtOptimizer.Api.Features.Users;

/// <summary>Changes an account's fields, role and status included. Those that are not sent keep their value.</summary>
internal static class UpdateUser
{
    /// <summary>Any of the fields; <c>status</c> and <c>accountStatus</c> are two names for one thing.</summary>
    public sealed record Request(
        [property: MaxLength(255)] string? Email = null,
        [property: AccountName] string? Name = null,
        [property: RegularExpression("user|premium|moderator|admin", ErrorMessage = "Use user, premium, moderator or admin.")]
            string? Role = null,
        [property: WebLink] string? Picture = null,
        [property: RegularExpression("active|suspended|locked|inactive", ErrorMessage = "Use active, suspended or inactive.")]
            string? Status = null,
        [property: RegularExpression("active|suspended|locked|inactive", ErrorMessage = "Use active, locked or inactive.")]
            string? AccountStatus = null
    );

    public sealed record Response(AdminUser User, string Message);

    [Refuses(404, "user_not_found")]
    [Refuses(409, "email_taken", "last_admin")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id,
        Request request,
        CurrentUser admin,
        HttpContext context,
        AccountChange change,
        Db db,
        CancellationToken ct
    )
    {
        if (request.Email is not null && EmailAddress.Problem(request.Email) is { } problem)
        {
            return Invalid("email", problem);
        }

        var state = request.Status ?? request.AccountStatus;
        var fields = new ChangedFields(
            request.Email is null ? null : EmailAddress.Stored(request.Email),
            request.Name?.Trim(),
            request.Role,
            request.Picture,
            state is null ? null : UserStates.Columns(state)
        );
        if (await change.ApplyAsync(id, fields, admin, context, "update_user_profile", ct) is { } refusal)
        {
            return refusal;
        }

        return await db.FirstOrDefaultAsync<AdminUser>(GetUser.Sql, new { id }, ct) is { } user
            ? TypedResults.Ok(new Response(user, "The account was changed."))
            : GetUser.NotFound();
    }

    private static ProblemHttpResult Invalid(string field, string message) =>
        Problems.BadRequest("validation_failed", message, new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] });
}
