extern alias api;

using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using ApiProgram = api::Program;

namespace YtOptimizer.Tests.Support;

/// <summary>A signed-in account of a test. <see cref="Client"/> sends its access token.</summary>
public sealed record ApiUser(Guid Id, string Email, string Password, string AccessToken, string RefreshToken, HttpClient Client)
{
    /// <summary>The session id in the access token.</summary>
    public Guid SessionId => Tokens.Payload(AccessToken).GetProperty("sid").GetGuid();
}

/// <summary>
/// The API in its Production environment over a database of its own: real registration, real tokens, real SQL. Derive to change
/// configuration or services; use as a class fixture, or create one in a test with <see cref="StartAsync"/>.
/// </summary>
public class ApiFixture : WebApplicationFactory<ApiProgram>, IAsyncLifetime
{
    /// <summary>Long enough, not on the list of common passwords, and nobody's.</summary>
    public const string Password = "tangerine-Ladder-41";

    private readonly Dictionary<string, string?> settings = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Action<IServiceCollection>> services = [];
    private TestDatabase? database;

    public TestDatabase Database => database ?? throw new InvalidOperationException("The fixture has not been initialised.");

    public string JwtSecret { get; } = Tokens.NewSecret();

    public static async Task<ApiFixture> StartAsync(
        IReadOnlyDictionary<string, string?>? configuration = null,
        TimeProvider? time = null,
        Action<IServiceCollection>? services = null
    )
    {
        var fixture = new ApiFixture();
        fixture.With(configuration, time, services);
        await fixture.InitializeAsync();
        return fixture;
    }

    /// <summary>Before the first client: overrides of configuration (environment names or sections), clock and services.</summary>
    public ApiFixture With(
        IReadOnlyDictionary<string, string?>? configuration = null,
        TimeProvider? time = null,
        Action<IServiceCollection>? services = null
    )
    {
        foreach (var (key, value) in configuration ?? new Dictionary<string, string?>())
        {
            settings[key] = value;
        }

        if (time is not null)
        {
            this.services.Add(s => s.Replace(ServiceDescriptor.Singleton(time)));
        }

        if (services is not null)
        {
            this.services.Add(services);
        }

        return this;
    }

    public virtual async ValueTask InitializeAsync() => database = await CreateDatabaseAsync();

    /// <summary>The database of this API; disposed with the fixture.</summary>
    protected virtual Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.CreateAsync(TestContext.Current.CancellationToken);

    /// <summary>An anonymous client that keeps no cookies and follows no redirects; patient with a crowded database.</summary>
    public virtual HttpClient Anonymous() => CreateDefaultClient(new PatientHandler());

    /// <summary>A client that sends this access token.</summary>
    public HttpClient ClientFor(string accessToken)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return client;
    }

    /// <summary>Registers an account through the API, gives it the role, and signs it in.</summary>
    public async Task<ApiUser> CreateUserAsync(string role = "user", string? email = null, string password = Password)
    {
        using var anonymous = Anonymous();
        return await Tokens.RegisterAsync(anonymous, Database, role, email, password, ClientFor);
    }

    public Task<ApiUser> SignInAsync(string email, string password = Password) =>
        Tokens.SignInAsync(Anonymous(), email, password, ClientFor);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (database is not null)
        {
            await database.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    protected override IHost CreateHost(IHostBuilder builder)
    {
        // Host configuration is what Program reads while it builds; anything later would come too late (dotnet/aspnetcore#37680).
        builder.ConfigureHostConfiguration(c => c.AddInMemoryCollection(Settings()));
        return base.CreateHost(builder);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.ConfigureServices(s =>
        {
            s.TryAddSingleton(Database.ApplicationSource);
            foreach (var change in services)
            {
                change(s);
            }
        });
    }

    /// <summary>The settings every test host shares; <see cref="With"/> overrides them.</summary>
    internal static Dictionary<string, string?> BaseSettings(string connectionString, string secret) =>
        new(StringComparer.OrdinalIgnoreCase)
        {
            ["ConnectionStrings:ytoptimizer"] = connectionString,
            ["JWT_SECRET"] = secret,
            ["FRONTEND_URL"] = "http://localhost:4200",
            ["BREACH_CHECK"] = "off",
            ["LOG_LEVEL"] = "error",

            // Tests of one host share an address; what limits rates is tested where it lives.
            ["RATE_LIMIT_MAX"] = "1000000",
            ["AUTH_RATE_LIMIT_MAX"] = "1000000",

            // A machine under load can look like a silent database; outages are tested where they are made.
            ["DatabaseOutageDetector"] = "off",

            // Nothing outside this machine is asked for.
            ["YOUTUBE_PICTURE_URL"] = "",

            // No load balancer waits for a test host to leave.
            ["SHUTDOWN_DRAIN_SECONDS"] = "0",
        };

    private Dictionary<string, string?> Settings()
    {
        var all = BaseSettings(Database.ApplicationConnectionString, JwtSecret);
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        return all;
    }
}

/// <summary>Registration, sign-in and tokens as a client sees them.</summary>
public static class Tokens
{
    public static string NewSecret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(48));

    /// <summary>Decodes a token's payload the way a browser's <c>atob</c> does: no '-' or '_' allowed.</summary>
    public static JsonElement Payload(string token)
    {
        var part = token.Split('.')[1];
        return JsonDocument.Parse(Convert.FromBase64String(part.PadRight((part.Length + 3) / 4 * 4, '='))).RootElement;
    }

    public static async Task<ApiUser> RegisterAsync(
        HttpClient anonymous,
        TestDatabase database,
        string role,
        string? email,
        string password,
        Func<string, HttpClient> clientFor
    )
    {
        email ??= $"user-{Guid.CreateVersion7():N}@example.com";
        var response = await anonymous.PostAsJsonAsync(
            "/api/v1/auth/register",
            new
            {
                email,
                password,
                name = "Test",
            },
            TestContext.Current.CancellationToken
        );
        var body = await JsonAsync(response);
        Assert.True(response.IsSuccessStatusCode, $"register answered {(int)response.StatusCode}: {body}");
        if (role != "user")
        {
            var id = body.GetProperty("user").GetProperty("id").GetGuid();
            await database.Db.ExecuteAsync(
                "UPDATE profiles SET role = @role WHERE id = @id",
                new { id, role },
                TestContext.Current.CancellationToken
            );
            return await SignInAsync(anonymous, email, password, clientFor);
        }

        return User(body, email, password, clientFor);
    }

    public static async Task<ApiUser> SignInAsync(HttpClient anonymous, string email, string password, Func<string, HttpClient> clientFor)
    {
        var response = await anonymous.PostAsJsonAsync(
            "/api/v1/auth/login",
            new { email, password },
            TestContext.Current.CancellationToken
        );
        var body = await JsonAsync(response);
        Assert.True(response.IsSuccessStatusCode, $"login answered {(int)response.StatusCode}: {body}");
        return User(body, email, password, clientFor);
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    private static ApiUser User(JsonElement body, string email, string password, Func<string, HttpClient> clientFor)
    {
        var access = body.GetProperty("accessToken").GetString()!;
        return new ApiUser(
            body.GetProperty("user").GetProperty("id").GetGuid(),
            email,
            password,
            access,
            body.GetProperty("refreshToken").GetString()!,
            clientFor(access)
        );
    }
}
