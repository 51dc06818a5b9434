namespace YtOptimizer.Analysis.Text;

/// <summary>Counts the characters of a run whose end is being looked for, such as those of a link, piece by piece.</summary>
internal struct RunSteps
{
    private const int Piece = 1024;

    private int counted;

    /// <summary>To be called while the run grows.</summary>
    public void Grow(int length)
    {
        if (length - counted >= Piece)
        {
            End(length);
        }
    }

    /// <summary>Counts what is left.</summary>
    public void End(int length)
    {
        WorkMeter.Count(length - counted);
        counted = length;
    }
}
