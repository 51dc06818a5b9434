using YtOptimizer.Analysis.Input;

namespace YtOptimizer.Tests.Analysis;

/// <summary>The guard judges facts, not words: the same video with titles that an editor would and would not publish.</summary>
public sealed class GuardFactsTests
{
    private static readonly VideoInput Pancakes = new()
    {
        Title = "Pfannkuchen wie von Oma",
        Description = "Wir backen Pfannkuchen aus Mehl, Milch und drei Eiern. Der Teig ruht eine Weile, dann geht es in die Pfanne.",
        Tags = ["pfannkuchen", "pfannkuchen teig"],
        ChannelTitle = "Küche Nord",
    };

    private static readonly VideoInput Soup = new()
    {
        Title = "Sopa de calabaza con jengibre",
        Description = "Hoy preparamos una sopa de calabaza con jengibre y leche de coco. Lleva 4 ingredientes y se hace en una sola olla.",
        Tags = ["sopa de calabaza"],
        ChannelTitle = "La Olla Azul",
    };

    private static readonly VideoInput Fishing = new()
    {
        Title = "Рыбалка на щуку осенью",
        Description = "Едем на озеро ловить щуку на спиннинг. Погода холодная, вода прозрачная, берега пустые.",
        Tags = ["рыбалка", "щука", "спиннинг"],
        ChannelTitle = "Тихий берег",
    };

    private static VideoInput Video(string name) =>
        name switch
        {
            "de" => Pancakes,
            "es" => Soup,
            _ => Fishing,
        };

    [Theory]
    [InlineData("de", "Pfannkuchen selber machen: ein einfaches Rezept mit drei Eiern")]
    [InlineData("de", "So gelingen Pfannkuchen: Teig aus Mehl, Milch und 3 Eiern")]
    [InlineData("es", "Cómo hacer sopa de calabaza con jengibre")]
    [InlineData("es", "Receta fácil: sopa de calabaza con cuatro ingredientes")]
    [InlineData("ru", "Как ловить щуку осенью на спиннинг")]
    [InlineData("ru", "Осенняя рыбалка на озере: ловим щуку")]
    public void CheckTitle_EverydayWordsAndInflections_AreAccepted(string language, string title)
    {
        var result = Samples.Guard.CheckTitle(Video(language), title);
        Assert.True(result.Accepted, string.Join("; ", result.Violations));
    }

    [Theory]
    [InlineData("de", "Pfannkuchen aus Mehl, Milch und fünf Eiern", "unsupported_number", "fünf")]
    [InlineData("de", "Die besten Pfannkuchen der Welt", "unsupported_superlative", "besten")]
    [InlineData("de", "Pfannkuchen ohne Milch und Mehl", "negation_added", "not")]
    [InlineData("de", "Pfannkuchen wie von Oma: jetzt kaufen", "promotion", "jetzt kaufen")]
    [InlineData("es", "Sopa de calabaza de Karlos Arguiñano", "unsupported_name", "Arguiñano")]
    [InlineData("es", "La sopa de calabaza más rica", "unsupported_superlative", "más rica")]
    [InlineData("es", "Sopa de calabaza: bajé 5 kilos", "unsupported_result", "bajé")]
    [InlineData("es", "The best pumpkin soup with ginger", "other_language", "the")]
    [InlineData("es", "Tarta de chocolate casera", "off_topic", "title")]
    [InlineData("ru", "Рыбалка на щуку: самый большой улов", "unsupported_superlative", "самый")]
    [InlineData("ru", "Рыбалка на щуку + промокод", "promotion", "промокод")]
    public void CheckTitle_FactThatTheSourceLacks_SaysWhichWordAndWhy(string language, string title, string code, string word)
    {
        var result = Samples.Guard.CheckTitle(Video(language), title);
        Assert.False(result.Accepted);
        Assert.Contains(result.Violations, violation =>
            violation.Code == code && violation.Detail.Contains(word, StringComparison.OrdinalIgnoreCase)
        );
    }
}
