using System.Reflection;

namespace MigrationTools.Engine;

/// <summary>The version of this build.</summary>
public static class ProductVersion
{
    /// <summary>Such as 0.1.0.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
