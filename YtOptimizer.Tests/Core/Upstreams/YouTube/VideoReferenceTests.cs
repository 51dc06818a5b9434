using CsCheck;
using YtOptimizer.Core.Upstreams.YouTube;

namespace YtOptimizer.Tests.Core.Upstreams.YouTube;

public class VideoReferenceTests
{
    private const string Id = "dQw4w9WgXcQ";

    private static readonly string[] Forms =
    [
        "{0}",
        "https://youtu.be/{0}?si=x",
        "https://m.youtube.com/watch?a=b&v={0}",
        "https://www.youtube.com/shorts/{0}",
        "https://i.ytimg.com/vi/{0}/hqdefault.jpg",
    ];

    [Theory]
    [InlineData("dQw4w9WgXcQ")]
    [InlineData("  dQw4w9WgXcQ  ")]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("http://www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://m.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://music.youtube.com/watch?v=dQw4w9WgXcQ&list=RDAMVM")]
    [InlineData("https://gaming.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("//www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("HTTPS://WWW.YOUTUBE.COM/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/watch?list=PLx&v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PLx&index=3")]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=42s")]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXcQ#t=42")]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXcQ&si=AbC_d-1&pp=ygUE")]
    [InlineData("https://www.youtube.com/watch?feature=youtu.be&v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/watch?feature=share&amp;v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/watch/?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/watch/dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/watch_popup?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/watch.php?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/playlist?list=PLx&v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/#!v=dQw4w9WgXcQ")]
    [InlineData("https://youtu.be/dQw4w9WgXcQ")]
    [InlineData("https://youtu.be/dQw4w9WgXcQ/")]
    [InlineData("youtu.be/dQw4w9WgXcQ?si=abc&t=10")]
    [InlineData("http://www.youtu.be/dQw4w9WgXcQ")]
    [InlineData("https://youtu.be/dQw4w9WgXcQ?list=PLx")]
    [InlineData("https://youtu.be/dQw4w9WgXcQ#t=1")]
    [InlineData("https://www.youtube.com/shorts/dQw4w9WgXcQ")]
    [InlineData("https://youtube.com/shorts/dQw4w9WgXcQ?feature=share")]
    [InlineData("https://www.youtube.com/live/dQw4w9WgXcQ?si=x")]
    [InlineData("https://www.youtube.com/embed/dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/embed/dQw4w9WgXcQ?autoplay=1&rel=0")]
    [InlineData("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ")]
    [InlineData("https://youtube-nocookie.com/embed/dQw4w9WgXcQ?x=1")]
    [InlineData("https://www.youtube.com/embed/videoseries?v=dQw4w9WgXcQ&list=PLx")]
    [InlineData("https://www.youtube.com/v/dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/v/dQw4w9WgXcQ?fs=1&hl=en")]
    [InlineData("http://www.youtube.com/v/dQw4w9WgXcQ&hl=en")]
    [InlineData("https://www.youtube.com/e/dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/w/dQw4w9WgXcQ")]
    [InlineData("https://youtube.googleapis.com/v/dQw4w9WgXcQ")]
    [InlineData("https://www.youtubekids.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/attribution_link?a=x&u=%2Fwatch%3Fv%3DdQw4w9WgXcQ%26feature%3Dshare")]
    [InlineData("https://www.youtube.com/attribution_link?u=/watch?v=dQw4w9WgXcQ&a=x")]
    [InlineData("https://www.youtube.com/oembed?url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DdQw4w9WgXcQ&format=json")]
    [InlineData("https://www.youtube.com/redirect?q=https%3A%2F%2Fyoutu.be%2FdQw4w9WgXcQ")]
    [InlineData("vnd.youtube:dQw4w9WgXcQ")]
    [InlineData("vnd.youtube://dQw4w9WgXcQ")]
    [InlineData("VND.YOUTUBE:dQw4w9WgXcQ?t=3")]
    [InlineData("vnd.youtube://www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://i.ytimg.com/vi/dQw4w9WgXcQ/maxresdefault.jpg")]
    [InlineData("https://i1.ytimg.com/vi_webp/dQw4w9WgXcQ/hq720.webp")]
    [InlineData("https://img.youtube.com/vi/dQw4w9WgXcQ/0.jpg")]
    [InlineData("(https://youtu.be/dQw4w9WgXcQ)")]
    [InlineData("[https://youtu.be/dQw4w9WgXcQ]")]
    [InlineData("<https://youtu.be/dQw4w9WgXcQ>")]
    [InlineData("https://youtu.be/dQw4w9WgXcQ.")]
    [InlineData("https://youtu.be/dQw4w9WgXcQ,")]
    [InlineData("\"https://www.youtube.com/watch?v=dQw4w9WgXcQ\"")]
    [InlineData("https://www.youtube.com./watch?v=dQw4w9WgXcQ")]
    [InlineData("\u200Bhttps://youtu.be/dQw4w9WgXcQ")]
    [InlineData("\uFEFFhttps://www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://youtu.be/dQw4\u00ADw9WgXcQ\u200E")]
    [InlineData("\u2066https://youtu.be/dQw4w9WgXcQ\u2069")]
    [InlineData("\u00A0https://youtu.be/dQw4w9WgXcQ\u3000")]
    [InlineData("https://youtu.be/dQw4w9WgXcQ%3Fsi%3DAbCdEf")]
    [InlineData("https://youtu.be/dQw4w9WgXcQ%")]
    [InlineData("https://youtu.be/dQw4w9WgXcQ%20")]
    [InlineData("https://www.youtube.com/tv#/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/tv#/watch/video/control?v=dQw4w9WgXcQ&resume")]
    [InlineData("https://m.youtube.com/#/watch?feature=x&v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/watch#!v=dQw4w9WgXcQ&feature=featured")]
    [InlineData("http://www.youtube.com/user/SomeName#p/a/u/2/dQw4w9WgXcQ")]
    [InlineData("http://www.youtube.com/user/SomeName#p/u/1/dQw4w9WgXcQ?rel=0")]
    [InlineData(
        "https://consent.youtube.com/m?continue=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DdQw4w9WgXcQ&gl=FR&m=0&pc=yt&hl=en&src=1"
    )]
    [InlineData("https://consent.youtube.com/ml?continue=https://www.youtube.com/watch?v%3DdQw4w9WgXcQ&gl=DE")]
    [InlineData("https://consent.google.com/ml?continue=https%3A%2F%2Fwww.youtube.com%2Fshorts%2FdQw4w9WgXcQ")]
    [InlineData(
        "https://accounts.google.com/ServiceLogin?service=youtube&continue="
            + "https%3A%2F%2Fwww.youtube.com%2Fsignin%3Fnext%3D%252Fwatch%253Fv%253DdQw4w9WgXcQ"
    )]
    [InlineData("https://www.google.com/url?sa=t&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DdQw4w9WgXcQ&usg=x")]
    [InlineData("https://studio.youtube.com/video/dQw4w9WgXcQ/edit")]
    [InlineData("https://studio.youtube.com/video/dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/source/dQw4w9WgXcQ/shorts")]
    [InlineData("https://m.youtube.com/details?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/embed/?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/watch?feature=share&v%3DdQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/watch%3Fv%3DdQw4w9WgXcQ%26t%3D1")]
    [InlineData("https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DdQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/verify_age?next_url=%2Fwatch%3Fv%3DdQw4w9WgXcQ")]
    [InlineData("My sourdough video https://youtu.be/dQw4w9WgXcQ?si=abc")]
    [InlineData("Sieh dir das an: „https://youtu.be/dQw4w9WgXcQ“!")]
    [InlineData("この動画を見て。https://youtu.be/dQw4w9WgXcQ（おすすめ）")]
    [InlineData("https://youtu.be/dQw4w9WgXcQ and again www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("[a title](https://www.youtube.com/watch?v=dQw4w9WgXcQ)")]
    [InlineData("more on https://example.org and youtube.com/shorts/dQw4w9WgXcQ, thanks")]
    [InlineData("<iframe width=\"560\" src=\"https://www.youtube.com/embed/dQw4w9WgXcQ?si=x\" allowfullscreen></iframe>")]
    [InlineData("<iframe src='//www.youtube-nocookie.com/embed/dQw4w9WgXcQ'></iframe>")]
    [InlineData("<iframe src=https://www.youtube.com/embed/dQw4w9WgXcQ width=560></iframe>")]
    [InlineData("&lt;iframe src=&quot;https://www.youtube.com/embed/dQw4w9WgXcQ&quot;&gt;")]
    [InlineData("<a href=\"https://youtu.be/dQw4w9WgXcQ\">https://youtu.be/dQw4w9WgXcQ</a>")]
    public void TryParse_EveryForm_GivesTheId(string text)
    {
        Assert.True(VideoReference.TryParse(text, out var reference, out var error), error.ToString());
        Assert.Equal(Id, reference.Id);
        Assert.Equal("https://www.youtube.com/watch?v=" + Id, reference.CanonicalUrl);
        Assert.False(reference.LooksMistyped);
    }

    [Theory]
    [InlineData(null, VideoReferenceError.Empty)]
    [InlineData("", VideoReferenceError.Empty)]
    [InlineData("   ", VideoReferenceError.Empty)]
    [InlineData("https://www.youtube.com/playlist?list=PLabc", VideoReferenceError.PlaylistOnly)]
    [InlineData("https://www.youtube.com/watch?list=PLabc", VideoReferenceError.PlaylistOnly)]
    [InlineData("https://www.youtube.com/embed/videoseries?list=PLabc", VideoReferenceError.EmbedPlaylist)]
    [InlineData("https://www.youtube.com/embed/live_stream?channel=UCabc", VideoReferenceError.LiveStreamEmbed)]
    [InlineData("https://www.youtube.com/channel/UCSugZEYrWbzqIWGD195V-YA", VideoReferenceError.Channel)]
    [InlineData("https://www.youtube.com/c/SomeName", VideoReferenceError.Channel)]
    [InlineData("https://www.youtube.com/SomeName", VideoReferenceError.Channel)]
    [InlineData("https://www.youtube.com/@somehandle", VideoReferenceError.Handle)]
    [InlineData("https://www.youtube.com/@somehandle/videos", VideoReferenceError.Handle)]
    [InlineData("@somehandle", VideoReferenceError.Handle)]
    [InlineData("https://www.youtube.com/user/somename", VideoReferenceError.User)]
    [InlineData("https://www.youtube.com/results?search_query=cats", VideoReferenceError.Search)]
    [InlineData("https://www.youtube.com/hashtag/cats", VideoReferenceError.Search)]
    [InlineData("https://www.youtube.com/clip/UgkxabcDEF", VideoReferenceError.Clip)]
    [InlineData("https://invidious.example/watch?v=dQw4w9WgXcQ", VideoReferenceError.ForeignHost)]
    [InlineData("https://hooktube.com/watch?v=dQw4w9WgXcQ", VideoReferenceError.ForeignHost)]
    [InlineData("https://vimeo.com/dQw4w9WgXcQ", VideoReferenceError.ForeignHost)]
    [InlineData("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", VideoReferenceError.ForeignHost)]
    [InlineData("https://notyoutube.com/watch?v=dQw4w9WgXcQ", VideoReferenceError.ForeignHost)]
    [InlineData("https://evil.example/youtube.com/watch?v=dQw4w9WgXcQ", VideoReferenceError.ForeignHost)]
    [InlineData("http://169.254.169.254/latest/meta-data?v=dQw4w9WgXcQ", VideoReferenceError.ForeignHost)]
    [InlineData("https://www.youtube.com/redirect?q=https%3A%2F%2Fevil.example%2FdQw4w9WgXcQ", VideoReferenceError.ForeignHost)]
    [InlineData("https://user:pass@www.youtube.com/watch?v=dQw4w9WgXcQ", VideoReferenceError.CredentialsOrPort)]
    [InlineData("https://www.youtube.com:8080/watch?v=dQw4w9WgXcQ", VideoReferenceError.CredentialsOrPort)]
    [InlineData("https://www.youtube.com@evil.example/watch?v=dQw4w9WgXcQ", VideoReferenceError.CredentialsOrPort)]
    [InlineData("https://youtu.be/dQw4w9WgXc", VideoReferenceError.InvalidIdLength)]
    [InlineData("https://youtu.be/dQw4w9WgXcQQ", VideoReferenceError.InvalidIdLength)]
    [InlineData("dQw4w9WgXc", VideoReferenceError.InvalidIdLength)]
    [InlineData("dQw4w9WgXcQQ", VideoReferenceError.InvalidIdLength)]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgX%21Q", VideoReferenceError.InvalidId)]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXéQ", VideoReferenceError.InvalidId)]
    [InlineData("https://www.youtube.com/watch", VideoReferenceError.MissingId)]
    [InlineData("https://www.youtube.com/", VideoReferenceError.MissingId)]
    [InlineData("https://youtu.be/", VideoReferenceError.MissingId)]
    [InlineData("https://www.youtube.com/feed/trending", VideoReferenceError.MissingId)]
    [InlineData("https://www.youtube.com/oembed?format=json", VideoReferenceError.MissingId)]
    [InlineData("file:///etc/passwd", VideoReferenceError.NotAReference)]
    [InlineData("javascript://www.youtube.com/watch?v=dQw4w9WgXcQ", VideoReferenceError.NotAReference)]
    [InlineData("ftp://www.youtube.com/watch?v=dQw4w9WgXcQ", VideoReferenceError.NotAReference)]
    [InlineData(
        "javascript:open('https://youtu.be/dQw4w9WgXcQ','https://www.youtube.com/watch?v=dQw4w9WgXcQ')",
        VideoReferenceError.NotAReference
    )]
    [InlineData("javascript:https://youtu.be/dQw4w9WgXcQ https://youtu.be/dQw4w9WgXcQ", VideoReferenceError.NotAReference)]
    [InlineData("JavaScript :https://youtu.be/dQw4w9WgXcQ", VideoReferenceError.NotAReference)]
    [InlineData("java\u200Bscript:https://youtu.be/dQw4w9WgXcQ", VideoReferenceError.NotAReference)]
    [InlineData("data:text/html,<a href=https://youtu.be/dQw4w9WgXcQ>", VideoReferenceError.NotAReference)]
    [InlineData("mailto:somebody@example.com?body=https://youtu.be/dQw4w9WgXcQ", VideoReferenceError.NotAReference)]
    [InlineData("custom+scheme://https://youtu.be/dQw4w9WgXcQ", VideoReferenceError.NotAReference)]
    [InlineData("two words", VideoReferenceError.NotAReference)]
    [InlineData("https://youtu.be/dQw4w9WgXcQ or https://youtu.be/oHg5SJYRHA0", VideoReferenceError.SeveralVideos)]
    [InlineData("look at https://www.youtube.com/@somehandle please", VideoReferenceError.Handle)]
    [InlineData("look at https://www.youtube.com.evil.example/watch?v=dQw4w9WgXcQ please", VideoReferenceError.ForeignHost)]
    [InlineData(
        "https://accounts.google.com/ServiceLogin?continue=https%3A%2F%2Fevil.example%2Fwatch%3Fv%3DdQw4w9WgXcQ",
        VideoReferenceError.ForeignHost
    )]
    [InlineData("https://consent.youtube.com/m?gl=FR", VideoReferenceError.ForeignHost)]
    [InlineData("https://studio.youtube.com/channel/UCSugZEYrWbzqIWGD195V-YA", VideoReferenceError.Channel)]
    [InlineData("https://www.youtube.com/user/SomeName#p/u", VideoReferenceError.User)]
    [InlineData("words with the bare id dQw4w9WgXcQ", VideoReferenceError.NotAReference)]
    [InlineData("https://www.youtube.com\\@evil.example/watch?v=dQw4w9WgXcQ", VideoReferenceError.NotAReference)]
    public void TryParse_AnythingElse_SaysWhy(string? text, VideoReferenceError expected)
    {
        Assert.False(VideoReference.TryParse(text, out var reference, out var error));
        Assert.Null(reference);
        Assert.Equal(expected, error);
        Assert.NotEmpty(error.Explain());
        Assert.Matches("^[a-z_]+$", error.Code());
    }

    [Fact]
    public void TryParse_LongInput_IsRefused()
    {
        Assert.False(VideoReference.TryParse("https://youtu.be/dQw4w9WgXcQ?x=" + new string('a', 2048), out _, out var error));
        Assert.Equal(VideoReferenceError.TooLong, error);
    }

    [Theory]
    [InlineData("-_w4w9WgXcQ")]
    [InlineData("_-w4w9WgXcQ")]
    public void TryParse_IdWithDashFirst_KeepsIt(string id)
    {
        Assert.Equal(id, VideoReference.Parse(id).Id);
        Assert.Equal(id, VideoReference.Parse("https://youtu.be/" + id).Id);
    }

    [Fact]
    public void TryParse_ImpossibleLastCharacter_IsMarked() => Assert.True(VideoReference.Parse("dQw4w9WgXcZ").LooksMistyped);

    [Fact]
    public void TryParse_ShortsLink_SaysSo() => Assert.True(VideoReference.Parse("https://youtube.com/shorts/" + Id).IsShort);

    [Fact]
    public void Parse_NotAReference_ExplainsWhatToGive() =>
        Assert.Contains(
            "playlist",
            Assert.Throws<FormatException>(() => VideoReference.Parse("https://www.youtube.com/playlist?list=PLx")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Code_EveryError_IsUnique() =>
        Assert.Equal(
            Enum.GetValues<VideoReferenceError>().Length,
            Enum.GetValues<VideoReferenceError>().Select(error => error.Code()).Distinct(StringComparer.Ordinal).Count()
        );

    [Fact]
    public void TryParse_AnyText_NeverThrowsAndOnlyYieldsIds() =>
        Gen.String.Sample(text =>
        {
            if (VideoReference.TryParse(text, out var reference, out _))
            {
                Assert.Matches("^[A-Za-z0-9_-]{11}$", reference.Id);
            }
        });

    [Fact]
    public void TryParse_AnyId_SurvivesEveryForm() =>
        Gen.Char["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"]
            .Array[11]
            .Select(chars => new string(chars))
            .Sample(id =>
            {
                foreach (var form in Forms)
                {
                    Assert.Equal(id, VideoReference.Parse(form.Replace("{0}", id, StringComparison.Ordinal)).Id);
                }
            });
}
