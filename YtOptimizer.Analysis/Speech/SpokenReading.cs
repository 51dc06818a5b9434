using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.PromptInjection;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Speech;

/// <summary>
/// What an analysis takes from a transcript. Drafts of one video share their transcript, so it is read once and found again by reference;
/// it depends on nothing but transcript, language and model.
/// </summary>
internal sealed class SpokenReading
{
    /// <summary>Four hours of fast speech.</summary>
    private const int MaxTranscript = 400_000;
    private const int DigestLength = 5500;

    private static readonly ConditionalWeakTable<Transcript, SpokenReading> Known = [];
    private static readonly SpokenReading Nothing = new(null);

    private readonly Transcript? transcript;
    private readonly ConcurrentDictionary<string, SpokenText> speech = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TextIndex> index = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Language, KeyphraseModel Model), List<RankedPhrase>> phrases = new();

    private readonly ConcurrentDictionary<(string Language, Lexicon Lexicon), IReadOnlyList<SpokenTopic>> topics = new();

    private readonly ConcurrentDictionary<(string Language, FrameUse Use), IReadOnlyList<StatedSubject>> stated = new();

    private SpokenReading(Transcript? transcript)
    {
        this.transcript = transcript;
        var text = TextCleaner.Clean(transcript?.Text, out var hidden);
        HasHidden = hidden;
        IsClipped = text.Length > MaxTranscript;
        text = IsClipped ? text[..(char.IsHighSurrogate(text[MaxTranscript - 1]) ? MaxTranscript - 1 : MaxTranscript)] : text;
        var removed = new List<string>();
        SafeText = PromptInjectionDetector.Remove(text, removed);
        Removed = removed;
    }

    /// <summary>The words without sentences that address a model.</summary>
    public string SafeText { get; }

    public IReadOnlyList<string> Removed { get; }

    public bool HasHidden { get; }

    public bool IsClipped { get; }

    public static SpokenReading Of(Transcript? transcript) =>
        transcript is null ? Nothing : Known.GetValue(transcript, static key => new SpokenReading(key));

    public SpokenText Speech(string language) => speech.GetOrAdd(language, code => SpeechReader.Read(transcript, code));

    /// <summary>The words of <see cref="SafeText"/>.</summary>
    public TextIndex Index(string language) =>
        index.GetOrAdd(language, code => TextIndex.Of(SafeText, StopWords.For(code), Stemming.For(code)));

    /// <summary>Phrases of the talk by the probability that its creator would tag it so; title and description play no part.</summary>
    public List<RankedPhrase> Phrases(string language, KeyphraseModel model) => phrases.GetOrAdd((language, model), key =>
        {
            var stopWords = StopWords.For(key.Language);
            var stemming = Stemming.For(key.Language);
            var digest = SpeechDigest.Of(
                Speech(key.Language),
                text => Tokenizer.Tokenize(text, stopWords).Where(token => !token.IsStop).Select(token => stemming.Stem(token.Folded)),
                DigestLength
            );
            return digest.Length == 0
                ? []
                : SpokenPhrases.Told(
                    KeyphraseRanker.Rank("", digest, stopWords, key.Model).Phrases,
                    Topics(key.Language, key.Model.Lexicon),
                    WordRoles.For(key.Language)
                );
        });

    /// <summary>What the speaker says the video is about, or who is talked to, in the order in which it is said.</summary>
    public IReadOnlyList<StatedSubject> Stated(string language, FrameUse use) =>
        stated.GetOrAdd((language, use), key => StatedSubjects.Of(Speech(key.Language), key.Language, key.Use));

    /// <summary>What the talk comes back to, best first.</summary>
    public IReadOnlyList<SpokenTopic> Topics(string language, Lexicon lexicon) =>
        topics.GetOrAdd((language, lexicon), key =>
            SpokenTopics.Of(
                Speech(key.Language),
                key.Language,
                key.Lexicon,
                [.. Stated(key.Language, FrameUse.Guest), .. Stated(key.Language, FrameUse.Topic)]
            )
        );
}
