using YtOptimizer.Analysis.Input;

namespace YtOptimizer.Tests.Analysis;

/// <summary>Titles that keep the creator's words and change what is around them or their order.</summary>
public sealed class TitleFormTests
{
    [Theory]
    [InlineData("♡• The worst cake of the whole town •♡", "Cake Lab", "", "22", "repaired", "The worst cake of the whole town")]
    [InlineData("Walking along the old harbour wall (FULL HD 1080p)", "Sea Days", "", "19", "repaired", "Walking along the old harbour wall")]
    [InlineData("How the old harbour wall was rebuilt | Sea Days", "Sea Days", "", "22", "repaired", "How the old harbour wall was rebuilt")]
    [InlineData("새 항구 다리 공사 현장을 직접 가봤습니다 [바다뉴스]", "바다뉴스 SeaNews", "", "25", "repaired", "새 항구 다리 공사 현장을 직접 가봤습니다")]
    [InlineData(
        "Harbour Clash: eight boats leave and only one comes back",
        "Sea Games",
        "harbour clash,boats",
        "20",
        "reordered",
        "Eight boats leave and only one comes back | Harbour Clash"
    )]
    [InlineData(
        "Empolinia 1-2 Juvenia | Late double in a comeback win | Serie Z",
        "League Z",
        "football,highlights",
        "17",
        "reordered",
        "Late double in a comeback win | Empolinia 1-2 Juvenia | Serie Z"
    )]
    public void Titles_OfTheCreatorsWords_LoseWhatIsAroundThemOrBeginWithWhatHappens(
        string title,
        string channel,
        string tags,
        string category,
        string approach,
        string expected
    )
    {
        var found = Samples.Analyzer.Analyze(
            new VideoInput
            {
                Title = title,
                Description = "",
                ChannelTitle = channel,
                Tags = tags.Split(',', StringSplitOptions.RemoveEmptyEntries),
                CategoryId = category,
            }
        );

        Assert.Contains(found.Titles, suggestion => suggestion.Approach == approach && suggestion.Text == expected);
    }

    [Theory]
    [InlineData("Nora Lind - Paper Boats (Official Video)", "Nora Lind", "10")]
    [InlineData("My cup of coffee is full", "Cup Days", "22")]
    public void Titles_WithoutClutter_AreNotRepaired(string title, string channel, string category)
    {
        var found = Samples.Analyzer.Analyze(
            new VideoInput
            {
                Title = title,
                Description = "",
                ChannelTitle = channel,
                CategoryId = category,
            }
        );

        Assert.DoesNotContain(found.Titles, suggestion => suggestion.Approach == "repaired");
    }

    [Theory]
    [InlineData(
        "Signal towers",
        "In this talk, old signal towers send news across the whole valley before the telegraph.",
        "Old signal towers send news across the whole valley before the telegraph"
    )]
    [InlineData(
        "Signal towers",
        "This talk introduces a cheap way to read old signal towers with a phone camera.",
        "A cheap way to read old signal towers with a phone camera"
    )]
    [InlineData(
        "Torres de señales",
        "Esta charla presenta una forma barata de leer las viejas torres de señales con el teléfono.",
        "Una forma barata de leer las viejas torres de señales con el teléfono"
    )]
    public void Titles_FromWhatIsPresented_AreWholePhrases(string title, string description, string expected)
    {
        var found = Samples.Analyzer.Analyze(
            new VideoInput
            {
                Title = title,
                Description = description,
                CategoryId = "28",
            }
        );

        Assert.Contains(expected, found.Titles.Select(suggestion => suggestion.Text));
    }
}
