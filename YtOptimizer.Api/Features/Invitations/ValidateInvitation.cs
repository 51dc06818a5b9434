using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Invitations;

/// <summary>Tells whether a code can be used to register, before the form is filled in.</summary>
internal static class ValidateInvitation
{
    public sealed record Request([property: Required, MaxLength(64)] string Code, [property: MaxLength(255)] string? Email = null);

    public sealed record CodeData(string Code);

    public sealed record Response(bool Success, string Message, CodeData? Data);

    private const string Sql = """
        SELECT EXISTS (SELECT 1 FROM invitations
            WHERE code = @code AND current_uses < max_uses AND (expires_at IS NULL OR expires_at > now())
              AND (email IS NULL OR @key IS NULL OR email_key = @key))
        """;

    /// <summary>A code that cannot be used is an answer, not an error.</summary>
    public static async Task<Ok<Response>> Handle(Request request, Db db, CancellationToken ct)
    {
        var code = request.Code.Trim().ToUpperInvariant();
        var valid = await db.ScalarAsync<bool>(
            Sql,
            new { code, key = string.IsNullOrWhiteSpace(request.Email) ? null : EmailAddress.Key(request.Email) },
            ct
        );
        return TypedResults.Ok(
            valid
                ? new Response(true, "The invitation can be used.", new CodeData(code))
                : new Response(false, "This invitation code is unknown, used up, expired or meant for another address.", null)
        );
    }
}
