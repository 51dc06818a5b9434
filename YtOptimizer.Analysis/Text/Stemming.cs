using Lucene.Net.Analysis.Ar;
using Lucene.Net.Analysis.Cz;
using Lucene.Net.Analysis.Hi;
using Lucene.Net.Analysis.Id;
using Lucene.Net.Tartarus.Snowball;
using Lucene.Net.Tartarus.Snowball.Ext;

namespace YtOptimizer.Analysis.Text;

/// <summary>
/// Word stems, so that "running" supports "runs". Languages without a stemmer keep the folded word.
/// Not thread-safe: one object per analysis.
/// </summary>
internal sealed class Stemming
{
    /// <summary>Finding or making a stem costs as much as reading this many characters.</summary>
    private const int StepsOfAWord = 32;

    /// <summary>Longer runs of letters are no words, and a stemmer cannot be interrupted.</summary>
    private const int LongestWord = 100;

    private readonly Dictionary<string, string> cache = new(StringComparer.Ordinal);
    private readonly SnowballProgram? snowball;
    private readonly Func<char[], int, int>? suffixes;

    private Stemming(SnowballProgram? snowball, Func<char[], int, int>? suffixes)
    {
        this.snowball = snowball;
        this.suffixes = suffixes;
    }

    public static Stemming For(string language) =>
        language switch
        {
            "da" => new(new DanishStemmer(), null),
            "de" => new(new GermanStemmer(), null),
            "en" => new(new EnglishStemmer(), null),
            "es" => new(new SpanishStemmer(), null),
            "fi" => new(new FinnishStemmer(), null),
            "fr" => new(new FrenchStemmer(), null),
            "hu" => new(new HungarianStemmer(), null),
            "it" => new(new ItalianStemmer(), null),
            "nl" => new(new DutchStemmer(), null),
            "no" => new(new NorwegianStemmer(), null),
            "pt" => new(new PortugueseStemmer(), null),
            "ro" => new(new RomanianStemmer(), null),
            "ru" or "uk" => new(new RussianStemmer(), null),
            "sv" => new(new SwedishStemmer(), null),
            "tr" => new(new TurkishStemmer(), null),
            "ar" => new(null, new ArabicStemmer().Stem),
            "cs" or "sk" => new(null, new CzechStemmer().Stem),
            "hi" => new(null, new HindiStemmer().Stem),
            "id" => new(null, static (buffer, length) => new IndonesianStemmer().Stem(buffer, length, stemDerivational: false)),
            _ => new(null, null),
        };

    public string Stem(string folded)
    {
        WorkMeter.Count(StepsOfAWord + Math.Min(folded.Length, LongestWord));
        if ((snowball is null && suffixes is null) || folded.Length is < 3 or > LongestWord)
        {
            return folded;
        }

        if (cache.TryGetValue(folded, out var known))
        {
            return known;
        }

        string stem;
        if (snowball is not null)
        {
            snowball.SetCurrent(folded);
            snowball.Stem();
            stem = snowball.Current;
        }
        else
        {
            var buffer = new char[folded.Length + 2];
            folded.CopyTo(0, buffer, 0, folded.Length);
            stem = new string(buffer, 0, suffixes!(buffer, folded.Length));
        }

        stem = stem.Length < 2 ? folded : stem;
        cache[folded] = stem;
        return stem;
    }
}
