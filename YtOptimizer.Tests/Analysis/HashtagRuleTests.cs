using YtOptimizer.Analysis.Suggestions.Tags;

namespace YtOptimizer.Tests.Analysis;

/// <summary>
/// What is a hashtag, by YouTube's rule: letters, marks, digits and underscores of any script, a letter among them, behind no word. Cases
/// after twitter-text's conformance suite; where its rule is another one, the test says so.
/// </summary>
public class HashtagRuleTests
{
    [Theory]
    [InlineData("a #hashtag here", "#hashtag")]
    [InlineData("#first and #second", "#first|#second")]
    [InlineData("#hashtag1 #1hashtag #h1a2", "#hashtag1|#1hashtag|#h1a2")]
    [InlineData("#under_score #_lead #trail_", "#under_score|#_lead|#trail_")]
    [InlineData("#hash-tag #hash.tag #hash!tag #hash'tag", "#hash|#hash|#hash|#hash")]
    [InlineData("(#one), [#two]; \"#three\"", "#one|#two|#three")]
    [InlineData("text.#tag text,#tag", "#tag|#tag")]
    [InlineData("＃ハッシュ", "#ハッシュ")]
    [InlineData("#mañana #Üst #çay #łódź", "#mañana|#Üst|#çay|#łódź")]
    [InlineData("#хэштег #ελληνικά #հայերեն", "#хэштег|#ελληνικά|#հայերեն")]
    [InlineData("#עברית #مقدسة #فارسی", "#עברית|#مقدسة|#فارسی")]
    [InlineData("#हिन्दी #தமிழ் #සිංහල", "#हिन्दी|#தமிழ்|#සිංහල")]
    [InlineData("#한국어 #日本語 #中文 #ไทย", "#한국어|#日本語|#中文|#ไทย")]
    [InlineData("#cafe\u0301", "#cafe\u0301")]
    [InlineData("#i\u0307stanbul", "#i\u0307stanbul")]
    [InlineData("#bread🍞 #🍞bread", "#bread")]
    [InlineData("#tag\n#next\r\n#third", "#tag|#next|#third")]
    [InlineData("https://example.org/#frag and https://example.org/page#top", "")]
    [InlineData("user@example.org#tag", "")]
    [InlineData("# tag", "")]
    [InlineData("#", "")]
    [InlineData("#123 #_ #12_3", "")]
    [InlineData("word#tag 1#tag _#tag", "")]
    [InlineData("&#39;&#x27;&#nbsp;", "")]
    [InlineData("C#, F#minor, A#major", "")]
    [InlineData("&#tag", "")]
    public void Existing_AsTwitterTextSays_AreFound(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', HashtagWriter.Existing(text)));

    /// <summary>twitter-text finds none in "#one#two", ends at "·" and refuses hashtags glued to CJK; YouTube links them.</summary>
    [Theory]
    [InlineData("#one#two", "#one|#two")]
    [InlineData("今日は#料理", "#料理")]
    [InlineData("#il·lusió", "#il·lusió")]
    [InlineData("##tag", "#tag")]
    [InlineData("#tag://example.org", "#tag")]
    [InlineData("@user#tag", "")]
    public void Existing_WhereYouTubeDiffers_FollowYouTube(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', HashtagWriter.Existing(text)));
}
