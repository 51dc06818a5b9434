namespace YtOptimizer.Benchmarks.Rig;

/// <param name="Rounds">Rounds in which the contestants take turns.</param>
/// <param name="Turn">Length of one turn.</param>
/// <param name="Clients">Connections that send one request after another.</param>
internal sealed record Settings(int Rounds, TimeSpan Turn, int Clients);
