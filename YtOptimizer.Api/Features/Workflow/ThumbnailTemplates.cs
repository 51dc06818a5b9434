using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Api.Features.Workflow;

/// <summary>The ten templates, and which one suits a video. Keywords are looked for in the title alone: a long transcript holds all of
/// them.</summary>
internal static partial class ThumbnailTemplates
{
    public const string BigBoldText = "big_bold_text";
    public const string FaceLeftTextRight = "face_left_text_right";
    public const string DocumentaryStory = "documentary_story";
    public const string BeforeAfter = "before_after";
    public const string CenterObjectMinimal = "center_object_minimal";
    public const string NeonTech = "neon_tech";
    public const string ReactionObject = "reaction_object";
    public const string TwoTone = "two_tone";
    public const string BlurBackgroundText = "blur_background_text";
    public const string MagazineStyle = "magazine_style";

    public static readonly IReadOnlyList<string> All =
    [
        BigBoldText,
        FaceLeftTextRight,
        DocumentaryStory,
        BeforeAfter,
        CenterObjectMinimal,
        NeonTech,
        ReactionObject,
        TwoTone,
        BlurBackgroundText,
        MagazineStyle,
    ];

    public static string For(VideoInput input, ContentType type)
    {
        if (Documentary().IsMatch(input.Title))
        {
            return DocumentaryStory;
        }

        return BeforeAndAfter().IsMatch(input.Title) ? BeforeAfter
            : Neon().IsMatch(input.Title) || input.CategoryId is "20" or "28" ? NeonTech
            : Reaction().IsMatch(input.Title) ? ReactionObject
            : type switch
            {
                ContentType.Versus => TwoTone,
                ContentType.Game => NeonTech,
                ContentType.Vlog => FaceLeftTextRight,
                ContentType.Review => CenterObjectMinimal,
                ContentType.News => MagazineStyle,
                ContentType.Music or ContentType.Talk => BlurBackgroundText,
                _ => BigBoldText,
            };
    }

    /// <summary>Whether the thumbnail that the video has now can take the place of a picture that was not sent.</summary>
    public static bool UsesOwnPicture(string template) => template is not (CenterObjectMinimal or NeonTech or TwoTone);

    /// <summary>The field of a template's data that holds its main words.</summary>
    public static string HeadlineField(string template) =>
        template switch
        {
            DocumentaryStory => "mainTitle",
            CenterObjectMinimal => "topText",
            MagazineStyle => "mainHeadline",
            BeforeAfter => "beforeLabel",
            _ => "mainText",
        };

    [GeneratedRegex(
        @"\b(documentary|the (true )?story of|history of|untold|investigation|documental|dokumentation|documentaire)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        500
    )]
    private static partial Regex Documentary();

    [GeneratedRegex(
        @"\b(before (and|&|vs\.?) after|transformation|makeover|antes y despu[eé]s|avant[ /-]apr[eè]s|vorher[ /-]nachher)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        500
    )]
    private static partial Regex BeforeAndAfter();

    [GeneratedRegex(
        @"\b(ai|gaming|gameplay|hacking|hacker|cyber\w*|coding|programming|gpu|crypto)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        500
    )]
    private static partial Regex Neon();

    [GeneratedRegex(
        @"\b(react(s|ing|ion)?|reacci[oó]n)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        500
    )]
    private static partial Regex Reaction();
}
