using System.Globalization;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Performance;

/// <summary>One line of <c>request-costs.txt</c>.</summary>
/// <param name="Statements">Sent to the database within the request.</param>
/// <param name="Kilobytes">Allocated by the process, 10³ bytes.</param>
/// <param name="Caller">nobody, user or admin.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">With placeholders.</param>
/// <param name="Body">JSON with placeholders, or null.</param>
internal sealed record RequestCost(int Statements, double Kilobytes, string Caller, string Method, string Path, string? Body)
{
    public string Request => Body is null ? $"{Method} {Path}" : $"{Method} {Path} {Body}";

    public string Key => $"{Caller} {Request}";

    public string Line => string.Create(CultureInfo.InvariantCulture, $"{Statements} | {Kilobytes:0.0} | {Caller} | {Request}");
}

/// <summary>The reviewed figures.</summary>
internal static class RequestCostFile
{
    private static readonly string FilePath = Repository.PathOf("YtOptimizer.Tests", "Performance", "request-costs.txt");

    public static bool IsBeingRewritten => Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1";

    public static IReadOnlyList<RequestCost> Read() =>
        [.. File.ReadAllLines(FilePath).Where(line => line.Length > 0 && line[0] != '#').Select(Parse)];

    /// <summary>Writes new figures; the order, the requests and the comment at the top stay.</summary>
    public static void Write(Func<RequestCost, RequestCost> measured) =>
        File.WriteAllText(
            FilePath,
            string.Concat(File.ReadAllLines(FilePath).Select(line => (line is ['#', ..] or "" ? line : measured(Parse(line)).Line) + "\n"))
        );

    private static RequestCost Parse(string line)
    {
        var parts = line.Split(" | ", 4);
        var request = parts[3].Split(' ', 3);
        return new RequestCost(
            int.Parse(parts[0], CultureInfo.InvariantCulture),
            double.Parse(parts[1], CultureInfo.InvariantCulture),
            parts[2],
            request[0],
            request[1],
            request.Length > 2 ? request[2] : null
        );
    }
}
