using System.Net.Http.Json;
using SkiaSharp;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Workflow.Thumbnails;

/// <summary>The thumbnail that a video has now, as the picture of a drawn one. YouTube's picture host is scripted.</summary>
public sealed class OwnPictureTests(UpstreamApiFixture api) : IClassFixture<UpstreamApiFixture>
{
    private const string Url = "https://www.youtube.com/watch?v=dQw4w9WgXcQ";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OwnPicture_TakesTheEmptyPlace_AndTheLargestIsAskedForFirst()
    {
        api.Upstreams.Pictures.Reset();
        api.Upstreams.Pictures.Default = FakeReply.Bytes(Jpeg(SKColors.Magenta), "image/jpeg");
        using var drawn = await DrawAsync("face_left_text_right");
        Assert.True(IsMagenta(drawn.GetPixel(280, 360)));
        Assert.Equal(["/vi/dQw4w9WgXcQ/maxresdefault.jpg"], api.Upstreams.Pictures.Calls.Select(call => call.Path));

        // The large one is missing for many videos.
        api.Upstreams.Pictures.Enqueue(FakeReply.Status(404));
        using var again = await DrawAsync("magazine_style");
        Assert.True(IsMagenta(again.GetPixel(900, 360)));

        // Behind words it is darkened.
        using var behind = await DrawAsync("big_bold_text");
        Assert.InRange(behind.GetPixel(640, 20).Red, 60, 200);
    }

    [Fact]
    public async Task OwnPicture_IsNotAskedFor_WhenAPictureIsSentOrTheTemplateHasNoPlace()
    {
        api.Upstreams.Pictures.Reset();
        using var drawn = await DrawAsync("face_left_text_right", "data:image/png;base64," + Convert.ToBase64String(Jpeg(SKColors.Lime)));
        Assert.False(IsMagenta(drawn.GetPixel(280, 360)));
        using var plain = await DrawAsync("two_tone");
        Assert.Empty(api.Upstreams.Pictures.Calls);
    }

    [Fact]
    public async Task OwnPicture_ThatIsMissingDamagedOrTooLarge_LeavesTheGradient()
    {
        foreach (
            var reply in (FakeReply[])
                [
                    FakeReply.Status(404),
                    FakeReply.Status(500),
                    FakeReply.Reset(),
                    FakeReply.Text("<html>", contentType: "image/jpeg"),
                    FakeReply.Bytes(new byte[3 * 1024 * 1024], "image/jpeg"),
                ]
        )
        {
            api.Upstreams.Pictures.Default = reply;
            using var drawn = await DrawAsync("magazine_style");
            Assert.Equal(1280, drawn.Width);
            Assert.False(IsMagenta(drawn.GetPixel(900, 360)));
        }
    }

    private static bool IsMagenta(SKColor color) => color is { Red: > 200, Green: < 60, Blue: > 200 };

    private static byte[] Jpeg(SKColor color)
    {
        using var picture = new SKBitmap(640, 360);
        picture.Erase(color);
        using var data = picture.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }

    private async Task<SKBitmap> DrawAsync(string template, string? person = null)
    {
        using var response = await api.User.Client.PostAsJsonAsync(
            "/api/v1/workflow/generate-thumbnail",
            new
            {
                videoUrl = Url,
                template,
                templateData = new { type = template, config = new { mainText = "Bread", personImageUrl = person } },
            },
            Ct
        );
        var body = await Tokens.JsonAsync(response);
        Assert.True(response.IsSuccessStatusCode, body.ToString());
        using var anonymous = api.Anonymous();
        return SKBitmap.Decode(await anonymous.GetByteArrayAsync(new Uri(body.GetProperty("thumbnailUrl").GetString()!).AbsolutePath, Ct));
    }
}
