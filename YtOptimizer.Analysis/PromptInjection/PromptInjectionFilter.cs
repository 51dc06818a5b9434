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
    private const int LongLine = 2000;
    private const int LongPart = 400;

    /// <summary>That go with an instruction: it is often continued.</summary>
    private const int FollowingParts = 3;

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

    /// <summary>Whole lines of a text, parts of long ones, before its markup is read: cue tags can hide an instruction from later
    /// looks.</summary>
    public static string Lines(string text)
    {
        var lines = text.Split('\n');
        var kept = lines
            .Select(line => line.Length > LongLine ? WithoutParts(line) : line)
            .Where(line => line.Length > LongLine || !Holds(line));
        var clean = string.Join('\n', kept);
        return clean.Length == text.Length ? text : clean;
    }

    // A talk pasted as one line loses the parts around an instruction, not all of its words.
    private static string WithoutParts(string line)
    {
        var parts = Parts(line);
        var isKept = new bool[parts.Count];
        Array.Fill(isKept, true);
        for (var i = 0; i < parts.Count; i++)
        {
            var two = line[parts[i].Start..parts[Math.Min(i + 1, parts.Count - 1)].End];
            if (!PromptInjectionDetector.IsSuspicious(two))
            {
                continue;
            }

            for (var k = Math.Max(0, i - 1); k <= Math.Min(i + FollowingParts, parts.Count - 1); k++)
            {
                isKept[k] = false;
            }
        }

        return Array.TrueForAll(isKept, kept => kept) ? line : string.Concat(parts.Where((_, i) => isKept[i]).Select(part => line[part]));
    }

    // Sentences, and of those without an end stretches of words.
    private static List<Range> Parts(string line)
    {
        var parts = new List<Range>();
        foreach (var sentence in Sentences.SplitWithGaps(line))
        {
            var (start, length) = sentence.GetOffsetAndLength(line.Length);
            var end = start + length;
            while (end - start > LongPart)
            {
                var space = line.IndexOf(' ', start + (LongPart / 2), LongPart / 2);
                var cut = space < 0 ? start + LongPart : space + 1;
                cut -= char.IsLowSurrogate(line[cut]) ? 1 : 0;
                parts.Add(start..cut);
                start = cut;
            }

            parts.Add(start..end);
        }

        return parts;
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
