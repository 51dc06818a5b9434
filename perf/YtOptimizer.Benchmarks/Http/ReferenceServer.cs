using System.Security.Claims;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Dapper;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Npgsql;

namespace YtOptimizer.Benchmarks.Http;

/// <summary>
/// What the product is compared with: bare Kestrel, Kestrel with one primary-key select, and profile, history and submission as one writes
/// them with JwtBearer, Dapper and the built-in rate limiter. No revocation, request log, quota ledger, idempotency or fairness.
/// </summary>
internal static class ReferenceServer
{
    public const string Verb = "serve-reference";

    public static async Task RunAsync(string url)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        var key = new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(48));
        builder.Services.AddSingleton(NpgsqlDataSource.Create(Environment.GetEnvironmentVariable("REFERENCE_DATABASE")!));
        builder
            .Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer(options =>
            {
                options.MapInboundClaims = false;
                options.TokenValidationParameters = new TokenValidationParameters
                {
                    ValidIssuer = "reference",
                    ValidAudience = "reference",
                    IssuerSigningKey = key,
                };
            });
        builder.Services.AddAuthorization();
        builder.Services.AddRateLimiter(options =>
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                RateLimitPartition.GetFixedWindowLimiter(context.User.FindFirstValue("sub") ?? "", _ => new FixedWindowRateLimiterOptions
                {
                    PermitLimit = int.MaxValue,
                    Window = TimeSpan.FromMinutes(15),
                })
            )
        );
        DefaultTypeMap.MatchNamesWithUnderscores = true;

        var app = builder.Build();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.MapGet("/bare", () => TypedResults.Ok(new Answer("ok")));
        app.MapGet("/one/{id:guid}", OneSelectAsync);
        app.MapGet("/token/{id:guid}", (Guid id) => TypedResults.Text(Token(id, key)));
        app.MapGet("/profile", ProfileAsync).RequireAuthorization();
        app.MapGet("/history", HistoryAsync).RequireAuthorization();
        app.MapPost("/submit", SubmitAsync).RequireAuthorization();
        await app.RunAsync();
    }

    private static string Token(Guid id, SecurityKey key) =>
        new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = "reference",
                Audience = "reference",
                Subject = new ClaimsIdentity([new Claim("sub", id.ToString()), new Claim("role", "user")]),
                SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
            }
        );

    private static async Task<IResult> OneSelectAsync(Guid id, NpgsqlDataSource source, CancellationToken ct)
    {
        await using var command = source.CreateCommand("SELECT id, email FROM profiles WHERE id = $1");
        command.Parameters.AddWithValue(id);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? TypedResults.Ok(new Row(reader.GetGuid(0), reader.GetString(1))) : TypedResults.NotFound();
    }

    private static async Task<IResult> ProfileAsync(ClaimsPrincipal user, NpgsqlDataSource source)
    {
        await using var connection = await source.OpenConnectionAsync();
        var profile = await connection.QuerySingleOrDefaultAsync<ProfileRow>(
            "SELECT id, email, name, role, status, created_at, updated_at FROM profiles WHERE id = @id",
            new { id = Id(user) }
        );
        return profile is null ? TypedResults.NotFound() : TypedResults.Ok(profile);
    }

    private static async Task<IResult> HistoryAsync(ClaimsPrincipal user, NpgsqlDataSource source, int page = 1, int limit = 10)
    {
        await using var connection = await source.OpenConnectionAsync();
        var total = await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM audits WHERE user_id = @id", new { id = Id(user) });
        var rows = await connection.QueryAsync<AuditRow>(
            "SELECT * FROM audits WHERE user_id = @id ORDER BY created_at DESC LIMIT @limit OFFSET @skip",
            new
            {
                id = Id(user),
                limit,
                skip = (page - 1) * limit,
            }
        );
        return TypedResults.Ok(
            new
            {
                data = rows,
                pagination = new
                {
                    page,
                    limit,
                    total,
                },
            }
        );
    }

    private static async Task<IResult> SubmitAsync(Submission submission, ClaimsPrincipal user, NpgsqlDataSource source)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var waiting = await connection.ExecuteScalarAsync<long>(
            "SELECT count(*) FROM reference_jobs WHERE user_id = @id AND status = 'pending'",
            new { id = Id(user) },
            transaction
        );
        if (waiting > 1_000_000)
        {
            return TypedResults.StatusCode(429);
        }

        var job = await connection.ExecuteScalarAsync<Guid>(
            "INSERT INTO reference_jobs (user_id, url) VALUES (@id, @url) RETURNING id",
            new { id = Id(user), url = submission.Configuration.Url },
            transaction
        );
        await transaction.CommitAsync();
        return TypedResults.Accepted($"/jobs/{job}", new { jobId = job });
    }

    private static Guid Id(ClaimsPrincipal user) => Guid.Parse(user.FindFirstValue("sub")!);

    private sealed record Answer(string Status);

    private sealed record Row(Guid Id, string Email);

    private sealed record Submission(SubmissionConfiguration Configuration);

    private sealed record SubmissionConfiguration(string Url);

    private sealed class ProfileRow
    {
        public Guid Id { get; set; }

        public string? Email { get; set; }

        public string? Name { get; set; }

        public string? Role { get; set; }

        public string? Status { get; set; }

        public DateTime CreatedAt { get; set; }

        public DateTime UpdatedAt { get; set; }
    }

    private sealed class AuditRow
    {
        public Guid Id { get; set; }

        public string? VideoUrl { get; set; }

        public string? VideoTitle { get; set; }

        public string[]? AiTitles { get; set; }

        public string? AiDescription { get; set; }

        public string[]? AiTags { get; set; }

        public string[]? AiThumbnailPrompts { get; set; }

        public int? Score { get; set; }

        public string? Analysis { get; set; }

        public string? AiTitlesWithReasoning { get; set; }

        public string? AiChapters { get; set; }

        public DateTime CreatedAt { get; set; }

        public DateTime UpdatedAt { get; set; }
    }
}
