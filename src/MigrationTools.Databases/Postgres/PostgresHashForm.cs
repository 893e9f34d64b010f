namespace MigrationTools.Databases.Postgres;

/// <summary>How PostgreSQL's own functions hash a column (its source, hashfunc.c and the *_hash_extended functions of each type).</summary>
internal enum PostgresHashForm
{
    /// <summary>bigint: hashint8extended, which folds it into 32 bits first, with the value itself in the seed.</summary>
    Whole,

    /// <summary>numeric with a precision: hash_numeric_extended, which takes no notice of zeros at the end, with the sign as a flag.</summary>
    Number,

    /// <summary>numeric of any size: likewise, with flags for NaN and infinities, which have one hash.</summary>
    AnyNumber,

    /// <summary>double precision: hashfloat8extended, for which −0 is 0.</summary>
    Float,

    /// <summary>text by its bytes: hashtextextended under the collation C.</summary>
    Text,

    /// <summary>Text without blanks at its end.</summary>
    TrimmedText,

    /// <summary>timestamp_hash_extended, which folds it into 32 bits first, of the moment and of the beginning of its bin (date_bin, from version 14 on).</summary>
    Timestamp,

    /// <summary>The same where a server has no date_bin: with the seconds since 1970 as a double, which takes longer.</summary>
    EpochTimestamp,

    /// <summary>time, by what it sends: its own function folds it.</summary>
    Time,

    /// <summary>uuid_hash_extended.</summary>
    Uuid,

    /// <summary>boolean: a bit of the row's first seed.</summary>
    Truth,

    /// <summary>bytea: its function can't be called by name, that of a record of it can.</summary>
    Bytes,

    /// <summary>date: likewise.</summary>
    Date,

    /// <summary>interval by what it sends: its own function takes a month for 30 days.</summary>
    Interval,
}
