namespace MigrationTools.Engine.Specs.Measures;

/// <summary>The one value that a query gives.</summary>
/// <param name="System">Name of a database system.</param>
/// <param name="Side">source or target.</param>
/// <param name="Query">A SELECT (or SHOW).</param>
public sealed record SqlMeasureSpec(string System, EndpointSide Side, EngineSql Query) : MeasureSpec;
