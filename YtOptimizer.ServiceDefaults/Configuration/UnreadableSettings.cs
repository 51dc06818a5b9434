using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace YtOptimizer.ServiceDefaults.Configuration;

/// <summary>
/// Settings whose value is of another kind than their type. The binder stops at the first, with a text that repeats the value: here each is
/// named, and the search goes on without it, so that all of them and whatever else is wrong come in one list.
/// </summary>
internal static partial class UnreadableSettings
{
    private const int Most = 100;

    private static readonly PropertyInfo? Data = typeof(ConfigurationProvider).GetProperty(
        "Data",
        BindingFlags.Instance | BindingFlags.NonPublic
    );
    private static readonly MethodInfo? Changed = typeof(ConfigurationProvider).GetMethod(
        "OnReload",
        BindingFlags.Instance | BindingFlags.NonPublic
    );

    /// <summary>Runs the validation at start. Throws what is wrong, all together; no text repeats a value.</summary>
    /// <exception cref="OptionsValidationException">One or more settings cannot be used.</exception>
    public static void Validate(IServiceProvider services)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var unreadable = new List<string>();
        var rest = new List<string>();
        while (unreadable.Count < Most)
        {
            try
            {
                services.GetService<IStartupValidator>()?.Validate();
                break;
            }
            catch (Exception exception) when (Find(exception) is { } found)
            {
                unreadable.Add(Message(found));
                Remove(configuration, found.Key);
                Remove(configuration, EnvironmentVariableMap.For(found.Key));
            }
            catch (Exception exception) when (Failures(exception) is { Count: > 0 } failures)
            {
                rest = failures;
                break;
            }
        }

        if (unreadable.Count + rest.Count > 0)
        {
            throw new OptionsValidationException("settings", typeof(object), unreadable.Concat(rest));
        }
    }

    // An empty value would be unreadable as well, and there is no public way to take one out. The process ends in a moment.
    private static void Remove(IConfiguration configuration, string key)
    {
        foreach (var provider in (configuration as IConfigurationRoot)?.Providers ?? [])
        {
            if (provider is ChainedConfigurationProvider chained)
            {
                Remove(chained.Configuration, key);
            }

            if (provider is ConfigurationProvider && (Data?.GetValue(provider) as IDictionary<string, string?>)?.Remove(key) == true)
            {
                // Options that could not be made are remembered as such until the configuration says that it has changed.
                try
                {
                    Changed?.Invoke(provider, null);
                }
                catch (TargetInvocationException)
                {
                    // Somebody who listens met the next setting that cannot be read; the search finds it too.
                }
            }
        }
    }

    /// <summary>What to say about an exception of the binder; null for any other.</summary>
    public static string? Explain(Exception exception) => Find(exception) is { } found ? Message(found) : null;

    private static string Message((string Key, string Type) found) =>
        SettingMessage.Invalid(found.Key, "cannot be read as " + Words(found.Type), null);

    private static List<string> Failures(Exception exception) =>
        [.. Hosting.StartupFailure.Flatten(exception).OfType<OptionsValidationException>().SelectMany(Hosting.StartupFailure.Texts)];

    private static (string Key, string Type)? Find(Exception exception) =>
        Hosting
            .StartupFailure.Flatten(exception)
            .OfType<InvalidOperationException>()
            .Select(failure => Binder().Match(failure.Message))
            .FirstOrDefault(match => match.Success)
            is { } match
            ? (match.Groups["key"].Value, match.Groups["type"].Value)
            : null;

    private static string Words(string typeName)
    {
        var type = AppDomain
            .CurrentDomain.GetAssemblies()
            .Select(assembly => assembly.GetType(typeName))
            .FirstOrDefault(found => found is not null);
        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        return type is null ? "what it is for"
            : type == typeof(bool) ? "true or false"
            : type == typeof(TimeSpan) ? "a duration (15m, 1h, 7d or 00:15:00)"
            : type == typeof(Uri) ? "an absolute URL"
            : type.IsEnum ? "one of " + string.Join(", ", Enum.GetNames(type))
            : type.IsPrimitive || type == typeof(decimal) ? "a number"
            : type.Name;
    }

    // "Failed to convert configuration value 'x' at 'Smtp:Port' to type 'System.Int32'."; older versions leave the value out.
    [GeneratedRegex(
        "at '(?<key>[^']+)' to type '(?<type>[^']+)'",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.RightToLeft,
        200
    )]
    private static partial Regex Binder();
}
