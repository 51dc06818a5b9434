using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Storage;

/// <summary>Reads a stored file piece by piece, one in memory at a time; can start again anywhere, as a repeated request must.</summary>
internal sealed class DatabaseFileStream(Db db, string key, long size) : Stream
{
    private byte[] piece = [];
    private long pieceNumber = -1;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; } = size;

    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position >= Length || buffer.Length == 0)
        {
            return 0;
        }

        var number = Position / DatabaseFileStore.PieceBytes;
        if (number != pieceNumber)
        {
            piece = await db.ScalarAsync<byte[]>(
                "SELECT bytes FROM stored_file_pieces WHERE key = @key AND number = @number",
                new { key, number = (int)number },
                cancellationToken
            ) ?? throw new FileNotFoundException("The file was deleted while it was read.");
            pieceNumber = number;
        }

        var from = (int)(Position - (number * DatabaseFileStore.PieceBytes));
        var count = Math.Min(buffer.Length, piece.Length - from);
        if (count <= 0)
        {
            throw new EndOfStreamException("A stored file is shorter than its record says.");
        }

        piece.AsMemory(from, count).CopyTo(buffer);
        Position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Stored files are read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => Position + offset,
            _ => Length + offset,
        };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
