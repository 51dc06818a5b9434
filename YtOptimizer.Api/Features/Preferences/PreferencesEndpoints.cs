using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Preferences;

/// <summary>Creators' preferences.</summary>
internal static class PreferencesEndpoints
{
    public static IEndpointRouteBuilder MapPreferences(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/user-preferences").WithTags("Preferences").RequireAuthorization(Policies.User);
        group
            .MapGet("", GetPreferences.Handle)
            .WithMetadata(new NullableAnswer())
            .WithName("GetPreferences")
            .WithSummary("Show your preferences, null when there are none.")
            .Produces<ContentPreferences?>();
        group.MapPost("", SavePreferences.Handle).WithName("SavePreferences").WithSummary("Save your preferences.").ProducesProblem(400);
        group
            .MapPut("", SavePreferences.Handle)
            .WithName("ReplacePreferences")
            .WithSummary("Save your preferences (same as POST).")
            .ProducesProblem(400);
        return routes;
    }
}
