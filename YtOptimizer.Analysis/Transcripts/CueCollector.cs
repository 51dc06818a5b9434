using System.Text;

namespace YtOptimizer.Analysis.Transcripts;

/// <summary>Gathers the raw lines of one cue after another.</summary>
internal sealed class CueCollector(bool isWebVtt)
{
    private readonly StringBuilder raw = new();
    private TimeSpan? start;
    private TimeSpan? end;

    public List<Cue> Cues { get; } = [];

    /// <summary>Whether a cue has begun, readable or not.</summary>
    public bool HasCue { get; private set; }

    public void Begin(TimeSpan? from, TimeSpan? to)
    {
        Close();
        HasCue = true;
        start = from;
        end = to;
    }

    public void Add(string line) => raw.Append(line).Append('\n');

    public List<Cue> Finish()
    {
        Close();
        return Cues;
    }

    private void Close()
    {
        if (raw.Length == 0)
        {
            return;
        }

        var text = raw.ToString();
        var lines = CueText.Lines(text, isWebVtt);
        if (lines.Count > 0)
        {
            Cues.Add(new Cue(start, end, lines, CueText.HasInnerTimes(text)));
        }

        raw.Clear();
    }
}
