using SkiaSharp;
using YtOptimizer.Core.Storage;

namespace YtOptimizer.Api.Hosting.Pictures;

/// <summary>Pictures that browsers load without a token: decoded and written anew (nothing of a foreign file survives), under an
/// unguessable name.</summary>
internal sealed class PublicFiles(FileStore files, OwnAddress ownAddress)
{
    public const string Route = "/thumbnails/{name}";

    private const long LargestBytes = 20 * 1024 * 1024;

    /// <summary>Stores a picture as PNG.</summary>
    /// <returns>Its address (a path alone where BACKEND_URL is not set) and its size in pixels.</returns>
    /// <exception cref="FormatException">The bytes are no picture, or one of unreasonable size.</exception>
    public async Task<(string Url, SKSizeI Size)> SavePictureAsync(byte[] bytes, HttpContext context, CancellationToken ct)
    {
        var (decoded, refusal) = PictureDecoder.Decode(bytes);
        using var picture = decoded ?? throw new FormatException($"Not a usable picture: {refusal}.");
        return (await SaveAsync(picture, context, ct), new SKSizeI(picture.Width, picture.Height));
    }

    public async Task<string> SaveAsync(SKBitmap picture, HttpContext context, CancellationToken ct)
    {
        using var png = picture.Encode(SKEncodedImageFormat.Png, 100);
        await using var stream = png.AsStream();
        var key = await files.SaveAsync(stream, FileStore.Thumbnails, "png", LargestBytes, ct);
        return ownAddress.Of(context) + "/thumbnails/" + key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..];
    }
}
