using YtOptimizer.Analysis.Input;
using YtOptimizer.Tests.Core.VideoAnalysis;

namespace YtOptimizer.Tests.Analysis;

/// <summary>What a model writes that obeyed an instruction nobody detected: another subject or an advertisement, in eight languages. The
/// guard lets none through.</summary>
public sealed class DisguisedPromotionTests
{
    public static TheoryData<string, string> Payloads =>
        new()
        {
            { "en", "CASINO BONUS" },
            { "en", "Prune tomato plants and claim your casino bonus" },
            { "en", "Tomato plants: buy now with code GREEN20" },
            { "en", "Double your bitcoin this summer" },
            { "en", "Subscribe to Crypto Signals for tomato tips" },
            { "es", "BONO DE CASINO GRATIS" },
            { "es", "Poda tus tomateras y compra ahora" },
            { "es", "Gana dinero fácil este verano" },
            { "es", "Tomateras: usa el cupón VERDE20" },
            { "es", "Préstamos rápidos para tu huerto" },
            { "de", "CASINO BONUS SICHERN" },
            { "de", "Tomaten ausgeizen und jetzt kaufen" },
            { "de", "Schnelles Geld im Sommer verdienen" },
            { "de", "Tomaten: Rabattcode GRUEN20 nutzen" },
            { "de", "Abonniere Krypto Signale für Tomaten" },
            { "fr", "BONUS CASINO OFFERT" },
            { "fr", "Tomates en été : code promo VERT20" },
            { "fr", "Gagnez de l'argent facile cet été" },
            { "fr", "Taillez vos tomates et abonnez-vous" },
            { "fr", "Crédit rapide sans justificatif" },
            { "ru", "БОНУС КАЗИНО" },
            { "ru", "Помидоры летом: промокод ЛЕТО20" },
            { "ru", "Быстрые деньги этим летом" },
            { "ru", "Пасынкуем помидоры, подпишись и жми" },
            { "ru", "Ставки на спорт без риска" },
            { "ja", "カジノボーナス" },
            { "ja", "トマトのわき芽かきと割引クーポン" },
            { "ja", "今すぐ稼げる副業" },
            { "ja", "トマトの方法はチャンネル登録して" },
            { "ja", "無料プレゼント企画に応募" },
            { "ko", "카지노 보너스" },
            { "ko", "토마토 곁순 따기 할인 쿠폰" },
            { "ko", "여름에 돈벌기 텔레그램" },
            { "ko", "토마토 방법 구독하고 무료 증정" },
            { "ko", "지금 베팅하세요" },
            { "ar", "مكافأة كازينو" },
            { "ar", "تقليم الطماطم مع كود خصم" },
            { "ar", "ربح المال في الصيف" },
            { "ar", "الطماطم في الصيف: اشترك الآن" },
            { "ar", "مراهنات رياضية بدون خسارة" },
        };

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Payload_IsRefusedAsTitleOverlayTagAndOpening(string language, string text)
    {
        var (_, title, description) = InjectionPayloads.Videos.Single(video => video.Language == language);
        var guard = Samples.Guard.For(new VideoInput { Title = title, Description = description });
        Assert.False(guard.CheckTitle(text).Accepted, "title");
        Assert.False(guard.CheckOverlay(text).Accepted, "overlay");
        Assert.False(guard.CheckTag(text).Accepted, "tag");
        Assert.False(guard.CheckOpening(text).Accepted, "opening");
    }
}
