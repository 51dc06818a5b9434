using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Auth;

internal static class Register
{
    /// <summary>The password is taken exactly as sent. <c>role</c> is accepted from older clients and ignored.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request(
        [property: AccountEmail] string Email,
        [property: NewPassword] string Password,
        [property: AccountName] string? Name = null,
        [property: MaxLength(64)] string? InvitationCode = null,
        [property: MaxLength(20)] string? Role = null);

    public sealed record Response(string AccessToken, string RefreshToken, int ExpiresIn, string TokenType, UserView User);

    public static async Task<Results<Created<Response>, ProblemHttpResult>> Handle(
        Request request, HttpContext context, Db db, PasswordPolicy policy, PasswordHasher hasher, Sessions sessions, SessionCookies cookies,
        IOptions<AccountOptions> options, CancellationToken ct)
    {
        var email = EmailAddress.Normalize(request.Email);
        if (await policy.RefusalAsync(request.Password, PasswordPolicy.RegistrationLimit, ct) is { } refusal)
        {
            return refusal;
        }

        if (request.InvitationCode is null && options.Value.InvitationRequired)
        {
            return Problems.Forbidden("invitation_required", "Registration is by invitation. Send the code you were given as invitationCode.");
        }

        // Hashed before anything about the address is known: its cost is the same whether or not there is an account.
        var hash = await hasher.HashAsync(request.Password, ct);
        var origin = context.Origin();
        return await db.InTransactionAsync<Results<Created<Response>, ProblemHttpResult>>(
            async scope =>
            {
                var account = await AccountStore.CreateAsync(scope, new AccountStore.NewAccount(email, request.Name?.Trim()));
                if (account is null)
                {
                    return Problems.Conflict("email_taken", "There is an account with this e-mail address. Sign in, or reset the password.");
                }

                await AccountStore.SetPasswordAsync(scope, account.Id, hash);
                var pair = await sessions.OpenAsync(scope, account, origin);
                await Journal.WriteLogAsync(scope, account.Id, "user_registration", "Account created", origin, sessionId: pair.SessionId);
                await Journal.WriteEventAsync(scope, account.Id, "account_register", origin, category: "account_management");
                cookies.Set(context, pair);
                return TypedResults.Created((string?)null, new Response(pair.AccessToken, pair.RefreshToken, pair.ExpiresIn, "Bearer", UserView.Of(account)));
            },
            ct);
    }
}
