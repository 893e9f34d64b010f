using System.Management.Automation;
using System.Runtime.Loader;

namespace MigrationTools.Internal;

/// <summary>Hooks the private context in when the module is imported and out when it is removed. PowerShell calls it once a runspace, so the hooks are counted.</summary>
public sealed class ModuleLifecycle : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly object Turn = new();
    private static int _imports;

    public void OnImport()
    {
        lock (Turn)
        {
            if (_imports++ == 0)
            {
                AssemblyLoadContext.Default.Resolving += PrivateAssemblyLoadContext.ResolveOwn;
            }
        }
    }

    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        lock (Turn)
        {
            if (_imports > 0 && --_imports == 0)
            {
                AssemblyLoadContext.Default.Resolving -= PrivateAssemblyLoadContext.ResolveOwn;
            }
        }
    }
}
