namespace YtOptimizer.Analysis.Text;

/// <content>What the scan remembers from one character to the next.</content>
internal static partial class Tokenizer
{
    private struct State
    {
        public Gap Gap;
        public TokenFlags Context;
        public bool Colon;
        public bool AfterLink;
        public int LineStart;
    }
}
