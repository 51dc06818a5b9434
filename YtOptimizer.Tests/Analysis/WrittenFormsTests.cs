using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Tests.Analysis;

/// <summary>Clusters, letter case, hashtags, links and references as people of many languages write them.</summary>
public class WrittenFormsTests
{
    [Theory]
    [InlineData("क्ष", 1)]
    [InlineData("क्\u200Dष", 1)]
    [InlineData("क्षत्रिय", 3)]
    [InlineData("ক্ষ", 1)]
    [InlineData("क\u200Cष", 2)]
    [InlineData("👨‍👩‍👧‍👦👍🏽", 2)]
    [InlineData("🇩🇪🇫🇷", 2)]
    [InlineData("e\u0301a", 2)]
    [InlineData("한국", 2)]
    public void Count_Clusters_AsPeopleCountThem(string text, int expected)
    {
        Assert.Equal(expected, Graphemes.Count(text));
        Assert.Equal(text, Graphemes.Take(text, expected));
        for (var i = 0; i <= expected; i++)
        {
            Assert.Equal(i, Graphemes.Count(Graphemes.Take(text, i)));
        }
    }

    [Theory]
    [InlineData("👨‍👩‍👧‍👦👨‍👩‍👧‍👦 family", 2)]
    [InlineData("🇩🇪 flag", 1)]
    [InlineData("\uD83C\uDDE9 half", 0)]
    [InlineData("👍🏽", 1)]
    [InlineData("none", 0)]
    public void CountEmoji_WholeOnesOnly(string text, int expected) => Assert.Equal(expected, Graphemes.CountEmoji(text));

    [Theory]
    [InlineData("ışıklar", "tr", "Işıklar")]
    [InlineData("izmir", "tr", "İzmir")]
    [InlineData("izmir", "en", "Izmir")]
    [InlineData("ijsland", "nl", "IJsland")]
    [InlineData("μουσακάς", "el", "Μουσακάς")]
    [InlineData("თბილისი", "ka", "თბილისი")]
    [InlineData("ǆemper", "hr", "ǅemper")]
    public void Capitalize_ByTheLanguage(string text, string language, string expected) =>
        Assert.Equal(expected, Casing.Capitalize(text, language));

    [Theory]
    [InlineData("ΜΟΥΣΑΚΑΣ", "el", "μουσακας")]
    [InlineData("ΟΔΟΣ ΣΟΦΙΑΣ", "el", "οδος σοφιας")]
    [InlineData("IŞIK", "tr", "ışık")]
    [InlineData("İZMİR", "tr", "izmir")]
    public void Lower_ByTheLanguage(string text, string language, string expected) => Assert.Equal(expected, Casing.Lower(text, language));

    [Theory]
    [InlineData("istanbul ışık", "tr", "İSTANBUL IŞIK")]
    [InlineData("μουσακάς", "el", "ΜΟΥΣΑΚΑΣ")]
    [InlineData("straße", "de", "STRASSE")]
    public void Upper_ByTheLanguage(string text, string language, string expected) => Assert.Equal(expected, Casing.Upper(text, language));

    [Theory]
    [InlineData("#il·lusió gran", "#il·lusió")]
    [InlineData("in F#minor today", "")]
    [InlineData("Tom&#x27;s bread", "")]
    [InlineData("#one#two", "#one|#two")]
    [InlineData("#نرم\u200Cافزار", "#نرم\u200Cافزار")]
    [InlineData("#ශ්\u200Dරීලංකා", "#ශ්\u200Dරීලංකා")]
    [InlineData("今日は#料理 です", "#料理")]
    [InlineData("#1 and #42", "")]
    [InlineData("#day_1, #Über!", "#day_1|#Über")]
    [InlineData("#צה״ל", "#צה״ל")]
    public void Existing_Hashtags_AreWholeWords(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', HashtagWriter.Existing(text)));

    [Theory]
    [InlineData("see https://ru.wikipedia.org/wiki/Москва now", "https://ru.wikipedia.org/wiki/Москва")]
    [InlineData("https://ja.wikipedia.org/wiki/東京", "https://ja.wikipedia.org/wiki/東京")]
    [InlineData("https://fr.wikipedia.org/wiki/Café_(boisson)!", "https://fr.wikipedia.org/wiki/Café_(boisson)")]
    [InlineData("https://пример.рф/путь", "https://пример.рф/путь")]
    [InlineData("https://youtu.be/dQw4w9WgXcQこの動画", "https://youtu.be/dQw4w9WgXcQ")]
    [InlineData("https://t.co/abcПодпишись", "https://t.co/abc")]
    [InlineData("https://example.com。次", "https://example.com")]
    public void Links_OtherScripts_AreReadToTheirEnd(string text, string expected) =>
        Assert.Equal(expected, Assert.Single(Markup.Links(text)));

    [Theory]
    [InlineData("صـــورة", "صورة")]
    [InlineData("نرم\u200Cافزار", "نرمافزار")]
    [InlineData("צה\"ל", "צה״ל")]
    [InlineData("ג׳ירפה", "ג׳ירפה")]
    public void Fold_SpellingSigns_DoNotPartWords(string text, string expected) => Assert.Equal(expected, Folding.Fold(text));

    [Theory]
    [InlineData("е\u0308лка straße ﬁsh ")]
    [InlineData("ｶﾞｷﾞ㍿ が\u3099 ")]
    [InlineData("\u1112\u1161\u11ab\u1100\u1173\u11af ")]
    [InlineData("\u0928\u093C\u0915\u094D\u0937")]
    [InlineData("x\u0323\u0307")]
    [InlineData("\U0001D15E\U0001F469\u200D")]
    public void Normalize_LongText_IsAsAtOnce(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 5000));
        foreach (var form in new[] { System.Text.NormalizationForm.FormC, System.Text.NormalizationForm.FormKC })
        {
            Assert.Equal(text.Normalize(form), Folding.Normalize(text, form));
        }
    }

    [Theory]
    [InlineData("My **best** _bread_ - really", "My best bread - really")]
    [InlineData("[click](https://example.org) here", "click here")]
    [InlineData("# Heading", "Heading")]
    [InlineData("snake_case and 2*3*4", "snake_case and 2*3*4")]
    [InlineData("*one* -two- `three`", "one two three")]
    public void PlainMarks_InDescriptions_FormatNothing(string text, string expected) => Assert.Equal(expected, PlainMarks.Of(text));

    [Fact]
    public void Analyze_CharacterReferences_AreTheirCharacters()
    {
        var result = Samples.Analyzer.Analyze(
            new VideoInput
            {
                Title = "Tom&#x27;s sourdough &amp; rye bread",
                Description = "Tom&#39;s sourdough and rye bread with flour, water and salt. https://example.org/?a=1&amp;b=2",
                Tags = ["Tom&#39;s bread"],
            }
        );
        Assert.DoesNotContain(result.Tags.Tags, tag =>
            tag.Contains("x27", StringComparison.Ordinal) || tag.Contains("&#", StringComparison.Ordinal)
        );
        Assert.All(result.Titles, title => Assert.DoesNotContain("&#", title.Text, StringComparison.Ordinal));
        Assert.Contains("https://example.org/?a=1&amp;b=2", result.Description.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("👨‍👩‍👧‍👦👨‍👩‍👧‍👦 Sourdough bread at home with the family", "👨‍👩‍👧‍👦")]
    [InlineData("🇩🇪 Sourdough bread at home | official", "🇩🇪")]
    public void Analyze_Emoji_IsWholeOrAbsent(string title, string emoji)
    {
        var result = Samples.Analyzer.Analyze(new VideoInput { Title = title, Description = Samples.Sourdough.Description });
        Assert.All(result.Titles, suggestion =>
            Assert.DoesNotContain(suggestion.Text.Replace(emoji, "", StringComparison.Ordinal), c => char.IsSurrogate(c) || c == '\u200D')
        );
    }
}
