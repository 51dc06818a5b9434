using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Performance;

/// <summary>Who sends the requests of <c>request-costs.txt</c>, with rows of their own to ask for.</summary>
internal sealed class Callers(ApiUser user, ApiUser admin, IReadOnlyDictionary<string, Guid[]> rows)
{
    /// <summary>Rows that each request may use up.</summary>
    private const int Rows = 800;

    // As analyses leave them.
    private const string FillSql = """
        INSERT INTO audits (user_id, video_url, video_title, ai_titles, ai_description, ai_tags, score, analysis, created_at)
        SELECT @id, 'https://www.youtube.com/watch?v=dQw4w9WgXcQ', 'How to sharpen a knife ' || i, ARRAY['One title', 'Another title'],
            repeat('A description of a video about knives. ', 12), ARRAY['knife', 'whetstone', 'kitchen'], 70,
            jsonb_build_object('text', repeat('x', 200)), now() - i * interval '1 minute'
        FROM generate_series(1, @rows) i;
        INSERT INTO notifications (user_id, type, severity, title, message, created_at)
        SELECT @id, 'processing', 'info', 'Title ' || i, 'Message', now() - i * interval '1 minute' FROM generate_series(1, @rows) i;
        INSERT INTO job_queue (user_id, job_type, status, completed_at, created_at)
        SELECT @id, 'video', 'completed', now(), now() - i * interval '1 minute' FROM generate_series(1, 50) i;
        """;

    private int number = Random.Shared.Next(1_000_000, 900_000_000);

    /// <summary>Registers both and gives the user rows.</summary>
    public static async Task<Callers> CreateAsync(TestDatabase database, Func<string, Task<ApiUser>> register, CancellationToken ct)
    {
        var user = await register("user");
        var admin = await register("admin");
        await database.Db.ExecuteAsync(FillSql, new { id = user.Id, rows = Rows }, ct);
        await database.Db.ExecuteAsync(
            "UPDATE user_subscriptions SET tier = 'premium'; UPDATE subscription_limits SET video_analysis_limit = -1",
            null,
            ct
        );
        var rows = new Dictionary<string, Guid[]>(StringComparer.Ordinal);
        foreach (var (name, table) in ((string, string)[])[("audit", "audits"), ("notification", "notifications"), ("job", "job_queue")])
        {
            rows[name] = [.. await database.Db.QueryAsync<Guid>($"SELECT id FROM {table} WHERE user_id = @id", new { id = user.Id }, ct)];
        }

        return new Callers(user, admin, rows);
    }

    /// <summary>The next request of a line: placeholders filled in, numbers new each time.</summary>
    public HttpRequestMessage Make(RequestCost cost)
    {
        var message = new HttpRequestMessage(new HttpMethod(cost.Method), new Uri(Fill(cost.Path), UriKind.Relative));
        if (cost.Body is { } body)
        {
            message.Content = new StringContent(Fill(body), Encoding.UTF8, "application/json");
        }

        if (cost.Caller is not "nobody")
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (cost.Caller == "admin" ? admin : user).AccessToken);
        }

        return message;
    }

    private string Fill(string text)
    {
        var next = Interlocked.Increment(ref number);
        var filled = text.Replace("{n}", next.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{user}", user.Id.ToString(), StringComparison.Ordinal)
            .Replace("{email}", user.Email, StringComparison.Ordinal)
            .Replace("{refresh}", user.RefreshToken, StringComparison.Ordinal);
        foreach (var (name, ids) in rows)
        {
            filled = filled.Replace("{" + name + "}", ids[next % ids.Length].ToString(), StringComparison.Ordinal);
        }

        return filled;
    }
}
