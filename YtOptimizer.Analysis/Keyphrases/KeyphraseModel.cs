using System.IO.Compression;
using System.Text;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Keyphrases;

/// <summary>
/// Lexicon and ranker as shipped: an embedded, Brotli-compressed file written by tools/YtOptimizer.Training.
/// Derived from the data named in NOTICE.
/// </summary>
/// <param name="TrainedOn">Hashes of the ids of the training videos, so that figures on them are not taken for honest ones.</param>
internal sealed record KeyphraseModel(Lexicon Lexicon, RankerModel Ranker, HashSet<uint> TrainedOn)
{
    private const int Magic = 0x324B5459;
    private const string Resource = "YtOptimizer.Analysis.Keyphrases.keyphrases.bin";

    private static readonly Lazy<KeyphraseModel> Embedded = StaticTables.Once(LoadEmbedded);

    public static KeyphraseModel Default => Embedded.Value;

    public bool SawVideo(string id) => TrainedOn.Contains(Hash(id));

    /// <summary>FNV-1a.</summary>
    public static uint Hash(string id)
    {
        var hash = 2166136261u;
        foreach (var c in id)
        {
            hash = (hash ^ c) * 16777619u;
        }

        return hash;
    }

    public void Save(Stream output)
    {
        using var brotli = new BrotliStream(output, CompressionLevel.SmallestSize, leaveOpen: true);
        using var writer = new BinaryWriter(brotli, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(CandidateFeatures.Names.Length);
        writer.Write(Ranker.TreeShare);
        writer.Write(Ranker.Bias);
        WriteFloats(writer, Ranker.Means);
        WriteFloats(writer, Ranker.Scales);
        WriteFloats(writer, Ranker.Weights);
        writer.Write(Ranker.TreeBase);
        writer.Write(Ranker.Trees.Length);
        foreach (var tree in Ranker.Trees)
        {
            writer.Write((short)tree.Length);
            foreach (var node in tree)
            {
                writer.Write(node.Feature);
                writer.Write(node.Threshold);
                writer.Write(node.Left);
                writer.Write(node.Right);
            }
        }

        writer.Write(TrainedOn.Count);
        foreach (var hash in TrainedOn.Order())
        {
            writer.Write(hash);
        }

        writer.Write(Lexicon.Channels);
        WriteTable(writer, Lexicon.Words);
        WriteTable(writer, Lexicon.Phrases);
    }

    public static KeyphraseModel Load(Stream input)
    {
        using var brotli = new BrotliStream(input, CompressionMode.Decompress, leaveOpen: true);
        using var reader = new BinaryReader(brotli, Encoding.UTF8);
        if (reader.ReadInt32() != Magic || reader.ReadInt32() != CandidateFeatures.Names.Length)
        {
            throw new InvalidDataException(
                "The keyphrase model does not fit this program: run tools/YtOptimizer.Training train and rebuild."
            );
        }

        var share = reader.ReadSingle();
        var bias = reader.ReadSingle();
        var means = ReadFloats(reader);
        var scales = ReadFloats(reader);
        var weights = ReadFloats(reader);
        var treeBase = reader.ReadSingle();
        var trees = new TreeNode[reader.ReadInt32()][];
        for (var t = 0; t < trees.Length; t++)
        {
            trees[t] = new TreeNode[reader.ReadInt16()];
            for (var n = 0; n < trees[t].Length; n++)
            {
                trees[t][n] = new TreeNode(reader.ReadInt16(), reader.ReadSingle(), reader.ReadInt16(), reader.ReadInt16());
            }
        }

        var trained = new HashSet<uint>();
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            trained.Add(reader.ReadUInt32());
        }

        var channels = reader.ReadInt32();
        var words = ReadTable(reader);
        var phrases = ReadTable(reader);
        return new KeyphraseModel(
            new Lexicon(channels, phrases, words),
            new RankerModel(means, scales, weights, bias, treeBase, trees, share),
            trained
        );
    }

    private static KeyphraseModel LoadEmbedded()
    {
        using var stream = typeof(KeyphraseModel).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is missing from the assembly.");
        return Load(stream);
    }

    private static void WriteFloats(BinaryWriter writer, float[] values)
    {
        writer.Write(values.Length);
        foreach (var value in values)
        {
            writer.Write(value);
        }
    }

    private static float[] ReadFloats(BinaryReader reader)
    {
        var values = new float[reader.ReadInt32()];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = reader.ReadSingle();
        }

        return values;
    }

    // Sorted, each key without what it shares with the one before.
    private static void WriteTable(BinaryWriter writer, Dictionary<string, Usage> table)
    {
        writer.Write(table.Count);
        var previous = "";
        foreach (var (key, usage) in table.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var shared = 0;
            while (shared < key.Length && shared < previous.Length && key[shared] == previous[shared])
            {
                shared++;
            }

            // Never cut a surrogate pair: the rest is written as UTF-8.
            if (shared > 0 && char.IsHighSurrogate(key[shared - 1]))
            {
                shared--;
            }

            writer.Write7BitEncodedInt(shared);
            writer.Write(key[shared..]);
            writer.Write7BitEncodedInt(usage.Doc);
            writer.Write7BitEncodedInt(usage.DocTagged);
            writer.Write7BitEncodedInt(usage.Tag);
            writer.Write7BitEncodedInt(usage.Both);
            previous = key;
        }
    }

    private static Dictionary<string, Usage> ReadTable(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        var table = new Dictionary<string, Usage>(count, StringComparer.Ordinal);
        var previous = "";
        for (var i = 0; i < count; i++)
        {
            var key = string.Concat(previous.AsSpan(0, reader.Read7BitEncodedInt()), reader.ReadString());
            table[key] = new Usage(
                reader.Read7BitEncodedInt(),
                reader.Read7BitEncodedInt(),
                reader.Read7BitEncodedInt(),
                reader.Read7BitEncodedInt()
            );
            previous = key;
        }

        return table;
    }
}
