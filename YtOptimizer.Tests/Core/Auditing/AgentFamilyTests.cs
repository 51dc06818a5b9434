using CsCheck;
using YtOptimizer.Core.Auditing;

namespace YtOptimizer.Tests.Core.Auditing;

public sealed class AgentFamilyTests
{
    [Theory]
    [InlineData(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
        "Chrome 126 on Windows"
    )]
    [InlineData(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.2592.68",
        "Edge 126 on Windows"
    )]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox 127 on Linux")]
    [InlineData(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 "
            + "Safari/604.1",
        "Safari 17 on iOS"
    )]
    [InlineData(
        "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Mobile Safari/537.36",
        "Chrome 125 on Android"
    )]
    [InlineData("curl/8.9.1", "curl 8")]
    [InlineData("my-Passw0rd-in-the-wrong-field", "other")]
    [InlineData("hunter2/12 (token=abc)", "other")]
    [InlineData("", null)]
    public void Of_KnownProgram_IsAFewWords(string header, string? family) => Assert.Equal(family, AgentFamily.Of(header));

    [Fact]
    public void Of_AnyText_KeepsNothingOfIt() =>
        Gen.String.Sample(text => Assert.Contains(AgentFamily.Of("hunter2" + text), new[] { AgentFamily.Other, null }));
}
