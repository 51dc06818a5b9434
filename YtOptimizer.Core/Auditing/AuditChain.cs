using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Auditing;

/// <summary>The hash chains over <c>audit_trail</c> and <c>security_events</c>: sealing, heads, verification.</summary>
public sealed class AuditChain(Db db)
{
    public static readonly IReadOnlyList<string> Chains = ["audit_trail", "security_events"];

    /// <summary>Seconds that a verification of millions of rows may take.</summary>
    private const int VerifyTimeoutSeconds = 600;

    /// <param name="Problem">What is wrong, such as "row changed" or "end cut off".</param>
    /// <param name="Seq">Place in the chain, if it has one.</param>
    /// <param name="RowId">The row, if it is known.</param>
    public sealed record Defect(string Problem, long? Seq, Guid? RowId);

    public sealed record Head(string Chain, long Seq, string Hash);

    /// <summary>Chains the security events that wait; returns how many. Any instance may call it at any time.</summary>
    public Task<int> SealAsync(CancellationToken ct) => db.ScalarAsync<int>("SELECT seal_security_events()", null, ct);

    public async Task<Head?> HeadAsync(string chain, CancellationToken ct) =>
        await db.FirstOrDefaultAsync<Head>("SELECT @chain AS chain, seq, hash FROM audit_chain_head(@chain)", new { chain }, ct);

    /// <summary>Everything that is wrong with a chain, at most 100 entries; empty when it is whole.</summary>
    public Task<IReadOnlyList<Defect>> VerifyAsync(string chain, CancellationToken ct) =>
        db.QueryAsync<Defect>(
            "SELECT defect AS problem, seq, row_id FROM verify_audit_chain(@chain)",
            new { chain },
            ct,
            VerifyTimeoutSeconds
        );

    /// <summary>True when the chain still holds this head at its place: what an anchor kept elsewhere is compared with.</summary>
    public Task<bool> HoldsAsync(Head anchor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(anchor);
        return db.ScalarAsync<bool>(
            """
            SELECT @seq = 0 OR EXISTS (SELECT 1 FROM audit_chain_links WHERE chain = @chain AND seq = @seq AND encode(hash, 'hex') = @hash)
                OR @seq < (SELECT min(seq) FROM audit_chain_links WHERE chain = @chain)
            """,
            new
            {
                chain = anchor.Chain,
                seq = anchor.Seq,
                hash = anchor.Hash,
            },
            ct
        );
    }
}
