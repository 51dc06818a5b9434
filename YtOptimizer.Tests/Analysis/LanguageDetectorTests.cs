using System.Text;
using CsCheck;
using Lingua;
using LanguageDetector = YtOptimizer.Analysis.Text.LanguageDetector;

namespace YtOptimizer.Tests.Analysis;

/// <summary>The quick way to Lingua's answer gives Lingua's answer, to the last bit.</summary>
public sealed class LanguageDetectorTests
{
    private static readonly Lingua.LanguageDetector Reference = LanguageDetectorBuilder
        .FromLanguages([
            .. Enum.GetValues<Language>().Except([Language.Unknown]).Where(language => LanguageDetector.IsSupported(Code(language))),
        ])
        .WithLowAccuracyMode()
        .Build();

    private readonly LanguageDetector detector = new();

    /// <summary>Too short, of no letters, of scripts that one, several or no language has, of languages that are not told apart, and
    /// so long that probabilities vanish.</summary>
    public static TheoryData<string> Edges =>
        [
            "abc",
            "a b c d",
            "12345 67890 !!!",
            "   \n\t ",
            "né à",
            "Καλημέρα κόσμε, τι κάνεις;",
            "გამარჯობა მსოფლიო",
            "日本語を勉強します",
            "中文視頻教程",
            "中文视频 と 日本語の動画 mixed with English words",
            "한국어 동영상 강의입니다",
            "Привіт, як справи? Їжак і ґава",
            "Привет, как дела? Это видео",
            "हिन्दी में खाना बनाना सीखें",
            "สวัสดีครับ วันนี้เราจะทำอาหาร",
            "שלום לכולם וברוכים הבאים",
            "Ďakujem, že pozeráte naše video o ťažkých cestách",
            "Žluťoučký kůň úpěl ďábelské ódy",
            "Çok güzel bir gün, şimdi yağmur yağıyor",
            "Xin chào các bạn, hôm nay chúng ta nấu phở",
            "ß ẞ ſ ŉ ǰ",
            "𝐁𝐨𝐥𝐝 𝐥𝐞𝐭𝐭𝐞𝐫𝐬 𝐢𝐧 𝐚 𝐭𝐢𝐭𝐥𝐞",
            "half a pair \ud83d of a surrogate",
            string.Concat(Enumerable.Repeat("Today we bake bread and talk about nothing else at all. ", 200)),
            string.Join(' ', Enumerable.Range(0, 3000).Select(i => $"{(char)('a' + (i % 26))}{(char)('b' + (i * 7 % 25))}x")),
        ];

    [Theory]
    [MemberData(nameof(Edges))]
    public void DetectProse_Edges_IsLinguasAnswer(string text) => AssertSame(text);

    [Fact]
    public void DetectProse_RealTexts_IsLinguasAnswer() => Assert.All(Samples.Videos, video =>
        {
            AssertSame(video.Title);
            AssertSame(video.Description);
            AssertSame(video.Title + "\n" + video.Description);
        });

    [Fact]
    public void DetectProse_WordsOfSeveralLanguages_IsLinguasAnswer()
    {
        string[] words = [.. Samples.Videos.SelectMany(video => (video.Title + " " + video.Description).Split(' ')).Where(Whole)];
        Gen.Int[0, words.Length - 1].Array[1, 30].Sample(places => AssertSame(string.Join(' ', places.Select(i => words[i]))), iter: 500);
    }

    private static bool Whole(string word) => word.Length > 0 && word.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);

    private void AssertSame(string text)
    {
        var (code, value) = ("und", 0.0);
        foreach (var (language, confidence) in Reference.ComputeLanguageConfidenceValues(text))
        {
            var other = Code(language);
            if (confidence > value || (confidence == value && string.CompareOrdinal(other, code) < 0))
            {
                (code, value) = (other, confidence);
            }
        }

        var guess = detector.DetectProse(text);
        var expected = text.Length < LanguageDetector.LeastText || value == 0 ? ("und", 0) : (code, Math.Round(value, 6));
        Assert.Equal(expected, (guess.Code, guess.Confidence));
    }

    private static string Code(Language language) => language.IsoCode6391().ToString().ToLowerInvariant();
}
