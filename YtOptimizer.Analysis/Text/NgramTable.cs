using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using Lingua;

namespace YtOptimizer.Analysis.Text;

/// <summary>
/// How likely one to three letters are in each language: the models that come with Lingua, put into one table, so that letters are
/// looked up once and not once a language. The sums are Lingua's, to the last bit.
/// </summary>
internal sealed class NgramTable
{
    private const int Longest = 3;
    private const int BitsOfALetter = 16;

    private static readonly string[] Files = ["unigrams.json.br", "bigrams.json.br", "trigrams.json.br"];

    // First and last+1 of what is known of some letters in the two lists.
    private readonly Dictionary<ulong, (int From, int To)> places;
    private readonly byte[] languages;
    private readonly double[] logarithms;

    private NgramTable(Dictionary<ulong, (int From, int To)> places, byte[] languages, double[] logarithms)
    {
        this.places = places;
        this.languages = languages;
        this.logarithms = logarithms;
    }

    /// <summary>Reads the models of some languages; in the table a language is its place in the list.</summary>
    public static NgramTable Read(IReadOnlyList<Language> languages)
    {
        var entries = new List<(ulong Key, byte Language, double Logarithm)>(1 << 19);
        var folder = Path.Combine(AppContext.BaseDirectory, "Lingua", "LanguageModels");
        for (var i = 0; i < languages.Count; i++)
        {
            foreach (var file in Files)
            {
                var path = Path.Combine(folder, languages[i].IsoCode6391().ToString().ToLowerInvariant(), file);
                if (File.Exists(path))
                {
                    ReadFile(path, (byte)i, entries);
                }
            }
        }

        entries.Sort(static (a, b) => a.Key != b.Key ? a.Key.CompareTo(b.Key) : a.Language.CompareTo(b.Language));
        var places = new Dictionary<ulong, (int From, int To)>();
        for (var i = 0; i < entries.Count; i++)
        {
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, entries[i].Key, out var isKnown);
            place = (isKnown ? place.From : i, i + 1);
        }

        places.TrimExcess();
        return new NgramTable(places, [.. entries.Select(entry => entry.Language)], [.. entries.Select(entry => entry.Logarithm)]);
    }

    /// <summary>For each language the sum of the logarithms of a text's threes of letters, each three once. Where a language has not seen
    /// the three, its first two count, or its first.</summary>
    /// <param name="text">In lower case.</param>
    /// <param name="among">A bit for each language that is asked for.</param>
    /// <param name="sums">One for each language.</param>
    public void Sum(string text, uint among, Span<double> sums)
    {
        var seen = new HashSet<ulong>();
        var letters = 0;
        var key = 0UL;
        foreach (var c in text)
        {
            letters = char.IsLetter(c) ? letters + 1 : 0;
            key = ((key << BitsOfALetter) | c) & ((1UL << (BitsOfALetter * Longest)) - 1);
            if (letters >= Longest && seen.Add(key))
            {
                Add(key, among, sums);
            }
        }
    }

    private void Add(ulong key, uint among, Span<double> sums)
    {
        for (; key != 0 && among != 0; key >>= BitsOfALetter)
        {
            if (!places.TryGetValue(key, out var place))
            {
                continue;
            }

            for (var i = place.From; i < place.To; i++)
            {
                var bit = 1U << languages[i];
                if ((among & bit) != 0)
                {
                    sums[languages[i]] += logarithms[i];
                    among &= ~bit;
                }
            }
        }
    }

    // {"language": "ENGLISH", "ngrams": {"3/4711": "abc def"}}: how often of all, and which letters.
    private static void ReadFile(string path, byte language, List<(ulong Key, byte Language, double Logarithm)> entries)
    {
        using var file = File.OpenRead(path);
        using var brotli = new BrotliStream(file, CompressionMode.Decompress);
        using var document = JsonDocument.Parse(brotli);
        foreach (var group in document.RootElement.GetProperty("ngrams").EnumerateObject())
        {
            var slash = group.Name.IndexOf('/', StringComparison.Ordinal);
            var share = double.Parse(group.Name.AsSpan(0, slash), Invariant) / int.Parse(group.Name.AsSpan(slash + 1), Invariant);
            var logarithm = Math.Log(share);
            var key = 0UL;
            foreach (var c in group.Value.GetString() + " ")
            {
                if (c != ' ')
                {
                    key = (key << BitsOfALetter) | c;
                    continue;
                }

                entries.Add((key, language, logarithm));
                key = 0;
            }
        }
    }

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;
}
