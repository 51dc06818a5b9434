using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Titles;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>Whether a ranked phrase may be shown to people, and not only counted.</summary>
internal static class PhraseQuality
{
    private const double LikelyTag = 0.35;
    private const double PossibleTag = 0.1;
    private const double TaggedWord = 0.25;
    private const double SureTag = 0.5;

    // Places and calls that every description holds; none says what a video is about.
    private static readonly HashSet<string> Everywhere = new(StringComparer.Ordinal)
    {
        "youtube", "instagram", "facebook", "twitter", "snapchat", "tiktok", "spotify", "itunes", "patreon", "discord", "twitch", "telegram", "whatsapp", "vk", "google", "amazon", "paypal", "http", "https", "www", "com",
        "subscribe", "channel", "follow", "like", "share", "comment", "comments", "link", "links", "website", "download", "stream", "playlist", "watch", "click", "here", "more", "info", "contact", "business", "email", "mail", "merch", "shop", "store", "out", "now", "new", "today", "free", "hd", "tv", "hot", "video", "videos", "official", "full", "episode", "series", "season", "whole",
        "canal", "suscríbete", "suscribete", "inscreva", "síguenos", "sígueme", "redes", "sociales", "vídeo", "vídeos", "hoy", "hoje", "aqui", "aquí", "chaîne", "abonnez", "abonne", "abonnieren", "kanal", "folge", "folgen", "ganze", "ganzen", "hier", "mehr", "iscriviti", "canale", "канал", "подписывайтесь", "подписывайся", "подписаться", "видео", "наши", "наш", "присоединяйся", "группа", "сайт", "chính", "thức", "abone", "ol",
        "チャンネル", "登録", "チャンネル登録", "動画", "구독", "채널", "좋아요", "영상", "공식", "اشترك", "القناة", "قناة",
    };

    /// <summary>Words of platforms, calls to action and kinds of video.</summary>
    public static bool IsEverywhere(string folded) => Everywhere.Contains(folded);

    /// <summary>A whole phrase with a subject: no fragment of a longer one, no platform, no call to action.</summary>
    public static bool IsPresentable(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        return candidate.Key.Length >= 2 && candidate.Words.Length <= 4
            && !candidate.Has(CandidateMarks.EdgeStop | CandidateMarks.CrossesBreak | CandidateMarks.InsideRun | CandidateMarks.Unglued | CandidateMarks.SplitHashtag)
            && !candidate.Key.All(c => char.IsAsciiDigit(c) || c == ' ')
            && !candidate.Key.EndsWith("http", StringComparison.Ordinal) && !candidate.Key.EndsWith("https", StringComparison.Ordinal)
            && !candidate.Words.All(Everywhere.Contains) && !TitleParser.IsQualifier(candidate.Key)
            && !(candidate.Words.Length > 1 && (Everywhere.Contains(candidate.Words[0]) || Everywhere.Contains(candidate.Words[^1])) && !IsTagged(source, phrase))
            && (!candidate.IsMasked || IsTagged(source, phrase))
            && !IsFragment(source, phrase) && !MixesScripts(candidate.Key);
    }

    /// <summary>Presentable, and likely enough to be put beside a title by itself: a name of several words or a tag, not just any word.</summary>
    public static bool CanStandAlone(Source source, RankedPhrase phrase)
    {
        if (!IsPresentable(source, phrase) || phrase.Candidate.Has(CandidateMarks.WholeTitle | CandidateMarks.Stripped) || phrase.Key.Length < 3)
        {
            return false;
        }

        // Without case nothing tells a name from a word.
        var named = IsTagged(source, phrase) || !phrase.Candidate.Has(CandidateMarks.Latin) || phrase.Candidate.Capitalized * 2 >= phrase.Candidate.Total;
        return named && phrase.Probability >= (phrase.Candidate.Words.Length > 1 || phrase.Candidate.Has(CandidateMarks.Unspaced) ? PossibleTag : IsTagged(source, phrase) ? TaggedWord : LikelyTag);
    }

    /// <summary>Whether the creator uses the phrase as a tag.</summary>
    public static bool IsTagged(Source source, RankedPhrase phrase) => source.TagKeys.Contains(phrase.Key);

    /// <summary>"Mind of Jake" in "Mind of Jake Paul": stands nowhere without the longer phrase around it.</summary>
    public static bool IsFragment(Source source, RankedPhrase phrase) =>
        phrase.Candidate.Words.Length > 1 && phrase.Candidate.LongestHost >= phrase.Candidate.Total && phrase.Candidate.WholeChunk == 0 && phrase.Probability < SureTag && !IsTagged(source, phrase);

    // "Scoring Action은": a particle is glued to a foreign word.
    private static bool MixesScripts(string key)
    {
        var hangul = key.Any(c => c is >= '\uAC00' and <= '\uD7A3');
        return hangul && key.Any(char.IsAsciiLetter);
    }
}
