namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>Callers of one process that ask for the same thing at the same time share one piece of work.</summary>
public sealed class SingleFlight<T>
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Flight> flights = new(StringComparer.Ordinal);

    /// <param name="key">What is asked for.</param>
    /// <param name="work">Runs once for all who wait; its token is cancelled when nobody does any more.</param>
    /// <param name="ct">Cancels this caller's wait.</param>
    public async Task<T> RunAsync(string key, Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(work);
        ct.ThrowIfCancellationRequested();
        Flight flight;
        lock (gate)
        {
            if (!flights.TryGetValue(key, out flight!))
            {
                flight = flights[key] = new Flight();
                flight.Result = RunAsync(key, flight, work);
            }

            flight.Callers++;
        }

        try
        {
            return await flight.Result.WaitAsync(ct);
        }
        finally
        {
            Leave(key, flight);
        }
    }

    private async Task<T> RunAsync(string key, Flight flight, Func<CancellationToken, Task<T>> work)
    {
        // Never inside the caller's lock.
        await Task.Yield();
        try
        {
            return await work(flight.GivenUp.Token);
        }
        finally
        {
            Forget(key, flight);
        }
    }

    private void Leave(string key, Flight flight)
    {
        lock (gate)
        {
            if (--flight.Callers > 0 || flight.Result.IsCompleted)
            {
                return;
            }

            Forget(key, flight);
        }

        flight.GivenUp.Cancel();
    }

    private void Forget(string key, Flight flight)
    {
        lock (gate)
        {
            if (ReferenceEquals(flights.GetValueOrDefault(key), flight))
            {
                flights.Remove(key);
            }
        }
    }

    private sealed class Flight
    {
        public Task<T> Result { get; set; } = null!;

        public int Callers { get; set; }

        public CancellationTokenSource GivenUp { get; } = new();
    }
}
