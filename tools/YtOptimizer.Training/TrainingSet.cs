using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Text;
using YtOptimizer.Evaluation;

namespace YtOptimizer.Training;

/// <summary>A video ready for training: its language, stop words and gold tags.</summary>
internal sealed record TrainingVideo(
    EvaluationVideo Video,
    string Language,
    StopWords StopWords,
    HashSet<string> Gold,
    HashSet<string> AllTags
);

internal sealed class TrainingSet
{
    private TrainingSet(List<TrainingVideo> videos) => Videos = videos;

    public List<TrainingVideo> Videos { get; }

    public static TrainingSet Load(string path)
    {
        var detector = new LanguageDetector();
        var videos = EvaluationFile
            .Read(path)
            .Videos.Select(video =>
            {
                var language = LanguageDetector
                    .Resolve(
                        detector.Detect(TextCleaner.Clean(video.Title) + "\n" + TextCleaner.Clean(video.Description)),
                        video.DeclaredLanguage
                    )
                    .Code;
                var tags = video.Tags.Select(Folding.Fold).Where(tag => tag.Length > 0).ToHashSet(StringComparer.Ordinal);
                return new TrainingVideo(video, language, StopWords.For(language), video.Gold(), tags);
            });
        return new TrainingSet([.. videos]);
    }

    /// <summary>Background counts of these videos, whole and per channel.</summary>
    public static (Lexicon All, Dictionary<string, Lexicon> PerChannel) Background(IEnumerable<TrainingVideo> videos)
    {
        var list = videos.ToList();
        var tags = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var video in list)
        {
            foreach (var tag in video.AllTags)
            {
                (tags.TryGetValue(tag, out var channels) ? channels : tags[tag] = new(StringComparer.Ordinal)).Add(video.Video.Channel);
            }
        }

        var perChannel = new Dictionary<string, Lexicon>(StringComparer.Ordinal);
        foreach (var channel in list.GroupBy(video => video.Video.Channel, StringComparer.Ordinal))
        {
            var builder = new LexiconBuilder();
            foreach (var video in channel)
            {
                builder.AddTags(video.AllTags);
                var text = Extract(video, key =>
                    tags.TryGetValue(key, out var channels) && (channels.Count > 1 || !channels.Contains(channel.Key))
                );
                builder.AddText(text, video.AllTags);
            }

            perChannel[channel.Key] = builder.Build();
        }

        return (LexiconBuilder.Sum(perChannel.Values), perChannel);
    }

    public static TextFeatures Extract(TrainingVideo video, Func<string, bool> knownTag) =>
        CandidateExtractor.Extract(
            TextCleaner.Clean(video.Video.Title),
            TextCleaner.Clean(video.Video.Description),
            video.StopWords,
            knownTag
        );
}
