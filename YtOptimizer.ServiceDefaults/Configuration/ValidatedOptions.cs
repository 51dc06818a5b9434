using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace YtOptimizer.ServiceDefaults.Configuration;

/// <summary>Options of a feature: bound, checked by their annotations, refused at start with words an operator can act on.</summary>
public static class ValidatedOptions
{
    /// <summary>
    /// Binds <typeparamref name="T"/> to <paramref name="section"/> and validates it when the host starts. A property's
    /// <see cref="DescriptionAttribute"/> is the "why" of the message. All failures of all options are reported together.
    /// </summary>
    public static OptionsBuilder<T> AddValidatedOptions<T>(this IServiceCollection services, string section)
        where T : class, new()
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton<IValidateOptions<T>>(provider => new Validator<T>(section, provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<IOptionsChangeTokenSource<T>>(provider => new ConfigurationChangeTokenSource<T>(
            Options.DefaultName,
            provider.GetRequiredService<IConfiguration>().GetSection(section)
        ));
        return services
            .AddOptions<T>()
            .Configure<IConfiguration>((options, configuration) => Bind(configuration.GetSection(section), options))
            .ValidateOnStart();
    }

    /// <summary>Binds property by property, so that one unreadable value neither hides the others nor ends up in an exception's
    /// text.</summary>
    private static List<string> Bind(IConfigurationSection section, object options)
    {
        var unreadable = new List<string>();
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
        {
            var setting = section.GetSection(property.Name);
            if (!setting.Exists())
            {
                continue;
            }

            try
            {
                // A default that is a list or an object is filled in place, as the binder does for whole objects.
                if ((Flag(setting, property.PropertyType) ?? setting.Get(property.PropertyType)) is { } value)
                {
                    property.SetValue(options, value);
                }
            }
            catch (Exception exception) when (exception is InvalidOperationException or FormatException or ArgumentException)
            {
                unreadable.Add(property.Name);
            }
        }

        return unreadable;
    }

    // "1" and "0" are what shells and platforms write for true and false.
    private static object? Flag(IConfigurationSection setting, Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) == typeof(bool) && setting.Value?.Trim() is "1" or "0"
            ? setting.Value.Trim() == "1"
            : null;

    private sealed class Validator<T>(string section, IConfiguration configuration) : IValidateOptions<T>
        where T : class, new()
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            var unreadable = Bind(configuration.GetSection(section), new T());
            List<string> failures =
            [
                .. unreadable.Select(property =>
                    SettingMessage.Invalid(Key(property), "cannot be read as " + TypeName(property), Why(property))
                ),
            ];

            var results = new List<ValidationResult>();
            if (
                !System.ComponentModel.DataAnnotations.Validator.TryValidateObject(
                    options,
                    new ValidationContext(options),
                    results,
                    validateAllProperties: true
                )
            )
            {
                failures.AddRange(
                    results.SelectMany(result =>
                        result
                            .MemberNames.DefaultIfEmpty("")
                            .Except(unreadable, StringComparer.Ordinal)
                            .Select(member => Describe(options, member, result.ErrorMessage ?? "is not valid"))
                    )
                );
            }

            return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
        }

        private string Describe(T options, string member, string problem)
        {
            var value = typeof(T).GetProperty(member)?.GetValue(options);
            var missing = value is null || (value is string text && string.IsNullOrWhiteSpace(text));
            return missing
                ? SettingMessage.Missing(Key(member), Why(member) ?? problem)
                : SettingMessage.Invalid(Key(member), problem, Why(member));
        }

        private string Key(string member) => member.Length == 0 ? section : $"{section}:{member}";

        private static string? Why(string member) => typeof(T).GetProperty(member)?.GetCustomAttribute<DescriptionAttribute>()?.Description;

        private static string TypeName(string member)
        {
            var type = typeof(T).GetProperty(member)!.PropertyType;
            type = Nullable.GetUnderlyingType(type) ?? type;
            return type == typeof(bool) ? "true or false"
                : type == typeof(TimeSpan) ? "a duration (15m, 1h, 7d or 00:15:00)"
                : type == typeof(Uri) ? "an absolute URL"
                : type.IsEnum ? "one of " + string.Join(", ", Enum.GetNames(type))
                : type.IsPrimitive ? "a number"
                : type.Name;
        }
    }
}
