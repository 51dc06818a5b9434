using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.PromptInjection;
using YtOptimizer.Analysis.Speech;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Sources;

internal sealed partial class Source
{
    private const int MostBlanks = 8;
    private const int LongestRest = 4000;

    /// <param name="known">Language already decided for an earlier state of the same video; null to decide now.</param>
    /// <param name="memo">What was read from other states of the same video; null for a single one.</param>
    public static Source Create(
        VideoInput raw,
        LanguageDetector detector,
        KeyphraseModel model,
        LanguageInfo? known = null,
        TextMemo? memo = null
    )
    {
        memo ??= new TextMemo(detector);
        var title = memo.Clean(raw.Title, out var hiddenTitle).Replace('\n', ' ').Trim();
        var description = memo.Clean(raw.Description, out var hiddenDescription);
        var spoken = SpokenReading.Of(raw.Transcript);
        var removed = spoken.Removed;
        if (removed.Count > 0)
        {
            // What follows an instruction belongs to it: phrases and chapters are read from what is left.
            raw = raw with { Transcript = Heard(raw.Transcript!, spoken.SafeText) };
            spoken = SpokenReading.Of(raw.Transcript);
        }

        var truncated = spoken.IsClipped || description.Length > 20_000 || title.Length > 500;
        description = Clip(description, 20_000);
        title = Clip(title, 500);
        var tags = raw
            .Tags.Take(500)
            .Select(tag => TextCleaner.Tidy(TextCleaner.Clean(References.Decode(tag))))
            .Where(tag => tag.Length > 0)
            .ToList();
        var channel = raw.ChannelTitle is null ? null : TextCleaner.Tidy(TextCleaner.Clean(raw.ChannelTitle));
        var input = raw with { Title = title, Description = description, Tags = tags, ChannelTitle = channel };

        var suspicious = new List<string>();
        var safeTitle = memo.Safe(title, suspicious).Trim();
        var safeDescription = memo.Safe(description, suspicious);
        var safeTranscript = spoken.SafeText;
        suspicious.AddRange(removed);
        var safeTags = tags.Where(tag => !Report(tag, suspicious)).ToList();

        var language = known
            ?? LanguageDetector.Resolve(
                memo.Languages.Detect(safeTitle + "\n" + safeDescription + "\n" + Clip(safeTranscript, 400)),
                raw.DeclaredLanguage
            );
        var (text, written) = memo.Rank(safeTitle, TitlePaste.Blank(safeDescription, safeTitle), language.Code, model);
        var phrases = raw.Transcript is null ? written : SpokenPhrases.Merge(written, spoken.Phrases(language.Code, model));
        var source = new Source(input, language, model, memo)
        {
            SafeTitle = safeTitle,
            SafeDescription = safeDescription,
            SafeTranscript = safeTranscript,
            SafeTags = safeTags,
            SuspiciousParts = suspicious,
            HiddenCharacters = hiddenTitle || hiddenDescription || spoken.HasHidden,
            Truncated = truncated,
            Text = text,
            Phrases = phrases,
        };
        source.Main = MainPhrases.Choose(source);
        return source;
    }

    /// <summary>The same video with another description; phrases and words stay those of the original.</summary>
    public Source WithDescription(string description) =>
        new(Input with { Description = description }, Language, Model, memo)
        {
            SafeTitle = SafeTitle,
            SafeDescription = description,
            SafeTranscript = SafeTranscript,
            SafeTags = SafeTags,
            SuspiciousParts = SuspiciousParts,
            HiddenCharacters = HiddenCharacters,
            Truncated = Truncated,
            Text = Text,
            Phrases = Phrases,
            Main = Main,
        };

    /// <summary>The words of a text; not to be changed.</summary>
    public List<Token> Tokens(string text) => memo.Tokens(text, Language.Code);

    /// <summary>The words of a text in the forms that support is looked up in; not to be changed.</summary>
    public TextIndex Index(string text) => memo.Index(text, Language.Code);

    /// <summary>Stems of the content words of a text, in order.</summary>
    public IEnumerable<string> ContentStems(string text)
    {
        foreach (var token in Tokens(text))
        {
            if (token.IsStop)
            {
                continue;
            }

            if (!token.Folded.Contains(' ', StringComparison.Ordinal))
            {
                yield return Stemming.Stem(token.Folded);
                continue;
            }

            foreach (var word in token.Folded.Split(' '))
            {
                yield return Stemming.Stem(word);
            }
        }
    }

    private static bool Report(string text, List<string> suspicious)
    {
        if (!PromptInjectionDetector.IsSuspicious(text))
        {
            return false;
        }

        suspicious.Add(text);
        return true;
    }

    /// <summary>The transcript without cues that are not whole in what is left of its text; both run in the same order.</summary>
    private static Transcript Heard(Transcript transcript, string safe)
    {
        if (!transcript.IsTimed)
        {
            return Transcript.FromText(safe);
        }

        var kept = new List<TranscriptSegment>();
        var at = 0;
        var skipped = 0;
        foreach (var segment in transcript.Segments)
        {
            var words = TextCleaner.Clean(segment.Text).Trim();
            // What may lie before it: the rest of a cue that was cut into.
            var window = Math.Min(safe.Length - at, words.Length + Math.Clamp(skipped, MostBlanks, LongestRest));
            WorkMeter.Count(window);
            var found = safe.AsSpan(at, window).IndexOf(words, StringComparison.Ordinal);
            if (found < 0)
            {
                skipped += words.Length + 1;
                continue;
            }

            kept.Add(segment);
            at += found + words.Length;
            skipped = 0;
        }

        return Transcript.FromSegments(kept);
    }

    private static string Clip(string text, int length)
    {
        return text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }
}
