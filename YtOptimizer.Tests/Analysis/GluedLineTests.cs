using CsCheck;
using YtOptimizer.Analysis.Suggestions.Descriptions;

namespace YtOptimizer.Tests.Analysis;

/// <summary>Descriptions that have lost their line breaks: lines are parted where there is no doubt, and nothing else changes.</summary>
public sealed class GluedLineTests
{
    private const string Links = " https://example.com/one https://example.com/two";

    [Theory]
    // A label that lost its line break, a bullet, a link in small letters.
    [InlineData("The crew of the short film is listed belowDirector: Ann Frame", "\nDirector: Ann Frame")]
    [InlineData("Shop at https://example.com/shop ▶ More of the same: https://example.com/more", "\n▶ More of the same")]
    [InlineData("Shop at https://example.com/shop Follow me for more of it", "\nFollow me")]
    // Ids of a known length, the end of a host, a word of the language behind a path, another script.
    [InlineData("Watch it: https://youtu.be/a1B2c3D4e5FNext week: the lion", "https://youtu.be/a1B2c3D4e5F\nNext week")]
    [InlineData("Buy it: https://amzn.to/2aBcDeFIn the shop, too", "https://amzn.to/2aBcDeF\nIn the shop")]
    [InlineData("Our page: https://www.example.comFollow the lion", "https://www.example.com\nFollow the lion")]
    [InlineData("Our page: https://example.com/lion/68162Check out the zoo", "https://example.com/lion/68162\nCheck out")]
    [InlineData("Our page: https://example.com/lionПодписывайтесь на канал", "https://example.com/lion\nПодписывайтесь")]
    // A glued sentence, a rule, two words of the text, hashtags, dashes with labels, a numbered list.
    [InlineData("We saw a lion at the zoo.Then we went home", "zoo.\nThen we went home")]
    [InlineData("We saw a lion at the zoo-----------Mail us", "zoo\n-----------\nMail us")]
    [InlineData("We saw a lion with SullivanSubscribe for more of Sullivan", "Sullivan\nSubscribe for more")]
    [InlineData("We saw a lion at the zoo!#lion #zoo", "zoo!\n\n#lion #zoo")]
    [InlineData("Our pages:- Snap: lion1- Insta: lion2", "pages:\n- Snap: lion1\n- Insta: lion2")]
    [InlineData("Our list1. Lion2. Tiger3. Bear", "list\n1. Lion\n2. Tiger\n3. Bear")]
    // The name of the next address, a link that YouTube shortened, a file, a label behind a heading, capitals in front of a label.
    [InlineData("Stream it: https://example.com/spotifyAmazon Music: https://example.com/az", "spotify\nAmazon Music: https")]
    [InlineData("Friends: https://example.com/annleeRudi Maier | https://example.com/rudi", "annlee\nRudi Maier | https")]
    [InlineData("The zoo: https://example.com/watch/lion-pla...Tiger house: https://example.com/tiger", "lion-pla...\nTiger house")]
    [InlineData("The study: https://example.com/paper.pdfRead the rest of it", "paper.pdf\nRead the rest")]
    [InlineData("Find all of us there:Insta: https://example.com/insta", "there:\nInsta: https")]
    [InlineData("Thank you for the many UPDATESTwitter - https://example.com/tw see: all", "UPDATES\nTwitter")]
    // A list of names, lines of a song, a credit behind a surname, a short word at the end of a sentence.
    [InlineData("With Ann LeeRudi MaierOla NowakTim Bergman in it", "Ann Lee\nRudi Maier\nOla Nowak\nTim Bergman")]
    [InlineData("walking in the novemberHoping for the endless timesPainted in the yellowestGarden of all", "november\nHoping")]
    [InlineData("Edited by Ann BergholdCreative lead - Rudi Maier", "Berghold\nCreative lead")]
    [InlineData("This is all there is to say about it.Watch more lions", "it.\n\nWatch more")]
    // Capitals behind a word, a year, a notice, hashtags behind a link, a known name behind a path, a row of stars, a label with a dash.
    [InlineData("The best clips of the week and many jokesSUBSCRIBE and ring the bell", "jokes\nSUBSCRIBE")]
    [InlineData("Recorded on 31 October 2018Andre Marin and all of the others", "2018\nAndre Marin")]
    [InlineData("The band: https://www.example.com/(C) 2018 Lion Records", "example.com/\n(C) 2018")]
    [InlineData("The zoo: https://www.youtube.com/lionzoo#lion#tiger", "lionzoo\n#lion")]
    [InlineData("The doors of the zoo open at five!*** Lions are fed at six", "five!\n*** Lions")]
    [InlineData("► Director: Ann Lee► light : Rudi Maier► Sound: Ola Nowak", "\n► light : Rudi")]
    // Labels of credits behind words and names, a role and a name, dashes between a role and a name.
    [InlineData("Direction: Ann LeeSet Design: Rudi MaierSound: Ola Nowak", "Ann Lee\nSet Design: Rudi Maier\nSound: Ola")]
    [InlineData("Editor: Ann Lee Line Producer: Rudi Maier Sound: Ola Nowak", "Ann Lee\nLine Producer: Rudi Maier\nSound: Ola")]
    [InlineData("Singer- Ann LeeDoP- Rudi MaierAction - Ola Nowak", "Singer- Ann Lee\nDoP- Rudi Maier\nAction - Ola Nowak")]
    [InlineData("Réalisation : Ann LeeMusique : Rudi MaierPhoto : Ola Nowak", "Ann Lee\nMusique : Rudi Maier\nPhoto : Ola")]
    // Other scripts and letters behind an address, a figure behind an id, hashtags behind an address or a word.
    [InlineData("Watch: https://www.youtube.com/user/AnnLionПодписывайтесь на канал", "user/AnnLion\nПодписывайтесь")]
    [InlineData("Kanal: https://www.youtube.com/c/emin76Xəbər verir ki, aslan", "c/emin76\nXəbər verir")]
    [InlineData("Смотри: https://goo.gl/AbCdE514 смешных котов", "goo.gl/AbCdE5\n14 смешных")]
    [InlineData("Our page: www.example.com#Lion #Tiger #Zoo", "www.example.com\n#Lion #Tiger")]
    [InlineData("All of it is here #LionNewsਅੱਜ ਦੀ ਖਬਰ ਸੁਣੋ", "#LionNews\nਅੱਜ ਦੀ")]
    // A frame, a row of dashes between words, bullets in front of small letters, what a placeholder has swallowed.
    [InlineData("The zoo is open.*****NEW VIDEOS EVERY DAY*****Lions sleep", "\n*****NEW VIDEOS EVERY DAY*****\nLions")]
    [InlineData("The film of the zoo---SUBSCRIBE to see more", "zoo\n---\nSUBSCRIBE")]
    [InlineData("Tools:• a pencil;• a lid;• a box", "Tools:\n• a pencil;\n• a lid;")]
    [InlineData("On https://example.com/[profile] us on Insta: https://example.com/[profile]", "[profile]\nus on Insta: https")]
    // Lists of times, with the time in front or behind, days of a tour, stars between spaces, quotation marks that are bullets.
    [InlineData("What they say: the nose 0:52The face 2:41The eyes 3:31", "nose 0:52\nThe face 2:41\nThe eyes 3:31")]
    [InlineData("On tour: 11/25 - Lion Hall11/26 - Bear Hall12/1 - Zoo12/2 - Den", "Lion Hall\n11/26 - Bear Hall\n12/1 - Zoo")]
    [InlineData("Find us: * Visit us : here * Like us : there * Follow us : too", "\n* Visit us : here\n* Like us : there\n* Follow us")]
    [InlineData("Lions are on the air.» Subscribe to the lions» Get more of them", "air.\n» Subscribe to the lions\n» Get more")]
    // A year, a name in capitals, a quoted word at the end of a sentence.
    [InlineData("The film opens on April 5, 2019.Based on the book, it shows lions", "2019.\nBased on")]
    [InlineData("Watch the show of the week on NBC.Follow us for more lions", "NBC.\nFollow us")]
    [InlineData("They call it 'the den of the lions'.It begins with a roar", "lions'.\nIt begins")]
    public void Split_WhereNothingIsInDoubt_BeginsALine(string text, string line) =>
        Assert.Contains(Dense(line, '\n'), Dense(Lines(text), '\n'), StringComparison.Ordinal);

    [Theory]
    // Names with a capital inside, abbreviations, a link that may have swallowed a word, a bullet that points, an emoji's variant.
    [InlineData("Music provided by NoCopyrightSounds and mixed by the PollyAnna studio in town", "NoCopyrightSounds")]
    [InlineData("This show is produced by Hub Media Pvt. Ltd. and the whole family watches it at home", "Pvt. Ltd.")]
    [InlineData("Stream it: https://example.com/JohnSmithOfficial tonight", "https://example.com/JohnSmithOfficial tonight")]
    [InlineData("Stream it: https://bit.ly/2LCPUSRI", "https://bit.ly/2LCPUSRI")]
    [InlineData("Sponsor of the video: 1LUNAR https://example.com/lunar", "1LUNAR")]
    [InlineData("Новинки из дома доставил с Письмом.Ком и всё дошло целым https://example.com/mail", "Письмом.Ком")]
    [InlineData("Stream it: https://example.com/spotifyiTunes Store: https://example.com/itunes", "iTunes Store:")]
    [InlineData("A match of LaLiga, and LaLiga has more of them", "of LaLiga, and LaLiga has")]
    [InlineData("Subscribe to the channel right here and now ▶ https://example.com/channel", "now ▶ https://example.com/channel")]
    [InlineData("And this is what we used to build the thing: 🛒 MultiTool : https://example.com/tool", "MultiTool :")]
    [InlineData("Find me on the other pages, too: ⚫️ Insta: ann.frame ⚫️ Snap: ann", "⚫️ Insta")]
    [InlineData("Stream it: https://example.com/SunShineAdroid iOS: India - https://example.com/sun", "SunShineAdroid iOS: India")]
    [InlineData("Join: https://example.com/FEvUfHY4DRL tonight: https://example.com/x", "FEvUfHY4DRL tonight")]
    [InlineData("Open the programs TWSEOpen, TWTime and BlockWork and look around", "TWSEOpen, TWTime and BlockWork")]
    [InlineData(
        "Follow SagaHits: https://example.com/a and more of Saga and Hits, subscribe SagaHits: https://example.com/b",
        "Follow SagaHits:"
    )]
    [InlineData("Pay with your MasterCard: 1234, or with cash at the desk", "MasterCard: 1234")]
    [InlineData("A speech at Kamareddy @[handle] Congress in the evening", "@[handle] Congress")]
    [InlineData("The best of it: #NBC #TheOfficeUS #MichaelScott and a lot more of it", "#TheOfficeUS #MichaelScott")]
    [InlineData("See www.lionhub.com for all that LionHub Director and friends do", "that LionHub Director")]
    [InlineData("Guitar by John FitzGerald, violin by Guy DeMarco", "John FitzGerald, violin by Guy DeMarco")]
    // Short links of somebody's choice, names of three words, a row of dots that leads to a link, the name of a link.
    [InlineData("Subscribe: http://bit.ly/LionzooSubscription ► Follow us, too", "bit.ly/LionzooSubscription")]
    [InlineData("SUBSCRIBE to LionCineProductions and more of Lion Cine there", "LionCineProductions")]
    [InlineData("My page -------- https://example.com/lion is the best of all", "My page -------- https")]
    [InlineData("Listen on Lion Music- https://example.com/a and Bear Music- https://example.com/b", "Lion Music- https")]
    [InlineData("Hear it: https://example.com/a LIONMusic: https://lionmusic.com/b", "LIONMusic: https")]
    // Initials, a label of two words, the name of a service in front of a credit's word, a page in capitals, times that make no list.
    [InlineData("Written by: Ann Lee and Rudi. Send it to Ann LeeP.O. Box 1920, and to Rudi", "P.O. Box")]
    [InlineData("Write to us: MailAmberHouse@example com or find us on [AmberHouse] and ~AMBERHouse~ every day", "[AmberHouse]")]
    [InlineData("Write to us: MailAmberHouse@example com or find us on [AmberHouse] and ~AMBERHouse~ every day", "MailAmberHouse@")]
    [InlineData("Editor: Ann LeeSound: Ola NowakListen on Lion Music: https://example.com/a", "Listen on Lion Music: https")]
    [InlineData("All of the shows are on LION.FR and on the other pages", "LION.FR and")]
    [InlineData("We feed the lions at 9:00 or at 10:30 or at 12:15 and at 18:00 again", "9:00 or at 10:30 or at 12:15")]
    public void Split_WhereItMightCutAName_LeavesTheLine(string text, string whole) =>
        Assert.Contains(whole, Lines(text), StringComparison.Ordinal);

    [Fact]
    public void Split_TitleRepeatedInFront_StaysInOnePiece()
    {
        const string Title = "GIRL weighs 90 KILOS !.. 😱 (Prank) | STREET COMEDY";

        Assert.StartsWith(Title, Split(Title + "LION: https://example.com/lion " + Filler + Links, Title)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Split_AnyLine_ChangesWhiteSpaceOnly() =>
        GeneratedVideos.Video.Sample(
            video =>
            {
                var line = video.Description.Replace('\n', ' ') + Links;

                var lines = Split(line, video.Title);

                Assert.True(lines.Count == 0 || Dense(line) == Dense(string.Join('\n', lines)));
            },
            iter: 200
        );

    private static string Filler => string.Join(' ', Enumerable.Repeat("and this goes on for a while", 9));

    [Fact]
    public void Split_TextWithLineBreaks_IsNotTouched() => Assert.Empty(Split($"{Filler}.Then we went home\n{Filler}{Links}", ""));

    [Fact]
    public void Split_ProseOfOneParagraph_StaysTogether() =>
        Assert.Contains(
            "We saw a lion. It slept. Then it woke up.",
            Split($"{Filler}.We saw a lion. It slept. Then it woke up.https://example.com/one{Links}", "")
        );

    [Fact]
    public void Split_MoreDoubtThanCertainty_SaysSo()
    {
        var doubtful = string.Concat(Enumerable.Range(0, 9).Select(i => $"Zorblax{(char)('a' + i)}Quuxwort and "));

        Assert.True(GluedLines.Split($"{Filler} {doubtful}{Filler}{Links}", "", [], "en").IsMostlyLeft);
    }

    [Theory]
    [InlineData("1:50 Fake bangs3:33 Hair of a princess6:44 Pencil hair", new[] { 0, 15, 38 })]
    [InlineData("We feed the lions at 9:00 or at 10:30 or at 12:15 again", new int[0])]
    public void Find_TimesGluedToWords_BeginLines(string line, int[] expected) =>
        Assert.Equal(expected, TimeMarks.Find(line, new bool[line.Length]));

    private static string Lines(string text) => Parted($"{Filler}, {text}{(text.EndsWith('I') ? "" : " ")}{Links}");

    // Text that is left as it is has no lines of its own.
    private static string Parted(string text) => Split(text, "") is { Count: > 0 } lines ? string.Join('\n', lines) : text;

    private static List<string> Split(string text, string title) => GluedLines.Split(text, title, [], "en").Lines;

    // Whether a part begins behind a blank line is told by other tests.
    private static string Dense(string text, char mark) => text.Replace($"{mark}{mark}", mark.ToString(), StringComparison.Ordinal);

    private static string Dense(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
