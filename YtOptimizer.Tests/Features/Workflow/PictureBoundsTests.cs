using SkiaSharp;
using YtOptimizer.Api.Hosting.Pictures;

namespace YtOptimizer.Tests.Features.Workflow;

/// <summary>Pictures of strangers: bounded in pixels, formats and memory.</summary>
public sealed class PictureBoundsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(4000, 3000, true)]
    [InlineData(4000, 3001, false)]
    [InlineData(4000, 4000, false)]
    [InlineData(1, 1, true)]
    public void Decode_MostPixels_IsTheBound(int width, int height, bool taken)
    {
        var (picture, refusal) = PictureDecoder.Decode(Encoded(width, height, SKEncodedImageFormat.Png));
        using (picture)
        {
            Assert.Equal(taken ? PictureRefusal.None : PictureRefusal.TooLarge, refusal);
            Assert.Equal(taken, picture is not null);
            Assert.True(picture is null || Math.Max(picture.Width, picture.Height) <= PictureDecoder.LongestSide);
        }
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void Decode_LargePhotograph_IsScaled_AndKeepsItsShape(SKEncodedImageFormat format)
    {
        var (picture, _) = PictureDecoder.Decode(Encoded(4000, 2000, format));
        using (picture)
        {
            Assert.InRange(picture!.Width, 1000, PictureDecoder.LongestSide);
            Assert.InRange((float)picture.Width / picture.Height, 1.99f, 2.01f);
        }
    }

    [Fact]
    public void Decode_OtherFormatsAndDamagedOnes_AreRefused()
    {
        // A GIF, a BMP, a PNG that ends in its header, and no picture at all.
        foreach (
            var bytes in (byte[][])
                [
                    [.. "GIF89a\x01\0\x01\0\0\0\0;"u8],
                    [.. "BM"u8, .. new byte[60]],
                    Encoded(9, 9, SKEncodedImageFormat.Png)[..30],
                    [.. "<svg/>"u8],
                    [],
                ]
        )
        {
            var (picture, refusal) = PictureDecoder.Decode(bytes);
            Assert.Null(picture);
            Assert.NotEqual(PictureRefusal.None, refusal);
        }
    }

    [Fact]
    public async Task Memory_IsGivenToFew_OthersWaitTheirTurn()
    {
        using var memory = new PictureMemory();
        var first = await memory.TakeAsync(PictureMemory.WithPictures, Ct);
        var second = await memory.TakeAsync(PictureMemory.WithPictures, Ct);
        Assert.NotNull(first);
        Assert.NotNull(second);

        var third = memory.TakeAsync(PictureMemory.WithPictures, Ct);
        Assert.False(third.IsCompleted);
        first.Dispose();
        Assert.NotNull(await third);
    }

    private static byte[] Encoded(int width, int height, SKEncodedImageFormat format)
    {
        using var picture = new SKBitmap(width, height);
        picture.Erase(SKColors.SteelBlue);
        using var data = picture.Encode(format, 80);
        return data.ToArray();
    }
}
