using System.Net.Http.Json;

namespace YtOptimizer.AuthBenchmark;

/// <summary>Three tabs of each user refresh at once and lose random answers: how often the next try with the token they still hold fails,
/// which would be a sign-out.</summary>
internal static class LostAnswers
{
    private const int Users = 20;
    private const int Tabs = 3;

    public static async Task RunAsync(Rig rig, int retries)
    {
        var callers = await Task.WhenAll(Enumerable.Range(0, Users).Select(_ => rig.RegisterAsync()));
        var (lost, signedOut) = (0, 0);
        while (lost < retries)
        {
            await Task.WhenAll(
                callers.Select(
                    async (caller, number) =>
                    {
                        var dice = new Random(number + lost);
                        var answers = await Task.WhenAll(
                            Enumerable.Range(0, Tabs).Select(tab => RefreshAsync(rig, caller.RefreshToken, dice.Next()))
                        );

                        // All answers got lost for this user in two rounds of three; the browser then holds the old token and tries again.
                        if (dice.Next(3) > 0)
                        {
                            Interlocked.Increment(ref lost);
                            answers = [await RefreshAsync(rig, caller.RefreshToken, dice.Next())];
                        }

                        if (answers.Any(a => a is null) || answers.Distinct(StringComparer.Ordinal).Count() != 1)
                        {
                            Interlocked.Increment(ref signedOut);
                        }

                        caller.RefreshToken = answers.FirstOrDefault(a => a is not null) ?? caller.RefreshToken;
                    }
                )
            );
        }

        Console.WriteLine(
            $"lost answers: {lost} retried with the old token over {rig.Apis.Count} process(es), {Users} users with {Tabs} tabs each: "
                + $"{signedOut} signed out or given differing tokens"
        );
    }

    private static async Task<string?> RefreshAsync(Rig rig, string token, int api)
    {
        using var response = await rig.Apis[(int)((uint)api % rig.Apis.Count)]
            .Client.PostAsJsonAsync("/auth/refresh", new { refreshToken = token });
        return response.IsSuccessStatusCode ? (await Rig.OkAsync(Task.FromResult(response))).GetProperty("refreshToken").GetString() : null;
    }
}
