using System.Threading.RateLimiting;

namespace YtOptimizer.Api.Hosting.Pictures;

/// <summary>
/// Bounds what all pictures of this process hold in memory at one time. Whoever decodes or draws takes a lease of as many megabytes as that
/// needs; others wait in line, and are told to come back when the line is long or slow.
/// </summary>
internal sealed class PictureMemory : IDisposable
{
    /// <summary>One decoded picture of <see cref="PictureDecoder.MostPixels"/>, its scaled copies and the result.</summary>
    public const int WithPictures = 72;

    /// <summary>A 1280×720 result and its PNG.</summary>
    public const int TextOnly = 12;

    private const int Budget = 2 * WithPictures;
    private const int LongestLine = 32 * WithPictures;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly ConcurrencyLimiter limiter = new(new ConcurrencyLimiterOptions { PermitLimit = Budget, QueueLimit = LongestLine });

    /// <summary>Takes a lease, or gives null when none is free in time.</summary>
    /// <param name="megabytes"><see cref="WithPictures"/> or <see cref="TextOnly"/>.</param>
    /// <param name="ct">Gives the place in line up.</param>
    public async Task<RateLimitLease?> TakeAsync(int megabytes, CancellationToken ct)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(LongestWait);
        try
        {
            var lease = await limiter.AcquireAsync(megabytes, deadline.Token);
            if (lease.IsAcquired)
            {
                return lease;
            }

            lease.Dispose();
            return null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => limiter.Dispose();
}
