using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.Core.Storage;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.Storage;

/// <summary>What one instance takes in, every other one reads; broken uploads leave nothing.</summary>
public sealed class FileStoreTests(UpstreamFixture fixture) : IClassFixture<UpstreamFixture>
{
    private const int Size = (2 * DatabaseFileStore.PieceBytes) + 4321;
    private static readonly Dictionary<string, string?> Shared = new()
    {
        ["Storage:Directory"] = Path.Combine(Path.GetTempPath(), "yto-store-" + Environment.ProcessId),
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task File_SavedByOneInstance_IsReadWholeAndFromAnywhereByAnother(bool directory)
    {
        var bytes = Bytes(Size);
        using var content = new MemoryStream(bytes);
        var key = await Store(directory).SaveAsync(content, FileStore.Uploads, "mp4", Size, Ct);

        var other = Store(directory);
        Assert.True(await other.ExistsAsync(key, Ct));
        await using var file = await other.OpenAsync(key, Ct);
        Assert.Equal(Size, file.Length);
        using var copy = new MemoryStream();
        await file.CopyToAsync(copy, Ct);
        Assert.Equal(bytes, copy.ToArray());
        file.Position = DatabaseFileStore.PieceBytes - 3;
        var middle = new byte[10];
        await file.ReadExactlyAsync(middle, Ct);
        Assert.Equal(bytes[(DatabaseFileStore.PieceBytes - 3)..(DatabaseFileStore.PieceBytes + 7)], middle);

        await other.DeleteAsync(key);
        await other.DeleteAsync(key);
        Assert.False(await Store(directory).ExistsAsync(key, Ct));
        await Assert.ThrowsAsync<FileNotFoundException>(() => other.OpenAsync(key, Ct));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task File_LongerThanAllowed_LeavesNothing(bool directory)
    {
        using var content = new MemoryStream(Bytes(Size));
        await Assert.ThrowsAsync<FileTooLargeException>(() =>
            Store(directory).SaveAsync(content, FileStore.Thumbnails, "png", Size - 1, Ct)
        );
        Assert.Equal(0, await Store(directory).DeleteOlderThanAsync(FileStore.Thumbnails, TimeProvider.System.GetUtcNow().AddDays(1), Ct));
    }

    [Fact]
    public async Task Upload_ThatBreaksOff_LeavesNothing()
    {
        await using var broken = new BrokenStream(Bytes(DatabaseFileStore.PieceBytes + 10));
        await Assert.ThrowsAsync<IOException>(() => Store(directory: false).SaveAsync(broken, FileStore.Uploads, "mp4", Size, Ct));
        Assert.Equal(0, await fixture.Db.ScalarAsync<long>("SELECT count(*) FROM stored_file_pieces", null, Ct));
    }

    [Fact]
    public async Task Incomplete_IsNotServed_AndGoesByAge()
    {
        await fixture.Db.ExecuteAsync(
            "INSERT INTO stored_files (key, created_at) VALUES ('uploads/half.mp4', now() - interval '2 days')",
            null,
            Ct
        );
        var store = Store(directory: false);
        Assert.False(await store.ExistsAsync("uploads/half.mp4", Ct));
        Assert.Equal(0, await store.DeleteOlderThanAsync(FileStore.Thumbnails, TimeProvider.System.GetUtcNow().AddDays(-1), Ct));
        Assert.Equal(0, await store.DeleteOlderThanAsync(FileStore.Uploads, TimeProvider.System.GetUtcNow().AddDays(-3), Ct));
        Assert.Equal(1, await store.DeleteOlderThanAsync(FileStore.Uploads, TimeProvider.System.GetUtcNow().AddDays(-1), Ct));
    }

    [Theory]
    [InlineData("uploads/../secret")]
    [InlineData("other/a.mp4")]
    [InlineData("uploads/.hidden")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    public async Task Key_FromOutside_IsRefused(string key) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Store(directory: true).ExistsAsync(key, Ct));

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(4).NextBytes(bytes);
        return bytes;
    }

    private FileStore Store(bool directory) => fixture.Instance(directory ? Shared : null).GetRequiredService<FileStore>();

    /// <summary>Gives what it has, then fails as a cut connection does.</summary>
    private sealed class BrokenStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("The connection was cut.");
    }
}
