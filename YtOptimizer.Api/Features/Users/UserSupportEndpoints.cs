using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Users;

/// <summary>
/// What staff look at and do for one account. Looking is for the panel (moderators, admins), money and notes and every change for admins
/// alone. Nobody acts as somebody else: docs/adr/0009.
/// </summary>
internal static class UserSupportEndpoints
{
    public static IEndpointRouteBuilder MapUserSupport(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/admin").WithTags("Admin");
        group
            .MapGet("/users/{id:guid}/activity", ListUserActivity.Handle)
            .WithName("ListUserActivity")
            .WithSummary("What an account did and what was done to it.")
            .RequireAuthorization(Policies.AdminPanel)
            .ProducesProblem(404);
        group
            .MapGet("/users/{id:guid}/videos", ListUserVideos.Handle)
            .WithName("ListUserVideos")
            .WithSummary("The analyses of an account and how they ended.")
            .RequireAuthorization(Policies.AdminPanel)
            .ProducesProblem(404);
        group
            .MapGet("/users/{id:guid}/errors", ListUserErrors.Handle)
            .WithName("ListUserErrors")
            .WithSummary("The errors that an account met.")
            .RequireAuthorization(Policies.AdminPanel)
            .ProducesProblem(404);
        group
            .MapGet("/users/{id:guid}/billing", GetUserBilling.Handle)
            .WithName("GetUserBilling")
            .WithSummary("The plan and the invoices of an account.")
            .RequireAuthorization(Policies.ManageUsers)
            .ProducesProblem(404);
        group
            .MapGet("/users/{id:guid}/notes", ListNotes.Handle)
            .WithName("ListNotes")
            .WithSummary("Notes of administrators about an account.")
            .RequireAuthorization(Policies.ManageUsers)
            .ProducesProblem(404);
        group
            .MapPost("/users/{id:guid}/notes", AddNote.Handle)
            .WithName("AddNote")
            .WithSummary("Write a note about an account.")
            .RequireAuthorization(Policies.ManageUsers)
            .ProducesProblem(404);
        group
            .MapPost("/users/{id:guid}/reset-limits", ResetLimits.Handle)
            .WithName("ResetLimits")
            .WithSummary("Let what an account used of this period not count.")
            .RequireAuthorization(Policies.ManageUsers)
            .ProducesProblem(404);
        group
            .MapPost("/users/{id:guid}/bonus-credits", GrantBonusCredits.Handle)
            .WithName("GrantBonusCredits")
            .WithSummary("Give an account analyses beyond its plan.")
            .RequireAuthorization(Policies.ManageUsers)
            .ProducesProblem(404);
        group
            .MapPost("/users/{id:guid}/suspend", SuspendUser.Handle)
            .WithName("SuspendUser")
            .WithSummary("Suspend an account and end its sessions at once.")
            .RequireAuthorization(Policies.ManageUsers)
            .ProducesProblem(404)
            .ProducesProblem(409);
        group
            .MapPost("/users/{id:guid}/activate", ActivateUser.Handle)
            .WithName("ActivateUser")
            .WithSummary("Let a suspended account sign in again.")
            .RequireAuthorization(Policies.ManageUsers)
            .ProducesProblem(404);
        group
            .MapPost("/users/{id:guid}/rerun/{videoId}", RerunAnalysis.HandleOfUser)
            .WithName("RerunUserAnalysis")
            .WithSummary("Run an analysis of an account again, uncounted.")
            .RequireAuthorization(Policies.ManageUsers)
            .ProducesProblem(404)
            .ProducesProblem(429)
            .ProducesProblem(503);
        group
            .MapPost("/rerun-analysis/{videoId}", RerunAnalysis.Handle)
            .WithName("RerunAnalysis")
            .WithSummary("Run an analysis again for its owner, uncounted.")
            .RequireAuthorization(Policies.ManageUsers)
            .ProducesProblem(404)
            .ProducesProblem(429)
            .ProducesProblem(503);
        return routes;
    }
}
