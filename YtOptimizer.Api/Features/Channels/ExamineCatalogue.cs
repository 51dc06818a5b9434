using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Analysis.Channels;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Channels;

namespace YtOptimizer.Api.Features.Channels;

/// <summary>Looks through all imported videos; says which looks were not possible, and why.</summary>
internal static class ExamineCatalogue
{
    public sealed record Response(int Videos, IReadOnlyList<CatalogueCheck> Checks);

    public static async Task<Ok<Response>> Handle(CurrentUser user, ChannelCatalogue catalogue, CancellationToken ct)
    {
        var videos = await catalogue.ReadAsync(user.Id, ct);
        return TypedResults.Ok(new Response(videos.Count, CatalogueDoctor.Examine(videos, ct)));
    }
}
