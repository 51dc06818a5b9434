using System.Reflection;
using System.Runtime.Loader;

namespace YtOptimizer.Tests.Analysis;

/// <summary>The analyzer and everything it uses loaded once more, with static state of its own: a new process within this one.</summary>
internal sealed class FreshLibrary() : AssemblyLoadContext("fresh", isCollectible: true)
{
    private readonly AssemblyDependencyResolver resolver = new(typeof(FreshLibrary).Assembly.Location);

    /// <summary>Calls a static method of this assembly as if nothing had run before it.</summary>
    /// <param name="work">Its parameters and result are types of the runtime, such as strings, which both sides share.</param>
    /// <param name="parameters">What it is called with.</param>
    public static T Run<T>(Delegate work, params object?[] parameters)
    {
        var method = work.Method;
        var library = new FreshLibrary();
        try
        {
            var type = library.LoadFromAssemblyPath(method.Module.Assembly.Location).GetType(method.DeclaringType!.FullName!, true)!;
            var fresh = type.GetMethod(method.Name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
            return (T)fresh.Invoke(null, BindingFlags.DoNotWrapExceptions, null, parameters, null)!;
        }
        finally
        {
            library.Unload();
        }
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
}
