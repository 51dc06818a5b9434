using System.Security.Claims;
using YtOptimizer.Core.Auditing;

namespace YtOptimizer.Api.Hosting;

/// <summary>The authenticated caller, bound from the access token's claims. Use as a handler parameter on endpoints with a
/// policy.</summary>
internal sealed record CurrentUser(Guid Id, string Email, string Role, Guid SessionId)
{
    /// <summary>As the audit trail names the caller.</summary>
    public Actor ToActor() => new(Id, Email, Role, SessionId);

    public static ValueTask<CurrentUser?> BindAsync(HttpContext context) => ValueTask.FromResult(From(context.User));

    public static CurrentUser? From(ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue("sub"), out var id)
            ? new CurrentUser(
                id,
                principal.FindFirstValue("email") ?? "",
                principal.FindFirstValue("role") ?? "user",
                Guid.TryParse(principal.FindFirstValue("sid"), out var sid) ? sid : Guid.Empty
            )
            : null;
}
