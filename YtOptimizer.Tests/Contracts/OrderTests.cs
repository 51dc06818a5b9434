using System.Text.RegularExpressions;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Contracts;

/// <summary>What is cut off after so many rows has a total order: with ties left open, a page may repeat rows of another and miss
/// others.</summary>
public sealed partial class OrderTests
{
    // Columns and expressions that no two rows of their statement share.
    private static readonly Regex Unique = new(
        @"(^|[\s.,])(id|endpoint|method|user_id|key|seq|version|position|\{2})\b|\{1\}|\b1$",
        RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1)
    );

    [Fact]
    public void Orders_BeforeALimit_AreTotal()
    {
        var orders = Directory
            .EnumerateFiles(Repository.PathOf("YtOptimizer.Api"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(path =>
                OrderAndLimit()
                    .Matches(File.ReadAllText(path))
                    .Select(match => (File: Path.GetFileName(path), Order: match.Groups["order"].Value.Trim()))
            )
            .Where(found => found.File is not "PasswordSignIn.cs")
            .ToList();
        Assert.True(orders.Count > 10, $"only {orders.Count} found");
        Assert.Empty(
            orders
                .Where(found => !Unique.IsMatch(found.Order))
                .Select(found => $"{found.File}: {found.Order}")
                .Except(Known, StringComparer.Ordinal)
        );
    }

    // Read again from the same moment on, so a tie is met there; grouped by the last column.
    private static readonly string[] Known =
    [
        "FeedReader.cs: at",
        "GetFeedbackAnalytics.cs: requests DESC, avg_importance DESC, feature",
        "GetFeedbackAnalytics.cs: usage_count DESC, feature",
    ];

    [GeneratedRegex(@"ORDER BY (?<order>[^()""\n]+?) LIMIT", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OrderAndLimit();
}
