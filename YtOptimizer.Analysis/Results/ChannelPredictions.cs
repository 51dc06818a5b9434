namespace YtOptimizer.Analysis.Results;

public enum PredictionBasis
{
    /// <summary>Titles of the channel that resemble it carry the prediction.</summary>
    Neighbours,

    /// <summary>No title of the channel resembles it enough: nothing is said.</summary>
    NoEvidence,

    /// <summary>The channel has too few videos with views and dates.</summary>
    NotEnoughData,
}

/// <summary>What the channel's own past says of a title. Views only; why a video did well is not known.</summary>
public sealed record TitlePrediction
{
    public required string Title { get; init; }

    public required PredictionBasis Basis { get; init; }

    /// <summary>Expected views as a multiple of what was usual on the channel just before: 1 is usual; null without evidence.</summary>
    public double? TimesUsual { get; init; }

    /// <summary>Lower end of the range that held 80 % of this channel's earlier videos around their predictions.</summary>
    public double? Low { get; init; }

    public double? High { get; init; }

    /// <summary>0–100: the share of the channel's own titles that were predicted lower.</summary>
    public int? Percentile { get; init; }

    /// <summary>How much resemblance the prediction rests on, the sum over the neighbours; below 0.3 nothing is said.</summary>
    public double Evidence { get; init; }

    /// <summary>The videos that prove it, most resembling first.</summary>
    public IReadOnlyList<TitleNeighbour> Neighbours { get; init; } = [];
}

/// <param name="Similarity">0–1, of the titles, less for older videos.</param>
/// <param name="TimesUsual">Its views as a multiple of what was usual just before it.</param>
public sealed record TitleNeighbour(
    string VideoId,
    string Title,
    DateTimeOffset PublishedAt,
    long Views,
    double Similarity,
    double TimesUsual
);

/// <summary>How well the model would have predicted this channel's videos, each from earlier ones only.</summary>
/// <param name="Predictions">How many videos were predicted.</param>
/// <param name="Rho">Spearman's ρ of prediction and outcome; null below ten predictions.</param>
/// <param name="Low">95 % interval.</param>
/// <param name="Proven">The interval lies above 0: on this channel, titles with a higher prediction did do better.</param>
public sealed record ChannelValidity(int Predictions, double? Rho, double? Low, double? High, bool Proven);
