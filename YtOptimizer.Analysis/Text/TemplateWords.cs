namespace YtOptimizer.Analysis.Text;

/// <summary>The only words that suggestions may add to the creator's own, per language.</summary>
/// <param name="Intro">Label of a chapter that starts at 0:00 when the creator named none.</param>
/// <param name="HowTo">Openings of titles that promise a procedure.</param>
/// <param name="Chapters">Heading above a chapter list.</param>
internal sealed record TemplateWords(string Intro, string[] HowTo, string Chapters, string[] Part)
{
    private static readonly Dictionary<string, TemplateWords> Packs = new(StringComparer.Ordinal)
    {
        ["en"] = new("Intro", ["how to"], "Chapters", ["part", "episode", "ep"]),
        ["es"] = new("Introducción", ["cómo", "como"], "Capítulos", ["parte", "episodio", "capítulo", "cap"]),
        ["pt"] = new("Introdução", ["como"], "Capítulos", ["parte", "episódio", "capítulo"]),
        ["fr"] = new("Introduction", ["comment"], "Chapitres", ["partie", "épisode", "ep"]),
        ["de"] = new("Einleitung", ["wie man", "so"], "Kapitel", ["teil", "folge", "episode"]),
        ["it"] = new("Introduzione", ["come"], "Capitoli", ["parte", "episodio", "puntata"]),
        ["ru"] = new("Вступление", ["как"], "Содержание", ["часть", "серия", "выпуск", "эпизод"]),
        ["uk"] = new("Вступ", ["як"], "Зміст", ["частина", "серія"]),
        ["pl"] = new("Wstęp", ["jak"], "Rozdziały", ["część", "odcinek"]),
        ["tr"] = new("Giriş", ["nasıl"], "Bölümler", ["bölüm", "kısım"]),
        ["nl"] = new("Intro", ["hoe"], "Hoofdstukken", ["deel", "aflevering"]),
        ["sv"] = new("Intro", ["hur man"], "Kapitel", ["del", "avsnitt"]),
        ["cs"] = new("Úvod", ["jak"], "Kapitoly", ["část", "díl"]),
        ["sk"] = new("Úvod", ["ako"], "Kapitoly", ["časť", "diel"]),
        ["lt"] = new("Įžanga", ["kaip"], "Skyriai", ["dalis"]),
        ["ja"] = new("はじめに", ["方法", "やり方"], "目次", ["第", "話", "回"]),
        ["ko"] = new("인트로", ["방법", "하는 법"], "목차", ["화", "회", "부"]),
        ["zh"] = new("开场", ["如何", "怎么"], "目录", ["集", "期", "第"]),
        ["hi"] = new("परिचय", ["कैसे"], "अध्याय", ["भाग", "एपिसोड"]),
        ["ar"] = new("مقدمة", ["كيف", "كيفية"], "الفصول", ["الحلقة", "الجزء"]),
        ["id"] = new("Pembukaan", ["cara"], "Bab", ["bagian", "episode"]),
        ["vi"] = new("Mở đầu", ["cách"], "Các phần", ["phần", "tập"]),
        ["th"] = new("เปิดรายการ", ["วิธี"], "สารบัญ", ["ตอน", "ตอนที่"]),
        ["bn"] = new("ভূমিকা", ["কীভাবে"], "অধ্যায়", ["পর্ব"]),
        ["ta"] = new("அறிமுகம்", ["எப்படி"], "அத்தியாயங்கள்", ["பகுதி"]),
        ["he"] = new("פתיחה", ["איך"], "פרקים", ["פרק", "חלק"]),
        ["te"] = new("పరిచయం", ["ఎలా"], "అధ్యాయాలు", ["భాగం"]),
    };

    private static readonly TemplateWords Neutral = new("Intro", [], "Chapters", ["part", "episode", "ep"]);

    public static TemplateWords For(string language) => Packs.GetValueOrDefault(language, Neutral);
}
