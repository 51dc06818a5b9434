using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Channels;

/// <summary>The creator's own channel from files of YouTube Studio and Takeout (docs/channel.md). Nothing of it leaves the
/// database.</summary>
internal static class ChannelEndpoints
{
    public static IEndpointRouteBuilder MapChannel(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/channel").WithTags("Channel").RequireAuthorization(Policies.User);
        group
            .MapPost("/import", ImportChannel.Handle)
            .WithName("ImportChannel")
            .WithSummary("Import an export of YouTube Studio or Takeout.")
            .WithBodyLimit(ImportChannel.LargestBody + ImportChannel.Wrapping)
            .Accepts<string>("text/csv", ChannelUpload.MediaTypes)
            .ProducesProblem(400)
            .ProducesProblem(409)
            .ProducesProblem(413)
            .ProducesProblem(415);
        group.MapGet("", GetChannel.Handle).WithName("GetChannel").WithSummary("What you have imported.");
        group.MapDelete("", DeleteChannel.Handle).WithName("DeleteChannel").WithSummary("Delete what you have imported, tests included.");
        group
            .MapGet("/model", GetChannelModel.Handle)
            .WithName("GetChannelModel")
            .WithSummary("What lifts your videos, and how far predictions can be trusted.");
        group
            .MapPost("/predictions", PredictTitles.Handle)
            .WithName("PredictTitles")
            .WithSummary("Predict titles by your channel's past.")
            .ProducesProblem(400);
        group.MapGet("/doctor", ExamineCatalogue.Handle).WithName("ExamineCatalogue").WithSummary("What is wrong across all your videos.");
        group
            .MapPost("/title-tests", PlanTitleTest.Handle)
            .WithName("PlanTitleTest")
            .WithSummary("Plan a test for YouTube's own \"Test & compare\".")
            .ProducesProblem(400)
            .ProducesProblem(404)
            .ProducesProblem(409);
        group.MapGet("/title-tests", ListTitleTests.Handle).WithName("ListTitleTests").WithSummary("List your title tests, newest first.");
        group
            .MapPost("/title-tests/{id:guid}/result", RecordTitleTest.Handle)
            .WithName("RecordTitleTest")
            .WithSummary("Record how a title test ended in Studio.")
            .ProducesProblem(400)
            .ProducesProblem(404);
        return routes;
    }
}
