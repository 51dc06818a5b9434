namespace YtOptimizer.Analysis.Text;

/// <summary>
/// Counts one pass over a text piece by piece, so that the cancellation token is also looked at within a long text. In all it counts the
/// text's length.
/// </summary>
internal struct ScanSteps
{
    private const int Piece = 2048;

    private readonly int length;
    private int next;

    /// <summary>Counts the first piece.</summary>
    public ScanSteps(int length)
    {
        this.length = length;
        Begin(0);
    }

    /// <summary>To be called with each position, or nearly each, in ascending order.</summary>
    public void At(int position)
    {
        if (position >= next)
        {
            Begin(position);
        }
    }

    // A long jump was counted by whoever found its end.
    private void Begin(int position)
    {
        var end = Math.Min(length, position + Piece);
        WorkMeter.Count(Math.Max(0, end - position));
        next = end == length ? int.MaxValue : end;
    }
}
