using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

// What stands first and is about something else.
internal sealed partial class OpeningWriter
{
    // "Subscribe here: https://…", "Our sponsor: https://…": a first line with a link or a call that shares no word with the title.
    private bool OpensWithAdvert(List<DescriptionLine> lines)
    {
        var first = lines.Find(line => line.Kind != LineKind.Blank).Text ?? "";
        return (Markup.HasLink(first) || Passages.Classify(first) is not (PassageKind.Prose or PassageKind.Boilerplate))
            && Shared(first, Subject()) == 0;
    }
}
