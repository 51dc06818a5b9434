using Microsoft.Playwright;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Browser;

/// <summary>Pictures of the page for the documentation. Explicit: they are looked at, not compared.</summary>
public sealed class PagePictures(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private static readonly string Folder = Environment.GetEnvironmentVariable("PICTURES") ?? Repository.PathOf("docs", "images");

    private const string Bread = """
        WEBVTT

        00:00:00.000 --> 00:00:20.000
        Today we make pumpkin bread, the best bread for sandwiches in autumn.

        00:00:20.000 --> 00:01:10.000
        First we sift the flour, the baking soda and the pumpkin pie spice into a large bowl.

        00:01:10.000 --> 00:02:20.000
        Next we mix soft butter with brown sugar until it is smooth, then four eggs and a can of pumpkin.

        00:02:20.000 --> 00:03:30.000
        Now we fold the dry ingredients in slowly and add one cup of chopped walnuts.

        00:03:30.000 --> 00:04:40.000
        We pour the batter into two loaf pans and bake the pumpkin bread for one hour at 175 degrees.

        00:04:40.000 --> 00:06:00.000
        Finally we test with a toothpick, let the bread cool on a rack and cut the first slice.
        """;

    private const string Kunafa =
        "سنحضر معا الكنافة بالجبن في البيت خطوة بخطوة. نحتاج إلى نصف كيلو من عجينة الكنافة ومئتي غرام من السمن وثلاثمئة غرام من الجبن. "
        + "ننقع الجبن في الماء البارد ساعتين حتى يخرج الملح منه. ثم نفكك عجينة الكنافة باليد ونخلطها مع السمن المذاب. "
        + "ندخل الصينية إلى فرن ساخن لمدة ثلاثين دقيقة. عندما تحمر الكنافة نقلبها ونسقيها بالقطر وهي ساخنة.";

    [Theory(Explicit = true)]
    [InlineData("light", 1100, ColorScheme.Light, "en")]
    [InlineData("dark", 1100, ColorScheme.Dark, "en")]
    [InlineData("phone", 390, ColorScheme.Light, "en")]
    [InlineData("rtl", 390, ColorScheme.Dark, "ar")]
    public async Task Page_IsPictured(string name, int width, ColorScheme scheme, string language)
    {
        var (page, _) = await fixture.VisitAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = width, Height = width > 500 ? 900 : 844 },
                ColorScheme = scheme,
                ReducedMotion = ReducedMotion.Reduce,
            }
        );
        await page.ClickAsync("#tab-text");
        await page.FillAsync("#transcript", language == "ar" ? Kunafa : Bread);
        await page.ClickAsync("#more summary");
        await page.FillAsync("#title", language == "ar" ? "طريقة عمل الكنافة" : "Pumpkin bread - my kitchen (episode 81)");
        await page.FillAsync(
            "#description",
            language == "ar"
                ? "كنافة بالجبن في البيت.\nhttps://example.com/kitchen"
                : "Subscribe for more!\nPumpkin bread is great for sandwiches, or on its own.\nhttps://example.com/kitchen"
        );
        await page.FillAsync("#tags", language == "ar" ? "كنافة، حلويات" : "pumpkin bread, baking, recipe");
        await page.ClickAsync("#submit");
        await page.WaitForSelectorAsync("#sign[open]");
        await page.FillAsync("#email", $"ada.{name}@example.com");
        await page.FillAsync("#password", ApiFixture.Password);
        await page.ClickAsync("#sign-submit");
        await page.WaitForSelectorAsync("#result:not([hidden])");
        await page.EvaluateAsync("() => document.getElementById('toast').classList.remove('shown')");
        await ShotAsync(page, $"page-{name}");
    }

    private static Task<byte[]> ShotAsync(IPage page, string name) =>
        page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, name + ".png") });
}
