using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Text;
using YtOptimizer.Analysis.Transcripts;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Upstreams.YouTube;
using YtOptimizer.ServiceDefaults.Data;

namespace YtOptimizer.Tests.RealInputs;

/// <summary>What users of other readers report: downloaders, subtitle libraries, players, hashtag finders, database drivers.</summary>
public class FieldReportTests
{
    private const string Id = "dQw4w9WgXcQ";

    [Theory]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXcQ&ab_channel=Rick%20Astley")]
    [InlineData("https://www.youtube.com/watch?time_continue=1&v=dQw4w9WgXcQ&feature=emb_logo")]
    [InlineData("https://www.youtube.com/live/dQw4w9WgXcQ?feature=shared")]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXcQ&pp=ygUJcmljayByb2xs0gcJCfwAo7VqN5tD")]
    [InlineData("https://www.youtube.com/shorts/dQw4w9WgXcQ/")]
    [InlineData("https://www.youtube.com/embed/dQw4w9WgXcQ\" frameborder=\"0\" allowfullscreen>")]
    [InlineData("<a href='https://youtu.be/dQw4w9WgXcQ'>watch</a>")]
    [InlineData("<https://www.youtube.com/watch?v=dQw4w9WgXcQ|Never gonna>")]
    [InlineData("yt-dlp -f best 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'")]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXcQ\r\n\r\nSent from my phone")]
    [InlineData("{\"url\":\"https:\\/\\/youtu.be\\/dQw4w9WgXcQ\"}")]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=RDdQw4w9WgXcQ&start_radio=1")]
    public void Link_AsDownloadersGetIt_GivesTheId(string text)
    {
        Assert.True(VideoReference.TryParse(text, out var reference, out var error), error.ToString());
        Assert.Equal(Id, reference.Id);
    }

    [Theory]
    [InlineData("https://youtu.be/-wtIMTCHWuI", "-wtIMTCHWuI")]
    [InlineData("-wtIMTCHWuI", "-wtIMTCHWuI")]
    [InlineData("https://www.youtube.com/watch?v=--------0_8", "--------0_8")]
    [InlineData("https://youtu.be/___________", "___________")]
    public void Link_IdsOfSigns_AreIds(string text, string id)
    {
        Assert.True(VideoReference.TryParse(text, out var reference, out var error), error.ToString());
        Assert.Equal(id, reference.Id);
    }

    [Theory]
    [InlineData("1\r\n00:00:01,000 --> 00:00:02,000\r\none\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000\r\ntwo", "one two")]
    [InlineData("1\n00:00:01,000 --> 00:00:02,000\none\n2\n00:00:02,000 --> 00:00:03,000\ntwo\n", "one two")]
    [InlineData("\uFEFF1\n00:00:01,000 --> 00:00:02,000\none\n\n\n\n2\n00:00:02,000 --> 00:00:03,000\n\ntwo\n", "one two")]
    [InlineData("1 \n00:00:01,000 --> 00:00:02,000 \none \n\n2\t\n00:00:02,000\t-->\t00:00:03,000\ntwo", "one two")]
    [InlineData("2\n00:00:03,000 --> 00:00:04,000\ntwo\n\n1\n00:00:01,000 --> 00:00:02,000\none\n", "one two")]
    [InlineData("0\n00:00:01,0 --> 00:00:02,00\none\n\n0\n00:00:02.5 --> 00:00:03\ntwo\n", "one two")]
    [InlineData("1a\n00:00:01,000 --> 00:00:02,000\none\n\n2b\n00:00:02,000 --> 00:00:03,000\ntwo\n", "one 2b two")]
    [InlineData("1\n00:00:02,000 --> 00:00:01,000\none\n\n2\n00:00:02,000 --> 00:00:03,000\ntwo\n", "one two")]
    [InlineData("1\n00:00:01,000 --> 00:00:02,000\n- 5 --> 3 -\n", "- 5 --> 3 -")]
    [InlineData("1\n00:00:01,000 --> 00:00:02,000\n<i>one\n\n2\n00:00:02,000 --> 00:00:03,000\ntwo</i>\n", "one two")]
    [InlineData("1\n00:00:01,000 --> 00:00:02,000\n<font color=#00ff00 size=\"12\">one</FONT> <B>two</b>\n", "one two")]
    [InlineData("1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<i>{\\b1}one</i> two\n", "one two")]
    [InlineData("1\n00:00:01,000 --> 00:00:02,000\n♪ one two ♪\n", "♪ one two ♪")]
    public void SubRip_AsLibrariesMeetIt_GivesTheWords(string file, string words)
    {
        // "1a" stands before the first time and belongs to nothing: it is kept as well, rather than a word lost.
        var expected = file.StartsWith("1a", StringComparison.Ordinal) ? "1a " + words : words;
        Assert.Equal(expected, TranscriptParser.Parse(file).Text);
    }

    [Theory]
    [InlineData("WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000\n\n00:01.000 --> 00:02.000\none", "one")]
    [InlineData("WEBVTT\n\n00:01.000 --> 00:02.000 line:-1 position:10%,line-left align:left size:35%\none", "one")]
    [InlineData("WEBVTT\n\nREGION\nid:fred\nwidth:40%\n\n00:01.000 --> 00:02.000 region:fred\none", "one")]
    [InlineData("WEBVTT\n\nSTYLE\n::cue(b) {\n  color: red;\n}\n\n00:01.000 --> 00:02.000\n<b>one</b>", "one")]
    [InlineData("WEBVTT\n\nintro\n00:01.000 --> 00:02.000\none\n\nNOTE a comment\nof two lines\n\n00:02.000 --> 00:03.000\ntwo", "one two")]
    [InlineData("WEBVTT\n\n00:01.000 --> 00:02.000\none &lrm;&amp;&nbsp;two &rlm;", "one & two")]
    [InlineData("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Fred>one <v.loud Ann>two</v>", "one two")]
    [InlineData("WEBVTT\n\n00:01.000 --> 00:02.000\n<00:00:01.500>one <c.bg_black.yellow>two</c>", "one two")]
    [InlineData("WEBVTT\r\r00:01.000 --> 00:02.000\rone", "one")]
    [InlineData("WEBVTT\n\n24:00:01.000 --> 24:00:02.000\none", "one")]
    public void WebVtt_AsPlayersMeetIt_GivesTheWords(string file, string words) => Assert.Equal(words, TranscriptParser.Parse(file).Text);

    [Theory]
    [InlineData("#c# and #c++", "#c|#c")]
    [InlineData("#a.b #x-y", "#a|#x")]
    [InlineData("(#bread)\"#butter\"", "#bread|#butter")]
    [InlineData("##double", "#double")]
    [InlineData("#_under #2024bread #bread2024", "#_under|#2024bread|#bread2024")]
    [InlineData("http://example.org/#anchor #real", "#real")]
    [InlineData("＃全角", "#全角")]
    [InlineData("#ปีใหม่ #새해", "#ปีใหม่|#새해")]
    [InlineData("#café #cafe\u0301", "#café|#cafe\u0301")]
    [InlineData("word#tag", "")]
    public void Hashtags_AsFindersMeetThem_AreFound(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', HashtagWriter.Existing(text)));

    [Theory]
    [InlineData("a@exa\u00ADmple.com")]
    [InlineData("mailto:a@example.com")]
    [InlineData("a@example.com, b@example.com")]
    [InlineData("a@example.com;b@example.com")]
    [InlineData("<a@example.com>")]
    [InlineData("a@b.-c.com")]
    [InlineData("a@[::1]")]
    [InlineData("a@1.2.3.4.")]
    [InlineData("a@xn--a.com")]
    [InlineData("a@example..com")]
    public void Address_AsFormsGetIt_IsRefused(string typed) => Assert.False(EmailAddress.IsValid(typed), typed);

    [Theory]
    [InlineData("postgresql://u:p@h/db?channel_binding=require", "Channel Binding=Require")]
    [InlineData("postgresql://u:p@/db?host=%2Fvar%2Frun%2Fpostgresql", "Host=/var/run/postgresql")]
    [InlineData("postgresql://%2Fvar%2Frun%2Fpostgresql/db?user=u", "Host=/var/run/postgresql")]
    [InlineData("postgresql://u:p%2Fw%40d%3A@h/db", "Password=p/w@d:")]
    [InlineData("postgresql://u:p@h/my%20db", "Database=\"my db\"")]
    [InlineData("postgresql://u:p@h/db?application_name=a%20b&connect_timeout=7", "Application Name=\"a b\"")]
    [InlineData("postgresql://u:p@[::1]:5433/db", "Host=::1")]
    [InlineData("user=u password='p\\'w' host=h dbname=db", "Password=\"p'w\"")]
    public void Database_AsDriversGetIt_IsRead(string text, string part) =>
        Assert.Contains(part, DatabaseAddress.Normalize(text), StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("System(\"ls -al /\") in ten minutes")]
    [InlineData("$(rm -rf /) bread | <script>alert(1)</script> baking at home")]
    [InlineData("{{7*7}} sourdough [bread] #baking at home")]
    public void Overlays_OfTitlesLikeCommands_AreWords(string title)
    {
        var result = YtOptimizer.Tests.Analysis.Samples.Analyzer.Analyze(
            new YtOptimizer.Analysis.Input.VideoInput { Title = title, Description = "We bake bread at home with flour and water." }
        );
        Assert.DoesNotContain(result.ThumbnailIdeas.SelectMany(idea => idea.OverlayText), c =>
            c is '(' or ')' or '{' or '}' or '[' or ']' or '<' or '>' or '|' or '#' or '$'
        );
    }

    [Theory]
    [InlineData("က္က", 1)]
    [InlineData("ក្រុម", 2)]
    [InlineData("\u1B13\u1B44\u1B13", 1)]
    [InlineData("\uA98F\uA9C0\uA98F", 1)]
    [InlineData("က္\u200Dက", 1)]
    [InlineData("\U00011103\U00011133\U00011103", 1)]
    [InlineData("ക്ക", 1)]
    [InlineData("க்க", 2)]
    [InlineData("क्\u200Cक", 2)]
    [InlineData("क्त्य", 1)]
    public void Graphemes_ConjunctsOfUnicode17_AreOne(string text, int expected) => Assert.Equal(expected, Graphemes.Count(text));
}
