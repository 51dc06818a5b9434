using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Json;

namespace YtOptimizer.AuthBenchmark;

/// <summary>Small requests that once cost a lot: texts on which scanners were quadratic, pictures that claim millions of pixels.</summary>
internal static class Bombs
{
    private const int Pictures = 32;

    private static readonly string[] Families = ["a.", "a@", "www.", "&#", "<a", "1:00 ", "#a"];

    public static async Task ScansAsync(Rig rig)
    {
        var caller = await rig.RegisterAsync();
        using var warm = await PostAsync(
            rig,
            caller,
            "/api/v1/ai/analyze/text",
            Transcript("we bake bread. ", 2_000),
            CancellationToken.None
        );
        foreach (var family in Families)
        {
            foreach (var kilobytes in (int[])[12, 25, 50, 97])
            {
                var before = Cpu(rig);
                var watch = Stopwatch.StartNew();
                using var response = await PostAsync(
                    rig,
                    caller,
                    "/api/v1/ai/analyze/text",
                    Transcript(family, kilobytes * 1024),
                    CancellationToken.None
                );
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"scans: '{family}' {kilobytes} KB: {(int)response.StatusCode} after {watch.ElapsedMilliseconds} ms, "
                            + $"{(Cpu(rig) - before).TotalMilliseconds:0} ms of processor"
                    )
                );
            }
        }

        // The client leaves at once: what is burnt after that?
        for (var round = 1; round <= 5; round++)
        {
            using var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(150));
            try
            {
                using var response = await PostAsync(
                    rig,
                    caller,
                    "/api/v1/ai/analyze/text",
                    Transcript("we bake the bread. ", 99_000),
                    gone.Token
                );
                Console.WriteLine($"scans: client wanted to leave after 150 ms, but was answered {(int)response.StatusCode} before");
            }
            catch (OperationCanceledException)
            {
                var after = Cpu(rig);
                await Task.Delay(TimeSpan.FromMilliseconds(200));
                var soon = Cpu(rig);
                await Task.Delay(TimeSpan.FromSeconds(3));
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"scans: client gone after 150 ms, round {round}: {(soon - after).TotalMilliseconds:0} ms of processor "
                            + $"in the next 200 ms, {(Cpu(rig) - soon).TotalMilliseconds:0} in 3 s after them"
                    )
                );
            }
        }

        var idle = Cpu(rig);
        await Task.Delay(TimeSpan.FromSeconds(3));
        Console.WriteLine(
            FormattableString.Invariant($"scans: nobody calls: {(Cpu(rig) - idle).TotalMilliseconds:0} ms of processor in 3 s")
        );
    }

    public static async Task PicturesAsync(Rig rig)
    {
        var caller = await rig.RegisterAsync();
        foreach (var (width, height) in ((int, int)[])[(64, 64), (4000, 4000), (4000, 3000)])
        {
            var png = Png(width, height);
            var before = Rss(rig);
            var peak = before;
            using var done = new CancellationTokenSource();
            var watching = WatchAsync(() => peak = Math.Max(peak, Rss(rig)), done.Token);
            var watch = Stopwatch.StartNew();
            var answers = await Task.WhenAll(
                Enumerable
                    .Range(0, Pictures)
                    .Select(async _ =>
                    {
                        var body = new
                        {
                            videoUrl = "https://youtu.be/dQw4w9WgXcQ",
                            template = "big_bold_text",
                            templateData = new
                            {
                                title = "Bread",
                                backgroundImage = "data:image/png;base64," + Convert.ToBase64String(png),
                            },
                        };
                        using var response = await PostAsync(
                            rig,
                            caller,
                            "/api/v1/workflow/generate-thumbnail",
                            body,
                            CancellationToken.None
                        );
                        return (int)response.StatusCode;
                    })
            );
            await done.CancelAsync();
            await watching;
            var counts = string.Join(", ", answers.GroupBy(a => a).OrderBy(g => g.Key).Select(g => $"{g.Count()} x {g.Key}"));
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"pictures: {Pictures} at once, {width}x{height} in {png.Length / 1024} KB: {counts} in "
                        + $"{watch.ElapsedMilliseconds} ms; memory {before:0} MB, at most {peak:0} MB"
                )
            );
        }
    }

    private static async Task WatchAsync(Action look, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            look();
            await Task.Delay(20, CancellationToken.None);
        }
    }

    private static object Transcript(string family, int length) =>
        new { transcript = string.Concat(Enumerable.Repeat(family, (length / family.Length) + 1))[..length] };

    private static async Task<HttpResponseMessage> PostAsync(Rig rig, Caller caller, string path, object body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new("Bearer", caller.AccessToken);
        return await rig.Client.SendAsync(request, ct);
    }

    private static TimeSpan Cpu(Rig rig)
    {
        rig.Apis[0].Process.Refresh();
        return rig.Apis[0].Process.TotalProcessorTime;
    }

    private static double Rss(Rig rig)
    {
        rig.Apis[0].Process.Refresh();
        return rig.Apis[0].Process.WorkingSet64 / 1048576.0;
    }

    /// <summary>One colour: a few kilobytes for any size.</summary>
    private static byte[] Png(int width, int height)
    {
        using var pixels = new MemoryStream();
        using (var packed = new ZLibStream(pixels, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var row = new byte[1 + (width * 4)];
            for (var y = 0; y < height; y++)
            {
                packed.Write(row);
            }
        }

        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9]) = (8, 6);
        return [137, 80, 78, 71, 13, 10, 26, 10, .. Chunk("IHDR"u8, head), .. Chunk("IDAT"u8, pixels.ToArray()), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        type.CopyTo(chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }

    // The checksum of PNG (ISO 3309).
    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
            }
        }

        return ~crc;
    }
}
