using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Jobs;

/// <summary>Calls of the job routes that several test classes make.</summary>
internal static class JobCalls
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task RefusedAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        Assert.Equal((status, code), (response.StatusCode, (await Tokens.JsonAsync(response)).GetProperty("code").GetString()));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.RetryAfter!.Delta > TimeSpan.Zero);
    }

    public static async Task<Guid> SubmitAsync(ApiUser user, string tone = "t")
    {
        var answer = await user.Client.PostAsJsonAsync(
            "/api/v1/analyze/video",
            new
            {
                configuration = new { url = "https://www.youtube.com/watch?v=dQw4w9WgXcQ", tone },
                metadata = new { title = "A title", transcript = "transcript-canary" },
            },
            Ct
        );
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await Tokens.JsonAsync(answer)).GetProperty("jobId").GetGuid();
    }

    public static Task<HttpResponseMessage> PostAsync(HttpClient client, Guid job, string action) =>
        client.PostAsJsonAsync($"/api/v1/analyze/job/{job}/{action}", new { }, Ct);

    public static async Task<JsonElement> JsonAsync(ApiUser user, Guid job, string action)
    {
        var answer = await PostAsync(user.Client, job, action);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await Tokens.JsonAsync(answer);
    }
}
