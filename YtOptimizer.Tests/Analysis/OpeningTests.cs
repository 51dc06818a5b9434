using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Suggestions.Descriptions;

namespace YtOptimizer.Tests.Analysis;

/// <summary>Which sentence of a description may be moved to its top.</summary>
public sealed class OpeningTests
{
    [Theory]
    [InlineData("Como os cachorros, por exemplo.")]
    [InlineData("Lions, for example, sleep all day long.")]
    [InlineData("However, the lion sleeps all day long.")]
    [InlineData("Например, львы спят весь день.")]
    [InlineData("たとえばライオンは一日中寝ています。")]
    public void StandsAlone_ExampleOrAddition_DoesNot(string sentence) => Assert.False(OpeningWords.StandsAlone(sentence));

    [Theory]
    [InlineData("No vídeo de hoje, falaremos sobre animais bondosos.")]
    [InlineData("Hoy les tenemos un video sorpresa.")]
    [InlineData("A film distributor has filed a complaint.")]
    public void StandsAlone_AnnouncementOrNews_Does(string sentence) => Assert.True(OpeningWords.StandsAlone(sentence));

    [Theory]
    [InlineData("Transmitido para várias cidades do Brasil.", true)]
    [InlineData("Is that actually good for him?", true)]
    [InlineData("The police registered a case.", false)]
    public void RefersBack_FirstWords_Tell(string sentence, bool refers) => Assert.Equal(refers, OpeningWords.RefersBack(sentence));

    [Theory]
    [InlineData("Москва 24 - это новости 24 часа в прямом эфире.")]
    [InlineData("This channel shows lions every week.")]
    public void SpeaksOfChannel_WhatItIsAndWhen_Does(string sentence) => Assert.True(OpeningWords.SpeaksOfChannel(sentence));

    [Fact]
    public void Analyze_NewsBehindASubscribeLink_Opens()
    {
        var text = Text(
            "Two girls fell from a great height in a mall",
            "Subscribe to the channel: https://www.youtube.com/user/zoo?sub_confirmation=1\nOur site: https://example.com/news\n"
                + "Our page: https://www.facebook.com/zoonews\nTelegram: https://t.me/zoonews\n\n"
                + "Two girls fell from a great height in the largest mall of the capital on Monday night.\n\n"
                + "Facebook: https://example.com/a"
        );
        Assert.StartsWith("Two girls fell", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_CryBeforeTheSentence_GoesAlong()
    {
        var text = Text(
            "Ann and Rudi kiss at the lake (Holidays of the lions 3)",
            "Subscribe to the channel here, it is free: https://www.youtube.com/channel/UCru8dCR1C-I9W2wIZw7ZlIA?sub_confirmation=1\n\n"
                + "So in love ! Ann and Rudi kiss for the first time "
                + "at the lake in Holidays of the lions.\n\nFacebook: https://example.com/a"
        );
        Assert.StartsWith("So in love ! Ann and Rudi kiss", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_CaptionOfALink_StaysAboveIt()
    {
        var text = Text(
            "Lion twins unpacked and hatched to the end",
            "Unpacking a parcel full of toys https://example.com/PxL3gNab\nThey help with orders: https://example.com/yed0tVabcd\n"
                + "Sale! Thirty percent off all orders until the end of the month https://example.com/ykIr5Qabcdef\n\n"
                + "Lion penguin unpacked - the toy pet that hatched from an egg - the whole review\n\nhttps://example.com/gwO2YZItuS4"
        );
        Assert.StartsWith("Unpacking a parcel", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_TalkOfTheChannelBehindALink_Stays()
    {
        var text = Text(
            "Two girls fell from a great height in a mall",
            "Subscribe to the channel: https://www.youtube.com/user/zoo?sub_confirmation=1\n\n"
                + "This channel shows what fell from a great height in a mall every week.\n\nFacebook: https://example.com/a"
        );
        Assert.StartsWith("Subscribe", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ansible playbooks\n=====\nA talk about them.", true)]
    [InlineData("See `playbook Ansible ‹https://example.com›`__ for more.", true)]
    [InlineData("# Heading\nA talk about it.", true)]
    [InlineData("A talk about it.\n\n----------\nFollow us", false)]
    public void ForeignMarkup_OfTheOpening_IsFound(string text, bool found) => Assert.Equal(found, ForeignMarkup.Find(text) is not null);

    private static string Text(string title, string description) =>
        new Analyzer()
            .Analyze(
                new VideoInput
                {
                    Title = title,
                    Description = description,
                    ChannelTitle = "Zoo News",
                }
            )
            .Description.Text;
}
