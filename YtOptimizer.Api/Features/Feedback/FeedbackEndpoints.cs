using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Feedback;

/// <summary>What users say, ask for, vote for and use; and what the makers make of it.</summary>
internal static class FeedbackEndpoints
{
    public static IEndpointRouteBuilder MapFeedback(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/feedback").WithTags("Feedback").RequireAuthorization(Policies.User);
        group.MapPost("/submit", SubmitFeedback.Handle).WithName("SubmitFeedback").WithSummary("Send feedback.").ProducesProblem(400);
        group.MapGet("/my-feedback", ListMyFeedback.Handle).WithName("ListMyFeedback").WithSummary("List your feedback, newest first.");
        group
            .MapPost("/feature-request", RequestFeature.Handle)
            .WithName("RequestFeature")
            .WithSummary("Ask for a feature; your vote is its first.")
            .ProducesProblem(400);
        group
            .MapGet("/feature-requests", ListFeatureRequests.Handle)
            .WithName("ListFeatureRequests")
            .WithSummary("List what all users asked for, most votes first.")
            .ProducesProblem(400);
        group
            .MapGet("/my-feature-requests", ListMyFeatureRequests.Handle)
            .WithName("ListMyFeatureRequests")
            .WithSummary("List the features you asked for, newest first.");
        group
            .MapPost("/vote/{featureId:guid}", VoteForFeature.Handle)
            .WithName("VoteForFeature")
            .WithSummary("Vote for a feature, once.")
            .ProducesProblem(404)
            .ProducesProblem(409);
        group
            .MapPost("/track-usage", TrackUsage.Handle)
            .WithName("TrackUsage")
            .WithSummary("Note that a feature was used.")
            .ProducesProblem(400);

        var admin = routes.MapGroup("/api/v1/feedback/admin").WithTags("Feedback").RequireAuthorization(Policies.AdminPanel);
        admin
            .MapGet("/analytics", GetFeedbackAnalytics.Handle)
            .WithName("GetFeedbackAnalytics")
            .WithSummary("What users said and used over a week, a month or a quarter.")
            .ProducesProblem(400);
        admin
            .MapPatch("/feedback/{id:guid}", UpdateFeedback.Handle)
            .WithName("UpdateFeedback")
            .WithSummary("Set the status of a piece of feedback.")
            .ProducesProblem(400)
            .ProducesProblem(404);
        admin
            .MapPatch("/feature-requests/{id:guid}", UpdateFeatureRequest.Handle)
            .WithName("UpdateFeatureRequest")
            .WithSummary("Decide on a feature request.")
            .ProducesProblem(400)
            .ProducesProblem(404);
        return routes;
    }
}
