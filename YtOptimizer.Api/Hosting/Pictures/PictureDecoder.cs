using SkiaSharp;

namespace YtOptimizer.Api.Hosting.Pictures;

/// <summary>Why a picture is not taken.</summary>
internal enum PictureRefusal
{
    None,

    /// <summary>Not a PNG, JPEG or WebP, or a damaged one.</summary>
    Format,

    /// <summary>More than one frame.</summary>
    Animated,

    /// <summary>More pixels than <see cref="PictureDecoder.MostPixels"/>.</summary>
    TooLarge,
}

/// <summary>
/// Decodes pictures of strangers within bounds: the header is read first (an 83 KB file can claim 16 million pixels), then the picture is
/// decoded at about the size at which it is drawn. Callers hold a lease of <see cref="PictureMemory"/> meanwhile.
/// </summary>
internal static class PictureDecoder
{
    /// <summary>12 megapixels: 48 MB decoded, what a phone's camera makes.</summary>
    public const int MostPixels = 12_000_000;

    /// <summary>Longest side of a decoded picture in pixels; larger ones are scaled down.</summary>
    public const int LongestSide = 2048;

    private static readonly SKSamplingOptions Smooth = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    /// <returns>The picture, upright and at most <see cref="LongestSide"/> wide and high, or why there is none. The caller disposes
    /// it.</returns>
    public static (SKBitmap? Picture, PictureRefusal Refusal) Decode(ReadOnlySpan<byte> bytes)
    {
        using var data = SKData.CreateCopy(bytes);
        using var codec = SKCodec.Create(data);
        if (
            codec is null
            || codec.EncodedFormat is not (SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Webp)
        )
        {
            return (null, PictureRefusal.Format);
        }

        if (codec.FrameCount > 1)
        {
            return (null, PictureRefusal.Animated);
        }

        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width < 1 || height < 1 || (long)width * height > MostPixels)
        {
            return (null, PictureRefusal.TooLarge);
        }

        // JPEG and WebP can be decoded smaller; PNG answers with its own size and is scaled afterwards.
        var scale = Math.Min(1f, (float)LongestSide / Math.Max(width, height));
        var size = codec.GetScaledDimensions(scale);
        var decoded = SKBitmap.Decode(codec, new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        return decoded is null ? (null, PictureRefusal.Format) : (Upright(Fit(decoded), codec.EncodedOrigin), PictureRefusal.None);
    }

    private static SKBitmap Fit(SKBitmap picture)
    {
        var scale = (float)LongestSide / Math.Max(picture.Width, picture.Height);
        if (scale >= 1)
        {
            return picture;
        }

        using (picture)
        {
            return picture.Resize(
                new SKSizeI(Math.Max(1, (int)(picture.Width * scale)), Math.Max(1, (int)(picture.Height * scale))),
                Smooth
            );
        }
    }

    /// <summary>Photographs of phones say in their header how they were held.</summary>
    private static SKBitmap Upright(SKBitmap picture, SKEncodedOrigin origin)
    {
        var turns = origin switch
        {
            SKEncodedOrigin.RightTop => 1,
            SKEncodedOrigin.BottomRight => 2,
            SKEncodedOrigin.LeftBottom => 3,
            _ => 0,
        };
        if (turns == 0)
        {
            return picture;
        }

        using (picture)
        {
            var turned = turns == 2 ? new SKBitmap(picture.Width, picture.Height) : new SKBitmap(picture.Height, picture.Width);
            using var canvas = new SKCanvas(turned);
            canvas.Translate(turned.Width / 2f, turned.Height / 2f);
            canvas.RotateDegrees(90 * turns);
            canvas.DrawBitmap(picture, -picture.Width / 2f, -picture.Height / 2f, Smooth);
            return turned;
        }
    }
}
