using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Speech;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Sources;

/// <summary>
/// One video's text, cleaned and indexed: what suggestions may draw on. Sentences that address a language model are left out.
/// </summary>
internal sealed partial class Source
{
    private const int ThinText = 80;
    private const int Introduction = 1200;

    private readonly Lazy<HashSet<string>> stems;
    private readonly Lazy<string> folded;
    private readonly Lazy<HashSet<string>> textStems;
    private readonly Lazy<BodyText> rest;
    private readonly Lazy<BodyText> told;
    private readonly Lazy<HashSet<string>> tagWords;
    private readonly Lazy<HashSet<string>> tagKeys;
    private Dictionary<string, string>? attested;
    private HashSet<string>? acronyms;
    private HashSet<string>? named;
    private WordPlaces? places;
    private SponsoredWords? sponsored;
    private readonly Lazy<string> textFolded;
    private readonly Lazy<KindInfo> kind;
    private readonly Lazy<IReadOnlyList<Passage>> passages;
    private readonly Lazy<string> aboutText;
    private readonly Lazy<HashSet<string>> textWords;
    private readonly Lazy<string> ownDescription;

    private readonly TextMemo memo;

    private Source(VideoInput input, LanguageInfo language, KeyphraseModel model, TextMemo memo)
    {
        this.memo = memo;
        Input = input;
        Language = language;
        Model = model;
        StopWords = StopWords.For(language.Code);
        Stemming = memo.Stemming(language.Code);
        Template = TemplateWords.For(language.Code);
        stems = new(() => CollectStems(), LazyThreadSafetyMode.None);
        rest = new(() => SafeTags!.Count == 0 ? Told : CollectRest(SafeTags), LazyThreadSafetyMode.None);
        told = new(() => CollectRest([]), LazyThreadSafetyMode.None);
        tagWords = new(
            () => SafeTags!.SelectMany(tag => Folding.Fold(tag).Split(' ')).ToHashSet(StringComparer.Ordinal),
            LazyThreadSafetyMode.None
        );
        tagKeys = new(() => SafeTags!.Select(Folding.Fold).ToHashSet(StringComparer.Ordinal), LazyThreadSafetyMode.None);
        textStems = new(
            () => [.. ContentStems(string.Join('\n', SafeTitle, SafeDescription)), .. Spoken.ContentStems],
            LazyThreadSafetyMode.None
        );
        textFolded = new(
            () => " " + (Folding.Fold(string.Join('\n', SafeTitle, SafeDescription)) + " " + Spoken.Folded).Trim() + " ",
            LazyThreadSafetyMode.None
        );
        kind = new(
            () =>
                KindClassifier.Classify(
                    Input,
                    SafeTitle!,
                    SafeDescription!.Length > ThinText ? SafeDescription : Introduced(),
                    SafeTags!,
                    language.Code,
                    Spoken.Folded.Length == 0 ? "" : $" {Spoken.Folded} "
                ),
            LazyThreadSafetyMode.None
        );
        passages = new(
            () => Text!.Description == SafeDescription ? Text.Passages : Analysis.DescriptionText.Passages.Find(SafeDescription!),
            LazyThreadSafetyMode.None
        );
        textWords = new(() => FoldedWords.Of(textFolded!.Value.Trim()), LazyThreadSafetyMode.None);
        aboutText = new(
            () => Analysis.DescriptionText.Passages.Keep(SafeDescription!, Passages, passage => passage.IsAboutVideo),
            LazyThreadSafetyMode.None
        );
        ownDescription = new(
            () => HashtagRuns.Blank(TitlePaste.Blank(SafeDescription!, SafeTitle!).TrimStart()),
            LazyThreadSafetyMode.None
        );
        folded = new(() => (Folding.Fold(string.Join('\n', WrittenTexts())) + " " + Spoken.Folded).Trim(), LazyThreadSafetyMode.None);
    }

    // Under a thin description what is said first tells the kind.
    private string Introduced() =>
        Input.Transcript is null
            ? SafeDescription
            : SafeDescription + "\n" + SafeTranscript[..Math.Min(SafeTranscript.Length, Introduction)];

    /// <summary>What kind of video it is.</summary>
    public KindInfo Kind => kind.Value;

    /// <summary>Cleaned input, as the creator wrote it otherwise.</summary>
    public VideoInput Input { get; }

    public LanguageInfo Language { get; }

    public KeyphraseModel Model { get; }

    public StopWords StopWords { get; }

    public Stemming Stemming { get; }

    public TemplateWords Template { get; }

    /// <summary>Title without sentences that address a model.</summary>
    public required string SafeTitle { get; init; }

    public required string SafeDescription { get; init; }

    public required string SafeTranscript { get; init; }

    public required IReadOnlyList<string> SafeTags { get; init; }

    public required IReadOnlyList<string> SuspiciousParts { get; init; }

    public required bool HiddenCharacters { get; init; }

    public required bool Truncated { get; init; }

    public required TextFeatures Text { get; init; }

    public required List<RankedPhrase> Phrases { get; init; }

    /// <summary>The transcript as it is understood: greeting, sponsor, requests and sign-off apart from what is said about the
    /// subject.</summary>
    public SpokenText Speech => SpokenReading.Of(Input.Transcript).Speech(Language.Code);

    private TextIndex Spoken => SpokenReading.Of(Input.Transcript).Index(Language.Code);

    /// <summary>The phrase the video is about, null when the text holds none.</summary>
    public RankedPhrase? Primary => Main.Count > 0 ? Main[0].Phrase : null;

    /// <summary>The few phrases the video is about; checks weigh all of them, so that one close call does not decide.</summary>
    public IReadOnlyList<WeightedPhrase> Main { get; private set; } = [];

    /// <summary>Stems of all content words a suggestion may use.</summary>
    public HashSet<string> Stems => stems.Value;

    /// <summary>All of the source in matching form, for scripts without spaces.</summary>
    public string Folded => folded.Value;

    /// <summary>All but the title.</summary>
    public BodyText Rest => rest.Value;

    /// <summary>Description and transcript: what viewers are told.</summary>
    public BodyText Told => told.Value;

    /// <summary>The passages of <see cref="SafeDescription"/> and what each is for.</summary>
    public IReadOnlyList<Passage> Passages => passages.Value;

    /// <summary><see cref="SafeDescription"/> with all that is not about the video blanked; offsets stay.</summary>
    public string AboutText => aboutText.Value;

    /// <summary>The words of title, description and transcript in matching form.</summary>
    public HashSet<string> TextWords => textWords.Value;

    public HashSet<string> TagWords => tagWords.Value;

    /// <summary>The creator's tags in matching form.</summary>
    public HashSet<string> TagKeys => tagKeys.Value;

    /// <summary>Whether a word stands in the source, by stem or, for scripts without spaces, as a part of the text.</summary>
    public bool Supports(Token token)
    {
        foreach (var word in token.Folded.Split(' '))
        {
            if (
                !Stems.Contains(Stemming.Stem(word))
                && !Stems.Contains(Stemming.Stem(Folding.StripDiacritics(word)))
                && !((token.IsUnspaced || token.Script == Script.Hangul) && Folded.Contains(word, StringComparison.Ordinal))
            )
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a word stands in title, description or transcript; tags do not support tags.</summary>
    public bool TextSupports(Token token)
    {
        foreach (var word in token.Folded.Split(' '))
        {
            if (
                !textStems.Value.Contains(Stemming.Stem(word))
                && !textFolded.Value.Contains(word.Length >= 4 || token.IsUnspaced ? word : " " + word + " ", StringComparison.Ordinal)
            )
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The description without the title where it only repeats it, at its start or as a line of its own, and without hashtags that
    /// are no words of a sentence. What is said twice is not said more, and a hashtag tells nothing.</summary>
    public string OwnDescription => ownDescription.Value;

    /// <summary>Whether the description holds a copy of the title at its start or as a line of its own.</summary>
    public bool HasPastedTitle => !ReferenceEquals(TitlePaste.Blank(SafeDescription, SafeTitle), SafeDescription);

    /// <summary>What the places of words in the text say of them.</summary>
    public WordPlaces Places => places ??= new WordPlaces(this);

    /// <summary>The sponsor's things in the title.</summary>
    public SponsoredWords Sponsored => sponsored ??= new SponsoredWords(this);

    /// <summary>Whether the language has a list of everyday words.</summary>
    public bool KnowsEveryday => CommonWords.For(Language.Code).IsKnown;

    /// <summary>Whether a word is an everyday one of the language and so, most likely, no name.</summary>
    public bool IsEveryday(string folded) => CommonWords.For(Language.Code).Contains(folded, Stemming.Stem(folded));

    /// <summary>How the description writes a word when it does not shout, null when it never does.</summary>
    public string? Attested(string folded)
    {
        attested ??= CollectForms();
        return attested.GetValueOrDefault(folded);
    }

    /// <summary>Whether the description writes the word only with a capital, also in mid-sentence.</summary>
    public bool IsNamed(string folded)
    {
        named ??= CollectNames();
        return named.Contains(folded);
    }

    /// <summary>Whether the description writes a short word in capitals although it does not shout elsewhere ("ASMR", "DIY").</summary>
    public bool IsAcronym(string folded)
    {
        acronyms ??= CollectAcronyms();
        return acronyms.Contains(folded);
    }
}
