using YtOptimizer.Core.Accounts;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>An account as its owner sees it.</summary>
internal sealed record UserView(
    Guid Id,
    string Email,
    string Name,
    string Role,
    string Picture,
    string Provider,
    DateTime CreatedAt,
    DateTime UpdatedAt
)
{
    /// <summary>The role once more as an array, which is what the single-page app types.</summary>
    public string[] Roles => [Role];

    public static UserView Of(Account account) =>
        new(
            account.Id,
            account.Email,
            account.Name ?? "",
            account.Role,
            account.Picture ?? "",
            account.Provider,
            account.CreatedAt,
            account.UpdatedAt
        );
}
