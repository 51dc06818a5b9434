using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Invitations;

/// <summary>Creates a code with which people may register, for one address or for several people.</summary>
internal static class CreateInvitation
{
    public sealed record Request(
        [property: MaxLength(255)] string? Email = null,
        [property: Range(1, 10_000)] int MaxUses = 1,
        [property: Range(1, 3650)] int? ExpiresInDays = null,
        JsonElement? Metadata = null
    );

    public sealed record Invitation(Guid Id, string Code, string? Email, int MaxUses, DateTime? ExpiresAt);

    public sealed record Response(bool Success, string Message, Invitation Data);

    public static async Task<Results<Created<Response>, ProblemHttpResult>> Handle(
        Request request,
        CurrentUser user,
        HttpContext context,
        Db db,
        CancellationToken ct
    )
    {
        var isBound = !string.IsNullOrWhiteSpace(request.Email);
        if (isBound && EmailAddress.Problem(request.Email) is { } problem)
        {
            return Problems.BadRequest(
                "validation_failed",
                problem,
                new Dictionary<string, string[]>(StringComparer.Ordinal) { ["email"] = [problem] }
            );
        }

        if (request.Metadata is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined) })
        {
            return Problems.BadRequest(
                "validation_failed",
                "metadata must be an object.",
                new Dictionary<string, string[]>(StringComparer.Ordinal) { ["metadata"] = ["Send an object."] }
            );
        }

        var email = isBound ? EmailAddress.Stored(request.Email!) : null;
        var created = await db.InTransactionAsync(
            async scope =>
            {
                var row = await scope.FirstOrDefaultAsync<Invitation>(
                    InvitationStore.AddSql,
                    new
                    {
                        id = Guid.CreateVersion7(),
                        code = NewCode(),
                        email,
                        key = email is null ? null : EmailAddress.Key(email),
                        maxUses = request.MaxUses,
                        createdBy = user.Id,
                        days = request.ExpiresInDays,
                        metadata = request.Metadata is { ValueKind: JsonValueKind.Object } json ? json.GetRawText() : "{}",
                    }
                );
                await AuditTrail.AppendAsync(
                    scope,
                    new Actor(user.Id, user.Email, user.Role, user.SessionId),
                    "create_invitation",
                    "invitation",
                    row!.Id.ToString(),
                    context.Origin(),
                    after: new Dictionary<string, object?>(StringComparer.Ordinal)
                    {
                        ["email"] = email,
                        ["maxUses"] = request.MaxUses,
                        ["expiresAt"] = row.ExpiresAt,
                    }
                );
                await UserLogs.WriteAsync(
                    scope,
                    user.Id,
                    "invitation_created",
                    "An invitation was created",
                    context.Origin(),
                    "security",
                    sessionId: user.SessionId
                );
                return row;
            },
            ct
        );
        return TypedResults.Created((string?)null, new Response(true, "The invitation was created.", created));
    }

    // 80 bits in groups that can be read out.
    private static string NewCode()
    {
        var hex = RandomNumberGenerator.GetHexString(20);
        return "BETA-" + string.Join('-', hex.Chunk(4).Select(group => new string(group)));
    }
}
