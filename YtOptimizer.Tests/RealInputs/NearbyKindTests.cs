using System.Text;
using YtOptimizer.Analysis.Transcripts;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Upstreams.YouTube;
using YtOptimizer.ServiceDefaults.Data;

namespace YtOptimizer.Tests.RealInputs;

/// <summary>Relatives of inputs that once failed: other spellings of links, files, addresses and database addresses.</summary>
public class NearbyKindTests
{
    private const string Id = "dQw4w9WgXcQ";

    [Theory]
    [InlineData("\u2060https://youtu.be/dQw4w9WgXcQ\u200B")]
    [InlineData("\u202Ahttps://youtu.be/dQw4w9WgXcQ\u202C")]
    [InlineData("\u00A0https://youtu.be/dQw4w9WgXcQ\u3000")]
    [InlineData("https://youtu.be/dQw4w9WgXcQ%20")]
    [InlineData("https://youtu.be/dQw4w9WgXcQ%0A")]
    [InlineData("https://youtu.be/dQw4w9WgXcQ%3Fsi%3Dabc")]
    [InlineData("https://youtu.be/dQw4w9WgXcQ&t=1m")]
    [InlineData("https://youtu.be//dQw4w9WgXcQ")]
    [InlineData("HTTPS://WWW.YOUTUBE.COM/WATCH?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com:443/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com./watch?v=dQw4w9WgXcQ")]
    [InlineData("//www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXcQ#t=30")]
    [InlineData("https://www.youtube.com/watch/dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/v/dQw4w9WgXcQ?version=3")]
    [InlineData("https://www.youtube.com/e/dQw4w9WgXcQ")]
    [InlineData("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0")]
    [InlineData("https://music.youtube.com/watch?v=dQw4w9WgXcQ&list=RDAMVM")]
    [InlineData("https://m.youtube.com/#/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/tv#/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/attribution_link?a=x&u=%2Fwatch%3Fv%3DdQw4w9WgXcQ%26feature%3Dshare")]
    [InlineData("https://consent.youtube.com/m?continue=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DdQw4w9WgXcQ%26t%3D1&gl=DE")]
    [InlineData("https://studio.youtube.com/video/dQw4w9WgXcQ/edit")]
    [InlineData("https://www.google.com/url?sa=t&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DdQw4w9WgXcQ")]
    [InlineData("https://i.ytimg.com/vi/dQw4w9WgXcQ/maxresdefault.jpg")]
    [InlineData("https://www.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/watch?v%3DdQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/watch?v=%64Qw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXcQ&amp;feature=share")]
    [InlineData("[Never gonna](https://youtu.be/dQw4w9WgXcQ)")]
    [InlineData("![x](https://youtu.be/dQw4w9WgXcQ \"title\")")]
    [InlineData("«https://youtu.be/dQw4w9WgXcQ»")]
    [InlineData("见 https://youtu.be/dQw4w9WgXcQ。谢谢")]
    [InlineData("vnd.youtube:dQw4w9WgXcQ")]
    [InlineData("vnd.youtube://www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("<iframe width=\"560\" src=\"https://www.youtube.com/embed/dQw4w9WgXcQ?si=x\"></iframe>")]
    [InlineData("https://www.youtube.com/redirect?q=https%3A%2F%2Fyoutu.be%2FdQw4w9WgXcQ")]
    public void Link_RelativesOfKnownForms_GiveTheId(string text)
    {
        Assert.True(VideoReference.TryParse(text, out var reference, out var error), error.ToString());
        Assert.Equal(Id, reference.Id);
    }

    [Theory]
    [InlineData("https://evil.example/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com.evil.example/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com@evil.example/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://youtube.evil.example/dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/channel/UCuAXFkgsw1L7xaCfnd5JJOw")]
    [InlineData("https://www.youtube.com/@channel")]
    [InlineData("https://www.youtube.com/playlist?list=PLdQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXc")]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXcQQ")]
    [InlineData("https://youtu.be/dQw4w9WgXcQ https://youtu.be/aaaaaaaaaaa")]
    public void Link_OfNothingOrSeveral_IsRefused(string text) => Assert.False(VideoReference.TryParse(text, out _, out _));

    [Theory]
    [InlineData("utf-8", "Café – naïve “words” здесь 日本語")]
    [InlineData("utf-16", "Café – naïve “words” здесь 日本語")]
    [InlineData("utf-16BE", "Café – naïve “words” здесь 日本語")]
    [InlineData("utf-32", "Café – naïve “words” здесь 日本語")]
    [InlineData("windows-1252", "Café naïve “words” straße, déjà vu à l’été, où le garçon mangeait des crêpes près de la forêt")]
    [InlineData("windows-1251", "Сначала мы кормим закваску, а потом складываем тесто руками и печём хлеб дома")]
    [InlineData("koi8-r", "Сначала мы кормим закваску, а потом складываем тесто руками и печём хлеб дома")]
    [InlineData("shift_jis", "まずスターターに餌をやり、それから生地を手で折ります。初心者は何を間違えるでしょうか")]
    [InlineData("euc-jp", "まずスターターに餌をやり、それから生地を手で折ります。初心者は何を間違えるでしょうか")]
    [InlineData("iso-2022-jp", "まずスターターに餌をやり、それから生地を手で折ります。初心者は何を間違えるでしょうか")]
    [InlineData("gb18030", "首先我们喂养酵母，然后用手折叠面团，初学者常常犯什么错误呢，他们太早加面粉")]
    [InlineData("big5", "首先我們餵養酵母，然後用手摺疊麵團，初學者常常犯什麼錯誤呢，他們太早加麵粉")]
    [InlineData("euc-kr", "먼저 스타터에게 먹이를 주고 반죽을 손으로 접습니다. 초보자는 무엇을 잘못할까요")]
    [InlineData("windows-1253", "Πρώτα ταΐζουμε το προζύμι και μετά διπλώνουμε τη ζύμη με το χέρι και ψήνουμε ψωμί")]
    [InlineData("windows-1255", "קודם מאכילים את המחמצת ואחר כך מקפלים את הבצק ביד ואופים לחם בבית")]
    [InlineData("windows-1256", "أولا نطعم الخميرة ثم نطوي العجين باليد ونخبز الخبز في البيت مع العائلة")]
    public void File_OfAnyEncoding_KeepsItsWords(string encoding, string words)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var file = new StringBuilder();
        for (var i = 0; i < 8; i++)
        {
            file.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{i + 1}\r\n00:00:0{i},000 --> 00:00:0{i},900\r\n{words}\r\n\r\n"
            );
        }

        var code = Encoding.GetEncoding(encoding);
        byte[] bytes = [.. code.GetPreamble(), .. code.GetBytes(file.ToString())];
        Assert.Equal(string.Join(' ', Enumerable.Repeat(words, 8)), TranscriptParser.Parse(TranscriptEncoding.Decode(bytes)).Text);
    }

    [Theory]
    [InlineData("a@example.c0m1-", "domain")]
    [InlineData("a@*.example.com", "domain")]
    [InlineData("a@example.com/path", "domain")]
    [InlineData("a@example.com:25", "domain")]
    [InlineData("a@[2001:db8::1]", "IP address")]
    [InlineData("a@0x7f.1", "IP address")]
    [InlineData("a@1.2.3.4", "IP address")]
    [InlineData("a@１.2.3.4", "IP address")]
    [InlineData("a\u2024b@example.com", "U+2024")]
    [InlineData("a\u034Fb@example.com", "U+034F")]
    [InlineData("a\u00ADb@example.com", "U+00AD")]
    [InlineData("a\u2066b@example.com", "U+2066")]
    [InlineData("a\u180Eb@example.com", "U+180E")]
    [InlineData("a\u3164b@example.com", "U+3164")]
    [InlineData("a\U000E0041b@example.com", "U+E0041")]
    [InlineData("a＠example.com", "")]
    [InlineData("a%0d%0aBcc:x@example.com", "")]
    public void Address_RelativesOfRefusedOnes_AreRefused(string typed, string reason)
    {
        var problem = EmailAddress.Problem(typed);
        Assert.NotNull(problem);
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgresql://u:p@h/db?connect_timeout=0", "Timeout=0")]
    [InlineData("postgresql://u:p@h/db?keepalives_idle=30", "Keepalive")]
    [InlineData("postgresql://u:p@h/db?sslmode=verify-full&sslrootcert=/ca.pem", "Root Certificate=/ca.pem")]
    [InlineData("postgresql://u:p@h/db?sslcert=/c.pem&sslkey=/k.pem", "SSL Certificate=/c.pem")]
    [InlineData("postgresql://u:p@h/db?passfile=/pgpass", "Passfile=/pgpass")]
    [InlineData("postgresql://u:p@h/db?sslnegotiation=direct", "Direct")]
    [InlineData("postgresql://h", "Host=h")]
    [InlineData("postgresql:///db", "")]
    [InlineData("postgresql://u@h/", "Username=u")]
    [InlineData("postgresql://u:p@H.EXAMPLE/db", "example")]
    [InlineData("postgresql://u%20x:p@h/db", "u x")]
    [InlineData("postgres://u:p@h/db#frag", "")]
    [InlineData("postgresql+psycopg2://u:p@h/db", "")]
    [InlineData("postgresql://u:p@h/db?schema=app", "")]
    [InlineData("postgresql://u:p@h/db?connection_limit=5&pool_timeout=3", "")]
    [InlineData("postgresql://u:p@h/db?ssl=true", "")]
    [InlineData("postgresql://u:p@h/db?", "Host=h")]
    [InlineData("postgresql://u:p@h/db?sslmode=", "")]
    [InlineData("postgresql://u:p@h:/db", "Host=h")]
    [InlineData("postgresql://u:p@h:0/db", "")]
    [InlineData("postgresql://u:p@h:65536/db", "")]
    public void Database_AnyAddress_IsReadOrRefusedByName(string text, string part)
    {
        try
        {
            Assert.Contains(part, DatabaseAddress.Normalize(text), StringComparison.OrdinalIgnoreCase);
        }
        catch (FormatException refused)
        {
            Assert.DoesNotContain(":p@", refused.Message, StringComparison.Ordinal);
            TestContext.Current.TestOutputHelper?.WriteLine(text + " => " + refused.Message);
            Assert.Equal("", part);
        }
    }
}
