using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Keyphrases;

/// <summary>A text with its tokens, passages and phrases.</summary>
internal sealed record TextFeatures(
    string Title,
    string Description,
    List<Token> TitleTokens,
    List<Token> DescriptionTokens,
    List<Passage> Passages,
    Candidate[] Candidates
);
