using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Core.VideoAnalysis;
using YtOptimizer.Tests.Analysis;

namespace YtOptimizer.Tests.RealInputs;

/// <summary>Videos after public bug reports about other tools: letters, marks, emoji and times as people of many languages write.</summary>
public partial class RealVideoTests
{
    [Theory]
    [InlineData("K01.json", "Işıklar Altında İzmir Gezisi")]
    public void Titles_InTheLanguagesOwnCase(string file, string title) =>
        Assert.Contains(title, Analyze(file).Titles.Select(suggestion => suggestion.Text));

    [Theory]
    [InlineData("K02.json", @"σ(?!\w)")]
    [InlineData("K05.json", "\u0640")]
    [InlineData("K06.json", "#לוג")]
    [InlineData("T07.json", "#نرم(?![\u200C\\w])")]
    [InlineData("T08.json", "(?<!\\S)#?(?:ශ්|රී)(?!\\S)")]
    [InlineData("T10.json", "👨(?!\u200D)|(?<!👨)\u200D(?!👩|👧|👦)")]
    [InlineData("T11.json", "\uD83C\uDDE9(?!\uD83C\uDDEA)|(?<!\uD83C\uDDE9)\uD83C\uDDEA")]
    public void Suggestions_NeverHold(string file, string pattern)
    {
        var result = Analyze(file);
        Assert.All(Written(result), text => Assert.DoesNotMatch(pattern, text));
    }

    [Theory]
    [InlineData("K05.json", "الخبز")]
    [InlineData("K07.json", "แกงเขียวหวานไก่")]
    public void Tags_Hold(string file, string word) =>
        Assert.Contains(Analyze(file).Tags.Tags, tag => tag.Contains(word, StringComparison.Ordinal));

    [Theory]
    [InlineData("T10.json", "2 emoji")]
    [InlineData("T11.json", "1 emoji")]
    public void Score_CountsWholeEmoji(string file, string evidence) =>
        Assert.Contains(evidence, Analyze(file).Checks.Single(check => check.Id == "T5").Evidence, StringComparison.Ordinal);

    [Fact]
    public void Chapters_WithTheTitleFirst_AreNoneAsOnYouTube() =>
        Assert.DoesNotContain("0:00", string.Join(' ', Analyze("C01.json").Chapters.Chapters.Select(chapter => chapter.Title)));

    [Fact]
    public void TitlesAndLabels_HoldNoTimes()
    {
        var result = Analyze("C07.json");
        Assert.All(result.Titles, title => Assert.DoesNotMatch(Time(), title.Text));
        Assert.All(result.Chapters.Chapters, chapter => Assert.DoesNotMatch(Time(), chapter.Title));
    }

    [Theory]
    [InlineData("L06.txt")]
    [InlineData("L08.txt")]
    public void ModelsAnswer_WithWordsAround_IsRead(string file) =>
        Assert.Equal("A title", Assert.Single(SuggestionReader.Read(RealInput.Text(file), out _)!.Titles).Text);

    private static AnalysisResult Analyze(string file) => Samples.Analyzer.Analyze(RealInput.Video(file));

    private static IEnumerable<string> Written(AnalysisResult result) =>
        result.Titles.Select(title => title.Text).Concat(result.Tags.Tags).Concat(result.Hashtags).Append(result.Description.Text);

    [GeneratedRegex(@"\d:\d\d", RegexOptions.None, 1000)]
    private static partial Regex Time();
}
