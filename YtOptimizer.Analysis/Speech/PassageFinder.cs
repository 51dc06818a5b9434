namespace YtOptimizer.Analysis.Speech;

/// <summary>Marks greeting, sponsor passages, requests and sign-off in a list of spoken units.</summary>
internal static class PassageFinder
{
    private const int GreetingUnits = 4;
    private const double GreetingSeconds = 25;
    private const double LongestSponsor = 180;
    private const double SponsorGap = 40;
    private const int UntimedSponsorUnits = 8;

    /// <summary>More sentences are not said within <see cref="LongestSponsor"/>.</summary>
    private const int MostSponsorUnits = 200;
    private const double SignOffShare = 0.8;

    private static readonly HashSet<string> Negations = new(StringComparer.Ordinal)
    {
        "not",
        "isn",
        "isnt",
        "no",
        "never",
        "nicht",
        "kein",
        "keine",
        "pas",
        "não",
        "nao",
        "non",
        "nie",
        "не",
        "niet",
        "inte",
        "bukan",
        "không",
        "değil",
        "nadie",
    };

    public static void Mark(List<SpokenUnit> units, DiscourseWords words)
    {
        Greeting(units, words);
        Requests(units, words);
        Sponsors(units, words);
        SignOff(units, words);
    }

    private static void Greeting(List<SpokenUnit> units, DiscourseWords words)
    {
        var first = units.Find(unit => unit.Kind != SpokenKind.Sound);
        for (var i = 0; i < units.Count && i < GreetingUnits; i++)
        {
            var near = first is not null && (units[i].Start - first.Start).TotalSeconds < GreetingSeconds;
            // A long sentence that begins with "Hello" says more than hello.
            if (
                near
                && units[i].Kind == SpokenKind.Speech
                && words.Find(units[i].Form, DiscourseKind.Greet) is not null
                && units[i].Form.Length <= 90
            )
            {
                units[i] = units[i] with { Kind = SpokenKind.Greeting };
            }
        }
    }

    private static void Requests(List<SpokenUnit> units, DiscourseWords words)
    {
        for (var i = 0; i < units.Count; i++)
        {
            if (units[i].Kind == SpokenKind.Speech && words.Find(units[i].Form, DiscourseKind.Ask) is not null)
            {
                units[i] = units[i] with { Kind = SpokenKind.Request };
            }
        }
    }

    private static void Sponsors(List<SpokenUnit> units, DiscourseWords words)
    {
        for (var i = 0; i < units.Count; i++)
        {
            if (
                units[i].Kind == SpokenKind.Sound
                || words.Find(units[i].Form, DiscourseKind.Sponsor) is not { } phrase
                || IsDenied(units[i].Form, phrase)
            )
            {
                continue;
            }

            var names = Names(units[i].Text);
            var last = i;
            for (var k = i + 1; k < units.Count && IsNear(units, i, last, k); k++)
            {
                if (
                    words.Find(units[k].Form, DiscourseKind.Sell) is not null
                    || words.Find(units[k].Form, DiscourseKind.Sponsor) is not null
                    || names.Exists(name => units[k].Text.Contains(name, StringComparison.Ordinal))
                )
                {
                    last = k;
                }
                else if (units[k].Opening >= 1)
                {
                    // "So step one": the video goes on.
                    break;
                }
            }

            for (var k = i; k <= last; k++)
            {
                units[k] = units[k] with { Kind = SpokenKind.Sponsor };
            }

            i = last;
        }
    }

    private static bool IsNear(List<SpokenUnit> units, int first, int last, int k) =>
        units[k].End == TimeSpan.Zero
            ? k - last <= UntimedSponsorUnits / 2 && k - first <= UntimedSponsorUnits * 2
            : k - first <= MostSponsorUnits
                && (units[k].Start - units[last].End).TotalSeconds < SponsorGap
                && (units[k].End - units[first].Start).TotalSeconds < LongestSponsor;

    // "This video is not sponsored."
    private static bool IsDenied(string form, string phrase)
    {
        var before = form[..form.IndexOf(phrase, StringComparison.Ordinal)].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return before.TakeLast(4).Any(Negations.Contains);
    }

    /// <summary>Words with a capital that do not begin a sentence: among them the sponsor's name.</summary>
    private static List<string> Names(string text)
    {
        var names = new List<string>();
        var begins = true;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var bare = word.Trim(',', '.', '!', '?', ':', ';', '"', '¿', '¡', '(', ')');
            if (!begins && bare.Length >= 4 && char.IsUpper(bare[0]))
            {
                names.Add(bare);
            }

            begins = word[^1] is '.' or '!' or '?';
        }

        // German writes every noun so; the name stands at the end.
        return [.. names.TakeLast(2)];
    }

    private static void SignOff(List<SpokenUnit> units, DiscourseWords words)
    {
        var from = (int)(units.Count * SignOffShare);
        for (var i = from; i < units.Count; i++)
        {
            if (units[i].Kind is not SpokenKind.Request && words.Find(units[i].Form, DiscourseKind.Bye) is null)
            {
                continue;
            }

            for (var k = i; k < units.Count; k++)
            {
                units[k] = units[k] with
                {
                    Kind = units[k].Kind is SpokenKind.Sound or SpokenKind.Sponsor ? units[k].Kind : SpokenKind.SignOff,
                };
            }

            return;
        }
    }
}
