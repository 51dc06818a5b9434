namespace YtOptimizer.Core.Upstreams.OpenAi;

/// <summary>Keeps retries to about a tenth of the calls, so that a failing upstream is not hit three times as hard: each call earns a tenth
/// of a retry.</summary>
public sealed class RetryBudget
{
    private const double EarnedPerCall = 0.1;
    private const double Most = 10;
    private const double AtStart = 3;
    private readonly Lock gate = new();
    private double tokens = AtStart;

    public void Earn()
    {
        lock (gate)
        {
            tokens = Math.Min(Most, tokens + EarnedPerCall);
        }
    }

    public bool TrySpend()
    {
        lock (gate)
        {
            if (tokens < 1)
            {
                return false;
            }

            tokens -= 1;
            return true;
        }
    }
}
