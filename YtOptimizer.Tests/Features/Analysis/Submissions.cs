using System.Text;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Analysis;

/// <summary>Posts an analysis as it stands, with or without a key.</summary>
internal static class Submissions
{
    public const string Url = "https://www.youtube.com/watch?v=dQw4w9WgXcQ";

    public static async Task<HttpResponseMessage> PostAsync(ApiUser user, string kind, string body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/analyze/{kind}")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return await user.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
