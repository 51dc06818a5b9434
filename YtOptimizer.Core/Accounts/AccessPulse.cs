using Npgsql;
using YtOptimizer.Core.Data.Pulse;

namespace YtOptimizer.Core.Accounts;

/// <summary>
/// Keeps <see cref="AccessState"/> current every second, whether or not notifications arrive: they do not pass a pooler in transaction
/// mode, and an operator's plain SQL must be in force within seconds.
/// </summary>
public sealed class AccessPulse(AccessState state) : PulsePart("access", TimeSpan.FromSeconds(1))
{
    public override string Sql => AccessState.ReadSql;

    public override void Bind(NpgsqlParameterCollection parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        parameters.AddWithValue("access_since", state.Since);
    }

    public override void Take(string? answer, long asked) => state.Apply(answer, asked);
}
