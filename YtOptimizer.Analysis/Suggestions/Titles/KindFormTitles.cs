using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Chapters;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>Titles in the form that viewers of the kind know, with what the present title lacks of it.</summary>
internal sealed partial class KindFormTitles(Source source, TitleShape shape, TitleWords words, List<TitlePart> parts, string present)
{
    private const double Sure = 0.6;
    private const int Widest = 92;
    private readonly string code = source.Language.Code;

    public IEnumerable<TitleDraft> Write() => (source.Kind.Confidence < Sure ? [] : source.Kind.About switch
    {
        VideoKind.Recipe => Recipe(),
        VideoKind.Music => Music(),
        VideoKind.Talk => Talk(),
        VideoKind.Trailer => Trailer(),
        VideoKind.Sports => Sports(),
        _ => [],
    }).Concat(Contents()).Concat(Search()).Concat(Terms());

    // "… for Halloween! | …" reads badly: what goes on has no closing mark.
    private static string Open(string title) => title.TrimEnd('!', '！', '.', ' ');

    // Dish + "recipe" in the language; in languages with cases only a dish that stands as a tag, where it is in its plain form.
    private IEnumerable<TitleDraft> Recipe()
    {
        var folded = Folding.Fold(source.SafeTitle);
        if (words.Recipe is not { } pattern || KindConventions.Terms(VideoKind.Recipe, code).Any(term => folded.Contains(Folding.Fold(term), StringComparison.Ordinal)) || folded.Contains("recipe", StringComparison.Ordinal))
        {
            yield break;
        }

        var dish = parts.Where(part => part.Kind == TitlePartKind.Topic && !part.Bracketed).Select(part => part.Text.Trim('!', '?', ' ')).FirstOrDefault(IsDish)
            ?? source.SafeTags.FirstOrDefault(tag => IsDish(tag) && source.TagKeys.Contains(Folding.Fold(tag)) && source.Primary is { } primary && Folding.Fold(tag).Contains(primary.Key, StringComparison.Ordinal));
        if (dish is null || (code == "en" && dish.EndsWith('s')) || (IsInflected && !source.TagKeys.Contains(Folding.Fold(dish))))
        {
            yield break;
        }

        var small = dish.Length > 1 && char.IsUpper(dish[0]) && char.IsLower(dish[1]) ? Casing.Lower(dish[..1], code) + dish[1..] : dish;
        var text = pattern.Replace("{Dish}", Casing.Capitalize(dish, code), StringComparison.Ordinal).Replace("{dish}", code is "es" or "pt" or "id" or "vi" ? small : dish, StringComparison.Ordinal);
        if (shape.Finish(text) is { } finished)
        {
            yield return new TitleDraft(finished, TitleApproach.KindForm, "Names the dish with the word for recipe, as viewers search for it.", 0.78, pattern.Replace("{dish}", " ", StringComparison.OrdinalIgnoreCase));
        }
    }

    private bool IsInflected => code is "ru" or "uk" or "pl" or "cs" or "sk" or "lt" or "tr" or "ar" or "he" or "hi" or "bn" or "ta" or "te";

    private bool IsDish(string text) => text.Length is >= 3 and <= 45 && source.Tokens(text) is { Count: >= 1 and <= 6 } tokens && !tokens[0].IsStop && !text.Any(c => c is '?' or '!' or ',' or ':' or '#' or '&')
        && !text.Any(char.IsDigit) && tokens.Count(token => token.Has(TokenFlags.AllCaps)) < 2 && !(code is "ar" && text[0] == 'و') && !TitleParser.IsQualifier(Folding.Fold(text));

    // "Artist - Track" without its "(Official Video)", where the text says that it is the official one.
    private IEnumerable<TitleDraft> Music()
    {
        if (words.Official is not { } official || parts.Exists(part => part.Kind == TitlePartKind.Qualifier || part.Bracketed) || !TwoParts().IsMatch(present)
            || Folding.Fold(present).Split(' ').Any(word => word is "official" or "mv" or "video" or "clip" or "клип" or "кліп" or "klip" or "live" or "cover" or "lyrics" or "audio"))
        {
            yield break;
        }

        var text = Folding.Fold(string.Join(' ', [Graphemes.Take(source.SafeDescription, 600), .. source.SafeTags]));
        var own = Folding.Fold(official).Split(' ')[^1];
        if ((text.Contains("official video", StringComparison.Ordinal) || text.Contains("official music video", StringComparison.Ordinal) || text.Contains(own.TrimEnd('p'), StringComparison.Ordinal)) && shape.Finish($"{present} ({official})") is { } finished)
        {
            yield return new TitleDraft(finished, TitleApproach.KindForm, "Says that it is the official video, which listeners look for; artist and track stay as they are.", 0.85, official);
        }
    }

    private IEnumerable<TitleDraft> Talk()
    {
        var folded = Folding.Fold(present);
        var speaker = Speaker().Match(source.SafeDescription) is { Success: true } match ? TextCleaner.Tidy(match.Groups["name"].Value) : null;
        if (speaker is not null && (folded.Contains(Folding.Fold(speaker), StringComparison.Ordinal) || speaker.Length > 40))
        {
            speaker = null;
        }

        var plain = present.TrimEnd('.', ' ');
        if (speaker is not null && shape.Finish($"{speaker} – {plain}") is { } withSpeaker)
        {
            yield return new TitleDraft(withSpeaker, TitleApproach.KindForm, $"Names the speaker, “{speaker}”, whom viewers of talks search for.", 0.8);
        }

        var name = Event();
        if (name is not null && !name.Split(' ').Where(word => word.Length > 3).All(word => folded.Contains(Folding.Fold(word), StringComparison.Ordinal)))
        {
            var end = present.EndsWith('?') ? "?" : "";
            if (shape.Finish($"{plain.TrimEnd('?')}{end} | {name}") is { } withEvent)
            {
                yield return new TitleDraft(withEvent, TitleApproach.Names, $"Adds the event, “{name}”: it tells talks with like titles apart and says when it was held.", 0.74, name);
            }
        }
    }

    // "pycon-us-2015" is a machine's name for "PyCon US 2015".
    private string? Event()
    {
        if (source.Input.ChannelTitle is not { } channel || !Slug().IsMatch(channel))
        {
            return null;
        }

        return string.Join(' ', channel.Split('-').Select(word => Brands.Form(Folding.Fold(word)) ?? source.Attested(word) ?? (word.Length <= 2 ? word.ToUpperInvariant() : Casing.Capitalize(word, "en"))));
    }

    private IEnumerable<TitleDraft> Trailer()
    {
        var names = Cast();
        if (names.Count < 2)
        {
            yield break;
        }

        var eastern = code is "ja" or "zh";
        for (var count = Math.Min(eastern ? 4 : 3, names.Count); count >= 2; count--)
        {
            var text = eastern ? $"{present}（{string.Join('・', names.Take(count))}）" : $"{Open(present)} | {string.Join(", ", names.Take(count))}";
            if (Graphemes.DisplayWidth(text) <= Widest && shape.Finish(text) is { } finished)
            {
                yield return new TitleDraft(finished, TitleApproach.Names, $"Adds the cast ({string.Join(", ", names.Take(count))}): viewers search for actors.", 0.8);
                yield break;
            }
        }
    }

    private List<string> Cast()
    {
        var text = Graphemes.Take(source.SafeDescription, 1500);
        var inTitle = Folding.Fold(present);
        var names = CastLine().Match(text) is { Success: true } line
            ? ListSeparators().Split(line.Groups["names"].Value).Select(name => name.Trim(' ', '\u3000', '.', '、', '／'))
            : NamesInBrackets().Matches(text).Select(match => match.Groups["name"].Value);
        return [.. names.Where(name => name.Length is >= 2 and <= 24 && IsName(name) && !inTitle.Contains(Folding.Fold(name), StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Take(4)];
    }

    private bool IsName(string name) => code is "ja" or "zh" or "ko" ? name.Length <= 8 && !name.Any(char.IsPunctuation) : name.Split(' ') is { Length: 2 or 3 } pieces && pieces.All(piece => piece.Length > 1 && char.IsUpper(piece[0]));

    // "A vs B (3-1) Competition" → "A 3-1 B | Competition".
    private IEnumerable<TitleDraft> Sports()
    {
        var match = Match().Match(present);
        if (!match.Success)
        {
            yield break;
        }

        var rest = match.Groups["rest"].Value.Trim(' ', '-', '|', '–', ':');
        var text = $"{match.Groups["a"].Value.Trim()} {match.Groups["x"].Value}-{match.Groups["y"].Value} {match.Groups["b"].Value.Trim()}{(rest.Length > 0 ? " | " + rest : "")}";
        if (shape.Finish(text) is { } finished)
        {
            yield return new TitleDraft(finished, TitleApproach.KindForm, "The result stands between the sides, as sports channels write it: shorter and read at a glance.", 0.7);
        }
    }

    // "Subject: first, second, third" from chapter labels.
    private IEnumerable<TitleDraft> Contents()
    {
        var chapters = ChapterList.Parse(source.SafeDescription);
        if (chapters.Count < ChapterList.Fewest || source.Primary is not { Candidate.Words.Length: > 1, Candidate.TitleCount: > 0 } primary || source.Kind.About is VideoKind.Music or VideoKind.Performance)
        {
            yield break;
        }

        var intro = Folding.Fold(source.Template.Intro);
        var labels = chapters.Select(chapter => chapter.Label).Where(label => label.Length is > 3 and < 26 && !Folding.Fold(label).Contains(intro, StringComparison.Ordinal) && !label.Any(c => c is '?' or '!' or ':' or '|' or '-')).Take(3).ToList();
        if (labels.Count == 3 && shape.Finish($"{Casing.Capitalize(TextCleaner.Tidy(primary.Surface), code)}: {string.Join(", ", labels)}") is { } text)
        {
            yield return new TitleDraft(text, TitleApproach.Contents, "Says what the chapters show, so that viewers know what they get.", 0.6);
        }
    }

    // A search phrase of the creator that says the kind or a detail the title leaves out, after the title.
    private IEnumerable<TitleDraft> Search()
    {
        if (source.Kind.About is VideoKind.Music or VideoKind.Performance or VideoKind.Trailer or VideoKind.Sports or VideoKind.News)
        {
            yield break;
        }

        var title = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        var terms = KindConventions.Terms(source.Kind.About, code).SelectMany(term => source.ContentStems(term)).ToHashSet(StringComparer.Ordinal);
        var channel = source.ContentStems(source.Input.ChannelTitle ?? "").ToHashSet(StringComparer.Ordinal);
        foreach (var tag in source.SafeTags.Take(25))
        {
            var stems = source.ContentStems(tag).Distinct(StringComparer.Ordinal).ToList();
            var added = stems.Where(stem => !title.Contains(stem)).ToList();
            var fits = stems.Count is >= 2 and <= 4 && added.Count > 0 && added.Count < stems.Count && added.Exists(terms.Contains) && !stems.Exists(channel.Contains) && added.All(stem => terms.Contains(stem) || source.Rest.Stems.Contains(stem))
                && !source.Tokens(tag).Any(token => token.Has(TokenFlags.Digits)) && source.Tokens(tag).Exists(token => !token.IsStop);
            var separator = code is "ja" or "zh" ? "｜" : " | ";
            if (fits && Graphemes.DisplayWidth(present) + Graphemes.DisplayWidth(tag) <= 78 && shape.Finish(Open(present) + separator + Casing.Capitalize(shape.Cased(shape.Recased(tag)), code)) is { } text)
            {
                yield return new TitleDraft(text, TitleApproach.Search, $"Adds “{tag}”, a search phrase from your tags that the title lacks.", 0.66);
                yield break;
            }
        }
    }

    // A name or term of the description that the creator also tagged, and that the title leaves out.
    private IEnumerable<TitleDraft> Terms()
    {
        if (source.Kind.About is VideoKind.Music or VideoKind.Performance or VideoKind.Trailer || Separated().Count(present) > 1)
        {
            yield break;
        }

        var title = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        var channel = Folding.Fold(source.Input.ChannelTitle ?? "");
        var about = " " + Folding.Fold(Graphemes.Take(source.AboutText.TrimStart(), 220)) + " ";
        foreach (var phrase in source.Phrases.Take(40))
        {
            var stems = phrase.Candidate.Words.Select(source.Stemming.Stem).ToList();
            var named = phrase.Candidate.Capitalized * 2 >= phrase.Candidate.Total || !phrase.Candidate.Has(CandidateMarks.Latin);
            if (phrase.Candidate.Words.Length is < 2 or > 4 || phrase.Candidate.Words.Any(word => TitleParser.IsQualifier(word) || PhraseQuality.IsEverywhere(word)) || !source.TagKeys.Contains(phrase.Key) || !PhraseQuality.IsPresentable(source, phrase) || stems.Exists(title.Contains) || !named
                || channel.Contains(phrase.Key, StringComparison.Ordinal) || !about.Contains(" " + phrase.Key + " ", StringComparison.Ordinal) || phrase.Candidate.Words.All(word => source.IsEveryday(word) && code != "de"))
            {
                continue;
            }

            var shown = Casing.Capitalize(Casing.Calm(TextCleaner.Tidy(phrase.Surface), source), code);
            if (Graphemes.DisplayWidth(present) + Graphemes.DisplayWidth(shown) <= 78 && shape.Finish(Open(present) + (code is "ja" or "zh" ? "｜" : " | ") + shown) is { } text)
            {
                yield return new TitleDraft(text, TitleApproach.Names, $"Adds “{shown}”, which your description and tags name and the title leaves out.", 0.62);
                yield break;
            }
        }
    }

    [GeneratedRegex(@"[|｜•]|\s[-–—]\s", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Separated();

    [GeneratedRegex(@"(?:speakers?|presenter|presented by|prelegent(?:/speaker)?|ponente|palestrante|intervenante?|conférenciere?|orateur|referent(?:in)?|sprecher(?:in)?|relatore|relatrice|докладчик|спикер|konuşmacı|登壇者|発表者|발표자|讲者|講者)\s*[:：]\s*(?<name>\p{Lu}[\p{L}'’.-]+(?: (?:de |van |von |da |del )?\p{Lu}[\p{L}'’.-]+){1,3}|[\p{IsCJKUnifiedIdeographs}\p{IsHangulSyllables}]{2,6})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 200)]
    private static partial Regex Speaker();

    [GeneratedRegex(@"^[\p{L}]+(-[\p{L}]+){0,3}-(19|20)\d\d$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Slug();

    [GeneratedRegex(@"^[^-–—|]{2,50}\s[-–—]\s[^-–—|]{2,}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex TwoParts();

    [GeneratedRegex(@"\((?<name>\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]+){1,2})\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex NamesInBrackets();

    [GeneratedRegex(@"(?:starring|cast|reparto|elenco|avec|besetzung|con la partecipazione di|в ролях|у ролях|obsada|oyuncular|hrají|출연|出演|キャスト|主演|演员|演員)\s*[:：]\s*(?<names>[^\n\r。:：（(]{4,160})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 200)]
    private static partial Regex CastLine();

    [GeneratedRegex(@"\s*[,、，/／;·・]\s*|\s+(?:and|y|e|et|und|и|ve)\s+|\s*\u3000+\s*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex ListSeparators();

    [GeneratedRegex(@"^(?<a>[^|()\d]{2,30}?)\s+(?:vs\.?|v|x|-|–)\s+(?<b>[^|()\d]{2,30}?)\s*\(\s*(?<x>\d{1,2})\s?[-–:]\s?(?<y>\d{1,2})\s*\)\s*(?<rest>.*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 200)]
    private static partial Regex Match();
}
