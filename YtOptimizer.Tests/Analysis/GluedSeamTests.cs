using YtOptimizer.Analysis.Suggestions.Descriptions;

namespace YtOptimizer.Tests.Analysis;

/// <summary>Words written as one in a text that has lost its line breaks: lines, or a name, a handle, a code.</summary>
public sealed class GluedSeamTests
{
    private const string Filler = "We saw lions and this goes on for a while, and on it goes for another while, with more of it to come";

    // Two lost line breaks that are beyond doubt.
    private const string Lost =
        " https://youtu.be/a1B2c3D4e5FNext week: the zoo https://amzn.to/2aBcDeFIn the shop, too.Then we went home. ";

    [Theory]
    // Small letters in front, the same word twice, a sentence, a word of the language behind a surname, a row of the cast.
    [InlineData("the bears are at the pondZorblax and friends", "pond\nZorblax")]
    [InlineData("a zoo for the lions of JapanJapan is an island", "Japan\nJapan is")]
    [InlineData("the news of ZorbelThis is what we saw", "Zorbel\nThis is")]
    [InlineData("Location manager Ann QuuxwortProduction Assistant Rudi Maier", "Quuxwort\nProduction Assistant")]
    [InlineData("Zoo: Ann ZorbelRudi Maier: Bear", "Zorbel\nRudi Maier: Bear")]
    [InlineData("on tour: Berlin, Zoo - Lion QuuxwortOct 27 - Paris", "Quuxwort\nOct 27")]
    // Names in a row, amounts of a recipe, hashtags, the name of a page, the end of a host, another script.
    [InlineData(
        "Ann Quuxwort as Lion KuhlmannRudi Maier as Bear ZorbelsonOla Nowak as Tiger",
        "Kuhlmann\nRudi Maier as Bear Zorbelson\nOla"
    )]
    [InlineData("Flour 150 grSugar 20 gSalt 3 tspWater", "150 gr\nSugar 20 g\nSalt 3 tsp\nWater")]
    [InlineData("at last they break the silence#lion and more", "silence\n#lion")]
    [InlineData("I am Ann ZorbelTwitter: https://example.com/ann", "Zorbel\nTwitter: https")]
    [InlineData("I am zorbel77Snapchat: zorbel", "zorbel77\nSnapchat: zorbel")]
    [InlineData("Our page: lionhub.comContact: [email]", "lionhub.com\nContact:")]
    [InlineData("All rights with Lion Ltd., BulgariaЗа концерти", "Bulgaria\nЗа концерти")]
    // Ids that are longer than most, hashtags with a call behind them, rows of dashes, stars, dashes behind sentences.
    [InlineData("Medium: http://bit.ly/2ay21wzGoogle+: http://bit.ly/2b6T1Al", "2ay21wz\nGoogle+: http")]
    [InlineData("Hear it: http://goo.gl/4aiJEgiTunes: http://goo.gl/rCwWqi", "4aiJEg\niTunes: http")]
    [InlineData("the best of it #LionShow #AnnLeeSUBSCRIBE: http://bit.ly/29qBUt7", "#AnnLee\nSUBSCRIBE: http")]
    [InlineData("it is time for the lions!- - -FACEBOOK: https://example.com/a", "lions!\n- - -\nFACEBOOK")]
    [InlineData(
        "Credits :* Story : Ann Lee. * Light and sound : Rudi Maier. * Drawings : Ola",
        "\n* Light and sound : Rudi Maier.\n* Drawings"
    )]
    [InlineData("We bake it. - Mix the dough. - Bake it for an hour. - Eat it.", "it.\n- Mix the dough.\n- Bake it for an hour.\n- Eat")]
    public void Split_TextThatIsGluedElsewhere_BeginsALine(string text, string line) =>
        Assert.Contains(line, Lines(text), StringComparison.Ordinal);

    [Theory]
    // Marks that hold names, handles behind the name of a page, a code, a short code behind a number, the title of another video.
    [InlineData("the clips of [Rabbit PlayHouse Studio] and ~ANN LEE~ for you", "[Rabbit PlayHouse Studio]")]
    [InlineData("Snapchat: AmberHouse and more of Amber and of House", "AmberHouse")]
    [InlineData("Bitcoin: 12ZQNVfvWaNeWg5RjSHujxU4RRJn and so on", "12ZQNVfvWaNeWg5RjSHujxU4RRJn")]
    [InlineData("Tune: SMS BT [phone] To 56700 and wait", "[phone] To 56700")]
    [InlineData("see 18 NAIL TRICKS! ZORBEL NAILS OF ALL: https://youtu.be/a1B2c3D4e5F", "TRICKS! ZORBEL NAILS")]
    [InlineData("Google+: http://bit.ly/2b6T1Al", "Google+: http")]
    [InlineData("the list of Kevin MacZorbel and Emily McQuux", "Kevin MacZorbel and Emily McQuux")]
    [InlineData("this is the special part#1 of it", "part#1")]
    [InlineData("The ZorbelDown women of the year have words for it", "The ZorbelDown women")]
    [InlineData("The LionHouse women of the year have words for it", "The LionHouse women")]
    [InlineData("Itunes/LionMusic: https://example.com/a and Sound: Ann Lee and Photo: Ola", "Itunes/LionMusic: https")]
    public void Split_NamesAndCodes_StayWhole(string text, string whole) => Assert.Contains(whole, Lines(text), StringComparison.Ordinal);

    [Fact]
    public void Open_WordsThatMayBeTwoLines_AreCounted() =>
        Assert.True(GluedLines.Split($"{Filler}, with ZorblaxQuuxwort in it.{Lost}{Filler}", "", [], "en").Open > 0);

    private static string Lines(string text) =>
        string.Join('\n', GluedLines.Split($"{Filler}, {text}{Lost}{Filler}", "", [], "en").Lines)
            .Replace("\n\n", "\n", StringComparison.Ordinal);
}
