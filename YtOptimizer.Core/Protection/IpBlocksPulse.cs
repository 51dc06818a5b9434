using YtOptimizer.Core.Data.Pulse;

namespace YtOptimizer.Core.Protection;

/// <summary>Reads the blocks in force every two seconds, for rows that no notification told of.</summary>
public sealed class IpBlocksPulse(IpBlocks blocks) : PulsePart("ip_blocks", TimeSpan.FromSeconds(2))
{
    public override string Sql => IpBlocks.Sql;

    public override void Take(string? answer, long asked) => blocks.Apply(answer);
}
