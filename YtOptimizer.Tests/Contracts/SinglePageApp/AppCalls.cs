using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Contracts.SinglePageApp;

/// <summary>
/// The existing single-page app as it calls, and what it reads. It signs its user out on every error of a signed-in call, so "nothing there
/// yet", "not allowed any more" and "cannot be analysed" are ordinary answers to it.
/// </summary>
internal static class AppCalls
{
    public const string Origin = "http://localhost:4200";
    public const string Video = "https://www.youtube.com/watch?v=dQw4w9WgXcQ";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>As the browser sends it: from the app's origin, with the token.</summary>
    public static HttpClient App(this ApiFixture api, string? token)
    {
        var client = token is null ? api.Anonymous() : api.ClientFor(token);
        client.DefaultRequestHeaders.Add("Origin", Origin);
        return client;
    }

    public static async Task<HttpClient> UserAsync(this ApiFixture api) => api.App((await api.CreateUserAsync()).AccessToken);

    public static async Task<JsonElement> OkAsync(
        HttpClient client,
        HttpMethod method,
        string path,
        object? body = null,
        HttpStatusCode? status = null
    )
    {
        using var request = new HttpRequestMessage(method, "/api/v1/" + path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await client.SendAsync(request, Ct);
        var answer = await Tokens.JsonAsync(response);
        Assert.True(
            status is null ? response.IsSuccessStatusCode : response.StatusCode == status,
            $"{method} {path} answered {(int)response.StatusCode}: {answer}"
        );
        return answer;
    }

    public static async Task<JsonElement> UploadAsync(HttpClient client, byte[] content, string name)
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("video/mp4");
        form.Add(file, "video", name);
        form.Add(new StringContent("{\"language\":\"english\",\"aiModel\":\"midjourney\",\"tone\":\"casual\"}"), "configuration");
        using var response = await client.PostAsync("/api/v1/analyze/upload", form, Ct);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return await Tokens.JsonAsync(response);
    }

    public static byte[] Mp4() => [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0, .. "isomiso2mp41"u8, .. new byte[1024]];

    public static void Has(JsonElement body, params string[] paths) => Assert.All(paths, path =>
        {
            var at = body;
            foreach (var name in path.Split('.'))
            {
                Assert.True(at.TryGetProperty(name, out at), $"{path} is missing");
            }
        });

    public static void NoWordTheAppActsOn(string text) =>
        Assert.DoesNotMatch(
            "(?i)unauthorized|permission denied|invalid|required|validation|network error|failed to fetch|cannot read properties",
            text
        );
}
