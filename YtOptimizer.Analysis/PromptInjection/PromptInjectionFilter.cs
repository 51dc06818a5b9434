using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.PromptInjection;

/// <summary>
/// Takes out text that speaks to a language model, together with its surroundings: a planted instruction often goes on in the next
/// sentence, which alone looks harmless. What is taken out supports no suggestion and is never sent to a model; the creator is told.
/// </summary>
internal static class PromptInjectionFilter
{
    public static readonly AnalysisWarning Warning = new(
        WarningCodes.SuspiciousInstructions,
        "The video's text holds instructions meant for a language model. They were ignored; remove them if you did not put them there."
    );

    /// <returns>The input without such text, and whether there was any.</returns>
    public static (VideoInput Clean, bool Found) Apply(VideoInput input)
    {
        var title = BeforeInstruction(input.Title);
        var description = Lines(input.Description);
        var tags = input.Tags.Where(tag => !PromptInjectionDetector.IsSuspicious(tag)).ToList();
        var transcript = Spoken(input.Transcript);
        var found =
            title.Length < input.Title.Length
            || description.Length < input.Description.Length
            || tags.Count < input.Tags.Count
            || !ReferenceEquals(transcript, input.Transcript);
        return found
            ? (
                input with
                {
                    Title = title.Length > 0 ? title : input.Title,
                    Description = description,
                    Tags = tags,
                    Transcript = transcript,
                },
                true
            )
            : (input, false);
    }

    /// <summary>Whole lines of a text, before its markup is read: cue tags can hide an instruction from later looks.</summary>
    public static string Lines(string text)
    {
        var lines = text.Split('\n');
        var kept = lines.Where(line => !Holds(line)).ToArray();
        return kept.Length == lines.Length ? text : string.Join('\n', kept);
    }

    /// <summary>A title has one line: what follows the instruction goes with it.</summary>
    private static string BeforeInstruction(string title)
    {
        var end = 0;
        foreach (var sentence in Sentences.SplitWithGaps(title))
        {
            if (PromptInjectionDetector.IsSuspicious(title[sentence]))
            {
                return title[..end].Trim();
            }

            end = sentence.End.GetOffset(title.Length);
        }

        return PromptInjectionDetector.IsSuspicious(title) ? "" : title;
    }

    private static Transcript? Spoken(Transcript? transcript)
    {
        if (transcript is null)
        {
            return null;
        }

        if (!transcript.IsTimed)
        {
            var text = Lines(transcript.Text);
            return text.Length == transcript.Text.Length ? transcript : Transcript.FromText(text);
        }

        // An instruction may run over a cue's border.
        var cues = transcript.Segments;
        var kept = cues.Where(
                (cue, i) =>
                    !Holds(cue.Text)
                    && !(i > 0 && Holds(cues[i - 1].Text + " " + cue.Text))
                    && !(i + 1 < cues.Count && Holds(cue.Text + " " + cues[i + 1].Text))
            )
            .ToList();
        return kept.Count == cues.Count ? transcript
            : kept.Count == 0 ? null
            : Transcript.FromSegments(kept);
    }

    private static bool Holds(string line) =>
        PromptInjectionDetector.IsSuspicious(line)
        || Sentences.SplitWithGaps(line).Any(sentence => PromptInjectionDetector.IsSuspicious(line[sentence]));
}
