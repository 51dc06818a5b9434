using Npgsql;

namespace YtOptimizer.Core.Data.Pulse;

/// <summary>
/// One periodic question to the database. All questions of a process travel in one statement (see <see cref="DatabasePulse"/>), so a part
/// is an expression, not a statement.
/// </summary>
/// <param name="name">Column of the answer and prefix of the parameters: lower-case letters and underscores.</param>
/// <param name="every">How often it is asked.</param>
public abstract class PulsePart(string name, TimeSpan every)
{
    public string Name { get; } = name;

    public TimeSpan Every { get; } = every;

    /// <summary>An SQL expression of any type; it is read as text. Parameters are named <c>@{Name}_…</c>.</summary>
    public abstract string Sql { get; }

    /// <summary>Adds the parameters of <see cref="Sql"/>.</summary>
    public virtual void Bind(NpgsqlParameterCollection parameters) { }

    /// <summary>Takes in the answer; null for SQL's NULL. Must return soon: longer work is for a service that this wakes.</summary>
    /// <param name="answer">The expression's value as text.</param>
    /// <param name="asked">Timestamp of the clock before the statement was sent: the answer is at least as young.</param>
    public abstract void Take(string? answer, long asked);
}
