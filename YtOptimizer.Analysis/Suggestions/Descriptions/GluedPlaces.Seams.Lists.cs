namespace YtOptimizer.Analysis.Suggestions.Descriptions;

// Words that tell what a capital inside a word is.
internal sealed partial class GluedPlaces
{
    private static readonly string[] Units =
    [
        "кг",
        "гр",
        "мл",
        "шт",
        "ст",
        "л",
        "г",
        "kg",
        "g",
        "gr",
        "ml",
        "cl",
        "l",
        "tsp",
        "tbsp",
        "cup",
        "cups",
    ];

    // Pages that a label names.
    private static readonly string[] Pages =
    [
        "facebook",
        "instagram",
        "twitter",
        "snapchat",
        "youtube",
        "tiktok",
        "twitch",
        "telegram",
        "whatsapp",
        "viber",
        "pinterest",
        "discord",
        "patreon",
        "itunes",
        "spotify",
        "soundcloud",
        "вконтакте",
        "инстаграм",
        "телеграм",
    ];

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"];
}
