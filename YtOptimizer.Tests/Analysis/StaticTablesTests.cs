using System.Reflection;
using System.Runtime.Loader;
using YtOptimizer.Analysis;

namespace YtOptimizer.Tests.Analysis;

/// <summary>What all analyses of a process share survives the first of them being cancelled. Each case loads the library anew.</summary>
public class StaticTablesTests
{
    private const BindingFlags Hidden = BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(32)]
    public void Analyze_TheFirstCancelledAtThisLook_TheNextIsWhole(int look)
    {
        var context = new AssemblyLoadContext("fresh " + look, isCollectible: true);
        try
        {
            var library = context.LoadFromAssemblyPath(typeof(Analyzer).Assembly.Location);
            var analyzer = Activator.CreateInstance(library.GetType(typeof(Analyzer).FullName!, throwOnError: true)!)!;
            var input = Video(library);
            using var cancelled = new CancellationTokenSource();
            var looks = 0;
            var start = library
                .GetType("YtOptimizer.Analysis.Text.WorkMeter", throwOnError: true)!
                .GetMethod("Start", Hidden, [typeof(Action<long>), typeof(CancellationToken)])!;
            using (
                (IDisposable)
                    start.Invoke(
                        null,
                        [
                            (Action<long>)(
                                _ =>
                                {
                                    if (++looks == look)
                                    {
                                        cancelled.Cancel();
                                    }
                                }
                            ),
                            cancelled.Token,
                        ]
                    )!
            )
            {
                Assert.Throws<OperationCanceledException>(() => Analyze(analyzer, input));
            }

            Assert.NotNull(Analyze(analyzer, input));
        }
        finally
        {
            context.Unload();
        }
    }

    private static object Video(Assembly library)
    {
        var transcript = library.GetType("YtOptimizer.Analysis.Input.Transcript", throwOnError: true)!;
        var type = library.GetType("YtOptimizer.Analysis.Input.VideoInput", throwOnError: true)!;
        var input = Activator.CreateInstance(type)!;
        type.GetProperty("Title")!.SetValue(input, Samples.Sourdough.Title);
        type.GetProperty("Description")!.SetValue(input, Samples.Sourdough.Description);
        type.GetProperty("Tags")!.SetValue(input, Samples.Sourdough.Tags);
        type.GetProperty("Transcript")!
            .SetValue(
                input,
                transcript
                    .GetMethod("FromText")!
                    .Invoke(null, [string.Join(' ', Enumerable.Repeat("Today we bake a sourdough bread. How long does it rest?", 40))])
            );
        return input;
    }

    private static object? Analyze(object analyzer, object input) =>
        analyzer
            .GetType()
            .GetMethod(nameof(Analyzer.Analyze))!
            .Invoke(analyzer, BindingFlags.DoNotWrapExceptions, null, [input, null], null);
}
