using System.Reflection;
using System.Runtime.Loader;

namespace MigrationTools.Internal;

/// <summary>
/// Holds everything of <c>deps/</c>, so that the module's Npgsql, Serilog and the rest never meet those of other modules in the same
/// session, whichever is imported first. The technique is Microsoft's ("Resolving PowerShell module assembly dependency
/// conflicts"): the default context asks here for the module's own assemblies by name and for nothing else.
/// </summary>
internal sealed class PrivateAssemblyLoadContext : AssemblyLoadContext
{
    private static readonly string[] OwnAssemblies =
        ["MigrationTools.Hosting", "MigrationTools.Engine", "MigrationTools.Databases"];

    private static readonly Lazy<PrivateAssemblyLoadContext> Lazy = new(() => new PrivateAssemblyLoadContext());

    private readonly AssemblyDependencyResolver _resolver;

    private PrivateAssemblyLoadContext()
        : base("MigrationTools")
    {
        var root = Path.GetDirectoryName(typeof(PrivateAssemblyLoadContext).Assembly.Location)!;
        _resolver = new AssemblyDependencyResolver(Path.Combine(root, "deps", "MigrationTools.Hosting.dll"));
    }

    /// <summary>Answers the default context when it does not find one of the module's own assemblies.</summary>
    internal static Assembly? ResolveOwn(AssemblyLoadContext context, AssemblyName name) =>
        OwnAssemblies.Contains(name.Name, StringComparer.Ordinal) ? Lazy.Value.LoadFromAssemblyName(name) : null;

    protected override Assembly? Load(AssemblyName assemblyName) =>
        _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
