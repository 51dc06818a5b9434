using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Keyphrases;

/// <summary>What is noted about a phrase where it occurs.</summary>
internal static class CandidateCounts
{
    public static void Describe(Candidate candidate, List<Token> tokens, int first, int last)
    {
        var unspaced = true;
        var latin = true;
        for (var k = first; k <= last; k++)
        {
            unspaced &= tokens[k].IsUnspaced;
            latin &= tokens[k].Script is Script.Latin or Script.Number;
            if (tokens[k].Has(TokenFlags.Digits))
            {
                candidate.Marks |= CandidateMarks.Digits;
            }

            candidate.Stops += tokens[k].IsStop ? 1 : 0;
        }

        candidate.Marks |=
            (unspaced ? CandidateMarks.Unspaced : CandidateMarks.None) | (latin ? CandidateMarks.Latin : CandidateMarks.None);
    }

    public static void Count(Candidate candidate, List<Token> tokens, int first, int last, bool isTitle)
    {
        if (isTitle)
        {
            candidate.TitleCount++;
            candidate.FirstInTitle = candidate.FirstInTitle < 0 ? first : candidate.FirstInTitle;
        }
        else
        {
            candidate.DescriptionCount++;
            candidate.FirstInDescription = candidate.FirstInDescription < 0 ? first : candidate.FirstInDescription;
            if (tokens[first].Start < 150)
            {
                candidate.Marks |= CandidateMarks.InLead;
            }
        }

        var capitalized = true;
        var caps = true;
        for (var k = first; k <= last; k++)
        {
            if (!tokens[k].IsStop)
            {
                capitalized &= tokens[k].Has(TokenFlags.Capitalized) || tokens[k].Script == Script.Number;
                caps &= tokens[k].Has(TokenFlags.AllCaps) || tokens[k].Script == Script.Number;
            }
        }

        candidate.Capitalized += capitalized ? 1 : 0;
        candidate.AllCaps += caps ? 1 : 0;
        var opens = first == 0 || tokens[first].Before >= Gap.Break || tokens[first - 1].IsStop;
        var closes = last + 1 >= tokens.Count || tokens[last + 1].Before >= Gap.Break || tokens[last + 1].IsStop;
        candidate.WholeChunk += opens && closes ? 1 : 0;
        candidate.AfterColon += tokens[first].Has(TokenFlags.AfterColon) ? 1 : 0;
        candidate.BeforeLink += tokens[first].Has(TokenFlags.BeforeLink) ? 1 : 0;
        candidate.Quoted += tokens[first].Has(TokenFlags.Quoted) ? 1 : 0;
        candidate.Bracketed += tokens[first].Has(TokenFlags.Bracketed) ? 1 : 0;
    }

    public static string[] WordsOf(List<Token> tokens, int first, int last)
    {
        var words = new string[last - first + 1];
        for (var k = first; k <= last; k++)
        {
            words[k - first] = tokens[k].Folded;
        }

        return words;
    }

    public static string Key(List<Token> tokens, int first, int last)
    {
        if (first == last)
        {
            return tokens[first].Folded;
        }

        var builder = new System.Text.StringBuilder(tokens[first].Folded);
        for (var k = first + 1; k <= last; k++)
        {
            if (tokens[k].Before != Gap.None)
            {
                builder.Append(' ');
            }

            builder.Append(tokens[k].Folded);
        }

        return builder.ToString();
    }
}
