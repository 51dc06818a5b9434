using System.Data;
using System.Net.Mime;
using System.Text.Json;
using Npgsql;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>
/// Everything that is stored about the account, as one JSON file: an object with a list per table. Read in one snapshot and sent row by
/// row, so that its size does not matter; a failure in the middle ends the connection before the file's last bracket.
/// </summary>
internal static class ExportAccount
{
    private const int TimeoutSeconds = 60;
    private const int FlushBytes = 32 * 1024;

    public static async Task Handle(CurrentUser user, HttpContext context, Db db, TimeProvider time, CancellationToken ct)
    {
        await db.InTransactionAsync(
            async scope =>
            {
                await UserLogs.WriteAsync(
                    scope,
                    user.Id,
                    "account_export",
                    "The account's data was exported",
                    context.Origin(),
                    "security",
                    sessionId: user.SessionId
                );
                return true;
            },
            ct
        );
        await using var connection = await db.DataSource.OpenOrUnavailableAsync(ct);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        context.Response.ContentType = MediaTypeNames.Application.Json;
        context.Response.Headers.ContentDisposition = "attachment; filename=\"ytoptimizer-account.json\"";
        context.Response.Headers.CacheControl = "no-store";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("userId", user.Id);
        json.WriteString("exportedAt", time.GetUtcNow());
        foreach (var table in AccountTables.Exported)
        {
            json.WriteStartArray(table.Name);
            await WriteRowsAsync(connection, table, user.Id, json, context, ct);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        await json.FlushAsync(ct);
        await snapshot.CommitAsync(ct);
    }

    private static async Task WriteRowsAsync(
        NpgsqlConnection connection,
        AccountTable table,
        Guid userId,
        Utf8JsonWriter json,
        HttpContext context,
        CancellationToken ct
    )
    {
        // Names of the list above, never a caller's.
        await using var command = new NpgsqlCommand(
            $"SELECT (to_jsonb(t) - @secret)::text FROM {table.Name} t WHERE {table.Owner} = @userId",
            connection
        )
        {
            CommandTimeout = TimeoutSeconds,
        };
        command.Parameters.AddWithValue("secret", table.Secret);
        command.Parameters.AddWithValue("userId", userId);
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            json.WriteRawValue(rows.GetString(0), skipInputValidation: true);
            if (json.BytesPending > FlushBytes)
            {
                await json.FlushAsync(ct);
                await context.Response.BodyWriter.FlushAsync(ct);
            }
        }
    }
}
