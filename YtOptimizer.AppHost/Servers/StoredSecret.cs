using Aspire.Hosting.Publishing;
using YtOptimizer.ServiceDefaults.Data;

namespace YtOptimizer.AppHost.Servers;

/// <summary>
/// A generated secret that is kept beside the data that it protects, readable by its owner only: data and password are backed up, moved and
/// deleted together. A value that is configured (<c>Parameters:name</c>) wins.
/// </summary>
internal sealed class StoredSecret(string file, int length, Func<string?>? earlier = null) : ParameterDefault
{
    public override string GetDefaultValue()
    {
        try
        {
            if (File.Exists(file))
            {
                return File.ReadAllText(file).TrimEnd('\n');
            }

            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var secret = earlier?.Invoke() ?? Generated().GetDefaultValue();
            PrivateFile.Write(file, secret);
            return secret;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException($"The generated secret {file} cannot be kept ({exception.Message}): set " +
                $"YTO_DATA_DIR to a folder that you may write to.", exception);
        }
    }

    public override void WriteToManifest(ManifestPublishingContext context) => Generated().WriteToManifest(context);

    private GenerateParameterDefault Generated() => new() { MinLength = length, Special = false };
}
