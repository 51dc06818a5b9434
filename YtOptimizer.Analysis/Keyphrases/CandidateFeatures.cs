using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Keyphrases;

/// <summary>Turns a candidate into the numbers the ranker sees. The order of <see cref="Names"/> is part of the model.</summary>
internal static partial class CandidateFeatures
{
    private const double WordPrior = 0.12;
    private const double PhrasePrior = 0.06;

    public static float[][] Compute(TextFeatures text, Lexicon lexicon, Lexicon? without)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var titleWords = new HashSet<string>(StringComparer.Ordinal);
        var latin = 0;
        var other = 0;
        foreach (var token in text.TitleTokens)
        {
            titleWords.Add(token.Folded);
            counts[token.Folded] = counts.GetValueOrDefault(token.Folded) + 1;
            latin += token.Script == Script.Latin ? 1 : 0;
            other += token.Script is not (Script.Latin or Script.Number) ? 1 : 0;
        }

        foreach (var token in text.DescriptionTokens)
        {
            counts[token.Folded] = counts.GetValueOrDefault(token.Folded) + 1;
            latin += token.Script == Script.Latin ? 1 : 0;
            other += token.Script is not (Script.Latin or Script.Number) ? 1 : 0;
        }

        var max = 1;
        foreach (var candidate in text.Candidates)
        {
            max = Math.Max(max, candidate.Total);
        }

        var context = new Context(
            text,
            lexicon,
            without,
            counts,
            titleWords,
            max,
            other > latin,
            lexicon.Channels + (without is null ? 0 : -1)
        );
        var rows = new float[text.Candidates.Length][];
        for (var i = 0; i < rows.Length; i++)
        {
            WorkMeter.Count(64);
            rows[i] = Row(text.Candidates[i], context);
        }

        return rows;
    }

    private static float[] Row(Candidate c, Context context)
    {
        Span<double> f = stackalloc double[Names.Length];
        var i = 0;
        var n = c.Words.Length;
        var total = c.Total;
        f[i++] = n == 1 ? 1 : 0;
        f[i++] = n == 2 ? 1 : 0;
        f[i++] = n == 3 ? 1 : 0;
        f[i++] = n == 4 ? 1 : 0;
        f[i++] = n >= 5 ? 1 : 0;
        f[i++] = Math.Log(1 + c.Key.Length);
        f[i++] = c.Key.Length / 20.0;
        f[i++] = Math.Log(1 + total);
        var logCandidates = Math.Log(1 + context.Text.Candidates.Length);
        f[i++] = Math.Log(1 + total) * logCandidates / 6;
        f[i++] = c.TitleCount > 0 ? 1 : 0;
        f[i++] = c.TitleCount > 0 && c.DescriptionCount > 0 ? 1 : 0;
        f[i++] = Math.Log(1 + c.TitleCount);
        f[i++] = c.FirstInTitle < 0 ? 1 : (double)c.FirstInTitle / Math.Max(1, context.Text.TitleTokens.Count);
        f[i++] = c.FirstInDescription < 0 ? 1 : Math.Log(1 + c.FirstInDescription) / 7;
        f[i++] = c.Has(CandidateMarks.InLead) ? 1 : 0;
        f[i++] = c.HashtagCount > 0 ? 1 : 0;
        f[i++] = Math.Log(1 + c.HashtagCount);
        f[i++] = c.Has(CandidateMarks.SplitHashtag) ? 1 : 0;
        f[i++] = (double)c.Capitalized / total;
        f[i++] = (double)c.AllCaps / total;
        f[i++] = (double)c.WholeChunk / total;
        f[i++] = Math.Log(1 + c.WholeChunk);
        f[i++] = c.WholeChunk > 0 && n > 1 ? 1 : 0;
        f[i++] = (double)c.Quoted / total;
        f[i++] = (double)c.Bracketed / total;
        f[i++] = (double)c.AfterColon / total;
        f[i++] = (double)c.BeforeLink / total;
        f[i++] = c.Has(CandidateMarks.Bridged) ? 1 : 0;
        f[i++] = c.Has(CandidateMarks.Bridged) && c.TitleCount > 0 ? 1 : 0;
        f[i++] = c.Has(CandidateMarks.TitleSegment) ? 1 : 0;
        f[i++] = c.Has(CandidateMarks.WholeTitle) ? 1 : 0;
        f[i++] = c.Has(CandidateMarks.CrossesBreak) ? 1 : 0;
        f[i++] = c.Has(CandidateMarks.EdgeStop) ? 1 : 0;
        f[i++] = c.Has(CandidateMarks.Stripped) ? 1 : 0;
        f[i++] = c.Has(CandidateMarks.InsideRun) ? 1 : 0;
        f[i++] = c.Has(CandidateMarks.Digits) ? 1 : 0;
        f[i++] = IsNumber(c.Key) ? 1 : 0;
        f[i++] = IsYear(c.Key) ? 1 : 0;
        f[i++] = c.Has(CandidateMarks.Unspaced) ? 1 : 0;
        f[i++] = c.Has(CandidateMarks.Latin) && context.NonLatin ? 1 : 0;
        f[i++] = c.Has(CandidateMarks.FirstSegment) ? 1 : 0;
        f[i++] = c.Has(CandidateMarks.LastSegment) ? 1 : 0;
        f[i++] = c.Has(CandidateMarks.Unglued) ? 1 : 0;
        f[i++] = Math.Min(1, (double)c.LongestHost / total);

        var usage = context.Lexicon.Phrase(c.Key, context.Without);
        var idf = Math.Log((context.Channels + 1.0) / (usage.Doc + 1.0));
        f[i++] = idf;
        f[i++] = idf * Math.Log(1 + total);
        var words = default(WordStatistics);
        words.Collect(c, context);
        f[i++] = words.MeanIdf;
        f[i++] = words.MinIdf;
        f[i++] = words.MaxIdf;
        f[i++] = Math.Log(1 + usage.Tag);
        f[i++] = usage.Tag > 0 ? 1 : 0;
        f[i++] = Odds(usage.Both, usage.DocTagged, PhrasePrior, 3);
        f[i++] = n > 1 && context.Lexicon.IsTag(string.Concat(c.Words), context.Without) ? 1 : 0;
        f[i++] = words.MinOdds;
        f[i++] = words.MeanOdds;
        f[i++] = words.MaxOdds;
        f[i++] = words.FirstOdds;
        f[i++] = words.LastOdds;
        f[i++] = words.FirstUnseen ? 1 : 0;
        f[i++] = words.UnseenShare;
        f[i++] = c.Stops;
        f[i++] = logCandidates;
        f[i++] = Math.Log(1 + context.Text.Description.Length);
        f[i++] = Math.Min(1, (double)n / Math.Max(1, context.Text.TitleTokens.Count));
        f[i++] = words.InTitle;
        f[i++] = words.MeanLogCount;
        f[i++] = words.MinLogCount;
        f[i++] = (double)total / context.MaxCount;
        f[i++] = words.TfIdf;
        f[i++] = words.MeanLogTag;
        f[i++] = context.Text.TitleTokens.Count / 20.0;
        f[i++] = context.NonLatin ? 1 : 0;
        f[i++] = (double)c.Masked / total;
        f[i++] = c.IsMasked ? 1 : 0;

        var row = new float[f.Length];
        for (var k = 0; k < row.Length; k++)
        {
            row[k] = (float)f[k];
        }

        return row;
    }

    private static double Odds(int hits, int trials, double prior, double strength)
    {
        var p = (hits + (prior * strength)) / (trials + strength);
        p = Math.Clamp(p, 0.001, 0.999);
        return Math.Log(p / (1 - p));
    }

    private static bool IsNumber(string key)
    {
        foreach (var ch in key)
        {
            if (!char.IsAsciiDigit(ch) && ch != ' ')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsYear(string key) =>
        key.Length == 4
        && IsNumber(key)
        && (key.StartsWith("19", StringComparison.Ordinal) || key.StartsWith("20", StringComparison.Ordinal));

    private sealed record Context(
        TextFeatures Text,
        Lexicon Lexicon,
        Lexicon? Without,
        Dictionary<string, int> Counts,
        HashSet<string> TitleWords,
        int MaxCount,
        bool NonLatin,
        int Channels
    );

    private struct WordStatistics
    {
        public double MeanIdf;
        public double MinIdf;
        public double MaxIdf;
        public double MinOdds;
        public double MeanOdds;
        public double MaxOdds;
        public double FirstOdds;
        public double LastOdds;
        public bool FirstUnseen;
        public double UnseenShare;
        public double InTitle;
        public double MeanLogCount;
        public double MinLogCount;
        public double TfIdf;
        public double MeanLogTag;

        public void Collect(Candidate c, Context context)
        {
            MinIdf = MinOdds = MinLogCount = double.MaxValue;
            MaxIdf = MaxOdds = double.MinValue;
            var n = c.Words.Length;
            for (var k = 0; k < n; k++)
            {
                var word = c.Words[k];
                var usage = context.Lexicon.Word(word, context.Without);
                var idf = Math.Log((context.Channels + 1.0) / (usage.Doc + 1.0));
                var odds = Odds(usage.Both, usage.DocTagged, WordPrior, 4);
                var logCount = Math.Log(1 + Math.Max(1, context.Counts.GetValueOrDefault(word)));
                MeanIdf += idf / n;
                MinIdf = Math.Min(MinIdf, idf);
                MaxIdf = Math.Max(MaxIdf, idf);
                MeanOdds += odds / n;
                MinOdds = Math.Min(MinOdds, odds);
                MaxOdds = Math.Max(MaxOdds, odds);
                FirstOdds = k == 0 ? odds : FirstOdds;
                LastOdds = odds;
                FirstUnseen |= k == 0 && usage.Doc == 0;
                UnseenShare += usage.Doc == 0 ? 1.0 / n : 0;
                InTitle += context.TitleWords.Contains(word) ? 1.0 / n : 0;
                MeanLogCount += logCount / n;
                MinLogCount = Math.Min(MinLogCount, logCount);
                TfIdf += logCount * idf / n;
                MeanLogTag += Math.Log(1 + usage.Tag) / n;
            }
        }
    }
}
