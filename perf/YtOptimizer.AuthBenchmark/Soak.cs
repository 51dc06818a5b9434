using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace YtOptimizer.AuthBenchmark;

/// <summary>An even load for a long time: whether memory grows once the process is warm.</summary>
internal static partial class Soak
{
    private const int PerSecond = 25;

    private sealed record Sample(double Minute, double RssMegabytes, double HeapMegabytes);

    public static async Task RunAsync(Rig rig, TimeSpan length)
    {
        // One after the other: a burst would be told to come back later.
        var callers = new List<Caller>();
        for (var i = 0; i < 20; i++)
        {
            callers.Add(await rig.RegisterAsync());
        }

        var watch = Stopwatch.StartNew();
        var samples = new List<Sample>();
        var sent = 0;
        var failed = 0;
        var under = new List<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1000.0 / PerSecond));
        var next = TimeSpan.Zero;
        while (watch.Elapsed < length && await timer.WaitForNextTickAsync())
        {
            under.Add(OneAsync(rig, callers[sent % callers.Count], sent++, () => Interlocked.Increment(ref failed)));
            under.RemoveAll(task => task.IsCompleted);
            if (watch.Elapsed >= next)
            {
                next += TimeSpan.FromSeconds(30);
                samples.Add(await SampleAsync(rig, watch.Elapsed.TotalMinutes));
                var last = samples[^1];
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"soak: minute {last.Minute:0.0} rss {last.RssMegabytes:0} MB heap {last.HeapMegabytes:0} MB, {sent} sent, "
                            + $"{failed} failed"
                    )
                );
            }
        }

        await Task.WhenAll(under);
        var warm = samples.Where(sample => sample.Minute >= length.TotalMinutes / 2).ToList();
        var (rss, heap) = (Slope(warm, sample => sample.RssMegabytes), Slope(warm, sample => sample.HeapMegabytes));
        Console.WriteLine(FormattableString.Invariant($"soak: second half, slope of rss {rss:0.00} MB/min, of heap {heap:0.00} MB/min"));
    }

    // Of ten requests one signs in, one refreshes nothing known, one asks for what does not exist; the others read.
    private static async Task OneAsync(Rig rig, Caller caller, int i, Action failed)
    {
        try
        {
            using var request = (i % 10) switch
            {
                0 => new HttpRequestMessage(HttpMethod.Post, "/auth/login")
                {
                    Content = JsonContent.Create(new { email = caller.Email, password = Rig.Password }),
                },
                1 => new HttpRequestMessage(HttpMethod.Get, "/no/such/path/" + i.ToString(CultureInfo.InvariantCulture)),
                2 => new HttpRequestMessage(HttpMethod.Get, "/auth/sessions"),
                3 => new HttpRequestMessage(HttpMethod.Get, "/api/v1/analysis/history"),
                _ => new HttpRequestMessage(HttpMethod.Get, "/auth/profile"),
            };
            request.Headers.Authorization = i % 10 == 0 ? null : new("Bearer", caller.AccessToken);
            using var response = await rig.Client.SendAsync(request);
            if ((int)response.StatusCode >= 500)
            {
                failed();
            }
        }
        catch (HttpRequestException)
        {
            failed();
        }
    }

    private static async Task<Sample> SampleAsync(Rig rig, double minute)
    {
        var status = await File.ReadAllTextAsync($"/proc/{rig.Apis[0].Process.Id}/status");
        var metrics = await rig.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return new Sample(minute, Number(Rss().Match(status)) / 1024, Number(Heap().Match(metrics)) / 1024 / 1024);
    }

    private static double Number(Match match) =>
        match.Success ? double.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture) : double.NaN;

    private static double Slope(List<Sample> samples, Func<Sample, double> value)
    {
        var (x, y) = (samples.Average(s => s.Minute), samples.Average(value));
        return samples.Sum(s => (s.Minute - x) * (value(s) - y)) / samples.Sum(s => (s.Minute - x) * (s.Minute - x));
    }

    [GeneratedRegex(@"VmRSS:\s+(?<n>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rss();

    [GeneratedRegex(@"^memory_heap_used_bytes(\{[^}]*\})? (?<n>[0-9.eE+]+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Heap();
}
