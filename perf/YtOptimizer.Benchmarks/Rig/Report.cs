using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace YtOptimizer.Benchmarks.Rig;

/// <summary>One measured figure.</summary>
/// <param name="Area">Verb.</param>
/// <param name="Name">What was measured.</param>
/// <param name="Value">Median.</param>
/// <param name="Unit">For example "/s", "ms", "MB".</param>
/// <param name="Spread">Half of the distance between the quartiles, as a share of the median; null for a single figure.</param>
/// <param name="Goal">As text, for example "≥ 1.00 × one select"; null when there is none.</param>
/// <param name="Ratio">To what the goal compares with: the median of the rounds' ratios.</param>
/// <param name="IsMet">Null without a goal.</param>
internal sealed record Figure(
    string Area,
    string Name,
    double Value,
    string Unit,
    double? Spread = null,
    string? Goal = null,
    double? Ratio = null,
    bool? IsMet = null
);

/// <summary>The table of a run, as text (Markdown) and JSON.</summary>
internal sealed class Report(Settings settings)
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly List<Figure> figures = [];
    private readonly List<string> notes = [];
    private readonly string loadAtStart = Load();
    private readonly DateTimeOffset began = TimeProvider.System.GetUtcNow();

    public static string Load() =>
        File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3)) : "unknown";

    public void Add(Figure figure)
    {
        figures.Add(figure);
        Console.Error.WriteLine($"  {Line(figure)}");
    }

    public void Note(string note) => notes.Add(note);

    public string ToText()
    {
        var text = new StringBuilder(Machine()).Append(
            "\n\n| area | figure | median | ± | ratio | goal | met |\n|---|---|---|---|---|---|---|\n"
        );
        foreach (var figure in figures)
        {
            text.Append(Line(figure)).Append('\n');
        }

        foreach (var note in notes)
        {
            text.Append('\n').Append(note);
        }

        return text.ToString();
    }

    public string ToJson() =>
        JsonSerializer.Serialize(
            new
            {
                began,
                machine = Machine(),
                settings,
                figures,
                notes,
            },
            Indented
        );

    private static string Line(Figure figure) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {figure.Area} | {figure.Name} | {Number(figure.Value)} {figure.Unit} | "
                + $"{(figure.Spread is { } spread ? spread.ToString("P0", CultureInfo.InvariantCulture) : "")} | {figure.Ratio:0.00} | "
                + $"{figure.Goal} | {(figure.IsMet is { } met ? met ? "yes" : "no" : "")} |"
        );

    private static string Number(double value) =>
        value.ToString(
            value >= 100 ? "#,0"
                : value >= 10 ? "0.0"
                : "0.00",
            CultureInfo.InvariantCulture
        );

    private string Machine() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{began:yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} cores for clients, servers and database together, load "
                + $"{loadAtStart} at the start and {Load()} at the end, {RuntimeInformation.OSDescription}, "
                + $"{RuntimeInformation.FrameworkDescription}, Release; {settings.Rounds} rounds of {settings.Turn.TotalSeconds:0} s in "
                + $"turns, {settings.Clients} connections"
        );
}
