using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Security;

/// <summary>Security events of the caller and, for administrators, of everyone; and the administration of blocked addresses.</summary>
internal static class SecurityEndpoints
{
    public static IEndpointRouteBuilder MapSecurity(this IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/api/v1/audit").WithTags("Security audit").RequireAuthorization(Policies.User);
        audit.MapGet("/events", ListSecurityEvents.Handle).WithSummary("Own security events");
        audit.MapGet("/stats", GetSecurityStats.Handle).WithSummary("Statistics of own security events");
        var admin = routes.MapGroup("/api/v1/audit/admin").WithTags("Security audit").RequireAuthorization(Policies.Admin);
        admin.MapGet("/events", ListAllSecurityEvents.Handle).WithSummary("Security events of everyone or of one account");
        admin.MapGet("/stats", GetAllSecurityStats.Handle).WithSummary("Statistics of everyone's security events");

        var limits = routes.MapGroup("/api/v1/admin/rate-limits").WithTags("IP rate limits").RequireAuthorization(Policies.AdminPanel);
        limits.MapGet("/stats", GetBlockStats.Handle).WithSummary("Blocked addresses and top offenders");
        limits.MapGet("/blocked", ListBlockedAddresses.Handle).WithSummary("Addresses that are blocked now");
        limits.MapPost("/block", BlockAddress.Handle).WithSummary("Block an address");
        limits.MapDelete("/unblock/{ipAddress}", UnblockAddress.Handle).WithSummary("Unblock an address");
        limits.MapPost("/cleanup", CleanUpLedger.Handle).WithSummary("Remove ledger rows that are idle for a week and block nobody");
        return routes;
    }
}
