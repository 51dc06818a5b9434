using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Keyphrases;

internal sealed partial class CandidateExtractor
{
    private void Hashtag(string text, List<Token> tokens, int index, bool isTitle)
    {
        var token = tokens[index];
        Record(text, tokens, index, index, isTitle, CandidateMarks.None).HashtagCount++;
        var surface = text.Substring(token.Start, token.Length);
        var split = WordForms.SplitCamel(surface);
        if (split != surface)
        {
            var key = Folding.Fold(split);
            Record(text, tokens, index, index, isTitle, CandidateMarks.SplitHashtag, key, key.Split(' '), split).HashtagCount++;
        }
    }

    private void InsideRun(string text, List<Token> tokens, int index, bool isTitle)
    {
        var token = tokens[index];
        if (token.Folded.Length < 3)
        {
            return;
        }

        for (var start = 0; start < token.Folded.Length - 1; start++)
        {
            for (var length = 2; length <= 8 && start + length <= token.Folded.Length; length++)
            {
                if (length == token.Folded.Length)
                {
                    continue;
                }

                WorkMeter.Count();
                var part = token.Folded.Substring(start, length);
                if (knownTag(part))
                {
                    Record(text, tokens, index, index, isTitle, CandidateMarks.InsideRun, part, [part], part);
                }
            }
        }
    }

    private void Stripped(string text, List<Token> tokens, int first, int last, bool isTitle, CandidateMarks marks)
    {
        var word = tokens[last].Folded;
        foreach (var particle in WordForms.KoreanParticles)
        {
            if (word.Length < particle.Length + 2 || !word.EndsWith(particle, StringComparison.Ordinal))
            {
                continue;
            }

            var key = CandidateCounts.Key(tokens, first, last);
            key = key[..^particle.Length];
            var words = new string[last - first + 1];
            for (var k = first; k <= last; k++)
            {
                words[k - first] = tokens[k].Folded;
            }

            words[^1] = word[..^particle.Length];
            Record(
                text,
                tokens,
                first,
                last,
                isTitle,
                marks | CandidateMarks.Stripped,
                key,
                words,
                text[tokens[first].Start..(tokens[last].End - particle.Length)]
            );
            return;
        }
    }

    // How often a phrase is only a part of a longer one ("new york" in "new york times").
    private void Hosts()
    {
        foreach (var candidate in candidates.Values)
        {
            if (candidate.Words.Length < 2)
            {
                continue;
            }

            Host(string.Join(' ', candidate.Words, 0, candidate.Words.Length - 1), candidate.Total);
            Host(string.Join(' ', candidate.Words, 1, candidate.Words.Length - 1), candidate.Total);
        }
    }

    private void Host(string part, int total)
    {
        if (candidates.TryGetValue(part, out var inner) && inner.LongestHost < total)
        {
            inner.LongestHost = total;
        }
    }
}
