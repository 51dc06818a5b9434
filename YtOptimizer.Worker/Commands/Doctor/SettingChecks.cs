using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Alerts;
using YtOptimizer.Worker.RecurringJobs.Chores;

namespace YtOptimizer.Worker.Commands.Doctor;

/// <summary>Settings that can be judged without asking anybody, and the room on the disks. Values are never printed.</summary>
internal static class SettingChecks
{
    private const double GiB = 1 << 30;

    public static IEnumerable<Finding> Read(VerbHost host)
    {
        var settings = host.Services.GetRequiredService<IConfiguration>();
        bool Has(string name) => !string.IsNullOrWhiteSpace(settings[name]);
        yield return Disk("disk", Directory.GetCurrentDirectory());
        if ((settings[BackupOptions.Section + ":Directory"] ?? settings["BACKUP_DIR"]) is { Length: > 0 } folder)
        {
            yield return Disk("disk of BACKUP_DIR", folder);
        }

        yield return Secret(settings["Auth:JwtSecret"] ?? settings["JWT_SECRET"]);
        yield return Has("YOUTUBE_API_KEY")
            ? Finding.Good("YouTube", "configured")
            : Finding.Advice("YouTube", "Not configured: titles come from oEmbed, the rest from what users send. Set YOUTUBE_API_KEY.");
        yield return Has("STRIPE_SECRET_KEY")
            ? Finding.Good("Stripe", "configured")
            : Finding.Advice(
                "Stripe",
                "Not configured here: nothing can be bought, administrators and promo codes give tiers. Set STRIPE_SECRET_KEY on the API."
            );
        yield return Has("METRICS_TOKEN")
            ? Finding.Good("METRICS_TOKEN", "set")
            : Finding.Advice("METRICS_TOKEN", "Not set: metrics are for administrators, this machine and METRICS_NETWORKS only.");
    }

    public static Finding Alerts(VerbHost host) =>
        host.Services.GetRequiredService<AlertChannels>().Configured is { Length: > 0 } channels
            ? Finding.Good("alerts", string.Join(", ", channels) + ". Try them: alerts test")
            : Finding.Advice("alerts", "Nobody would be told about an incident. " + AlertChannels.HowToConfigure);

    internal static Finding Secret(string? secret) =>
        string.IsNullOrWhiteSpace(secret)
            ? Finding.Advice("JWT_SECRET", "Not set for this process; the API needs it. Make one: secrets rotate-jwt")
        : SecretStrength.Weakness(secret) is { } weakness
            ? Finding.Bad("JWT_SECRET", $"JWT_SECRET {weakness}; whoever guesses it can sign in as anybody. Make one: secrets rotate-jwt")
        : Finding.Good("JWT_SECRET", "set");

    private static Finding Disk(string name, string folder)
    {
        if (!Directory.Exists(folder))
        {
            return Finding.Bad(name, "The folder does not exist here. Create it, or mount the storage.");
        }

        var drive = new DriveInfo(Path.GetFullPath(folder));
        return Room(name, drive.AvailableFreeSpace, drive.TotalSize);
    }

    /// <param name="name">Of the finding.</param>
    /// <param name="free">Bytes.</param>
    /// <param name="total">Bytes.</param>
    internal static Finding Room(string name, long free, long total)
    {
        var text = FormattableString.Invariant($"{free / GiB:0.0} of {total / GiB:0.0} GiB free");
        const string What =
            ". Make room: old backups, archives and uploads here; log rows in the database by maintenance retention and vacuum.";
        return free < GiB ? Finding.Bad(name, text + What)
            : free < total / 20 ? Finding.Advice(name, text + What)
            : Finding.Good(name, text);
    }
}
