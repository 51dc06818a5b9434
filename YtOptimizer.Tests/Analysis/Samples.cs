using CsCheck;
using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Evaluation;

namespace YtOptimizer.Tests.Analysis;

/// <summary>The bundled real videos and one analyzer for all tests (its models load once).</summary>
internal static class Samples
{
    /// <summary>One of these texts.</summary>
    public static Gen<string> Pick(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    public static readonly Analyzer Analyzer = new();

    public static readonly SuggestionGuard Guard = new(Analyzer);

    public static readonly IReadOnlyList<EvaluationVideo> Videos = EvaluationFile
        .Read(Path.Combine(AppContext.BaseDirectory, "Data", "sample-videos.jsonl"))
        .Videos;

    public static readonly VideoInput Sourdough = new()
    {
        Title = "How to bake sourdough bread at home | Beginner Guide",
        Description =
            "In this video I show how to bake sourdough bread at home with a simple starter. We mix the dough, fold it and "
            + """
                bake it in a Dutch oven.
                The crust gets crisp because the lid keeps the steam inside. You do not need a mixer.

                0:00 Feeding the starter
                1:30 Mixing the dough
                4:10 Folding
                9:00 Baking in the Dutch oven

                Recipe: https://example.org/sourdough
                Music: "Morning" by Anna Example, licensed under CC BY 4.0
                This video contains paid promotion by Example Flour. Affiliate link: https://example.com/oven?tag=anna
                """,
        Tags = ["sourdough bread", "sourdough starter", "bake bread at home"],
        ChannelTitle = "Anna Bakes",
        Duration = TimeSpan.FromMinutes(12),
    };
}
