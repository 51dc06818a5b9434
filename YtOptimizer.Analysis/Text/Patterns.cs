using System.Text.RegularExpressions;

namespace YtOptimizer.Analysis.Text;

/// <summary>How long a pattern may take. Each one looks at every character a bounded number of times, so that only a stalled machine ever
/// gets there; the time is measured by the clock and holds the compilation of the pattern's method, too.</summary>
internal static class Patterns
{
    /// <summary>Milliseconds.</summary>
    public const int Timeout = 30_000;

    private const int Tries = 3;

    /// <summary>Runs a step again when a pattern ran out of time: what stalled the machine has passed and the method is compiled.</summary>
    public static T Run<T>(Func<T> step)
    {
        for (var left = Tries; ; left--)
        {
            try
            {
                return step();
            }
            catch (RegexMatchTimeoutException) when (left > 1)
            {
                // Once more.
            }
        }
    }
}
