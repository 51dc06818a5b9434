using System.Reflection;
using System.Text.RegularExpressions;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Contracts;

/// <summary>docs/ASVS.md names every requirement of levels 1 and 2 once, and only tests and files that exist.</summary>
public sealed partial class AsvsTests
{
    // ASVS 5.0.0 has 70 requirements of level 1 and 183 of level 2.
    private const int Level1 = 70;
    private const int Level2 = 183;

    [Fact]
    public async Task List_Numbers_AreAllOfBothLevels()
    {
        var rows = await RowsAsync();
        Assert.Equal(rows.Count, rows.Select(r => r.Number).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal((Level1, Level2), (rows.Count(r => r.Level == "1"), rows.Count(r => r.Level == "2")));
        Assert.All(rows, r => Assert.Contains(r.Status, new[] { "met", "partly", "not met", "n/a" }));
        // In the standard's order: a number that is missing shows beside its neighbours.
        Assert.Equal(rows.Select(r => Version.Parse(r.Number)).Order(), rows.Select(r => Version.Parse(r.Number)));
    }

    [Fact]
    public async Task List_WhatIsMet_NamesTestsAndFilesThatExist()
    {
        var tests = Assembly.GetExecutingAssembly().GetTypes().Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        var wrong = new List<string>();
        foreach (var row in await RowsAsync())
        {
            var names = Name().Matches(row.Text).Select(m => m.Groups["name"].Value).ToList();
            var evidence = names
                .Where(n =>
                    n.EndsWith("Tests", StringComparison.Ordinal)
                        ? tests.Contains(n)
                        : IsPath(n) && File.Exists(Repository.PathOf(n.Split('/')))
                )
                .ToList();
            wrong.AddRange(
                names
                    .Where(n => (n.EndsWith("Tests", StringComparison.Ordinal) || IsPath(n)) && !evidence.Contains(n))
                    .Select(n => $"{row.Number}: {n} does not exist")
            );
            if (row.Status == "met" && evidence.Count == 0)
            {
                wrong.Add($"{row.Number}: met, but nothing shows it");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static bool IsPath(string name) =>
        !name.StartsWith('/')
        && (
            name.EndsWith(".cs", StringComparison.Ordinal)
            || name.EndsWith(".md", StringComparison.Ordinal)
            || name.EndsWith(".txt", StringComparison.Ordinal)
            || name.EndsWith(".json", StringComparison.Ordinal)
            || name.EndsWith(".props", StringComparison.Ordinal)
            || name is "NOTICE" or ".dockerignore"
        );

    private static async Task<List<(string Number, string Level, string Status, string Text)>> RowsAsync() =>
        [
            .. (await File.ReadAllLinesAsync(Repository.PathOf("docs", "ASVS.md"), TestContext.Current.CancellationToken))
                .Select(l => Row().Match(l))
                .Where(m => m.Success)
                .Select(m => (m.Groups["number"].Value, m.Groups["level"].Value, m.Groups["status"].Value, m.Groups["text"].Value)),
        ];

    [GeneratedRegex(
        @"^\| (?<number>\d+\.\d+\.\d+) \| (?<level>[12]) \| (?<status>[^|]+) \| (?<text>.+) \|$",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Row();

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
