using SkiaSharp;
using YtOptimizer.Api.Features.Workflow;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Workflow.Thumbnails;

/// <summary>
/// The ten templates in four scripts against sheets that were looked at. UPDATE_SNAPSHOTS=1 writes them anew: look at them then.
/// </summary>
public sealed class SnapshotTests : IDisposable
{
    // Of 255 per channel, averaged over a template at half size; what compression, fonts and graphics libraries change is less, other words
    // are more.
    private const double Tolerance = 4;

    private readonly ThumbnailFonts fonts = new();
    private readonly ThumbnailRenderer renderer;

    public SnapshotTests() => renderer = new ThumbnailRenderer(fonts);

    public static TheoryData<string> Scripts => [.. Script.All.Select(script => script.Name)];

    public void Dispose() => fonts.Dispose();

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Templates_LookAsReviewed(string name)
    {
        var script = Script.Of(name);
        Assert.SkipUnless(fonts.Runs(script.Headline).Sum(run => run.Text.Length) == script.Headline.Length, $"No font for {name} here.");
        using var drawn = Sheets.All(renderer, script);
        var file = Repository.PathOf("YtOptimizer.Tests", "Features", "Workflow", "Thumbnails", $"{name}.webp");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            using var webp = drawn.Encode(SKEncodedImageFormat.Webp, 85);
            File.WriteAllBytes(file, webp.ToArray());
        }

        using var reviewed = SKBitmap.Decode(file);
        Assert.All(
            ThumbnailTemplates.All.Select((template, i) => (template, Difference: Difference(reviewed, drawn, Sheets.Cell(i)))),
            cell => Assert.True(cell.Difference < Tolerance, $"{cell.template} in {name} differs by {cell.Difference:F1}")
        );
    }

    [Fact]
    public void Tolerance_NoticesOtherWords()
    {
        using var latin = Sheets.All(renderer, Script.Of("latin"));
        using var arabic = Sheets.All(renderer, Script.Of("arabic"));
        Assert.All(
            ThumbnailTemplates.All.Select((template, i) => (template, Difference: Difference(latin, arabic, Sheets.Cell(i)))),
            cell => Assert.True(cell.Difference > Tolerance || cell.template == ThumbnailTemplates.BeforeAfter, $"{cell} is too alike")
        );
    }

    private static double Difference(SKBitmap one, SKBitmap other, SKRectI cell)
    {
        Assert.Equal((one.Width, one.Height), (other.Width, other.Height));
        long sum = 0;
        for (var y = cell.Top; y < cell.Bottom; y += 2)
        {
            for (var x = cell.Left; x < cell.Right; x += 2)
            {
                sum += Difference(one, other, x, y, color => color.Red);
                sum += Difference(one, other, x, y, color => color.Green);
                sum += Difference(one, other, x, y, color => color.Blue);
            }
        }

        return sum / (3.0 * cell.Width * cell.Height);
    }

    // Of the sum of four pixels.
    private static int Difference(SKBitmap one, SKBitmap other, int x, int y, Func<SKColor, byte> channel)
    {
        int Sum(SKBitmap picture) =>
            channel(picture.GetPixel(x, y))
            + channel(picture.GetPixel(x + 1, y))
            + channel(picture.GetPixel(x, y + 1))
            + channel(picture.GetPixel(x + 1, y + 1));
        return Math.Abs(Sum(one) - Sum(other));
    }
}
