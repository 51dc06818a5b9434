using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Notifications;

namespace YtOptimizer.Api.Features.Notifications;

/// <summary>A page of the caller's notifications, optionally of one type or only read or unread ones.</summary>
internal static class ListNotifications
{
    public sealed record Page(
        [property: System.Text.Json.Serialization.JsonPropertyName("page")] int Number,
        int Limit,
        int Total,
        int TotalPages,
        bool HasNext,
        bool HasPrev
    );

    public sealed record Response(IReadOnlyList<NotificationView> Data, Page Pagination, int UnreadCount);

    public static async Task<Ok<Response>> Handle(
        CurrentUser user,
        NotificationStore store,
        CancellationToken ct,
        [Range(1, 100_000)] int page = 1,
        [Range(1, 100)] int limit = 20,
        [RegularExpression("system|processing|usage|update|tip|security")] string? type = null,
        bool? read = null
    )
    {
        var total = await store.CountAsync(user.Id, type, read, ct);
        var data = await store.ListAsync(user.Id, type, read, limit, (page - 1) * limit, ct);
        var pages = (total + limit - 1) / limit;
        return TypedResults.Ok(
            new Response(data, new Page(page, limit, total, pages, page < pages, page > 1), await store.UnreadCountAsync(user.Id, ct))
        );
    }
}
