using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace YtOptimizer.Tests.Support;

/// <summary>
/// The outside world on one loopback port: an OpenAI-compatible server, YouTube Data API, oEmbed, Telegram, the breach list.
/// Real HTTP; each endpoint counts its calls and answers from its script first, then by its default.
/// </summary>
internal sealed class FakeUpstreams : IAsyncDisposable
{
    private readonly WebApplication app;

    private FakeUpstreams(WebApplication app) => this.app = app;

    public FakeOpenAi OpenAi { get; } = new();

    public FakeYouTube YouTube { get; } = new();

    public FakeEndpoint OEmbed { get; } = new(FakeReply.Status(404));

    /// <summary>Thumbnails of videos.</summary>
    public FakeEndpoint Pictures { get; } = new(FakeReply.Status(404));

    public FakeEndpoint Telegram { get; } =
        new(FakeReply.Json("""{"ok":true,"result":{"message_id":1,"date":0,"chat":{"id":1,"type":"private"}}}"""));

    /// <summary>k-anonymity breach ranges: default says that no password is known.</summary>
    public FakeEndpoint BreachList { get; } = new(FakeReply.Text(""));

    public string Address { get; private set; } = "";

    /// <summary>Environment names → values that point the product at this server.</summary>
    public Dictionary<string, string?> Settings =>
        new()
        {
            ["OPENAI_BASE_URL"] = Address + "/v1",
            ["OPENAI_API_KEY"] = "dummy-openai-key",
            ["OPENAI_MODEL"] = "test-model",
            ["YOUTUBE_API_BASE_URL"] = Address + "/youtube/v3",
            ["YOUTUBE_API_KEY"] = "dummy-youtube-key",
            ["YOUTUBE_OEMBED_URL"] = Address + "/oembed",
            ["YOUTUBE_PICTURE_URL"] = Address,
            ["TELEGRAM_API_BASE_URL"] = Address,
            ["HIBP_BASE_URL"] = Address + "/hibp",
        };

    public static async Task<FakeUpstreams> StartAsync(CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var upstreams = new FakeUpstreams(builder.Build());
        upstreams.app.Run(upstreams.HandleAsync);
        await upstreams.app.StartAsync(ct);
        upstreams.Address = upstreams.app.Urls.First();
        return upstreams;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private Task HandleAsync(HttpContext context) =>
        context.Request.Path.Value switch
        {
            "/v1/chat/completions" => OpenAi.Chat.HandleAsync(context),
            "/v1/audio/transcriptions" => OpenAi.Transcriptions.HandleAsync(context),
            "/v1/images/generations" => OpenAi.Images.HandleAsync(context),
            "/v1/models" => FakeReply
                .Json("""{"object":"list","data":[{"id":"test-model","object":"model","created":0,"owned_by":"test"}]}""")
                .SendAsync(context),
            "/youtube/v3/videos" or "/youtube/v3/playlistItems" or "/youtube/v3/channels" => YouTube.HandleAsync(context),
            "/oembed" => OEmbed.HandleAsync(context),
            { } path when path.StartsWith("/vi/", StringComparison.Ordinal) => Pictures.HandleAsync(context),
            { } path when path.StartsWith("/bot", StringComparison.Ordinal) => Telegram.HandleAsync(context),
            { } path when path.StartsWith("/hibp/range/", StringComparison.Ordinal) => BreachList.HandleAsync(context),
            _ => FakeReply.Status(404).SendAsync(context),
        };
}
