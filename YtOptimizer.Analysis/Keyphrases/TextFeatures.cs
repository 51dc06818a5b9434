using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Keyphrases;

/// <summary>A text with its tokens and phrases.</summary>
internal sealed record TextFeatures(string Title, string Description, List<Token> TitleTokens, List<Token> DescriptionTokens, Candidate[] Candidates);
