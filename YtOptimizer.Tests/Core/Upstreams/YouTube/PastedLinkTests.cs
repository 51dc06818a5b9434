using CsCheck;
using YtOptimizer.Core.Upstreams.YouTube;

namespace YtOptimizer.Tests.Core.Upstreams.YouTube;

/// <summary>Links as they arrive from chats, pages, other programs and hurried hands.</summary>
public class PastedLinkTests
{
    private const string Id = "dQw4w9WgXcQ";

    private static readonly string[] Links =
    [
        "https://youtu.be/{0}",
        "https://www.youtube.com/watch?v={0}",
        "https://youtube.com/shorts/{0}?si=x",
        "youtu.be/{0}",
        "https://www.youtube.com/embed/{0}",
    ];

    private static readonly string[] Before =
    [
        "",
        "\u200B",
        "\uFEFF",
        "\u202A",
        "\u2800",
        "\u0001",
        " ",
        "\u00A0",
        "„",
        "«",
        "»",
        "(",
        "[",
        "<",
        "\"",
        "**",
        "~~",
        "「",
        "📺",
        "Look: ",
        "Link:",
        "1. ",
        "これ ",
        "Video-2:",
        "リンク:",
        "link=",
        "->",
        "=> ",
        "#",
        "- ",
        "_",
        "•",
        "! ",
    ];

    private static readonly string[] After =
    [
        "",
        "\u200B",
        "\u2060",
        "\uFE0F",
        "\u3164",
        "\u202C",
        " ",
        ".",
        "...",
        "…",
        "。",
        "）",
        "」",
        "“",
        "»",
        ")",
        "]",
        ">",
        "\"",
        "'",
        "*",
        "~~",
        "!",
        "|",
        "\\",
        "}",
        "📺",
        " と",
        " thanks",
        "\n",
    ];

    [Fact]
    public void TryParse_AnyLinkWithAnythingAround_GivesTheId() =>
        Gen.Select(
                Gen.Int[0, Links.Length - 1],
                Gen.Int[0, Before.Length - 1].Array[0, 3],
                Gen.Int[0, After.Length - 1],
                Gen.Int[0, After.Length - 1]
            )
            .Sample(
                (link, before, close, end) =>
                {
                    var text =
                        string.Concat(before.Select(index => Before[index]))
                        + Links[link].Replace("{0}", Id, StringComparison.Ordinal)
                        + After[close]
                        + After[end];
                    Assert.True(VideoReference.TryParse(text, out var reference, out var error), $"{text}: {error}");
                    Assert.Equal(Id, reference.Id);
                },
                iter: 20_000
            );

    [Theory]
    [InlineData("https://youtu.be/dQw4w9WgXcQ:")]
    [InlineData("https://youtu.be/dQw4w9WgXcQ;t=5")]
    [InlineData("https://youtu.be/dQw4w9WgXcQ&t=5")]
    [InlineData("https://youtu.be/dQw4w9WgXcQ%E2%80%8B")]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXcQ&#8203;")]
    [InlineData("https:\\/\\/www.youtube.com\\/watch?v=dQw4w9WgXcQ")]
    [InlineData("https//www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("https:/www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("https:www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("http:////www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("hhttps://www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("ttps://www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("://youtu.be/dQw4w9WgXcQ")]
    [InlineData("https://https://www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("url:https://www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com:443/watch?v=dQw4w9WgXcQ")]
    [InlineData("http://youtu.be:80/dQw4w9WgXcQ")]
    [InlineData("https://de.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://youtu.be/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://youtu.be/embed/dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/xxx?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/video/dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/shared?ci=dQw4w9WgXcQ")]
    [InlineData("https://gdata.youtube.com/feeds/api/videos/dQw4w9WgXcQ/related")]
    [InlineData("intent://www.youtube.com/watch?v=dQw4w9WgXcQ#Intent;package=com.google.android.youtube;scheme=https;end")]
    [InlineData("https://studio.youtube.com/u/0/video/dQw4w9WgXcQ/edit")]
    [InlineData("https://www.google.de/url?q=https://www.youtube.com/watch%3Fv%3DdQw4w9WgXcQ&sa=D")]
    [InlineData("https://consent.youtube.com/ml?continue=https%253A%252F%252Fwww.youtube.com%252Fwatch%253Fv%253DdQw4w9WgXcQ")]
    [InlineData("ｈｔｔｐｓ：／／youtu.be/dQw4w9WgXcQ")]
    [InlineData("/watch?v=dQw4w9WgXcQ&list=PLx")]
    [InlineData("watch?v=dQw4w9WgXcQ")]
    [InlineData("?v=dQw4w9WgXcQ")]
    [InlineData("v=dQw4w9WgXcQ")]
    [InlineData("[video:https://www.youtube.com/watch?v=dQw4w9WgXcQ]")]
    [InlineData("[youtube]https://youtu.be/dQw4w9WgXcQ[/youtube]")]
    [InlineData("[![alt](https://img.youtube.com/vi/dQw4w9WgXcQ/0.jpg)](https://www.youtube.com/watch?v=dQw4w9WgXcQ)")]
    [InlineData("https://youtu.be/dQw4w9WgXcQhttps://youtu.be/dQw4w9WgXcQ")]
    [InlineData("my youtube video: https://youtu.be/dQw4w9WgXcQ, see youtube.com/@channel")]
    public void TryParse_SlipsAndOtherPages_GiveTheId(string text)
    {
        Assert.True(VideoReference.TryParse(text, out var reference, out var error), error.ToString());
        Assert.Equal(Id, reference.Id);
    }

    [Theory]
    [InlineData("https://youtu.be/dQw4w9WgXcQ;https://youtu.be/oHg5SJYRHA0", VideoReferenceError.SeveralVideos)]
    [InlineData("please watch my youtube video", VideoReferenceError.NotAReference)]
    [InlineData("https://www.youtube.com/c/Some?v=dQw4w9WgXcQ", VideoReferenceError.Channel)]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXéQ", VideoReferenceError.InvalidId)]
    [InlineData("https://web.archive.org/web/2020/https://www.youtube.com/watch?v=dQw4w9WgXcQ", VideoReferenceError.ForeignHost)]
    [InlineData("https://www.google.evil.example/url?q=https://youtu.be/dQw4w9WgXcQ", VideoReferenceError.ForeignHost)]
    [InlineData("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", VideoReferenceError.ForeignHost)]
    [InlineData("https://evilyoutube.com/watch?v=dQw4w9WgXcQ", VideoReferenceError.ForeignHost)]
    [InlineData("https://www.youtube.com:4443/watch?v=dQw4w9WgXcQ", VideoReferenceError.CredentialsOrPort)]
    [InlineData("https://user@www.youtube.com/watch?v=dQw4w9WgXcQ", VideoReferenceError.CredentialsOrPort)]
    [InlineData("~~user:secret@youtu.be/dQw4w9WgXcQ", VideoReferenceError.CredentialsOrPort)]
    [InlineData("Link:user:secret@youtu.be/dQw4w9WgXcQ", VideoReferenceError.CredentialsOrPort)]
    [InlineData("- youtu.be:8443/dQw4w9WgXcQ", VideoReferenceError.CredentialsOrPort)]
    [InlineData("see javascript:youtu.be/dQw4w9WgXcQ", VideoReferenceError.NotAReference)]
    [InlineData("#evil.example/youtu.be/dQw4w9WgXcQ", VideoReferenceError.ForeignHost)]
    [InlineData("Link:evil-youtu.be/dQw4w9WgXcQ", VideoReferenceError.ForeignHost)]
    public void TryParse_WhatIsStillNoVideo_SaysWhy(string text, VideoReferenceError expected)
    {
        Assert.False(VideoReference.TryParse(text, out _, out var error));
        Assert.Equal(expected, error);
    }
}
