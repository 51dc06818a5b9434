using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;
using Lucene.Net.Analysis.En;

namespace YtOptimizer.Analysis.Text;

/// <summary>
/// Function words per language, always joined with English because titles mix it in.
/// Lists: Lucene.Net.Analysis.Common (Snowball and others); languages it lacks have short lists of their own here.
/// </summary>
internal sealed class StopWords
{
    private const string Root = "Lucene.Net.Analysis.Common.Analysis.";

    private static readonly Dictionary<string, string> Resources = new(StringComparer.Ordinal)
    {
        ["ar"] = "Ar.stopwords.txt",
        ["bg"] = "Bg.stopwords.txt",
        ["ca"] = "Ca.stopwords.txt",
        ["cs"] = "Cz.stopwords.txt",
        ["da"] = "Snowball.danish_stop.txt",
        ["de"] = "Snowball.german_stop.txt",
        ["el"] = "El.stopwords.txt",
        ["en"] = "Snowball.english_stop.txt",
        ["es"] = "Snowball.spanish_stop.txt",
        ["eu"] = "Eu.stopwords.txt",
        ["fa"] = "Fa.stopwords.txt",
        ["fi"] = "Snowball.finnish_stop.txt",
        ["fr"] = "Snowball.french_stop.txt",
        ["ga"] = "Ga.stopwords.txt",
        ["gl"] = "Gl.stopwords.txt",
        ["hi"] = "Hi.stopwords.txt",
        ["hu"] = "Snowball.hungarian_stop.txt",
        ["hy"] = "Hy.stopwords.txt",
        ["id"] = "Id.stopwords.txt",
        ["it"] = "Snowball.italian_stop.txt",
        ["lv"] = "Lv.stopwords.txt",
        ["nl"] = "Snowball.dutch_stop.txt",
        ["no"] = "Snowball.norwegian_stop.txt",
        ["pt"] = "Snowball.portuguese_stop.txt",
        ["ro"] = "Ro.stopwords.txt",
        ["ru"] = "Snowball.russian_stop.txt",
        ["sv"] = "Snowball.swedish_stop.txt",
        ["th"] = "Th.stopwords.txt",
        ["tr"] = "Tr.stopwords.txt",
    };

    private static readonly Dictionary<string, string> Own = new(StringComparer.Ordinal)
    {
        ["en"] =
            "im ive youre dont cant wont didnt doesnt isnt us via vs per also just get got like will would can could may might must "
            + "shall let lets one",
        ["fr"] =
            "l d j m t s n c qu jusqu lorsqu puisqu quoi si plus tout tous toute toutes cette ces comme donc chez sans sous vers très "
            + "être avoir",
        ["it"] = "l un all dell nell sull dall quest c d",
        ["ca"] = "l d m s n t",
        ["es"] = "del al si cómo más qué aquí así",
        ["pt"] = "pra pro né tá vc você vocês aqui",
        ["de"] = "ab beim schon mehr mal ja nein heute hier gibt mit's",
        ["ru"] = "это эта этот эти который которые также очень все всё как для при или где кто наш наша мой моя ваш своей",
        ["uk"] =
            "і й та в у на з із до для про як що це не за від по але або чи ми ви я він вона вони ти його її їх який яка які так "
            + "ще вже при",
        ["pl"] =
            "i w we na z ze do dla o od po przez przy pod nad się nie to jest są był była było jak co że ale lub oraz czy ten ta te tego "
            + "tej tym tych my wy ja ty on ona oni jego jej ich już tylko także może za u",
        ["sk"] =
            "a i v vo na z zo do pre o od po pri pod nad sa nie to je sú bol bola bolo ako čo že ale alebo či ten tá tie toho tej tým my "
            + "vy ja ty on ona oni jeho jej ich už len aj s so k za u",
        ["lt"] = "ir į iš su be dėl apie nuo prie už per kad kaip bet ar ne tai yra buvo mes jūs aš tu jis ji jie jos jo kas kur",
        ["vi"] =
            "và của là có cho với các những một không được trong này đó khi để từ ra vào trên dưới về như đã sẽ đang thì mà cũng bị bởi "
            + "tôi bạn anh em nó họ chúng ta",
        ["ko"] =
            "이 그 저 것 수 등 및 더 또 또는 그리고 하지만 그런데 그래서 위해 위한 대한 대해 통해 함께 하는 하다 한 할 합니다 있는 있다 있습니다 없는 없다 입니다 이다 되는 된 됩니다 에서 으로 에게 부터 까지 처럼 보다 "
            + "우리 나 너 내 제 저희 여러분 오늘 이번 정말 너무 많은 모든 어떤 이런 그런 무슨 왜 어떻게 좀 잘 안 못",
        ["ja"] =
            "の に は を た が で て と し れ さ ある いる も する から な こと として い や れる など なっ ない この ため その あっ よう また もの という あり まで られ なる へ か だ これ によって により おり より "
            + "による ず なり られる において ば なかっ なく しかし について せ だっ その後 できる それ う ので なお のみ でき き つ における および いう さらに でも ら たり その他 に関する たち ます ん なら です "
            + "ました ください してみた みた から まし たい とは には では ても でした ません している して した お ご",
        ["zh"] =
            "的 了 和 是 在 我 有 他 这 個 们 中 来 上 大 为 為 與 与 也 就 都 而 及 或 被 把 让 讓 你 她 它 我们 我們 你们 你們 一个 一個 这个 這個 不 没 沒 很 到 说 說 要 去 会 會 着 著 看 好 自己 这",
        ["hi"] = "की का के में है से को और एक यह पर ने हैं कि भी",
        ["bn"] = "এবং ও এই যে করে থেকে একটি না কি তার জন্য",
        ["he"] =
            "של את על עם זה זו זאת הוא היא הם הן אני אתה את אנחנו אתם לא כן גם או אבל כי מה מי איך אם יש אין כל רק עוד היה היתה היו אל "
            + "מן כמו אחרי לפני בין שלי שלך שלו שלה שלנו שלהם לי לך לו לה לנו להם אותו אותה אותם כאן שם הזה הזאת האלה אז כבר עד תחת "
            + "בלי יותר מאוד כדי אשר",
        ["te"] = "మరియు ఈ ఆ ఒక లో కి కు",
        ["ta"] = "மற்றும் ஒரு இந்த அந்த என்று",
        ["tr"] = "bir ve ile için bu da de mi ne çok daha en",
    };

    private static readonly ConcurrentDictionary<string, StopWords> Cache = new(StringComparer.Ordinal);

    private readonly FrozenSet<string> words;

    private StopWords(FrozenSet<string> words) => this.words = words;

    public static StopWords For(string language) => Cache.GetOrAdd(language, static code => new StopWords(Load(code)));

    public bool Contains(string folded) => words.Contains(folded);

    private static FrozenSet<string> Load(string language)
    {
        var set = new HashSet<string>(StringComparer.Ordinal);
        Add("en", set);
        if (language != "en")
        {
            Add(language, set);
        }

        return set.ToFrozenSet(StringComparer.Ordinal);
    }

    private static void Add(string language, HashSet<string> set)
    {
        if (Resources.TryGetValue(language, out var resource))
        {
            using var stream = typeof(EnglishAnalyzer).Assembly.GetManifestResourceStream(Root + resource)
                ?? throw new InvalidOperationException($"Stop word list {resource} is not in Lucene.Net.Analysis.Common.");
            using var reader = new StreamReader(stream, Encoding.UTF8);
            while (reader.ReadLine() is { } line)
            {
                var end = line.AsSpan().IndexOfAny('|', '#');
                AddWord(end < 0 ? line : line[..end], set);
            }
        }

        if (Own.TryGetValue(language, out var own))
        {
            foreach (var word in own.Split(' '))
            {
                AddWord(word, set);
            }
        }
    }

    private static void AddWord(string word, HashSet<string> set)
    {
        var folded = Folding.Fold(word);
        if (folded.Length == 0)
        {
            return;
        }

        // "don't" is two tokens here.
        foreach (var part in folded.Split(' '))
        {
            set.Add(part);
        }
    }
}
