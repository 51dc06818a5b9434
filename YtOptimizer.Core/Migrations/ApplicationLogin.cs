using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace YtOptimizer.Core.Migrations;

/// <summary>
/// The login that API and worker connect with: the rights of <c>ytoptimizer_app</c> and no more, so that row security and the append-only
/// rules bind them. Made beside the migrations when <c>DATABASE_APP_PASSWORD</c> is set; otherwise operators make one by hand, or connect
/// as the owner.
/// </summary>
public static class ApplicationLogin
{
    public const string Name = "ytoptimizer_service";

    /// <summary>Configuration key of the password.</summary>
    public const string PasswordKey = "Database:AppPassword";

    /// <summary>Passwords are generated, not remembered.</summary>
    private const int MinLength = 16;
    private const int Iterations = 4096;

    /// <summary>Makes the login, or gives it this password. Repeatable, and safe from several processes at once.</summary>
    /// <exception cref="MigrationException">The password is no password, or the owner may not make logins.</exception>
    public static async Task EnsureAsync(NpgsqlDataSource owner, string password, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(password);
        if (password.Length < MinLength || !password.All(char.IsAsciiLetterOrDigit))
        {
            throw new MigrationException(
                $"Invalid environment variable DATABASE_APP_PASSWORD: it must be at least {MinLength} letters and digits. Set it to the "
                    + $"output of: openssl rand -hex 24"
            );
        }

        // The server gets the verifier only: statements are logged and counted as they are written.
        var sql = $"""
            SELECT pg_advisory_xact_lock(hashtext('{Name}'));
            DO $login$
            BEGIN
                IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{Name}') THEN
                    CREATE ROLE {Name} LOGIN;
                END IF;
                ALTER ROLE {Name} LOGIN PASSWORD '{Verifier(password)}';
                ALTER ROLE {Name} SET lock_timeout = '1500ms';
                IF NOT pg_has_role('{Name}', 'ytoptimizer_app', 'USAGE') THEN
                    GRANT ytoptimizer_app TO {Name};
                END IF;
                EXECUTE format('GRANT CONNECT ON DATABASE %I TO {Name}', current_database());
            END
            $login$;
            """;
        try
        {
            await using var connection = await owner.OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            await command.ExecuteNonQueryAsync(ct);
            await transaction.CommitAsync(ct);
        }
        catch (PostgresException refused)
            when (refused.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.UndefinedObject)
        {
            throw new MigrationException(
                $"The login {Name} could not be made ({refused.MessageText}). Let a role with CREATEROLE run: CREATE ROLE {Name} LOGIN "
                    + $"PASSWORD '…' IN ROLE ytoptimizer_app; then unset DATABASE_APP_PASSWORD for db push.",
                refused
            );
        }
    }

    /// <summary>What PostgreSQL stores for a SCRAM-SHA-256 password (RFC 5803, RFC 7677).</summary>
    private static string Verifier(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.ASCII.GetBytes(password), salt, Iterations, HashAlgorithmName.SHA256, 32);
        var storedKey = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var serverKey = HMACSHA256.HashData(salted, "Server Key"u8);
        var keys = $"{Convert.ToBase64String(storedKey)}:{Convert.ToBase64String(serverKey)}";
        return $"SCRAM-SHA-256${Iterations}:{Convert.ToBase64String(salt)}${keys}";
    }
}
