using Microsoft.Extensions.Time.Testing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Tests.Core.Data;

public class RowCacheTests
{
    private static readonly Guid User = Guid.CreateVersion7();
    private readonly FakeTimeProvider clock = new();
    private readonly RowCache cache;

    public RowCacheTests() => cache = new RowCache(clock);

    [Fact]
    public async Task Read_WhileChangesAreTold_IsKeptForAWhile()
    {
        cache.Followed();
        await ReadAsync(1);

        Assert.Equal([1], cache.Find(RowCache.Profiles, User));
        Assert.Null(cache.Find(RowCache.Preferences, User));

        clock.Advance(RowCache.MaxAge);
        Assert.Null(cache.Find(RowCache.Profiles, User));
    }

    [Fact]
    public async Task Read_WhileChangesAreNotTold_IsNotKept()
    {
        Assert.Equal([1], await ReadAsync(1));
        Assert.Null(cache.Find(RowCache.Profiles, User));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Changed_DuringTheRead_IsNotKept(bool ofOneAccount)
    {
        cache.Followed();
        await cache.ReadAsync(RowCache.Profiles, User, () =>
        {
            cache.Changed(ofOneAccount ? $"{RowCache.Profiles}:{User}" : RowCache.Profiles);
            return Task.FromResult<byte[]?>([1]);
        });

        Assert.Null(cache.Find(RowCache.Profiles, User));
    }

    [Fact]
    public async Task Changed_AnotherAccountOrKind_StaysKept()
    {
        cache.Followed();
        await ReadAsync(1);

        cache.Changed($"{RowCache.Profiles}:{Guid.CreateVersion7()}");
        cache.Changed($"{RowCache.Preferences}:{User}");

        Assert.Equal([1], cache.Find(RowCache.Profiles, User));
    }

    [Fact]
    public async Task Lost_Notifications_NothingIsKeptUntilTheyComeAgain()
    {
        cache.Followed();
        await ReadAsync(1);

        cache.Lost();
        Assert.Null(cache.Find(RowCache.Profiles, User));
        await ReadAsync(2);
        Assert.Null(cache.Find(RowCache.Profiles, User));

        cache.Followed();
        await ReadAsync(3);
        Assert.Equal([3], cache.Find(RowCache.Profiles, User));
    }

    [Fact]
    public async Task Read_ThatFailsOrFindsNothing_IsNotKept()
    {
        cache.Followed();
        await cache.ReadAsync(RowCache.Profiles, User, () => Task.FromResult<byte[]?>(null));
        await Assert.ThrowsAsync<TimeoutException>(() => cache.ReadAsync(RowCache.Profiles, User, () => throw new TimeoutException()));

        Assert.Null(cache.Find(RowCache.Profiles, User));
    }

    private Task<byte[]?> ReadAsync(byte value) => cache.ReadAsync(RowCache.Profiles, User, () => Task.FromResult<byte[]?>([value]));
}
