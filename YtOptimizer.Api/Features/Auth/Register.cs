using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>Creates an account and signs it in. Where registration is by invitation, a code is needed.</summary>
internal static class Register
{
    /// <summary>
    /// The password is 8 to 1,024 characters of any script, nothing is trimmed or cut off; a letter written in two
    /// code points is the same as in one (NFC). <c>role</c> is accepted from older clients and ignored.
    /// </summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request(
        [property: AccountEmail] string Email,
        [property: NewPassword] string Password,
        [property: AccountName] string? Name = null,
        [property: MaxLength(64)] string? InvitationCode = null,
        [property: MaxLength(20)] string? Role = null
    );

    public sealed record Response(string AccessToken, string RefreshToken, int ExpiresIn, string TokenType, UserView User);

    [Refuses(403, "invitation_invalid", "invitation_required")]
    [Refuses(409, "email_taken")]
    public static async Task<Results<Created<Response>, ProblemHttpResult>> Handle(
        Request request,
        HttpContext context,
        Db db,
        PasswordPolicy policy,
        PasswordHasher hasher,
        BreachWatch watch,
        Sessions sessions,
        SessionCookies cookies,
        IOptions<AccountOptions> options,
        CancellationToken ct
    )
    {
        var code = request.InvitationCode?.Trim().ToUpperInvariant() ?? "";
        if (code.Length == 0 && options.Value.InvitationRequired)
        {
            return Problems.Forbidden(
                "invitation_required",
                "Registration is by invitation. Send the code you were given as invitationCode."
            );
        }

        if (await policy.RefusalAsync(request.Password, PasswordPolicy.RegistrationLimit, "password", request.Email, ct) is { } refusal)
        {
            return refusal;
        }

        // Hashed before anything about the address is known: its cost is the same whether or not there is an account.
        var hash = await hasher.HashAsync(request.Password, ct);
        try
        {
            var (account, pair) = await db.InTransactionAsync(
                scope =>
                    CreateAsync(
                        scope,
                        request.Email,
                        request.Name?.Trim(),
                        hash,
                        code,
                        options.Value.InvitationRequired,
                        sessions,
                        context.Origin()
                    ),
                ct
            );
            watch.Enqueue(account.Id, request.Password, hash, known: false);
            cookies.Set(context, pair);
            return TypedResults.Created(
                "/api/v1/auth/profile",
                new Response(pair.AccessToken, pair.RefreshToken, pair.ExpiresIn, "Bearer", UserView.Of(account))
            );
        }
        catch (RefusedException refused)
        {
            return refused.Problem;
        }
    }

    // Account, subscription, invitation and session come into being together or not at all.
    private static async Task<(Account Account, TokenPair Pair)> CreateAsync(
        DbScope scope,
        string email,
        string? name,
        string hash,
        string code,
        bool invitationRequired,
        Sessions sessions,
        RequestOrigin origin
    )
    {
        // The code first: whoever has none learns nothing about the address.
        var invitation =
            code.Length > 0 ? await scope.ScalarAsync<Guid?>(InvitationStore.UseSql, new { code, key = EmailAddress.Key(email) }) : null;
        if (invitation is null && invitationRequired)
        {
            throw new RefusedException(
                Problems.Forbidden("invitation_invalid", "This invitation code is unknown, used up, expired or meant for another address.")
            );
        }

        var account = await AccountStore.CreateAsync(scope, new AccountStore.NewAccount(email, name))
            ?? throw new RefusedException(
                Problems.Conflict("email_taken", "There is an account with this e-mail address. Sign in, or reset the password.")
            );
        if (invitation is not null)
        {
            await scope.ExecuteAsync(InvitationStore.RecordUseSql, new { invitation, userId = account.Id });
        }

        await AccountStore.SetPasswordAsync(scope, account.Id, hash);
        var pair = await sessions.OpenAsync(scope, account, origin);
        await UserLogs.WriteAsync(scope, account.Id, "user_registration", "Account created", origin, sessionId: pair.SessionId);
        await SecurityEvents.RecordAsync(scope, account.Id, "account_register", origin, category: "account_management");
        return (account, pair);
    }

    /// <summary>Rolls the transaction back and answers with the problem.</summary>
    private sealed class RefusedException(ProblemHttpResult problem) : Exception
    {
        public ProblemHttpResult Problem { get; } = problem;
    }
}
