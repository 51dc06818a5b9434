using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.PromptInjection;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Grounding;

/// <summary>The rules every suggested sentence passes, whoever wrote it.</summary>
internal sealed class GroundingRules
{
    private const double SameClause = 0.5;

    private static readonly HashSet<string> Negations = new(StringComparer.Ordinal)
    {
        "not", "no", "never", "without", "none", "nothing", "nobody", "neither", "nor", "don", "doesn", "didn", "isn", "aren", "wasn", "weren", "won", "can't", "cannot", "couldn", "shouldn", "wouldn", "dont", "doesnt", "didnt", "isnt", "wont", "cant",
        "nunca", "jamás", "sin", "nadie", "ninguno", "tampoco", "não", "jamais", "sem", "ninguém", "nenhum", "ne", "pas", "sans", "aucun", "rien", "nicht", "nie", "kein", "keine", "keinen", "ohne", "niemals", "non", "mai", "senza", "nessuno",
        "не", "нет", "никогда", "без", "ни", "ні", "немає", "nigdy", "bez", "nie", "değil", "yok", "asla", "olmadan", "niet", "geen", "nooit", "inte", "aldrig", "utan", "안", "못", "없다", "없는", "아니", "不", "没", "沒", "无", "未", "नहीं", "मत", "لا", "لم", "لن", "ليس", "بدون", "tidak", "bukan", "jangan", "tanpa", "không", "chưa", "đừng", "ไม่",
    };

    // Suffixes and infixes of scripts that write negation inside the word.
    private static readonly string[] NegativeParts = ["ない", "ません", "なかった", "ず。", "못하", "않", "없"];

    // Words that describe a video without claiming anything about it.
    private static readonly HashSet<string> Neutral = new(StringComparer.Ordinal)
    {
        "video", "videos", "watch", "learn", "see", "discover", "explore", "show", "shows", "find", "out", "cover", "covers", "covered", "explain", "explains", "explained", "share", "shares", "discuss", "discusses", "talk", "talks", "include", "includes", "including", "topic", "topics", "about", "welcome", "subscribe", "like", "comment", "comments", "more", "look", "takes", "take", "featuring", "episode", "chapters",
        "vídeo", "vídeos", "mira", "aprende", "descubre", "muestra", "explica", "incluye", "sobre", "suscríbete", "capítulos", "veja", "aprenda", "descubra", "mostra", "explica", "inclui", "inscreva", "se", "vidéo", "vidéos", "regardez", "apprenez", "découvrez", "montre", "explique", "abonnez", "chapitres",
        "zeigt", "erklärt", "lerne", "entdecke", "siehe", "thema", "themen", "kapitel", "abonniere", "guarda", "scopri", "impara", "spiega", "capitoli", "iscriviti", "видео", "смотрите", "узнайте", "показывает", "рассказывает", "подписывайтесь", "содержание", "動画", "紹介", "解説", "ご覧ください", "영상", "소개", "설명", "구독",
    };

    private readonly Source source;
    private readonly HashSet<string> template;
    private readonly HashSet<string> numbers;
    private readonly HashSet<string> topicStems;
    private readonly HashSet<string> titleStems;
    private readonly Lazy<List<HashSet<string>>> negatedSentences;
    private readonly string lowerSource;

    public GroundingRules(Source source)
    {
        this.source = source;
        template = new HashSet<string>(Neutral, StringComparer.Ordinal);
        foreach (var phrase in source.Template.HowTo.Concat(source.Template.Part).Append(source.Template.Intro).Append(source.Template.Chapters))
        {
            foreach (var word in Folding.Fold(phrase).Split(' '))
            {
                template.Add(word);
            }
        }

        numbers = Numbers(string.Join('\n', [source.SafeTitle, source.SafeDescription, source.SafeTranscript, source.Input.ChannelTitle ?? "", .. source.SafeTags]));
        titleStems = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        topicStems = new HashSet<string>(titleStems, StringComparer.Ordinal);
        foreach (var phrase in source.Phrases.Take(10))
        {
            topicStems.UnionWith(phrase.Candidate.Words.Select(source.Stemming.Stem));
        }

        negatedSentences = new(() => CollectNegated(), LazyThreadSafetyMode.None);
        lowerSource = string.Join('\n', source.SafeTitle, source.SafeDescription, source.SafeTranscript).ToLowerInvariant();
    }

    public Source Source => source;

    /// <summary>Rules for any sentence: words, numbers, negations, claims and no talk to models.</summary>
    public void CheckSentence(string text, List<GuardViolation> violations)
    {
        if (Suspicious.IsSuspicious(text))
        {
            violations.Add(new("injected_instruction", "The text addresses a language model."));
        }

        if (text.AsSpan().IndexOfAny('<', '>') >= 0)
        {
            violations.Add(new("angle_brackets", "YouTube refuses < and >."));
        }

        var tokens = source.Tokens(text);
        foreach (var token in tokens)
        {
            if (token.Has(TokenFlags.Digits))
            {
                if (!numbers.Contains(token.Folded) && !token.Folded.Split(' ').All(numbers.Contains))
                {
                    violations.Add(new("unsupported_number", $"“{token.Folded}” is not in the source."));
                }
            }
            else if (!token.IsStop && !template.Contains(token.Folded) && !source.Supports(token))
            {
                violations.Add(new("unsupported_word", $"“{text.Substring(token.Start, token.Length)}” is not in the source."));
            }
        }

        CheckNegation(tokens, text, violations);
        var lower = text.ToLowerInvariant();
        foreach (var claim in TitleChecks.Promises.Concat(TitleChecks.FirstPersonClaims))
        {
            if (lower.Contains(claim, StringComparison.Ordinal) && !lowerSource.Contains(claim, StringComparison.Ordinal))
            {
                violations.Add(new("unsupported_claim", $"“{claim}” is not in the source."));
            }
        }
    }

    /// <summary>Rules for a title on top of those for a sentence.</summary>
    public void CheckTitle(string title, LanguageMemo detector, List<GuardViolation> violations)
    {
        if (string.IsNullOrWhiteSpace(title))
        {
            violations.Add(new("empty", "The title is empty."));
            return;
        }

        if (title.Length > Limits.Title)
        {
            violations.Add(new("too_long", "More than 100 characters."));
        }

        if (Folding.Fold(title) == Folding.Fold(source.Input.Title) && TextCleaner.Tidy(title) == TextCleaner.Tidy(source.Input.Title))
        {
            violations.Add(new("same_as_original", "The title is the present one."));
        }

        var markup = Markup.Find(title);
        if (markup.Exists(span => span.Kind is MarkupKind.Link or MarkupKind.Email or MarkupKind.Placeholder))
        {
            violations.Add(new("link_in_title", "Titles hold no links or placeholders."));
        }

        CheckSentence(title, violations);
        var stems = source.ContentStems(title).ToList();
        if (stems.Count == 0)
        {
            violations.Add(new("no_content", "The title says nothing."));
        }
        else if (!stems.Exists(topicStems.Contains))
        {
            violations.Add(new("off_topic", "No word of the title or of the main phrases is left."));
        }

        if (stems.GroupBy(stem => stem, StringComparer.Ordinal).Any(group => group.Count() > 2))
        {
            violations.Add(new("repetition", "A word is repeated more than twice."));
        }

        CheckLanguage(title, detector, violations);
    }

    public void CheckLanguage(string text, LanguageMemo detector, List<GuardViolation> violations)
    {
        if (source.Language.Code == LanguageDetector.Undetermined || text.Count(char.IsLetter) < 25)
        {
            return;
        }

        var guess = detector.Detect(text);
        // Mixed titles ("Official Video") mislead on short texts: the original title sets what is normal here.
        if (guess.Confidence >= 0.95 && guess.Code != source.Language.Code && guess.Code != detector.Detect(source.SafeTitle).Code)
        {
            violations.Add(new("other_language", $"The text is in “{guess.Code}”, the video in “{source.Language.Code}”."));
        }
    }

    public HashSet<string> StemSet(string text) => source.ContentStems(text).ToHashSet(StringComparer.Ordinal);

    private void CheckNegation(List<Token> tokens, string text, List<GuardViolation> violations)
    {
        var stems = tokens.Where(token => !token.IsStop).Select(token => source.Stemming.Stem(token.Folded)).ToHashSet(StringComparer.Ordinal);
        var negated = IsNegated(tokens, text);
        var titleShare = Share(stems, titleStems);
        if (titleStems.Count > 0 && titleShare >= SameClause)
        {
            var titleNegated = IsNegated(source.Text.TitleTokens, source.SafeTitle);
            if (titleNegated != negated && !(negated && NegatedInSource(stems)))
            {
                violations.Add(new(negated ? "negation_added" : "negation_lost", "A “not” makes the opposite of what the source says."));
            }

            return;
        }

        if (negated ? !NegatedInSource(stems) : OnlyNegatedInSource(stems))
        {
            violations.Add(new(negated ? "negation_added" : "negation_lost", "A “not” makes the opposite of what the source says."));
        }
    }

    private bool NegatedInSource(HashSet<string> stems) => negatedSentences.Value.Exists(sentence => Share(stems, sentence) >= SameClause);

    // Every word of the text stands together only in a sentence that denies it.
    private bool OnlyNegatedInSource(HashSet<string> stems) =>
        stems.Count >= 3 && negatedSentences.Value.Exists(sentence => Share(stems, sentence) >= 0.99) && !AffirmedInSource(stems);

    private bool AffirmedInSource(HashSet<string> stems)
    {
        foreach (var text in new[] { source.SafeTitle, source.SafeDescription, source.SafeTranscript })
        {
            foreach (var range in Sentences.Split(text))
            {
                var tokens = source.Tokens(text[range]);
                if (!IsNegated(tokens, text[range]) && Share(stems, tokens.Where(token => !token.IsStop).Select(token => source.Stemming.Stem(token.Folded)).ToHashSet(StringComparer.Ordinal)) >= 0.99)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private List<HashSet<string>> CollectNegated()
    {
        var sentences = new List<HashSet<string>>();
        foreach (var text in new[] { source.SafeTitle, source.SafeDescription, source.SafeTranscript })
        {
            foreach (var range in Sentences.Split(text))
            {
                var tokens = source.Tokens(text[range]);
                if (IsNegated(tokens, text[range]))
                {
                    sentences.Add(tokens.Where(token => !token.IsStop).Select(token => source.Stemming.Stem(token.Folded)).ToHashSet(StringComparer.Ordinal));
                }
            }
        }

        return sentences;
    }

    private static double Share(HashSet<string> part, HashSet<string> whole) => part.Count == 0 ? 0 : part.Count(whole.Contains) / (double)part.Count;

    private static bool IsNegated(List<Token> tokens, string text)
    {
        foreach (var token in tokens)
        {
            if (Negations.Contains(token.Folded))
            {
                return true;
            }
        }

        foreach (var part in NegativeParts)
        {
            if (text.Contains(part, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private HashSet<string> Numbers(string text)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var token in source.Tokens(text))
        {
            if (token.Has(TokenFlags.Digits))
            {
                found.Add(token.Folded);
                if (token.Has(TokenFlags.Hashtag))
                {
                    found.UnionWith(Folding.Fold(WordForms.SplitCamel(text.Substring(token.Start, token.Length))).Split(' '));
                }
            }
        }

        return found;
    }
}
