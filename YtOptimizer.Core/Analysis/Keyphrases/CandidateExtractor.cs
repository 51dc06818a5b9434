using System.Runtime.InteropServices;
using YtOptimizer.Core.Analysis.Text;

namespace YtOptimizer.Core.Analysis.Keyphrases;

/// <summary>
/// Lists the phrases of a video's text: n-grams inside stretches without stop words, n-grams with inner stop words in the title and the lead,
/// whole parts of the title, neighbouring parts joined, hashtags, and words without Korean particles.
/// </summary>
internal sealed class CandidateExtractor
{
    private const int MaxWords = 4;
    private const int MaxTitleWords = 8;
    private const int LeadCharacters = 300;
    private const int MaxDescription = 6000;

    private static readonly string[] Particles =
        ["으로는", "에서는", "에게는", "이라는", "에서", "에게", "으로", "까지", "부터", "처럼", "보다", "이랑", "하고", "은", "는", "이", "가", "을", "를", "의", "에", "와", "과", "도", "로", "만", "랑"];

    private readonly Dictionary<string, Candidate> candidates = new(StringComparer.Ordinal);
    private readonly Func<string, bool> knownTag;

    private CandidateExtractor(Func<string, bool> knownTag) => this.knownTag = knownTag;

    /// <param name="knownTag">Whether a folded phrase is a tag elsewhere; cuts words out of unspaced scripts.</param>
    public static TextFeatures Extract(string title, string description, StopWords stopWords, Func<string, bool> knownTag)
    {
        if (description.Length > MaxDescription)
        {
            description = description[..MaxDescription];
        }

        var unglue = description.Length > 200 && !description.Contains('\n', StringComparison.Ordinal);
        var titleTokens = Tokenizer.Tokenize(title, stopWords);
        var descriptionTokens = Tokenizer.Tokenize(description, stopWords, unglue);
        var extractor = new CandidateExtractor(knownTag);
        extractor.Field(title, titleTokens, isTitle: true);
        extractor.TitleParts(title, titleTokens);
        extractor.Field(description, descriptionTokens, isTitle: false);
        extractor.Hosts();
        return new TextFeatures(title, description, titleTokens, descriptionTokens, [.. extractor.candidates.Values]);
    }

    private void Field(string text, List<Token> tokens, bool isTitle)
    {
        var chunkStart = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (i == 0 || tokens[i].Before >= Gap.Break)
            {
                chunkStart = i;
            }

            var token = tokens[i];
            if (token.Has(TokenFlags.Hashtag))
            {
                Hashtag(text, tokens, i, isTitle);
                continue;
            }

            Grams(text, tokens, i, isTitle, chunkStart);
            if (token.IsUnspaced)
            {
                InsideRun(text, tokens, i, isTitle);
            }

            if (token.Has(TokenFlags.Unglued) && i > 0)
            {
                // "You|Tube" may have been one word after all.
                var start = tokens[i - 1];
                if (start.End == token.Start)
                {
                    Record(text, tokens, i - 1, i, isTitle, CandidateMarks.Unglued, start.Folded + token.Folded, [start.Folded + token.Folded], text[start.Start..token.End]);
                }
            }
        }
    }

    private void Grams(string text, List<Token> tokens, int first, bool isTitle, int chunkStart)
    {
        var lead = isTitle || tokens[first].Start < LeadCharacters;
        var limit = isTitle ? 6 : MaxWords;
        if (tokens[first].IsStop)
        {
            return;
        }

        var stops = 0;
        for (var last = first; last < tokens.Count && last - first < limit + stops && last - first < 8; last++)
        {
            if (last > first && (tokens[last].Before >= Gap.Break || tokens[last].Has(TokenFlags.Hashtag)))
            {
                break;
            }

            if (tokens[last].IsStop)
            {
                if (!lead)
                {
                    break;
                }

                stops++;
                continue;
            }

            var marks = stops > 0 ? CandidateMarks.Bridged : CandidateMarks.None;
            Record(text, tokens, first, last, isTitle, marks);
            if (tokens[last].Script == Script.Hangul)
            {
                Stripped(text, tokens, first, last, isTitle, marks);
            }
        }
    }

    private void TitleParts(string title, List<Token> tokens)
    {
        var parts = new List<(int First, int Last)>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (i == 0 || tokens[i].Before >= Gap.Break)
            {
                parts.Add((i, i));
            }
            else
            {
                parts[^1] = (parts[^1].First, i);
            }
        }

        for (var p = 0; p < parts.Count; p++)
        {
            var (first, last) = parts[p];
            var place = (p == 0 ? CandidateMarks.FirstSegment : CandidateMarks.None) | (p == parts.Count - 1 ? CandidateMarks.LastSegment : CandidateMarks.None);
            if (last - first < MaxTitleWords && !(first == last && tokens[first].IsStop))
            {
                Mark(title, tokens, first, last, CandidateMarks.TitleSegment | place);
            }

            if (p + 1 < parts.Count && parts[p + 1].Last - first < MaxTitleWords)
            {
                Mark(title, tokens, first, parts[p + 1].Last, CandidateMarks.CrossesBreak);
            }
        }

        if (tokens.Count is > 1 and <= 16)
        {
            Mark(title, tokens, 0, tokens.Count - 1, CandidateMarks.WholeTitle);
        }
    }

    private void Mark(string title, List<Token> tokens, int first, int last, CandidateMarks marks)
    {
        var key = Key(tokens, first, last);
        if (candidates.TryGetValue(key, out var known))
        {
            known.Marks |= marks;
            return;
        }

        if (tokens[first].IsStop || tokens[last].IsStop)
        {
            marks |= CandidateMarks.EdgeStop;
        }

        Record(title, tokens, first, last, isTitle: true, marks);
    }

    private void Hashtag(string text, List<Token> tokens, int index, bool isTitle)
    {
        var token = tokens[index];
        Record(text, tokens, index, index, isTitle, CandidateMarks.None).HashtagCount++;
        var surface = text.Substring(token.Start, token.Length);
        var split = SplitCamel(surface);
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
        foreach (var particle in Particles)
        {
            if (word.Length < particle.Length + 2 || !word.EndsWith(particle, StringComparison.Ordinal))
            {
                continue;
            }

            var key = Key(tokens, first, last);
            key = key[..^particle.Length];
            var words = new string[last - first + 1];
            for (var k = first; k <= last; k++)
            {
                words[k - first] = tokens[k].Folded;
            }

            words[^1] = word[..^particle.Length];
            Record(text, tokens, first, last, isTitle, marks | CandidateMarks.Stripped, key, words, text[tokens[first].Start..(tokens[last].End - particle.Length)]);
            return;
        }
    }

    private Candidate Record(string text, List<Token> tokens, int first, int last, bool isTitle, CandidateMarks marks, string? key = null, string[]? words = null, string? surface = null)
    {
        key ??= Key(tokens, first, last);
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(candidates, key, out _);
        if (slot is null)
        {
            slot = new Candidate { Key = key, Surface = surface ?? text[tokens[first].Start..tokens[last].End], Words = words ?? WordsOf(tokens, first, last), Marks = marks };
            slot.Offset = tokens[first].Start;
            slot.Length = tokens[last].End - tokens[first].Start;
            Describe(slot, tokens, first, last);
        }
        else
        {
            // A phrase found once without a bridge is an ordinary one.
            var weak = CandidateMarks.Bridged | CandidateMarks.Stripped | CandidateMarks.InsideRun | CandidateMarks.CrossesBreak | CandidateMarks.SplitHashtag | CandidateMarks.Unglued;
            slot.Marks = ((slot.Marks & ~weak) | (marks & ~weak)) | (slot.Marks & marks & weak);
        }

        Count(slot, tokens, first, last, isTitle);
        return slot;
    }

    private static void Describe(Candidate candidate, List<Token> tokens, int first, int last)
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

        candidate.Marks |= (unspaced ? CandidateMarks.Unspaced : CandidateMarks.None) | (latin ? CandidateMarks.Latin : CandidateMarks.None);
    }

    private static void Count(Candidate candidate, List<Token> tokens, int first, int last, bool isTitle)
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

    private static string[] WordsOf(List<Token> tokens, int first, int last)
    {
        var words = new string[last - first + 1];
        for (var k = first; k <= last; k++)
        {
            words[k - first] = tokens[k].Folded;
        }

        return words;
    }

    private static string Key(List<Token> tokens, int first, int last)
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

    /// <summary>"WakeUpInTheSky" → "Wake Up In The Sky".</summary>
    internal static string SplitCamel(string word)
    {
        var builder = new System.Text.StringBuilder(word.Length + 8);
        for (var i = 0; i < word.Length; i++)
        {
            if (i > 0 && ((char.IsUpper(word[i]) && (char.IsLower(word[i - 1]) || (i + 1 < word.Length && char.IsUpper(word[i - 1]) && char.IsLower(word[i + 1]))))
                || (char.IsAsciiDigit(word[i]) && char.IsLetter(word[i - 1])) || word[i] == '_'))
            {
                builder.Append(' ');
            }

            if (word[i] != '_')
            {
                builder.Append(word[i]);
            }
        }

        return builder.ToString();
    }
}

/// <summary>A text with its tokens and phrases.</summary>
internal sealed record TextFeatures(string Title, string Description, List<Token> TitleTokens, List<Token> DescriptionTokens, Candidate[] Candidates);
