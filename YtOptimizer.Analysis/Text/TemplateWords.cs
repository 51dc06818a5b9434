namespace YtOptimizer.Analysis.Text;

/// <summary>The only words that suggestions may add to the creator's own, per language.</summary>
/// <param name="Intro">Label of a chapter that starts at 0:00 when the creator named none.</param>
/// <param name="Outro">Label of a last chapter that is all farewell.</param>
/// <param name="HowTo">Openings of titles that promise a procedure.</param>
/// <param name="Chapters">Heading above a chapter list.</param>
internal sealed record TemplateWords(string Intro, string Outro, string[] HowTo, string Chapters, string[] Part)
{
    private static readonly Dictionary<string, TemplateWords> Packs = new(StringComparer.Ordinal)
    {
        ["en"] = new("Intro", "Outro", ["how to"], "Chapters", ["part", "episode", "ep"]),
        ["es"] = new("Introducción", "Despedida", ["cómo", "como"], "Capítulos", ["parte", "episodio", "capítulo", "cap"]),
        ["pt"] = new("Introdução", "Encerramento", ["como"], "Capítulos", ["parte", "episódio", "capítulo"]),
        ["fr"] = new("Introduction", "Conclusion", ["comment"], "Chapitres", ["partie", "épisode", "ep"]),
        ["de"] = new("Einleitung", "Abschluss", ["wie man", "so"], "Kapitel", ["teil", "folge", "episode"]),
        ["it"] = new("Introduzione", "Saluti finali", ["come"], "Capitoli", ["parte", "episodio", "puntata"]),
        ["ru"] = new("Вступление", "Заключение", ["как"], "Содержание", ["часть", "серия", "выпуск", "эпизод"]),
        ["uk"] = new("Вступ", "Завершення", ["як"], "Зміст", ["частина", "серія"]),
        ["pl"] = new("Wstęp", "Zakończenie", ["jak"], "Rozdziały", ["część", "odcinek"]),
        ["tr"] = new("Giriş", "Kapanış", ["nasıl"], "Bölümler", ["bölüm", "kısım"]),
        ["nl"] = new("Intro", "Outro", ["hoe"], "Hoofdstukken", ["deel", "aflevering"]),
        ["sv"] = new("Intro", "Avslutning", ["hur man"], "Kapitel", ["del", "avsnitt"]),
        ["cs"] = new("Úvod", "Závěr", ["jak"], "Kapitoly", ["část", "díl"]),
        ["sk"] = new("Úvod", "Záver", ["ako"], "Kapitoly", ["časť", "diel"]),
        ["lt"] = new("Įžanga", "Pabaiga", ["kaip"], "Skyriai", ["dalis"]),
        ["ja"] = new("はじめに", "おわりに", ["方法", "やり方"], "目次", ["第", "話", "回"]),
        ["ko"] = new("인트로", "마무리", ["방법", "하는 법"], "목차", ["화", "회", "부"]),
        ["zh"] = new("开场", "结语", ["如何", "怎么"], "目录", ["集", "期", "第"]),
        ["hi"] = new("परिचय", "समापन", ["कैसे"], "अध्याय", ["भाग", "एपिसोड"]),
        ["ar"] = new("مقدمة", "خاتمة", ["كيف", "كيفية"], "الفصول", ["الحلقة", "الجزء"]),
        ["id"] = new("Pembukaan", "Penutup", ["cara"], "Bab", ["bagian", "episode"]),
        ["vi"] = new("Mở đầu", "Lời kết", ["cách"], "Các phần", ["phần", "tập"]),
        ["th"] = new("เปิดรายการ", "ปิดท้าย", ["วิธี"], "สารบัญ", ["ตอน", "ตอนที่"]),
        ["bn"] = new("ভূমিকা", "সমাপ্তি", ["কীভাবে"], "অধ্যায়", ["পর্ব"]),
        ["ta"] = new("அறிமுகம்", "முடிவுரை", ["எப்படி"], "அத்தியாயங்கள்", ["பகுதி"]),
        ["he"] = new("פתיחה", "סיום", ["איך"], "פרקים", ["פרק", "חלק"]),
        ["te"] = new("పరిచయం", "ముగింపు", ["ఎలా"], "అధ్యాయాలు", ["భాగం"]),
    };

    private static readonly TemplateWords Neutral = new("Intro", "Outro", [], "Chapters", ["part", "episode", "ep"]);

    public static TemplateWords For(string language) => Packs.GetValueOrDefault(language, Neutral);
}
