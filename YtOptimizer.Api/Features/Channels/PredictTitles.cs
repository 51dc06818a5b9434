using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Analysis.Channels;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Channels;

namespace YtOptimizer.Api.Features.Channels;

/// <summary>What the caller's own channel says of titles, with the videos that prove it.</summary>
internal static class PredictTitles
{
    /// <param name="Titles">1 to 20, of at most 100 characters.</param>
    /// <param name="VideoId">The video they are for, where it is one of the channel's: only earlier videos count then.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request(
        [property: PlainTexts(20, 100), MinLength(1)] IReadOnlyList<string> Titles,
        [property: VideoId] string? VideoId = null
    );

    /// <param name="Validity">How far to trust them.</param>
    /// <param name="Predictions">In the order of the titles.</param>
    public sealed record Response(ChannelValidity Validity, IReadOnlyList<TitlePrediction> Predictions);

    public static async Task<Ok<Response>> Handle(Request request, CurrentUser user, ChannelCatalogue catalogue, CancellationToken ct)
    {
        var model = ChannelModel.Fit(await catalogue.ReadNewestAsync(user.Id, request.VideoId, ct), ct);
        return TypedResults.Ok(new Response(model.Validity, model.Predict(request.Titles, request.VideoId)));
    }
}
