namespace YtOptimizer.AuthBenchmark;

/// <summary>One client of the benchmark.</summary>
internal sealed class Load
{
    public required string Email { get; init; }

    public required string RefreshToken { get; set; }
}
