using YtOptimizer.Api.Hosting;
using YtOptimizer.Api.Hosting.RateLimits;

namespace YtOptimizer.Api.Features.Users;

internal static class UserEndpoints
{
    /// <summary>Reading is for the panel (moderators, admins); changing an account is for admins alone, so that nobody can promote
    /// themselves.</summary>
    public static IEndpointRouteBuilder MapUsers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/admin").WithTags("Admin");
        group.MapGet("/users", ListUsers.Handle).WithSummary("Accounts, searched and sorted").RequireAuthorization(Policies.AdminPanel);
        group.MapGet("/users/{id:guid}", GetUser.Handle).WithSummary("One account").RequireAuthorization(Policies.AdminPanel);
        group
            .MapGet("/users/{id:guid}/usage-overview", GetUsageOverview.Handle)
            .WithSummary("What an account has used")
            .RequireAuthorization(Policies.AdminPanel);
        group.MapPut("/users/{id:guid}", UpdateUser.Handle).WithSummary("Change an account").RequireAuthorization(Policies.ManageUsers);
        group
            .MapPut("/users/{id:guid}/role", ChangeRole.Handle)
            .WithRateBudget(RateBudgets.AdminRole)
            .WithSummary("Change an account's role")
            .RequireAuthorization(Policies.ManageUsers);
        group
            .MapPost("/users/{userId:guid}/disable", DisableUser.Handle)
            .WithSummary("Lock an account and end its sessions")
            .RequireAuthorization(Policies.ManageUsers);
        group
            .MapDelete("/users/{id:guid}", DeleteUser.Handle)
            .WithRateBudget(RateBudgets.AdminDeleteUser)
            .WithSummary("Delete an account and what belongs to it")
            .RequireAuthorization(Policies.ManageUsers);
        group
            .MapPost("/notifications/send", SendNotification.Handle)
            .WithSummary("Notify one account or everybody")
            .RequireAuthorization(Policies.AdminPanel);
        group
            .MapGet("/analytics", GetAnalytics.Handle)
            .WithSummary("Accounts and jobs in numbers")
            .RequireAuthorization(Policies.AdminPanel);
        group
            .MapGet("/tokens/blacklist/stats", GetRevocations.HandleStats)
            .WithSummary("How many sessions were ended while their tokens still live")
            .RequireAuthorization(Policies.AdminPanel);
        group
            .MapGet("/tokens/blacklist/{userId:guid}", GetRevocations.HandleUser)
            .WithSummary("Ended sessions of an account")
            .RequireAuthorization(Policies.AdminPanel);
        group
            .MapPost("/tokens/cleanup", CleanUpTokens.Handle)
            .WithSummary("Delete expired sessions and tokens now")
            .RequireAuthorization(Policies.ManageUsers);
        return routes.MapUserSupport();
    }
}
