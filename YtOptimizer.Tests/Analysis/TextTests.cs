using CsCheck;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.PromptInjection;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Tests.Analysis;

public class TextTests
{
    [Theory]
    [InlineData("Café—Olé!", "café olé")]
    [InlineData("ＦＵＬＬ　ｗｉｄｔｈ", "full width")]
    [InlineData("İSTANBUL ıssız", "istanbul issiz")]
    [InlineData("हिन्दी", "हिन्दी")]
    [InlineData("தமிழ்", "தமிழ்")]
    [InlineData("rock'n'roll #1 🔥", "rock n roll 1")]
    [InlineData("ﬁne", "fine")]
    public void Fold_MatchingForm_IsTheSameForEveryCulture(string text, string expected) => Assert.Equal(expected, Folding.Fold(text));

    [Fact]
    public void Fold_Twice_ChangesNothing() => Gen.String.Sample(text => Folding.Fold(Folding.Fold(text)) == Folding.Fold(text));

    [Fact]
    public void Clean_AnyText_LeavesNoControlsAndIsStable() =>
        Gen.String[Gen.Char['\u0000', '\uffff'], 0, 60]
            .Sample(text =>
            {
                var clean = TextCleaner.Clean(text);
                Assert.DoesNotContain(clean, c => char.IsControl(c) && c is not ('\n' or '\t'));
                Assert.Equal(clean, TextCleaner.Clean(clean));
            });

    [Fact]
    public void Clean_NeededJoiners_Stay()
    {
        Assert.Equal("👩‍👩‍👧", TextCleaner.Clean("👩‍👩‍👧"));
        Assert.Equal("می‌خواهم", TextCleaner.Clean("می‌خواهم"));
        Assert.Equal("क्‍ष", TextCleaner.Clean("क्‍ष"));
        Assert.Equal("ab", TextCleaner.Clean("a\u200Db"));
    }

    [Theory]
    [InlineData("Gucci Mane, Bruno Mars", "gucci|mane|bruno|mars")]
    [InlineData("天国のでたらめMV", "天国|の|でたらめ|mv")]
    [InlineData("हिन्दी गाना", "हिन्दी|गाना")]
    [InlineData("see http://x.org/a_b?c=d now", "see|now")]
    [InlineData("mail [email] or a@b.com 1:23 @me", "mail|or")]
    public void Tokenize_Scripts_AreCutWhereWordsEnd(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Tokenizer.Tokenize(text, StopWords.For("en")).Select(token => token.Folded)));

    [Fact]
    public void Tokenize_AnyText_OffsetsFit() =>
        Gen.String.Sample(text =>
        {
            var end = 0;
            foreach (var token in Tokenizer.Tokenize(text, StopWords.For("und"), unglue: true))
            {
                Assert.True(token.Start >= end && token.End <= text.Length);
                end = token.End;
            }
        });

    [Theory]
    [InlineData("de", "und nicht aber")]
    [InlineData("fr", "avec les des")]
    [InlineData("ru", "это как для")]
    [InlineData("ko", "그리고 정말")]
    [InlineData("ja", "この から")]
    [InlineData("en", "the with don't")]
    public void StopWords_EachLanguage_AlsoKnowsEnglish(string language, string words)
    {
        var set = StopWords.For(language);
        Assert.All(Folding.Fold(words + " the").Split(' '), word => Assert.True(set.Contains(word), word));
    }

    [Theory]
    [InlineData("The weather in London is rainy today and everybody carries an umbrella", null, "en")]
    [InlineData("Das Wetter in Berlin ist heute regnerisch und alle tragen einen Schirm", null, "de")]
    [InlineData("Das Wetter in Berlin ist heute regnerisch und alle tragen einen Schirm", "en-US", "de")]
    [InlineData("오늘 서울 날씨는 비가 오고 모두 우산을 들고 있습니다", "ko", "ko")]
    [InlineData("", null, "und")]
    [InlineData("Das ist gut", "tok", "de")]
    public void Resolve_DeclaredAndDetected_PrefersWhatTheTextSupports(string text, string? declared, string expected) =>
        Assert.Equal(expected, LanguageDetector.Resolve(new LanguageDetector().Detect(text), declared).Code);

    [Theory]
    [InlineData("WakeUpInTheSky", "Wake Up In The Sky")]
    [InlineData("HTMLParser", "HTML Parser")]
    [InlineData("fifa18", "fifa 18")]
    [InlineData("van_life", "van life")]
    public void SplitCamel_Hashtag_BecomesWords(string hashtag, string expected) => Assert.Equal(expected, WordForms.SplitCamel(hashtag));

    [Theory]
    [InlineData("Dr. Who met J. Smith at 3.5 km. Then he left! Why?", 3)]
    [InlineData("これは文です。次の文。", 2)]
    [InlineData("See https://example.org/a.b.c. Next one", 2)]
    [InlineData("", 0)]
    public void Split_Sentences_AreCounted(string text, int expected) => Assert.Equal(expected, Sentences.Split(text).Count());

    [Fact]
    public void SplitWithGaps_AnyText_CoversEverything() =>
        Gen.String.Sample(text => string.Concat(Sentences.SplitWithGaps(text).Select(range => text[range])) == text);

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("日本", 4)]
    [InlineData("한국", 4)]
    [InlineData("🔥", 2)]
    public void DisplayWidth_WideCharacters_CountTwice(string text, int expected) => Assert.Equal(expected, Graphemes.DisplayWidth(text));

    [Theory]
    [InlineData("https://example.org", "Link")]
    [InlineData("Music by Someone", "Credit")]
    [InlineData("Enthält Werbung", "Credit")]
    [InlineData("#one #two", "Hashtags")]
    [InlineData("0:00 Intro", "Chapter")]
    [InlineData("We bake bread.", "Prose")]
    [InlineData("  ", "Blank")]
    public void Classify_Lines_ByWhatTheyAreFor(string line, string expected) =>
        Assert.Equal(expected, DescriptionLines.Classify(line).ToString());

    [Theory]
    [InlineData("I am working as an assistant professor at the university.")]
    [InlineData("Follow the instructions in the description to enter.")]
    [InlineData("Never forget the rules of chess!")]
    [InlineData("In this tutorial we build a REST API that returns JSON.")]
    [InlineData("My new system for learning Spanish")]
    [InlineData("No olvides suscribirte")]
    public void IsSuspicious_OrdinarySentences_AreNot(string sentence) => Assert.False(PromptInjectionDetector.IsSuspicious(sentence));
}
