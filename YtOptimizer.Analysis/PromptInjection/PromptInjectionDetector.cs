using System.Buffers;
using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.PromptInjection;

/// <summary>
/// Finds sentences that speak to a language model instead of to viewers ("ignore all previous instructions").
/// Such text is data: it is reported and never supports a suggestion.
/// </summary>
internal static partial class PromptInjectionDetector
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    // Patterns see at most a window of text, so this is never near; a short one would make results depend on the machine.
    private const int FollowingSentences = 2;

    // Cheap test first: nearly all texts hold none of these.
    private static readonly string[] Triggers =
    [
        "instruc",
        "instruk",
        "anweis",
        "指示",
        "指令",
        "지시",
        "инструк",
        "указан",
        "تعليمات",
        "निर्देश",
        "talimat",
        "prompt",
        "system",
        "système",
        "sistema",
        "系统",
        "系統",
        "システム",
        "시스템",
        "систем",
        "النظام",
        "assistant",
        "asistente",
        "assistente",
        "assistent",
        "chatgpt",
        "gpt",
        "llm",
        "language model",
        "jailbreak",
        "you are now",
        "<|",
        "[inst",
        "override",
        "developer mode",
        "ahora eres",
        "agora você",
        "agora voce",
        "tu es maintenant",
        "du bist jetzt",
        "du bist nun",
        "теперь ты",
        "отныне ты",
        "şimdi sen",
        "あなたは今",
        "今からあなた",
        "你现在是",
        "你現在是",
        "从现在起你",
        "이제 너는",
        "이제 당신은",
        "أنت الآن",
        "अब तुम",
        "अब आप",
        "ignore",
        "ignora",
        "ignorier",
        "игнор",
        "無視",
        "무시",
        "忽略",
        "تجاهل",
        "yoksay",
        "görmezden",
        "disregard",
        "forget",
        "olvida",
        "oublie",
        "vergiss",
        "esque",
        "esqueç",
        "забудь",
        "忘れ",
        "忘记",
        "忘記",
        "잊어",
        "انس",
        "unut",
        "as an ai",
        "json",
        "respond with",
        "reply with",
        "output only",
        "answer only",
        "say exactly",
        "instead of the title",
        "new title",
        "set the title",
    ];

    private static readonly int LongestTrigger = Triggers.Max(trigger => trigger.Length);
    private static readonly SearchValues<string> Words = SearchValues.Create(Triggers, StringComparison.OrdinalIgnoreCase);

    public static bool IsSuspicious(string sentence)
    {
        if (!LongSearch.ContainsAny(sentence, Words, LongestTrigger))
        {
            return false;
        }

        foreach (var part in TextWindows.Of(sentence))
        {
            if (Override().IsMatch(part) || Roles().IsMatch(part) || Orders().IsMatch(part))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text without such sentences, and what was taken out.</summary>
    public static string Remove(string text, List<string> removed)
    {
        if (text.Length == 0)
        {
            return text;
        }

        var output = new System.Text.StringBuilder(text.Length);
        var changed = false;
        // What follows on the same line usually belongs to it ("Ignore the rules. Title: …").
        var following = 0;
        foreach (var sentence in Sentences.SplitWithGaps(text))
        {
            var part = text[sentence];
            var suspicious = IsSuspicious(part);
            if (suspicious || following > 0)
            {
                if (suspicious)
                {
                    removed.Add(part.Trim());
                }

                following =
                    part.EndsWith('\n') ? 0
                    : suspicious ? FollowingSentences
                    : following - 1;
                changed = true;
                if (part.EndsWith('\n'))
                {
                    output.Append('\n');
                }
            }
            else
            {
                output.Append(part);
            }
        }

        return changed ? output.ToString() : text;
    }

    // "ignore|forget … previous|above|all … instructions|rules|prompt" in several languages, either order.
    [GeneratedRegex(
        """
            \b(?<!\bnever\s)(?<!\bnot\s)(?<!n['’]t\s)(?:ignore|disregard|override|bypass)\b.{0,60}\b(?:instructions?|prompts?|rules?
            |guidelines?|directions?|context|above|everything|policy|policies|commands?)
            |\b(?<!\bnever\s)(?<!\bnot\s)(?<!n['’]t\s)(?:forget|skip)\b.{0,40}\b(?:all|any|previous|prior|above|earlier|your|preceding
            |every)\b.{0,30}\b(?:instructions?|prompts?|rules?|guidelines?|directions?|context|commands?)|\bforget\s+everything\s+(?:above
            |before|you)
            |\b(?:ignora|ignore|olvida|omite|desestima|desconsidere|esque[çc]a|despreze)\b.{0,60}(?:instruc|instruç|reglas|regras|anterior
            |indicacion)
            |\b(?:ignore[zr]?|oublie[zr]?|ne\s+tiens?\s+pas\s+compte)\b.{0,60}(?:instruction|consigne|r[èe]gle|pr[ée]c[ée]dent)
            |\b(?:ignorier\w*|vergiss|missachte)\b.{0,60}(?:anweisung|regel|vorherig|obige|instruktion|befehl)
            |(?:игнорир\w*|забудь\w*|не\s+обращай).{0,60}(?:инструкц|указани|правил|предыдущ|команд)
            |(?:指示|命令|ルール|プロンプト|指令|提示|说明|規則|规则|說明).{0,20}(?:無視|忘れ|忽略|忘记|忘記|无视)
            |(?:無視|忘れ|忽略|忘记|忘記|无视).{0,30}(?:指示|命令|ルール|プロンプト|指令|提示|说明|規則|规则|說明)
            |(?:지시|명령|규칙|프롬프트|지침).{0,20}(?:무시|잊)
            |(?:무시|잊어).{0,30}(?:지시|명령|규칙|프롬프트|지침)
            |(?:تجاهل|انس|تجاوز).{0,60}(?:تعليمات|الأوامر|القواعد|السابق)
            |(?:निर्देश|नियम|आदेश).{0,40}(?:अनदेखा|नज़रअंदाज़|भूल|ध्यान\s+न|उपेक्षा)
            |(?:talimat|kural|komut|yönerge)\w*.{0,40}(?:yoksay|görmezden|unut|dikkate\s+alma)
            |\b(?:abaikan|lupakan)\b.{0,60}(?:instruksi|perintah|aturan)
            |\b(?:ignora|dimentica)\b.{0,60}(?:istruzion|regol|precedent)
            |\b(?:zignoruj|ignoruj|zapomnij)\b.{0,60}(?:instrukcj|polece|zasad|poprzedni)
            """,
        Options | RegexOptions.IgnorePatternWhitespace,
        Patterns.Timeout
    )]
    private static partial Regex Override();

    [GeneratedRegex(
        """
            <\|(?:im_start|im_end|system|user|assistant|endoftext)|\[/?inst\]|<</?sys>>|\#{2,}\s*(?:system|instruction|assistant)
            |^\s*(?:system|assistant|developer)\s*(?:prompt|message)?\s*[:>]
            |\b(?:system|developer|hidden|secret)\s+(?:prompt|message|instructions?)\b
            |\byou\s+are\s+(?:now|no\s+longer)\b.{0,60}|\bact\s+as\b.{0,40}\b(?:ai|language\s+model|ai\s+assistant|dan)\b|\b(?:developer
            |god|dan|jailbreak)\s+mode\b|\bjailbreak\b
            |\bas\s+an?\s+(?:ai|language\s+model|llm|ai\s+assistant)\b|\b(?:dear|attention|note\s+to|hey|hello)\s*,?\s*(?:the\s+)?(?:ai
            |llm|gpt|chatgpt|assistant|language\s+model)\b
            |\b(?:ai|llm|gpt|chatgpt|language\s+model)s?\s*(?:assistant|model|system)?s?\s*[:,]?\s+(?:must|should|shall|please|need\s+to
            |has\s+to|will\s+now|processing\s+this|reading\s+this)\b
            |\b(?:ahora\s+eres|a\s+partir\s+de\s+ahora\s+eres|agora\s+voc[êe]\s+[ée]|tu\s+es\s+maintenant|du\s+bist\s+(?:jetzt|nun)
            |теперь\s+ты|отныне\s+ты|şimdi\s+sen)\b
            |あなたは今|今からあなた|你现在是|你現在是|从现在起你|이제\s*(?:너는|당신은)|أنت\s+الآن|अब\s+(?:तुम|आप)
            |システム\s*(?:プロンプト|メッセージ)|系[统統]\s*(?:提示|消息)|시스템\s*(?:프롬프트|메시지)|системн\w+\s+(?:промпт|сообщени|подсказ)|prompt\s+(?:do\s+
            |del\s+)?sistema|invite\s+syst[èe]me|mensaje\s+del\s+sistema|mensagem\s+do\s+sistema
            """,
        Options | RegexOptions.IgnorePatternWhitespace,
        Patterns.Timeout
    )]
    private static partial Regex Roles();

    [GeneratedRegex(
        """
            \b(?:respond|reply|answer|output|return|print|say|write|generate|set|change|replace|rename|repeat|reveal|insert|include
            |add)\b.{0,50}\b(?:only|exactly|verbatim|the\s+(?:title|description|tags?|system|prompt|json|output|following\s+(?:title|link
            |text|url))|your\s+(?:prompt|instructions?|rules|answer|response|output)|all\s+(?:titles|descriptions|tags))\b.{0,20}\b(?:to
            |with|as|as\s+follows|is|be|in\s+(?:every|all|your)|:|from|title|description|tags?|json|word|text|prompt|instructions?|answer
            |output)
            |\bnew\s+(?:instructions?|rules?|task|role|system\s+prompt)\s*[:=]
            |\b(?:nuevas?\s+instrucci|novas?\s+instruç|nouvelles?\s+(?:instructions?|consignes?)|neue\s+anweisung|новые\s+инструкции|新しい指示
            |新的?指[示令]|새로운\s*지시|تعليمات\s+جديدة|yeni\s+talimat)
            |\b(?:api[_\s-]?key|password|token|secret)s?\b.{0,40}\b(?:reveal|print|show|send|leak|output)|\b(?:reveal|print|show|send|leak
            |output)\b.{0,40}\b(?:api[_\s-]?key|password|secret|system\s+prompt|environment\s+variable)s?\b
            |\b(?:responde|escribe|responda|escreva|r[ée]ponds|[ée]cris|antworte|schreibe?|ответь|напиши)\b.{0,40}\b(?:solo|s[óo]lo
            |solamente|somente|apenas|seulement|uniquement|nur|только)\b
            """,
        Options | RegexOptions.IgnorePatternWhitespace,
        Patterns.Timeout
    )]
    private static partial Regex Orders();
}
