using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Contracts.Fuzzing;

/// <summary>Somebody who sends requests; signs up anew when the run has ended the session or the account.</summary>
internal sealed class FuzzCaller(string name, HttpClient client, Func<Task<ApiUser>>? signUp)
{
    public string Name => name;

    public HttpClient Client => client;

    /// <summary>Null for nobody.</summary>
    public string? Token { get; private set; }

    public string? Email { get; private set; }

    public async Task RenewAsync(GoodValues good)
    {
        if (signUp is null)
        {
            return;
        }

        var user = await signUp();
        good.Forget(name);
        good.Spare(user.Id);
        good.Spare(user.SessionId);
        (Token, Email) = (user.AccessToken, user.Email);
        user.Client.Dispose();
    }
}
