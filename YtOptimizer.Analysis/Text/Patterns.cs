using System.Text.RegularExpressions;

namespace YtOptimizer.Analysis.Text;

/// <summary>How long a pattern may take. Each one looks at every character a bounded number of times, so that only a stalled machine ever
/// gets there; the time is measured by the clock and holds the compilation of the pattern's method, too.</summary>
internal static class Patterns
{
    /// <summary>Milliseconds. Nothing can stop a pattern before, so that an analysis ends as much later than its deadline.</summary>
    public const int Timeout = 900;

    /// <summary>Where no deadline says how long it is worth trying.</summary>
    private const int Tries = 20;

    [ThreadStatic]
    private static bool isRunning;

    /// <summary>
    /// Runs a step again when a pattern ran out of time: what stalled the machine has passed and the method is compiled. Steps within a
    /// step leave that to the outermost, because tries of tries would multiply.
    /// </summary>
    /// <param name="step">Has no effects but its result.</param>
    /// <param name="tries">How often it is run at most.</param>
    /// <exception cref="RegexMatchTimeoutException">A pattern ran out of time at each try.</exception>
    public static T Run<T>(Func<T> step, int tries = Tries)
    {
        if (isRunning)
        {
            return step();
        }

        isRunning = true;
        try
        {
            for (var left = tries; ; left--)
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
        finally
        {
            isRunning = false;
        }
    }
}
