using System.Globalization;
using YtOptimizer.Core.Auditing;

namespace YtOptimizer.Worker.RecurringJobs.Chores;

/// <summary>Chains what waits, then verifies the hash chains of the audit trail and the security events: somebody who changed history is
/// found within a day.</summary>
internal sealed class AuditChainChore(AuditChain chain) : IChore
{
    public string Name => "audit-chain";

    public TimeSpan Every => TimeSpan.FromDays(1);

    public bool IsEnabled => true;

    public async Task<string> RunAsync(CancellationToken ct)
    {
        while (await chain.SealAsync(ct) > 0)
        {
            // More may wait.
        }

        List<string> results = [];
        foreach (var name in AuditChain.Chains)
        {
            var defects = await chain.VerifyAsync(name, ct);
            if (defects.Count > 0)
            {
                throw new ChoreFailedException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{name}: {defects.Count} defects, first: {defects[0].Problem}, place "
                            + $"{defects[0].Seq?.ToString(CultureInfo.InvariantCulture) ?? "-"}. Treat it as a security incident; details: "
                            + $"audit verify."
                    )
                );
            }

            var links = (await chain.HeadAsync(name, ct))?.Seq ?? 0;
            results.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {links} links"));
        }

        return "whole: " + string.Join(", ", results);
    }
}
