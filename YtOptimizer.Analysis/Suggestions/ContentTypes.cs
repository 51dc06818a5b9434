using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions;

/// <summary>What kind of video it is, from words of title and lead and YouTube's category.</summary>
internal static class ContentTypes
{
    private static readonly (ContentType Type, string[] Marks)[] Marks =
    [
        (
            ContentType.Versus,
            [
                " vs ",
                " versus ",
                " contra ",
                "対決",
                " 대결 ",
                "compared",
                "comparison",
                "comparativa",
                "vergleich",
                "comparatif",
                "сравнение",
            ]
        ),
        (
            ContentType.HowTo,
            [
                "how to",
                "tutorial",
                "step by step",
                "guide",
                "diy",
                "recipe",
                "cómo ",
                "receta",
                "como fazer",
                "receita",
                "comment ",
                "recette",
                "anleitung",
                "rezept",
                "so geht",
                "как сделать",
                "рецепт",
                "урок",
                "作り方",
                "方法",
                "만들기",
                "레시피",
                "कैसे",
                "كيف",
                "cara ",
                "nasıl",
                "jak zrobić",
                "come fare",
                "ricetta",
            ]
        ),
        (
            ContentType.Review,
            [
                "review",
                "unboxing",
                "hands on",
                "reseña",
                "análisis",
                "análise",
                "test :",
                "testbericht",
                "обзор",
                "распаковка",
                "レビュー",
                "開封",
                "리뷰",
                "언박싱",
                "recensione",
                "recenzja",
                "inceleme",
            ]
        ),
        (
            ContentType.List,
            [
                "top 5",
                "top 10",
                "top ten",
                "top five",
                "best of",
                "things you",
                "facts",
                "reasons",
                "mejores",
                "melhores",
                "meilleurs",
                "die besten",
                "лучших",
                "топ ",
                "選",
                "ランキング",
                "가지",
                "모음",
            ]
        ),
        (
            ContentType.Music,
            [
                "official video",
                "music video",
                "official audio",
                "lyric",
                "lyrics",
                "official mv",
                "clip officiel",
                "video oficial",
                "clipe oficial",
                "vídeo oficial",
                "ft ",
                "feat",
                "премьера клипа",
                "клип",
                "m v",
                " mv ",
                "remix",
                "cover",
                "acoustic",
                "뮤직비디오",
                "歌ってみた",
                "song",
            ]
        ),
        (
            ContentType.Game,
            [
                "gameplay",
                "let s play",
                "walkthrough",
                "playthrough",
                "minecraft",
                "fortnite",
                "fifa",
                "roblox",
                "gta",
                "speedrun",
                "прохождение",
                "実況",
                "ゲーム",
                "게임",
                "gaming",
                "ps4",
                "xbox",
                "nintendo",
            ]
        ),
        (
            ContentType.News,
            [
                "news",
                "breaking",
                "noticias",
                "notícias",
                "nachrichten",
                "actualités",
                "новости",
                "ニュース",
                "뉴스",
                "press conference",
                "election",
                "elections",
                "debate",
                "tagesschau",
                "jt ",
            ]
        ),
        (
            ContentType.Talk,
            [
                "keynote",
                "conference",
                "talk",
                "lecture",
                "pycon",
                "djangocon",
                "europython",
                "meetup",
                "interview",
                "podcast",
                "panel",
                "entrevista",
                "vortrag",
                "доклад",
                "интервью",
                "講演",
                "강연",
                "conférence",
            ]
        ),
        (
            ContentType.Vlog,
            [
                "vlog",
                "day in",
                "my life",
                "travel",
                "un día",
                "um dia",
                "mon quotidien",
                "mein tag",
                "влог",
                "旅",
                "日常",
                "브이로그",
                "routine",
                "haul",
            ]
        ),
    ];

    public static ContentType Classify(Source source)
    {
        var title = " " + Folding.Fold(source.SafeTitle) + " ";
        var lead = " " + Folding.Fold(Graphemes.Take(source.SafeDescription, 300)) + " ";
        var best = ContentType.General;
        var bestValue = 0;
        foreach (var (type, marks) in Marks)
        {
            var value = marks.Count(mark => title.Contains(mark, StringComparison.Ordinal)) * 3;
            value += marks.Count(mark => lead.Contains(mark, StringComparison.Ordinal));
            value += Category(source.Input.CategoryId) == type ? 2 : 0;
            if (value > bestValue)
            {
                best = type;
                bestValue = value;
            }
        }

        return best;
    }

    private static ContentType Category(string? id) =>
        id switch
        {
            "10" => ContentType.Music,
            "20" => ContentType.Game,
            "25" => ContentType.News,
            "26" => ContentType.HowTo,
            "22" => ContentType.Vlog,
            "28" or "27" => ContentType.Talk,
            _ => ContentType.General,
        };
}
