using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;
using YtOptimizer.ServiceDefaults.Configuration;

namespace YtOptimizer.ServiceDefaults.Hosting;

/// <summary>Turns the ordinary reasons for which a process cannot start into a few sentences and exit code 1, instead of a stack
/// trace.</summary>
public static partial class StartupFailure
{
    /// <summary>Runs the host. A failure to start that an operator can mend is explained on standard error; the exit code is then
    /// 1.</summary>
    public static async Task RunOrExplainAsync(this IHost host, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        var environment = host.Services.GetRequiredService<IHostEnvironment>();
        try
        {
            // The host builds its services first and validates then: one that needs a setting would hide what else is missing.
            UnreadableSettings.Validate(host.Services);
            await host.RunAsync(ct);
        }
        catch (Exception exception) when (IsOwnProcess(environment) && Explain(exception) is { } text)
        {
            await Console.Error.WriteLineAsync(text);
            Environment.ExitCode = 1;
        }
    }

    /// <summary>The explanation of <paramref name="exception"/>, or null when it is not of a kind that operators cause.</summary>
    public static string? Explain(Exception exception)
    {
        var all = Flatten(exception).ToList();
        var settings = all.OfType<OptionsValidationException>().SelectMany(Texts).Distinct(StringComparer.Ordinal).ToList();
        settings.AddRange(settings.Count == 0 && UnreadableSettings.Explain(exception) is { } unreadable ? [unreadable] : []);
        if (settings.Count > 0)
        {
            return new StringBuilder()
                .AppendJoin(Environment.NewLine, settings)
                .AppendLine()
                .Append(settings.Count == 1 ? "1 setting" : $"{settings.Count} settings")
                .Append(" must be corrected before the application can start.")
                .ToString();
        }

        if (all.OfType<AddressInUseException>().FirstOrDefault() is { } inUse)
        {
            return $"Port already in use: {all.OfType<IOException>().FirstOrDefault()?.Message ?? inUse.Message} Stop the other process, "
                + $"or set PORT (or ASPNETCORE_URLS) to a free one.";
        }

        return all.OfType<NpgsqlException>().FirstOrDefault() is { } database
            ? $"Failed to connect to database: {database.Message} Check DATABASE_URL (or ConnectionStrings__{ResourceNames.Database}) "
                + $"and that the server accepts connections."
            : null;
    }

    /// <summary>Failures of plainly registered options come in the framework's words; they get the same shape.</summary>
    private static string Words(string failure, Type options)
    {
        if (SettingMessage.Is(failure) || AnnotationFailure().Match(failure) is not { Success: true } match)
        {
            return failure;
        }

        var section = options.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as string;
        var key = section is null ? match.Groups["member"].Value : $"{section}:{match.Groups["member"].Value}";
        var problem = match.Groups["problem"].Value;
        return problem.Contains("is required", StringComparison.Ordinal)
            ? SettingMessage.Missing(key, problem)
            : SettingMessage.Invalid(key, problem, null);
    }

    /// <summary>Test hosts run the entry point inside another process and want the exception.</summary>
    private static bool IsOwnProcess(IHostEnvironment environment) =>
        Assembly.GetEntryAssembly()?.GetName().Name == environment.ApplicationName;

    internal static IEnumerable<string> Texts(OptionsValidationException failure) =>
        failure.Failures.Select(text => Words(text, failure.OptionsType));

    internal static IEnumerable<Exception> Flatten(Exception exception) =>
        exception is AggregateException aggregate ? aggregate.InnerExceptions.SelectMany(Flatten)
        : exception.InnerException is { } inner ? Flatten(inner).Prepend(exception)
        : [exception];

    [GeneratedRegex(
        "^DataAnnotation validation failed for '.*' members: '(?<member>[^',]+).*' with the error: '(?<problem>.*)'\\.?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 200
    )]
    private static partial Regex AnnotationFailure();
}
