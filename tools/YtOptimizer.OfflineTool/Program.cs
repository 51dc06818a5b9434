using System.Globalization;
using System.Text;

namespace YtOptimizer.OfflineTool;

internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (Console.OutputEncoding.CodePage != Encoding.UTF8.CodePage)
        {
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }

        return await ToolCommand.Create(new StandardInput(Console.OpenStandardInput, Console.IsInputRedirected)).Parse(args).InvokeAsync();
    }
}
