using System.Globalization;
using YtOptimizer.AuthBenchmark;

// dotnet run -c Release --project perf/YtOptimizer.AuthBenchmark --
// [attacks|rates|timing|flood|revocation|lost|isolation|takeover|scans|pictures|videos|devices|administrators|soak ...] [--seconds 10]
// [--samples 400] [--apis 1]
// [--setting NAME=value ...]
string Option(string name, string fallback) =>
    Array.IndexOf(args, "--" + name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : fallback;
int Number(string name, int fallback) =>
    int.Parse(Option(name, fallback.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
string[] wanted = [.. args.TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal))];
if (wanted.Length == 0)
{
    wanted = ["rates", "timing", "flood", "revocation", "lost", "isolation"];
}

// What real attackers and crowds did to earlier versions; "soak" is apart, because it takes an hour.
wanted =
[
    .. wanted.SelectMany(mode =>
        mode == "attacks" ? ["takeover", "scans", "pictures", "videos", "administrators", "devices"] : new[] { mode }
    ),
];
var settings = args.Zip(args.Skip(1))
    .Where(pair => pair.First == "--setting")
    .Select(pair => pair.Second.Split('=', 2))
    .ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
var (youTube, calls) = await Contention.StartYouTubeAsync();
await using var stopped = youTube;
settings.TryAdd("YOUTUBE_API_KEY", "dummy-key");
settings.TryAdd("YOUTUBE_API_BASE_URL", youTube.Urls.First());
await using var rig = await Rig.StartAsync(Number("apis", 1), wanted.Contains("soak"), settings);
foreach (var mode in wanted)
{
    await (
        mode switch
        {
            "rates" => Rates.RunAsync(rig, TimeSpan.FromSeconds(Number("seconds", 10))),
            "timing" => Timing.RunAsync(rig, Number("samples", 400), Number("legacy-samples", 200)),
            "flood" => Flood.RunAsync(rig, Number("logins", 500)),
            "revocation" => Revocation.RunAsync(rig, Number("trials", 5)),
            "lost" => LostAnswers.RunAsync(rig, Number("retries", 1000)),
            "isolation" => Isolation.RunAsync(rig, Number("users", 500), Number("requests", 20_000)),
            "takeover" => Takeover.RunAsync(rig),
            "scans" => Bombs.ScansAsync(rig),
            "pictures" => Bombs.PicturesAsync(rig),
            "videos" => Contention.VideosAsync(rig, calls, Number("rounds", 10)),
            "devices" => Contention.DevicesAsync(rig, Number("rounds", 10)),
            "administrators" => Contention.AdministratorsAsync(rig, Number("rounds", 10)),
            "soak" => Soak.RunAsync(rig, TimeSpan.FromMinutes(Number("minutes", 60))),
            _ => throw new InvalidOperationException(
                $"There is no measurement '{mode}'. Choose from rates, timing, flood, revocation, lost, isolation, takeover, videos, "
                    + $"devices, administrators, soak."
            ),
        }
    );
}
