using System.Security.Cryptography;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.Configuration;
using YtOptimizer.AppHost.LocalRuntime.Running;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>A value that comes from outside: <c>Parameters:{name}</c> in the configuration, or a default.</summary>
    public class ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false) : Resource(name), IExpressionValue
    {
        private readonly Lock _lock = new();
        private string? _value;

        public ParameterDefault? Default { get; set; }

        public bool Secret { get; } = secret;

        public bool IsConnectionString { get; set; }

        public string ValueExpression => $"{{{Name}.value}}";

        /// <exception cref="DistributedApplicationException">There is neither a value nor a default.</exception>
        public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
        {
            lock (_lock)
            {
                return ValueTask.FromResult<string?>(_value ??= callback(Default));
            }
        }
    }

    /// <summary>A connection string from the configuration, <c>ConnectionStrings:{name}</c>.</summary>
    internal sealed class ConnectionStringParameterResource : ParameterResource, IResourceWithConnectionString
    {
        public ConnectionStringParameterResource(string name, Func<ParameterDefault?, string> callback, string? environmentVariableName)
            : base(name, callback, secret: true)
        {
            IsConnectionString = true;
            ConnectionStringEnvironmentVariable = environmentVariableName;
        }

        public string? ConnectionStringEnvironmentVariable { get; }

        string IManifestExpressionProvider.ValueExpression => $"{{{Name}.connectionString}}";

        public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{this}");

        public IEnumerable<object> References => [];

        public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) => GetValueAsync(cancellationToken);
    }

    public abstract class ParameterDefault
    {
        public abstract void WriteToManifest(ManifestPublishingContext context);

        public abstract string GetDefaultValue();
    }

    /// <summary>Generates a random value. Left out are characters that look alike or mean something in URLs, connection strings and shells.</summary>
    public sealed class GenerateParameterDefault : ParameterDefault
    {
        private const string LowerCase = "abcdefghjkmnpqrstuvwxyz", UpperCase = "ABCDEFGHJKMNPQRSTUVWXYZ", Digits = "0123456789", SpecialCharacters = "-_.{}~()*+!";

        public int MinLength { get; set; } = 22;

        public bool Special { get; set; } = true;

        public override string GetDefaultValue()
            => RandomNumberGenerator.GetString(LowerCase + UpperCase + Digits + (Special ? SpecialCharacters : null), MinLength);

        public override void WriteToManifest(ManifestPublishingContext context)
        {
            context.Writer.WriteStartObject("generate");
            context.Writer.WriteNumber("minLength", MinLength);
            if (!Special)
            {
                context.Writer.WriteBoolean("special", value: false);
            }

            context.Writer.WriteEndObject();
        }
    }

    /// <summary>A default that is generated once and then kept with the application's data.</summary>
    internal sealed class PersistedParameterDefault(string name, ParameterDefault inner, Func<SecretStore> store) : ParameterDefault
    {
        public override string GetDefaultValue() => store().GetOrAdd($"Parameters:{name}", inner.GetDefaultValue);

        public override void WriteToManifest(ManifestPublishingContext context) => inner.WriteToManifest(context);
    }
}

namespace Aspire.Hosting
{
    public static class ParameterResourceBuilderExtensions
    {
        /// <summary>A parameter with a default; <paramref name="persist"/> keeps a generated default for the next start.</summary>
        public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret = false, bool persist = false)
        {
            var effective = persist ? Persisted(builder, name, value) : value;
            return builder.AddResource(new ParameterResource(name, d => Configured(builder, $"Parameters:{name}") ?? d!.GetDefaultValue(), secret) { Default = effective });
        }

        public static IResourceBuilder<ParameterResource> AddParameterFromConfiguration(this IDistributedApplicationBuilder builder, string name, string configurationKey, bool secret = false)
            => builder.AddResource(new ParameterResource(name, _ => Configured(builder, configurationKey) ?? throw Missing(name, configurationKey), secret));

        public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(this IDistributedApplicationBuilder builder, string name, string? environmentVariableName = null)
            => builder.AddResource(new ConnectionStringParameterResource(
                name,
                _ => builder.Configuration.GetConnectionString(name) ?? throw Missing(name, $"ConnectionStrings:{name}"),
                environmentVariableName));

        /// <summary>The generated password of a server that was given none.</summary>
        internal static ParameterResource CreateDefaultPasswordParameter(IDistributedApplicationBuilder builder, string name, bool special)
            => new(name, d => Configured(builder, $"Parameters:{name}") ?? d!.GetDefaultValue(), secret: true)
            {
                Default = Persisted(builder, name, new GenerateParameterDefault { Special = special }),
            };

        private static ParameterDefault Persisted(IDistributedApplicationBuilder builder, string name, ParameterDefault value)
            => builder.ExecutionContext.IsRunMode
                ? new PersistedParameterDefault(name, value, () => ((IRuntimeBuilder)builder).Runtime.Secrets)
                : value;

        // Environment variables cannot always carry a dash: Parameters__jwt_secret is read too.
        private static string? Configured(IDistributedApplicationBuilder builder, string key)
            => builder.Configuration[key] ?? builder.Configuration[key.Replace('-', '_')];

        private static DistributedApplicationException Missing(string name, string key)
            => new($"The parameter '{name}' has no value: set {key} in the configuration or the environment variable {key.Replace(":", "__", StringComparison.Ordinal)}.");
    }
}
