using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>Sends a link with which a new password can be set.</summary>
internal static class ForgotPassword
{
    public sealed record Request([property: KnownEmail] string Email);

    public sealed record Response(string Message);

    /// <summary>One answer and one statement for every address, known or not; the worker finds out whose it is.</summary>
    public static async Task<Ok<Response>> Handle(
        Request request,
        HttpContext context,
        PasswordResetRequests requests,
        CancellationToken ct
    )
    {
        await requests.AddAsync(EmailAddress.Key(request.Email), context.Origin(), ct);
        return TypedResults.Ok(
            new Response(
                "If there is an account with this e-mail address, a message with a link is on its way. The link works for a limited time."
            )
        );
    }
}
