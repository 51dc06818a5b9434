using System.Globalization;
using System.Text.Json;

namespace YtOptimizer.Tests.Contracts.Fuzzing;

/// <summary>
/// What a field is meant to hold, by its name, and the ids that answers have shown, so that later requests ask for things that exist (or
/// did until a moment ago). Values are JSON text.
/// </summary>
internal sealed class GoodValues
{
    private const int Kept = 40;
    private readonly Dictionary<string, List<string>> seen = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> taboo = new(StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, string[]> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["password"] = [Quoted(Support.ApiFixture.Password)],
        ["passwords"] = [$"[{Quoted(Support.ApiFixture.Password)}]"],
        ["currentPassword"] = [Quoted(Support.ApiFixture.Password)],
        ["newPassword"] = [Quoted(Support.ApiFixture.Password)],
        ["videoUrl"] = [Quoted("https://www.youtube.com/watch?v=dQw4w9WgXcQ"), Quoted("https://youtu.be/1qpVkh61meM")],
        ["url"] = [Quoted("https://www.youtube.com/watch?v=dQw4w9WgXcQ")],
        ["transcript"] =
        [
            Quoted(
                string.Join(
                    ' ',
                    Enumerable
                        .Range(1, 12)
                        .Select(n => $"Step {n}: sharpen the kitchen knife on a whetstone, wipe it, and test the edge on paper.")
                )
            ),
        ],
        ["title"] = [Quoted("How to sharpen a kitchen knife")],
        ["originalTitle"] = [Quoted("How to sharpen a kitchen knife")],
        ["description"] = [Quoted("Three ways to a sharp kitchen knife, from cheap to best, with the mistakes to avoid.")],
        ["tags"] = ["[\"knife\",\"kitchen\",\"sharpening\"]"],
        ["fields"] = ["[\"title\"]", "[\"title\",\"description\",\"tags\",\"keywords\",\"thumbnail\"]"],
        ["template"] = [Quoted("minimal"), Quoted("bold")],
        ["templateData"] = ["{}"],
        ["brandLogo"] = ["null"],
        ["name"] = [Quoted("Fuzz Tester")],
        ["durationMinutes"] = ["60"],
        ["reason"] = [Quoted("scanning for holes")],
        ["searchTerm"] = [Quoted("error")],
        ["language"] = [Quoted("english"), Quoted("en")],
        ["languageOverride"] = [Quoted("english")],
        ["tone"] = [Quoted("casual")],
        ["toneOverride"] = [Quoted("casual")],
        ["actionUrl"] = [Quoted("/settings")],
        ["link"] = [Quoted("/settings")],
        ["picture"] = [Quoted("https://example.com/me.png")],
        ["timeRange"] = [Quoted("week")],
        ["window"] = [Quoted("1h")],
        ["days"] = ["7"],
        ["hours"] = ["24"],
        ["page"] = ["1"],
        ["limit"] = ["10"],
        ["offset"] = ["0"],
        ["statusCode"] = ["200"],
        ["sortBy"] = [Quoted("createdAt")],
        ["sortOrder"] = [Quoted("desc"), Quoted("asc")],
        ["startDate"] = [Quoted("2026-01-01T00:00:00Z")],
        ["endDate"] = [Quoted("2027-01-01T00:00:00Z")],
        ["resolutionNotes"] = [Quoted("Restarted the worker.")],
        ["aiPrompt"] = [Quoted("A sharp knife on a wooden board")],
        ["provider"] = [Quoted("google"), Quoted("github")],
        ["maxUses"] = ["3"],
        ["expiresInDays"] = ["30"],
        ["thumbnailStyle"] = [Quoted("bold")],
        ["imageStyle"] = [Quoted("realistic")],
        ["customInstructions"] = [Quoted("Be brief.")],
        ["metadata"] = ["{\"source\":\"fuzz\"}"],
        ["callback"] = [Quoted("refreshVideoList")],
        ["message"] = [Quoted("The service will be updated tonight.")],
    };

    private string caller = "";
    private string collection = "";
    private string? address;

    /// <summary>Who sends next, to which path, and the address of an account of the run.</summary>
    public void Turn(string name, string path, string? email) =>
        (caller, collection, address) = (name, path.Split('/').TakeWhile(p => !p.StartsWith('{')).Last().TrimEnd('s'), email);

    /// <summary>The caller's account is gone, and with it what was its own.</summary>
    public void Forget(string name)
    {
        foreach (var key in seen.Keys.Where(k => k.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            seen.Remove(key);
        }
    }

    /// <summary>Never to be asked for by its id: the callers themselves.</summary>
    public void Spare(Guid id) => taboo.Add(id.ToString());

    /// <param name="name">Of the field or parameter.</param>
    /// <param name="random">The run's.</param>
    public string? For(string name, Random random)
    {
        // What this caller has seen, best under the same collection (/sessions → {sessionId}); else what anybody has.
        var isId = name.EndsWith("id", StringComparison.OrdinalIgnoreCase);
        foreach (var key in isId ? new[] { $"{caller}:{collection}", $"{caller}:{name}", collection, name, "id" } : [name])
        {
            if (seen.TryGetValue(key, out var values) && random.Next(4) > 0)
            {
                return values[random.Next(values.Count)];
            }
        }

        return name.ToLowerInvariant() switch
        {
            "email" when address is not null && random.Next(2) == 0 => Quoted(address),
            "email" => Quoted($"fuzz{random.Next(1_000_000)}@example.com"),
            "ipaddress" => Quoted($"203.0.113.{random.Next(1, 250).ToString(CultureInfo.InvariantCulture)}"),
            _ => Known.TryGetValue(name, out var known) ? known[random.Next(known.Length)] : null,
        };
    }

    /// <summary>Remembers the ids and codes of an answer.</summary>
    public void Learn(JsonElement answer, int depth = 0)
    {
        if (depth > 4)
        {
            return;
        }

        if (answer.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in answer.EnumerateArray().Take(3))
            {
                Learn(item, depth + 1);
            }
        }

        if (answer.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var member in answer.EnumerateObject())
        {
            if (
                member.Value.ValueKind == JsonValueKind.String
                && (member.Name.EndsWith("id", StringComparison.OrdinalIgnoreCase) || member.Name is "code" or "refreshToken")
                && member.Value.GetString() is { Length: > 0 } text
                && !taboo.Contains(text)
            )
            {
                var value = member.Value.GetRawText();
                Keep(member.Name, value);
                Keep($"{caller}:{member.Name}", value);
                if (member.Name is "id" or "jobId")
                {
                    Keep(collection, value);
                    Keep($"{caller}:{collection}", value);
                    if (collection == "register")
                    {
                        // An account that no caller of the run is.
                        Keep("user", value);
                    }
                }
            }
            else
            {
                Learn(member.Value, depth + 1);
            }
        }
    }

    private void Keep(string key, string value)
    {
        var list = seen.TryGetValue(key, out var found) ? found : seen[key] = [];
        if (list.Count >= Kept)
        {
            list.RemoveAt(0);
        }

        list.Add(value);
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
