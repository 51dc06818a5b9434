using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Tests.Analysis;

/// <summary>What a suggested title may not lose or claim.</summary>
public sealed class KeptSubjectTests
{
    [Fact]
    public void Titles_WithAWordThatMayBeASurname_WriteItAsOne() =>
        Assert.All(
            Analyze("CARLOS ZUBARRAN REGRESA A LA CASA", "Las noticias de hoy sobre la casa y la familia de la ciudad.", "24")
                .Titles.Where(suggestion => suggestion.Approach == "repaired"),
            suggestion => Assert.Equal("Carlos Zubarran regresa a la casa", suggestion.Text)
        );

    [Theory]
    [InlineData("Sharks vs. Whales Week 8 Highlights", "The Harbour Sharks take on the Bay Whales during Week 8 of the season.", "17")]
    [InlineData("The lighthouse | Episode 12 | Sea Days", "The lighthouse keeper opens an old letter from the captain.", "24")]
    [InlineData("घर पर पुराने तरीके से मिठाई कैसे बनाएं Sweet", "How sweet milk cake gets its brown colour in the pan.", "26")]
    [InlineData("Skit tests", "40,000 likes and I'll drop my next skit tests about school.", "23")]
    public void Titles_InTheirFormOrWithoutTheirSubject_GetNoSentence(string title, string description, string category) =>
        Assert.DoesNotContain(Analyze(title, description, category).Titles, suggestion =>
            suggestion.Approach is "sentence" or "explains" or "question" or "howTo"
        );

    [Fact]
    public void Verdict_WhereTheKindIsAGuess_GivesNoAdviceOfAKind()
    {
        var found = Analyze("The old harbour wall in the rain", "", "22");

        Assert.True(found.Kind is { Confidence: < 0.6 });
        var verdict = found.Verdicts.Single(verdict => verdict.Part == "title");
        Assert.True(verdict.Keep);
        Assert.DoesNotContain("If you change it", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Verdict_WhereSentencesWereRead_ClaimsNoMoreThanThat()
    {
        var found = Analyze("Harbour wall", "They went there in the morning with their friends. Later it was warm again.", "22");

        var verdict = found.Verdicts.Single(verdict => verdict.Part == "title");
        Assert.True(verdict.Keep);
        Assert.Contains("no sentence of the description makes a better one", verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Nora Lind - Paper Boats (Official Video)", "10", "artist and track")]
    [InlineData("FC Nord - SV Süd 2:1 | Highlights | Bundesliga", "17", null)]
    [InlineData("FC Nord vs SV Süd | Highlights | Bundesliga", "17", "both sides")]
    [InlineData("Der Trainer spricht über Fußball und die Bundesliga", "17", null)]
    public void Verdict_NamesTheFormOfTheKind_OnlyWhereTheTitleHasIt(string title, string category, string? form)
    {
        var verdict = Analyze(title, "", category).Verdicts.Single(verdict => verdict.Part == "title");

        Assert.Equal(form is not null, verdict.Reason.Contains("stand in it, as", StringComparison.Ordinal));
        Assert.Contains(form ?? "", verdict.Reason, StringComparison.Ordinal);
    }

    private static AnalysisResult Analyze(string title, string description, string category) =>
        Samples.Analyzer.Analyze(
            new VideoInput
            {
                Title = title,
                Description = description,
                CategoryId = category,
            }
        );
}
