using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Mail;

namespace YtOptimizer.Api.Features.Auth;

internal static class ForgotPassword
{
    public sealed record Request([property: AccountEmail] string Email);

    public sealed record Response(string Message);

    private const string FindSql = """
        SELECT p.id FROM profiles p WHERE lower(p.email) = @email AND p.status = 'active'
          AND (SELECT count(*) FROM password_reset_tokens t WHERE t.user_id = p.id AND t.created_at > now() - interval '1 hour') < @perHour
        """;

    private const string InsertSql = "INSERT INTO password_reset_tokens (id, user_id, digest, expires_at) VALUES (@resetId, @userId, @digest, now() + @lifetime)";

    // So that nobody's mailbox can be flooded; the answer does not change.
    private const int PerHour = 3;

    /// <summary>One answer for every address, known or not; both write a log row, so that both cost a commit.</summary>
    public static async Task<Ok<Response>> Handle(Request request, HttpContext context, Db db, AccountKeys keys, IOptions<AccountOptions> options, CancellationToken ct)
    {
        var email = EmailAddress.Normalize(request.Email);
        var origin = context.Origin();
        await db.InTransactionAsync(async scope =>
        {
            var userId = await scope.ScalarAsync<Guid?>(FindSql, new { email, perHour = PerHour });
            await Journal.WriteLogAsync(scope, userId, "password_reset_requested", "A password reset was asked for", origin, "security");
            if (userId is { } id)
            {
                var resetId = Guid.CreateVersion7();
                await scope.ExecuteAsync(InsertSql, new { resetId, userId, digest = keys.Current.Digest(keys.Current.ResetToken(resetId)), lifetime = options.Value.PasswordResetLifetime });
                await MailOutbox.AddAsync(scope, id, email, MailTemplates.PasswordReset, new { resetId }, options.Value.PasswordResetLifetime);
                await Journal.WriteEventAsync(scope, id, "password_reset_request", origin);
            }

            return true;
        }, ct);
        return TypedResults.Ok(new Response("If there is an account with this e-mail address, a message with a link is on its way. The link works for a limited time."));
    }
}
