namespace MigrationTools.Engine.Specs.Measures;

/// <summary>Where one value comes from.</summary>
public abstract record MeasureSpec;
