using System.Runtime.InteropServices;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Keyphrases;

/// <summary>
/// Lists the phrases of a video's text: n-grams inside stretches without stop words, n-grams with inner stop words in the title and the
/// lead, whole parts of the title, neighbouring parts joined, hashtags, and words without Korean particles.
/// </summary>
internal sealed partial class CandidateExtractor
{
    private const int MaxWords = 4;
    private const int MaxTitleWords = 8;
    private const int LeadCharacters = 300;
    private const int MaxDescription = 6000;

    private readonly Dictionary<string, Candidate> candidates = new(StringComparer.Ordinal);
    private readonly Func<string, bool> knownTag;
    private readonly List<Passage> passages;
    private int passage;

    private CandidateExtractor(Func<string, bool> knownTag, List<Passage> passages)
    {
        this.knownTag = knownTag;
        this.passages = passages;
    }

    /// <param name="knownTag">Whether a folded phrase is a tag elsewhere; cuts words out of unspaced scripts.</param>
    public static TextFeatures Extract(string title, string description, StopWords stopWords, Func<string, bool> knownTag)
    {
        if (description.Length > MaxDescription)
        {
            description = description[..MaxDescription];
        }

        var unglue = description.Length > 200 && HashtagRuns.IsOneLine(description);
        var titleTokens = Tokenizer.Tokenize(title, stopWords);
        var descriptionTokens = Tokenizer.Tokenize(description, stopWords, unglue);
        var passages = Passages.Find(description);
        var extractor = new CandidateExtractor(knownTag, passages);
        extractor.Field(title, titleTokens, isTitle: true);
        extractor.TitleParts(title, titleTokens);
        extractor.Field(description, descriptionTokens, isTitle: false);
        extractor.Hosts();
        return new TextFeatures(title, description, titleTokens, descriptionTokens, passages, [.. extractor.candidates.Values]);
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
                    Record(
                        text,
                        tokens,
                        i - 1,
                        i,
                        isTitle,
                        CandidateMarks.Unglued,
                        start.Folded + token.Folded,
                        [start.Folded + token.Folded],
                        text[start.Start..token.End]
                    );
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
            var place =
                (p == 0 ? CandidateMarks.FirstSegment : CandidateMarks.None)
                | (p == parts.Count - 1 ? CandidateMarks.LastSegment : CandidateMarks.None);
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
        var key = CandidateCounts.Key(tokens, first, last);
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

    private Candidate Record(
        string text,
        List<Token> tokens,
        int first,
        int last,
        bool isTitle,
        CandidateMarks marks,
        string? key = null,
        string[]? words = null,
        string? surface = null
    )
    {
        WorkMeter.Count(8);
        key ??= CandidateCounts.Key(tokens, first, last);
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(candidates, key, out _);
        if (slot is null)
        {
            slot = new Candidate
            {
                Key = key,
                Surface = (surface ?? text[tokens[first].Start..tokens[last].End]).Replace("\u0640", "", StringComparison.Ordinal),
                Words = words ?? CandidateCounts.WordsOf(tokens, first, last),
                Marks = marks,
            };
            slot.Offset = tokens[first].Start;
            slot.Length = tokens[last].End - tokens[first].Start;
            CandidateCounts.Describe(slot, tokens, first, last);
        }
        else
        {
            // A phrase found once without a bridge is an ordinary one.
            var weak =
                CandidateMarks.Bridged
                | CandidateMarks.Stripped
                | CandidateMarks.InsideRun
                | CandidateMarks.CrossesBreak
                | CandidateMarks.SplitHashtag
                | CandidateMarks.Unglued;
            slot.Marks = ((slot.Marks & ~weak) | (marks & ~weak)) | (slot.Marks & marks & weak);
        }

        CandidateCounts.Count(slot, tokens, first, last, isTitle);
        slot.Masked += isTitle || MayName(tokens[first].Start) ? 0 : 1;
        return slot;
    }

    // Tokens come in order, so the passage is the one of the last call or a later one.
    private bool MayName(int offset)
    {
        while (passage + 1 < passages.Count && passages[passage + 1].Start <= offset)
        {
            passage++;
        }

        return passages.Count == 0 || passages[passage].MayName;
    }
}
