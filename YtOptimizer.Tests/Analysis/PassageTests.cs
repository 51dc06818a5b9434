using YtOptimizer.Analysis.DescriptionText;

namespace YtOptimizer.Tests.Analysis;

public sealed class PassageTests
{
    [Theory]
    [InlineData("Subscribe to our channel for more recipes!", "CallToAction")]
    [InlineData("Don't forget to hit the bell icon.", "CallToAction")]
    [InlineData("¡Suscríbete y activa la campanita!", "CallToAction")]
    [InlineData("Inscreva-se no canal e deixe seu like", "CallToAction")]
    [InlineData("Abonnez-vous à la chaîne", "CallToAction")]
    [InlineData("Abonniert den Kanal und lasst ein Like da", "CallToAction")]
    [InlineData("Iscriviti al canale", "CallToAction")]
    [InlineData("Подписывайтесь на канал и ставьте лайки", "CallToAction")]
    [InlineData("Підписуйтесь на канал", "CallToAction")]
    [InlineData("Kanala abone olun", "CallToAction")]
    [InlineData("لا تنسوا الاشتراك في القناة", "CallToAction")]
    [InlineData("チャンネル登録お願いします！", "CallToAction")]
    [InlineData("구독과 좋아요 부탁드립니다", "CallToAction")]
    [InlineData("記得訂閱我們的頻道", "CallToAction")]
    [InlineData("Hãy đăng ký kênh để không bỏ lỡ", "CallToAction")]
    [InlineData("อย่าลืมกดติดตามนะครับ", "CallToAction")]
    [InlineData("הירשמו לערוץ", "CallToAction")]
    [InlineData("चैनल को सब्सक्राइब करें", "CallToAction")]
    [InlineData("Instagram: https://www.instagram.com/kitchenfox", "Social")]
    [InlineData("Sígueme en mis redes sociales", "Social")]
    [InlineData("Мы ВКонтакте: https://vk.com/kitchenfox", "Social")]
    [InlineData("This video is sponsored by Northwind Knives.", "Sponsor")]
    [InlineData("Dieses Video wird gesponsert", "Sponsor")]
    [InlineData("本動画は架空社の提供でお送りします", "Sponsor")]
    [InlineData("Use code FOX10 for ten percent less", "Discount")]
    [InlineData("Промокод FOX10 даёт скидку", "Discount")]
    [InlineData("Director: Jane Roe", "Credit")]
    [InlineData("Режиссёр: Иван Примеров", "Credit")]
    [InlineData("Yönetmen: Örnek Kişi", "Credit")]
    [InlineData("作曲：山田太郎", "Credit")]
    [InlineData("Previous video: how to sharpen a knife", "OtherVideo")]
    [InlineData("Mira también nuestras otras recetas", "OtherVideo")]
    [InlineData("All rights reserved.", "Boilerplate")]
    [InlineData("For business inquiries: fox@example.com", "Contact")]
    [InlineData("0:42 Kneading the dough", "Chapter")]
    [InlineData("#bread #baking", "Hashtags")]
    [InlineData("Starring: Jane Roe, John Doe", "Cast")]
    public void A_line_that_is_not_about_the_video_is_told_by_its_words(string line, string kind) =>
        Assert.Equal(kind, Passages.Classify(line).ToString());

    [Theory]
    [InlineData("In this video I bake a sourdough bread in a cast iron pot.")]
    [InlineData("The director of the museum explains how the camera was invented.")]
    [InlineData("Hoy preparamos una gelatina cremosa de mandarina con solo tres ingredientes.")]
    [InlineData("Gestern hat die Stadt ihre neue Brücke vorgestellt.")]
    [InlineData("Сегодня готовим кутабы с картошкой на сухой сковороде.")]
    [InlineData("平成に起こった出来事を年代順に並べ替えます。")]
    [InlineData("오늘은 런던에 있는 한국 퓨전 식당에 가봅니다.")]
    [InlineData("توج حاكم المدينة الطالبة بطلة لتحدي القراءة.")]
    public void A_sentence_about_the_video_stays(string sentence) => Assert.Equal(PassageKind.Prose, Passages.Classify(sentence));

    [Fact]
    public void Lost_line_breaks_are_found_again()
    {
        const string Text =
            "The story of a lighthouse keeper who never left his island, told by those who knew him best and still live there.Subscribe: "
            + "https://example.com/subFollow us on Facebook: https://www.facebook.com/lighthouseDirector: Jane RoeProduced By John Doe";

        var about = Passages.Keep(Text, Passages.Find(Text), passage => passage.IsAboutVideo);

        Assert.Equal(Text.Length, about.Length);
        Assert.Equal(
            "The story of a lighthouse keeper who never left his island, told by those who knew him best and still live there.",
            about.Trim()
        );
    }

    [Fact]
    public void A_heading_covers_the_short_lines_under_it()
    {
        const string Text =
            "A walk through the old town.\n\nOther videos:\nThe harbour at night\nA day at the market\n\nThe walk begins at the "
            + "north gate.";

        var kinds = Passages.Find(Text).ConvertAll(passage => passage.Kind);

        Assert.Equal([PassageKind.Prose, PassageKind.OtherVideo, PassageKind.OtherVideo, PassageKind.OtherVideo, PassageKind.Prose], kinds);
    }

    [Fact]
    public void The_text_of_a_song_is_not_about_the_video()
    {
        const string Text =
            "The new single by the Example Band.\n\nLyrics:\nGive me a minute to hold the line\n\nGive me a minute "
            + "more\n\nDirector: Jane Roe";

        var kinds = Passages.Find(Text).ConvertAll(passage => passage.Kind);

        Assert.Equal([PassageKind.Prose, PassageKind.Lyrics, PassageKind.Lyrics, PassageKind.Lyrics, PassageKind.Credit], kinds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("★☆★☆\n---\n•••")]
    [InlineData("\ud83d")]
    [InlineData("ﾞ ٰ ½ cup of ⓫ sugar")]
    [InlineData("https://example.com")]
    public void Passages_lie_in_order_inside_the_text(string text)
    {
        var end = 0;
        foreach (var passage in Passages.Find(text))
        {
            Assert.True(passage.Start >= end && passage.Length > 0 && passage.End <= text.Length);
            end = passage.End;
        }
    }
}
