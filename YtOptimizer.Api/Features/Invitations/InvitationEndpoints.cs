using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Invitations;

internal static class InvitationEndpoints
{
    public static IEndpointRouteBuilder MapInvitations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/invitations").WithTags("Invitations");
        group.MapPost("/validate", ValidateInvitation.Handle).WithSummary("Whether an invitation code can be used").AllowAnonymous();
        group.MapPost("/", CreateInvitation.Handle).WithSummary("Create an invitation").RequireAuthorization(Policies.Admin);
        group.MapGet("/", ListInvitations.Handle).WithSummary("All invitations").RequireAuthorization(Policies.Admin);
        group.MapGet("/stats", GetInvitationStats.Handle).WithSummary("Invitations by state").RequireAuthorization(Policies.Admin);
        group.MapDelete("/{id:guid}", DeleteInvitation.Handle).WithSummary("Withdraw an invitation").RequireAuthorization(Policies.Admin);
        return routes;
    }
}
