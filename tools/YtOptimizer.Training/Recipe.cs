using YtOptimizer.Analysis.Keyphrases;

namespace YtOptimizer.Training;

/// <summary>How the keyphrase model is made. Cross-validation and the shipped model use the same steps.</summary>
internal static class Recipe
{
    public static readonly BoostingOptions Boosting = new(Trees: 300, Leaves: 12, Rate: 0.05);

    /// <summary>Share of the trees in the mean of the two log-odds.</summary>
    public const float TreeShare = 0.8f;

    /// <summary>The settings, for the record.</summary>
    public static string Describe() => $"{Boosting}, logistic L2 20, tree share {TreeShare}";

    /// <summary>Background counts, then features without the video's own channel, then both learners.</summary>
    public static KeyphraseModel Fit(IReadOnlyCollection<TrainingVideo> videos)
    {
        var (all, perChannel) = TrainingSet.Background(videos);
        var lexicon = all.Prune();
        var rows = new List<float[]>();
        var labels = new List<float>();
        var importance = new List<float>();
        var groups = new List<int>();
        var group = 0;
        foreach (var video in videos)
        {
            if (video.Gold.Count < 4 || video.Video.Description.Length < 20)
            {
                continue;
            }

            var own = perChannel[video.Video.Channel];
            var text = TrainingSet.Extract(video, key => lexicon.IsTag(key, own));
            if (!text.Candidates.Any(candidate => video.Gold.Contains(candidate.Key)))
            {
                continue;
            }

            var features = CandidateFeatures.Compute(text, lexicon, own);
            for (var i = 0; i < features.Length; i++)
            {
                rows.Add(features[i]);
                labels.Add(video.Gold.Contains(text.Candidates[i].Key) ? 1 : 0);
                importance.Add(1);
                groups.Add(group);
            }

            group++;
        }

        var (means, scales, weights, bias) = LogisticRegression.Fit(rows, labels, importance, l2: 20);
        var (treeBase, trees) = BoostedTrees.Fit(rows, labels, importance, groups, Boosting);
        return new KeyphraseModel(
            lexicon,
            new RankerModel(means, scales, weights, bias, treeBase, trees, TreeShare),
            [.. videos.Select(video => KeyphraseModel.Hash(video.Video.Id))]
        );
    }
}
