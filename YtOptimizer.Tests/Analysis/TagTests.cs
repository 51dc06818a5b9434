using CsCheck;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Tests.Analysis;

public class TagTests
{
    [Theory]
    [InlineData("Foo-Baz", 7)]
    [InlineData("Foo Baz", 9)]
    [InlineData("a,b", 3)]
    [InlineData("one two,three", 15)]
    public void TagsLength_YouTubesRule_CountsCommasAndQuotes(string tags, int expected) =>
        Assert.Equal(expected, Limits.TagsLength(tags.Split(',')));

    [Fact]
    public void Fit_AnyTags_StaysWithinFiveHundredWithoutDuplicates() =>
        Gen.Select(Gen.String[Gen.Char["abcdeé ÄÖ中文#-"], 0, 110], Gen.Double[0, 3])
            .List[0, 60]
            .Sample(wanted =>
            {
                var fitted = TagWriter.Fit(
                    wanted.Select(pair => (TagWriter.Display(pair.Item1), pair.Item2)),
                    60,
                    SuggestionSource.Deterministic
                );
                Assert.True(fitted.TotalLength <= 500);
                Assert.Equal(Limits.TagsLength(fitted.Tags), fitted.TotalLength);
                Assert.All(fitted.Tags, tag => Assert.InRange(tag.Length, 1, 100));
                Assert.Equal(fitted.Tags.Count, fitted.Tags.Select(Folding.Fold).Distinct(StringComparer.Ordinal).Count());
            });

    [Fact]
    public void Fit_RoomForMore_TakesEverythingThatFits()
    {
        var wanted = Enumerable.Range(0, 40).Select(i => ($"tag number {i}", 1.0)).ToList();
        var fitted = TagWriter.Fit(wanted, 100, SuggestionSource.Deterministic);
        var cheapest = wanted
            .Where(pair => !fitted.Tags.Contains(pair.Item1, StringComparer.Ordinal))
            .Select(pair => Limits.TagCost(pair.Item1) + 1)
            .DefaultIfEmpty(int.MaxValue)
            .Min();
        Assert.True(fitted.TotalLength + cheapest > 500);
    }

    [Fact]
    public void Analyze_CreatorsTags_StayInTheirOrderBeforeOurs()
    {
        var result = Samples.Analyzer.Analyze(
            Samples.Sourdough with
            {
                // A name that the text does not say may be in the video all the same.
                Tags = ["sourdough starter", "Ann Crumb", "dutch oven", "sp:ty=high", "YE 21", "anna bakes"],
            }
        );
        Assert.Equal(["sourdough starter", "Ann Crumb", "dutch oven", "YE 21", "anna bakes"], result.Tags.Tags.Take(5));
        Assert.InRange(result.Tags.Tags.Count, 5, 15);
    }

    [Fact]
    public void Analyze_LongListOfTheCreator_IsNotCutToOurLength()
    {
        var tags = Enumerable.Range(1, 24).Select(i => $"sourdough no {i}").ToList();

        Assert.Equal(tags, Samples.Analyzer.Analyze(Samples.Sourdough with { Tags = tags }).Tags.Tags);
    }

    [Theory]
    [InlineData("Gucci Mane", "#GucciMane")]
    [InlineData("rock'n'roll", "#Rocknroll")]
    [InlineData("天国のでたらめ", "#天国のでたらめ")]
    [InlineData("हिन्दी गाना", "#हिन्दीगाना")]
    public void Make_Phrase_BecomesOneHashtag(string phrase, string expected) => Assert.Equal(expected, HashtagWriter.Make(phrase));

    [Fact]
    public void Analyze_Hashtags_DifferByMoreThanCaseAndDiacritics()
    {
        var result = Samples.Analyzer.Analyze(
            new VideoInput
            {
                Title = "Café Melange in Wien",
                Description = "Café Melange ist ein Kaffee aus Wien. #Cafe #CAFÉ #café #melange #Wien",
            }
        );
        Assert.Equal(
            result.Hashtags.Count,
            result.Hashtags.Select(tag => Folding.StripDiacritics(Folding.Fold(tag))).Distinct(StringComparer.Ordinal).Count()
        );
        Assert.InRange(result.Hashtags.Count, 1, 3);
    }
}
