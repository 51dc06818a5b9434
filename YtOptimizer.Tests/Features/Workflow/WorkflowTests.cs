using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using YtOptimizer.Tests.Core.VideoAnalysis;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Workflow;

/// <summary>The API with scripted upstreams behind it.</summary>
public sealed class UpstreamApiFixture : ApiFixture
{
    internal FakeUpstreams Upstreams { get; private set; } = null!;

    internal ApiUser User { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        Upstreams = await FakeUpstreams.StartAsync(TestContext.Current.CancellationToken);
        With(Upstreams.Settings);
        With(new Dictionary<string, string?> { ["MAX_UPLOAD_SIZE"] = "1000000", ["BACKEND_URL"] = "https://api.example.com" });
        await base.InitializeAsync();
        User = await CreateUserAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Upstreams.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>Direct analysis, the three workflow steps and the video lookup, as clients call them.</summary>
public sealed class WorkflowTests(UpstreamApiFixture api) : IClassFixture<UpstreamApiFixture>
{
    private const string Id = "dQw4w9WgXcQ";
    private const string Url = "https://www.youtube.com/watch?v=" + Id;
    private const string Title = "How to prune tomato plants in summer";
    private const string Description =
        "We prune tomato plants step by step. You see which side shoots to remove and why the plants grow better afterwards.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LookAtVideo_AnswersWhatThePageReads()
    {
        api.Upstreams.YouTube.Add(Id, Title, Description, "PT12M", "tomato");
        var body = await PostAsync("/api/v1/workflow/analyze", new { videoUrl = "https://youtu.be/" + Id + "?t=3" });
        Assert.Equal(Title, body.GetProperty("title").GetString());
        Assert.Equal(Id, body.GetProperty("videoId").GetString());
        Assert.Equal($"https://i.ytimg.com/vi/{Id}/maxresdefault.jpg", body.GetProperty("thumbnailUrl").GetString());
        Assert.NotEmpty(body.GetProperty("category").GetString()!);
    }

    [Fact]
    public async Task GenerateContent_GivesExactlyTheFieldsAskedFor()
    {
        api.Upstreams.YouTube.Add(Id, Title, Description, "PT12M", "tomato");
        api.Upstreams.OpenAi.Chat.Default = api.Upstreams.OpenAi.Answer(Suggestions.Answer());
        var body = await PostAsync(
            "/api/v1/workflow/generate-content",
            new { videoUrl = Url, fields = new[] { "title", "thumbnail", "tags" } }
        );
        Assert.True(body.GetProperty("title").GetArrayLength() > 0);
        Assert.True(body.GetProperty("tags").GetArrayLength() > 0);
        Assert.Contains(body.GetProperty("thumbnail").GetProperty("template").GetString(), Templates().Select(row => row.Data));
        Assert.False(body.TryGetProperty("description", out _));
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (
                await api.User.Client.PostAsJsonAsync(
                    "/api/v1/workflow/generate-content",
                    new { videoUrl = Url, fields = new[] { "views" } },
                    Ct
                )
            ).StatusCode
        );
    }

    public static TheoryData<string> Templates() =>
        [
            "big_bold_text",
            "face_left_text_right",
            "documentary_story",
            "before_after",
            "center_object_minimal",
            "neon_tech",
            "reaction_object",
            "two_tone",
            "blur_background_text",
            "magazine_style",
        ];

    [Theory]
    [MemberData(nameof(Templates))]
    public async Task GenerateThumbnail_IsAPngThatAnyoneCanLoad(string template)
    {
        var pixel =
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
        var config = new Dictionary<string, object>
        {
            ["mainText"] = "تقليم Tomatoes टमाटर 🍅",
            ["mainTitle"] = "The story of tomatoes",
            ["subtitle"] = "A summer",
            ["mainHeadline"] = "Tomatoes",
            ["topText"] = "Tomatoes",
            ["personImageUrl"] = pixel,
            ["centerObjectUrl"] = pixel,
            ["coverImageUrl"] = "https://example.com/never-fetched.png",
            ["textColor"] = "#ffee00",
            ["textShadow"] = new { color = "#000", intensity = 80 },
            ["dividerStyle"] = "vs",
        };
        var body = await PostAsync(
            "/api/v1/workflow/generate-thumbnail",
            new
            {
                videoUrl = Url,
                template,
                templateData = new { type = template, config },
            }
        );
        var address = body.GetProperty("thumbnailUrl").GetString()!;
        Assert.StartsWith("https://api.example.com/thumbnails/", address, StringComparison.Ordinal);
        using var anonymous = api.Anonymous();
        using var response = await anonymous.GetAsync(new Uri(address).AbsolutePath, Ct);
        var png = await response.Content.ReadAsByteArrayAsync(Ct);
        Assert.Equal("image/png", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("cross-origin", response.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        // PNG header: width and height, big-endian.
        Assert.Equal([0, 0, 5, 0, 0, 0, 2, 208], png[16..24]);
        Assert.True(png.Length > 5_000);
    }

    [Fact]
    public async Task GenerateThumbnail_UnknownTemplate_IsRefused_AndNoNameLeavesTheFolder()
    {
        Assert.Equal(
            "unknown_template",
            await CodeAsync(
                "/api/v1/workflow/generate-thumbnail",
                new
                {
                    videoUrl = Url,
                    template = "x",
                    templateData = new { },
                },
                HttpStatusCode.BadRequest
            )
        );
        using var anonymous = api.Anonymous();
        Assert.Equal(HttpStatusCode.NotFound, (await anonymous.GetAsync("/thumbnails/..%2F..%2Fetc%2Fpasswd", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await anonymous.GetAsync("/thumbnails/0123.png", Ct)).StatusCode);
    }

    [Fact]
    public async Task AnalyzeUrl_GivesTheKnownFormAndTheWholeResult()
    {
        api.Upstreams.YouTube.Add(Id, Title, Description, "PT12M", "tomato");
        var body = await PostAsync("/api/v1/ai/analyze/url", new { videoUrl = Url });
        Assert.True(body.GetProperty("success").GetBoolean());
        Assert.Equal("PT12M", body.GetProperty("videoInfo").GetProperty("duration").GetString());
        Assert.True(body.GetProperty("analysis").GetProperty("titleRewrite").GetProperty("titles").GetArrayLength() > 0);
        Assert.Equal(0, body.GetProperty("analysis").GetProperty("keywordExtraction").GetProperty("competitorKeywords").GetArrayLength());
        Assert.InRange(body.GetProperty("result").GetProperty("score").GetInt32(), 0, 100);
    }

    [Fact]
    public async Task AnalyzeText_TooShort_IsRefused() =>
        Assert.Equal(
            "validation_failed",
            await CodeAsync("/api/v1/ai/analyze/text", new { transcript = "short" }, HttpStatusCode.BadRequest)
        );

    [Fact]
    public async Task AnalyzeFile_IsTranscribedAndDeleted_AndTextIsNoVideo()
    {
        api.Upstreams.OpenAi.Transcriptions.Default = FakeReply.Json(
            """{"text":"Today we prune tomato plants in the summer garden. Remove the side shoots so that the plants grow better."}"""
        );
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent([.. "ID3"u8, .. new byte[3000]]), "file", "../x.mp3" },
            { new StringContent("Pruning tomato plants"), "originalTitle" },
        };
        using var response = await api.User.Client.PostAsync("/api/v1/ai/analyze/file", form, Ct);
        var body = await Tokens.JsonAsync(response);
        Assert.True(response.IsSuccessStatusCode, body.ToString());
        Assert.Equal(
            ("x.mp3", "audio/mpeg", 3003),
            (
                body.GetProperty("fileInfo").GetProperty("originalName").GetString(),
                body.GetProperty("fileInfo").GetProperty("mimeType").GetString(),
                body.GetProperty("fileInfo").GetProperty("size").GetInt32()
            )
        );

        using var text = new MultipartFormDataContent
        {
            { new ByteArrayContent(Encoding.UTF8.GetBytes("<html>no video at all, although it says so</html>")), "file", "x.mp4" },
        };
        Assert.Equal(
            HttpStatusCode.UnsupportedMediaType,
            (await api.User.Client.PostAsync("/api/v1/ai/analyze/file", text, Ct)).StatusCode
        );
    }

    [Theory]
    [InlineData("/api/v1/ai/analyze/file", "file", 1_200_000)]
    [InlineData("/api/v1/ai/analyze/file", "file", 3_000_000)]
    [InlineData("/api/v1/analyze/upload", "video", 1_200_000)]
    public async Task Upload_LargerThanAllowed_Is413_AndLeavesNothing(string path, string part, int size)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent([.. "ID3"u8, .. new byte[size]]), part, "long.mp3" } };
        using var response = await api.User.Client.PostAsync(path, form, Ct);
        Assert.Equal(
            (HttpStatusCode.RequestEntityTooLarge, "file_too_large"),
            (response.StatusCode, (await Tokens.JsonAsync(response)).GetProperty("code").GetString())
        );
        Assert.Equal(
            0,
            await api.Database.Db.ScalarAsync<long>("SELECT count(*) FROM stored_files WHERE starts_with(key, 'uploads/')", null, Ct)
        );
    }

    [Fact]
    public async Task GenerateBackground_WithoutImageService_SaysSo() =>
        Assert.Equal(
            "image_generation_not_configured",
            await CodeAsync("/api/v1/ai/generate-thumbnail", new { aiPrompt = "a garden", videoId = Id }, HttpStatusCode.ServiceUnavailable)
        );

    [Fact]
    public async Task GetVideo_AnswersTheContract_AndTellsWhyNot()
    {
        api.Upstreams.YouTube.Add("oHg5SJYRHA0", Title, Description, "PT3M32S", "tomato");
        using var response = await api.User.Client.GetAsync(
            "/api/v1/youtube/video?url=" + Uri.EscapeDataString("https://youtu.be/oHg5SJYRHA0"),
            Ct
        );
        var body = await Tokens.JsonAsync(response);
        Assert.True(response.IsSuccessStatusCode, body.ToString());
        Assert.Equal(
            ("oHg5SJYRHA0", Title, "PT3M32S", 1000L, "Test Channel"),
            (
                body.GetProperty("id").GetString(),
                body.GetProperty("title").GetString(),
                body.GetProperty("duration").GetString(),
                body.GetProperty("views").GetInt64(),
                body.GetProperty("channelTitle").GetString()
            )
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await api.User.Client.GetAsync("/api/v1/youtube/video?url=https://youtu.be/aaaaaaaaaaA", Ct)).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await api.User.Client.GetAsync("/api/v1/youtube/video?url=https://example.com/watch?v=oHg5SJYRHA0", Ct)).StatusCode
        );
        Assert.Equal(HttpStatusCode.BadRequest, (await api.User.Client.GetAsync("/api/v1/youtube/video", Ct)).StatusCode);
        using var anonymous = api.Anonymous();
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await anonymous.GetAsync("/api/v1/youtube/video?url=https://youtu.be/oHg5SJYRHA0", Ct)).StatusCode
        );
    }

    private async Task<JsonElement> PostAsync(string path, object request)
    {
        using var response = await api.User.Client.PostAsJsonAsync(path, request, Ct);
        var body = await Tokens.JsonAsync(response);
        Assert.True(response.IsSuccessStatusCode, $"{path} answered {(int)response.StatusCode}: {body}");
        return body;
    }

    private async Task<string?> CodeAsync(string path, object request, HttpStatusCode expected)
    {
        using var response = await api.User.Client.PostAsJsonAsync(path, request, Ct);
        var body = await Tokens.JsonAsync(response);
        Assert.Equal(expected, response.StatusCode);
        return body.GetProperty("code").GetString();
    }
}
