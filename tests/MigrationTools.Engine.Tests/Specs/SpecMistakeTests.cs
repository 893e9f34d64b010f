using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Tests.Specs;

/// <summary>One mistake a text; the § marks the line and column that it must name.</summary>
public sealed class SpecMistakeTests
{
    [Theory]
    [InlineData("§name: a\n", "the key 'id' is missing: letters, digits")]
    [InlineData("id: §.a\n", "id: expected letters, digits, '-', '_' and '.', at most 80, no dot first, found '.a'")]
    [InlineData("id: §a b\n", "found 'a b'")]
    [InlineData("id: §ä\n", "found 'ä'")]
    [InlineData("id: §\"a\\n\"\n", "id: expected letters")]
    [InlineData("id: §[a]\n", "id: expected letters, digits, '-', '_' and '.', at most 80, no dot first, found a list")]
    [InlineData("id:§\n", "found nothing")]
    [InlineData("§nam: x\nid: a\n", "unknown key 'nam'; did you mean 'name'?")]
    [InlineData("§ID: a\n", "unknown key 'ID'; did you mean 'id'?")]
    [InlineData("id: a\n§banana: 1\n", "unknown key 'banana'. Known keys are id, name, type")]
    [InlineData("id: a\n§id: b\n", "the key 'id' is given twice (first in line 1, column 1)")]
    [InlineData("id: a\n§[x]: b\n", "expected text as a key, found a list")]
    [InlineData("id: a\ntype: §ApplicationVersio\n", "did you mean 'ApplicationVersion'?")]
    [InlineData("id: a\nstrategy: §Big Bang\n", "did you mean 'BigBang'?")]
    [InlineData("id: a\nstrategy: §1\n", "expected BigBang, BlueGreen, Canary, Rolling, StranglerFig, ParallelRun or Phased, found '1'")]
    [InlineData("id: a\nname: §\"a\\eb\"\n", "control character")]
    [InlineData("id: a\nvalidation: §all\n", "validation: expected a mapping with counts, checksums")]
    [InlineData("id: a\nvalidation:§\n", "found nothing")]
    public void A_mistake_at_the_top_is_told_with_its_place(string marked, string message) => Expect(marked, message, "systems: { db: { kind: database, source: 'sqlite:a', target: 'sqlite:b' } }\n");

    [Theory]
    [InlineData("phases: [{ name: p, systems: [db], strategy: BigBang }, §{ name: p, systems: [db2], strategy: BigBang }]\n", "'p' is there twice")]
    [InlineData("phases: [{ name: p, systems: [db], strategy: BigBang, rollback: { §scope: run } }]\n", "unknown key 'scope'. Known keys are mode, style, triggers, interval, minSamples and maxDuration")]
    [InlineData("phases: [{ name: p, systems: [db], strategy: BigBang, rollback: { mode: §auto } }]\n", "expected manual or automatic, found 'auto'")]
    [InlineData("phases: [{ name: p, systems: [db], strategy: BigBang }]\nrollback: { scope: §phases }\n", "did you mean 'phase'?")]
    public void A_mistake_of_a_phase_s_rollback_is_told_with_its_place(string marked, string message) => Expect("id: a\nstrategy: Phased\n" + marked, message, "systems: { db: { kind: database, source: 'sqlite:a', target: 'sqlite:b' }, db2: { kind: database, source: 'sqlite:c', target: 'sqlite:d' } }\n");

    [Theory]
    [InlineData("id: a\nsystems: §{}\n", "there is no system; expected at least one")]
    [InlineData("id: a\nsystems: §[a]\n", "systems: expected a mapping of systems' names to systems, found a list")]
    [InlineData("§id: a\n", "the key 'systems' is missing")]
    [InlineData("id: a\nsystems: { §'a b': { kind: http, source: 'http://a', target: 'http://b' } }\n", "expected a name of letters, digits, '-' and '_', at most 80, as a key, found 'a b'")]
    [InlineData("id: a\nsystems: { §a.b: { kind: http, source: 'http://a', target: 'http://b' } }\n", "found 'a.b'")]
    [InlineData("id: a\nsystems:\n  db: { kind: §databse, source: 'sqlite:a', target: 'sqlite:b' }\n", "systems.db.kind: expected database, http, traffic or command, found 'databse'; did you mean 'database'?")]
    [InlineData("id: a\nsystems:\n  db: { kind: §queue }\n", "systems.db.kind: expected database, http, traffic or command, found 'queue'.")]
    [InlineData("id: a\nsystems:\n  db: §{ source: 'sqlite:a' }\n", "systems.db: the key 'kind' is missing: database, http, traffic or command.")]
    [InlineData("id: a\nsystems:\n  db: §{ kid: database }\n", "did you mean it by 'kid'?")]
    [InlineData("id: a\nsystems:\n  db: §database\n", "systems.db: expected a mapping with the kind")]
    [InlineData("id: a\nsystems:\n  db: §{ kind: database, source: 'sqlite:a' }\n", "systems.db: the key 'target' is missing: a database's URI")]
    [InlineData("id: a\nsystems:\n  db: { kind: database, source: 'sqlite:a', target: §'sqlite:a' }\n", "systems.db.target: the target is the source")]
    public void A_mistake_of_a_system_is_told_with_its_place(string marked, string message) => Expect(marked, message, string.Empty);

    [Theory]
    [InlineData("shop.db", "found 'shop.db'; a file of SQLite is 'sqlite:shop.db'")]
    [InlineData("C:\\shop.db", "a file of SQLite is 'sqlite:C:\\shop.db'")]
    [InlineData("sqlit:shop.db", "the scheme 'sqlit' is not supported here; did you mean 'sqlite'?")]
    [InlineData("mysql://u@h/d", "the scheme 'mysql' is not supported here; expected sqlite, postgresql or postgres")]
    [InlineData("${env:URL}", "the scheme must be written out before a reference")]
    [InlineData("postgresql://u:${evn:P}@h/d", "what begins with '${evn:' is no reference to a secret; expected ${env:NAME} or ${file:path}; did you mean 'env'?")]
    [InlineData("postgresql://u:${env:}@h/d", "what begins with '${env:' is no reference to a secret")]
    [InlineData("postgresql://u:${env:P@h/d", "is no reference to a secret")]
    [InlineData("postgresql://u:hunter2@h/d", "'postgresql://u:***@h/d' holds a password or another secret written out; put ${env:NAME} or ${file:path} in its place")]
    [InlineData("postgresql://h/d?password=hunter2", "holds a password or another secret written out")]
    [InlineData("postgresql://u:hunter2${env:P}@h/d", "holds a password or another secret written out")]
    public void A_wrong_database_endpoint_is_told_with_its_place(string endpoint, string message) =>
        Expect($"id: a\nsystems:\n  db:\n    kind: database\n    source: §'{endpoint}'\n    target: sqlite:b\n", message, string.Empty);

    [Theory]
    [InlineData("tables: { include: §'*' }", "tables.include: expected a list of tables, with * and ? as wildcards, found the text '*'; put it in [ ].")]
    [InlineData("tables: { include: [a, §''] }", "tables.include[1]: expected a table's name or a wildcard, found the text ''")]
    [InlineData("tables: { §exclud: [] }", "unknown key 'exclud'; did you mean 'exclude'?")]
    [InlineData("copy: { parallelism: §0 }", "copy.parallelism: expected a whole number from 1 to 64, found '0'")]
    [InlineData("copy: { parallelism: §two }", "found 'two'")]
    [InlineData("copy: { chunkRows: §'5' }", "found the text '5'; take the quotes away.")]
    [InlineData("copy: { chunkRows: §1.5 }", "found '1.5'")]
    [InlineData("copy: { maxRejected: §99999999999999999999 }", "copy.maxRejected: expected a whole number, at least 0")]
    [InlineData("replication: §logical", "replication: logical replicates between two PostgreSQL servers, and this is sqlite to sqlite")]
    [InlineData("replication: §logicl", "did you mean 'logical'?")]
    [InlineData("replicationSource: §'postgresql://u@h/d'", "replicationSource: nothing replicates: it goes with replication: logical")]
    [InlineData("replicationDeadline: §soon", "replicationDeadline: expected")]
    [InlineData("fence: §readWrite", "fence: expected observe or readOnly, found 'readWrite'")]
    [InlineData("scripts: §{}", "scripts: expected a directory of versioned SQL scripts, found a mapping")]
    [InlineData("scripts: §'${env:X}'", "a path takes no ${…}")]
    [InlineData("map: [ §{ to: a } ]", "map[0]: expected either 'table' or 'query', found neither.")]
    [InlineData("map: [ §{ table: a, query: b, to: a } ]", "map[0]: expected either 'table' or 'query', found both.")]
    [InlineData("map: [ §{ table: a } ]", "map[0]: the key 'to' is missing")]
    [InlineData("map: [ { table: a, to: b, columns: { x: y, §z: y } } ]", "the target column 'y' is filled from the column 'x' already")]
    [InlineData("map: [ { table: a, to: b, columns: { x: y }, expressions: { §y: '1' } } ]", "the target column 'y' is filled from the column 'x' already")]
    [InlineData("map: [ { table: a, to: b, columns: { §x: y }, drop: [x] } ]", "the source column 'x' is dropped and renamed")]
    [InlineData("map: [ { table: a, to: b, drop: [x, §x] } ]", "drop[1]: 'x' is there twice (first in line 7")]
    [InlineData("map: [ { table: a, to: b, where: §{ postgresql: x } } ]", "where: there is no SQL for sqlite, which it would run on; add sqlite: or any:.")]
    [InlineData("map: [ { table: a, to: b, where: { §sqllite: x, any: y } } ]", "where.sqllite: unknown engine; did you mean 'sqlite'?")]
    [InlineData("map: [ { table: a, to: b, where: { sqlite: §[] } } ]", "where.sqlite: expected SQL text, found a list")]
    [InlineData("map: [ { table: a, to: b, where: §{} } ]", "where: expected SQL, as text or by engine")]
    [InlineData("map: [ { table: a, to: b, where: §'' } ]", "where: expected SQL, as text or by engine")]
    public void A_mistake_of_a_database_system_is_told_with_its_place(string marked, string message) =>
        Expect($"id: a\nsystems:\n  db:\n    kind: database\n    source: sqlite:a\n    target: sqlite:b\n    {marked}\n", message, string.Empty);

    [Theory]
    [InlineData("systems: { x: { kind: http, source: §'ftp://a', target: 'http://b' } }", "the scheme 'ftp' is not supported here; expected http or https")]
    [InlineData("systems: { x: { kind: http, source: 'http://a', target: 'http://b', health: §healthz } }", "expected a request's path that begins with a slash, such as /healthz, found 'healthz'")]
    [InlineData("systems: { x: { kind: http, source: 'http://a', target: 'http://b', health: §'/x?token=hunter2' } }", "a request's path may hold no secret")]
    [InlineData("systems: { x: { kind: http, source: 'http://a', target: 'http://b', health: §'/x?t=${env:T}' } }", "a request's path takes no ${…}")]
    [InlineData("systems: { x: { kind: traffic, router: §haprox, endpoint: 'unix:/x' } }", "expected haproxy, nginx or command, found 'haprox'; did you mean 'haproxy'?")]
    [InlineData("systems: { x: { kind: traffic, router: nginx, endpoint: §'no address', source: a, target: b } }", "expected a router's address")]
    public void A_mistake_of_another_system_is_told_with_its_place(string marked, string message) => Expect("id: a\n" + marked, message, string.Empty);

    [Theory]
    [InlineData("dependencies: [ { name: a, measure: { sql: §dbb.target, query: q }, expect: 0 } ]", "dependencies[0].measure.sql: no system is named 'dbb'; did you mean 'db'?")]
    [InlineData("dependencies: [ { name: a, measure: { sql: §shop_databse, query: q }, expect: 0 } ]", "no system is named 'shop_databse'; the database system is 'db'")]
    [InlineData("dependencies: [ { name: a, measure: { sql: §api.target, query: q }, expect: 0 } ]", "'api' is of kind http, not database; the database system is 'db'")]
    [InlineData("dependencies: [ { name: a, measure: { http: §db, path: / }, expect: 0 } ]", "'db' is of kind database, not http")]
    [InlineData("dependencies: [ { name: a, measure: { sql: §db.sorce, query: q }, expect: 0 } ]", "expected .source or .target after 'db', found '.sorce'; did you mean 'source'?")]
    [InlineData("dependencies: [ { name: a, measure: { sql: §'', query: q }, expect: 0 } ]", "expected the name of a database system with .source or .target")]
    [InlineData("dependencies: [ { name: a, measure: { sql: db, query: §{ sqlite: q } }, expect: 0 } ]", "there is no SQL for postgresql, which it would run on")]
    [InlineData("dependencies: [ { name: a, measure: §{ sql: db, http: api }, expect: 0 } ]", "expected one of sql, http and command, found 'sql' and 'http'")]
    [InlineData("dependencies: [ { name: a, measure: §{ banana: db }, expect: 0 } ]", "expected a mapping with sql, http or command, found one with 'banana'")]
    [InlineData("dependencies: [ { name: a, measure: §{}, expect: 0 } ]", "found an empty mapping")]
    [InlineData("dependencies: [ { name: a, measure: §db, expect: 0 } ]", "expected a mapping with sql, http or command, found 'db'")]
    [InlineData("dependencies: [ { name: a, measure: { §htp: api, path: / }, expect: 0 } ]", "unknown key 'htp'; did you mean 'http'?")]
    [InlineData("dependencies: [ { name: a, measure: { http: api, path: /, statistic: §p90 }, expect: 0 } ]", "expected status, mean, p50, p95 or p99, found 'p90'")]
    [InlineData("dependencies: [ { name: a, measure: { command: §psql }, expect: 0 } ]", "expected a list of the program and its arguments")]
    [InlineData("dependencies: [ { name: a, measure: { command: §[] }, expect: 0 } ]", "expected a list of the program and its arguments")]
    [InlineData("dependencies: [ { name: a, measure: { command: [psql, §[a]] }, expect: 0 } ]", "expected an argument, found a list")]
    [InlineData("dependencies: [ { name: a, measure: { command: [psql, --password, §hunter2] }, expect: 0 } ]", "arguments may hold no secret")]
    [InlineData("dependencies: [ { name: a, measure: { command: [psql, §'postgresql://u:hunter2@h'] }, expect: 0 } ]", "arguments may hold no secret")]
    [InlineData("dependencies: [ { name: a, measure: { command: [psql, §'${env:P}'] }, expect: 0 } ]", "arguments take no ${…}")]
    [InlineData("dependencies: [ { name: a, measure: { command: [psql], timeout: §30 }, expect: 0 } ]", "expected a duration such as 200ms, 30s, 15m, 24h or 1d, found '30'")]
    [InlineData("dependencies: [ { name: a, measure: { sql: db, query: q }, expect: §'== 0' } ]", "'==' is no operator of a comparison; use <=, >=, !=, =, <, > or matches")]
    [InlineData("dependencies: [ { name: a, measure: { sql: db, query: q }, expect: §'>=' } ]", "'>=' has no value after it")]
    [InlineData("dependencies: [ { name: a, measure: { sql: db, query: q }, expect: §'matches (' } ]", "'(' is not a regular expression")]
    [InlineData("dependencies: [ { name: a, measure: { sql: db, query: q }, expect: §matches } ]", "'matches' has no regular expression after it")]
    [InlineData("dependencies: [ { name: a, measure: { sql: db, query: q }, expect: §null } ]", "expected a value such as 0, or a comparison")]
    [InlineData("dependencies: [ { name: a, measure: { sql: db, query: q }, expect: 0, required: §yes } ]", "expected true or false, found 'yes'")]
    [InlineData("dependencies: [ { name: a, measure: { sql: db, query: q }, expect: 0 }, §{ name: a, measure: { sql: db, query: q }, expect: 0 } ]", "dependencies[1]: 'a' is there twice")]
    [InlineData("dependencies: §{}", "dependencies: expected a list of dependencies, found a mapping")]
    public void A_mistake_of_a_dependency_is_told_with_its_place(string marked, string message) => Expect(SpecSamples.Least + marked, message, string.Empty);

    [Theory]
    [InlineData("readiness: { backup: { of: db, file: §'' } }", "readiness.backup.file: expected the backup's file")]
    [InlineData("readiness: { backup: { of: db, file: a, maxAge: §24 hours } }", "found '24 hours'")]
    [InlineData("readiness: { backup: { of: db, file: a, proof: §restord } }", "expected declared, verified or restored, found 'restord'; did you mean 'restored'?")]
    [InlineData("readiness: { resources: §{ at: db } }", "expected at least one of freeDisk, freeMemory and freeConnections")]
    [InlineData("readiness: { resources: { at: db, freeDisk: §20 gigs } }", "expected a size such as 20GiB, 500MB or 4096B, found '20 gigs'")]
    [InlineData("readiness: { resources: { at: db, freeDisk: §20 } }", "found '20'")]
    [InlineData("readiness: { resources: { at: db, freeDisk: §999999999999TB } }", "larger than any disk")]
    [InlineData("readiness: { skip: { backup: §} }", "readiness.skip.backup: expected the reason why it is skipped, found nothing")]
    [InlineData("readiness: { skip: { §'': because } }", "expected text as a key, found ''")]
    [InlineData("validation: { counts: §none }", "none needs a reason, which reports will show: { none: 'the reason' }")]
    [InlineData("validation: { counts: { none: §'' } }", "validation.counts.none: expected the reason why nothing is looked at")]
    [InlineData("validation: { counts: §[] }", "the list is empty; to look at no table write { none: 'the reason' }")]
    [InlineData("validation: { counts: §al }", "expected all, a list of target tables (wildcards allowed), or { none: 'the reason' }, found 'al'")]
    [InlineData("validation: { minimumScore: §2 }", "expected a number from 0 to 1, found '2'")]
    [InlineData("validation: { minimumScore: §.nan }", "found '.nan'")]
    [InlineData("validation: { minimumScore: §NaN }", "found 'NaN'")]
    [InlineData("validation: { rules: [ { name: a, on: db, sql: §{ sqlite: q }, expect: 0 } ] }", "there is no SQL for postgresql")]
    [InlineData("validation: { rules: [ { name: a, on: db, sql: q, expect: 0, weight: §0 } ] }", "expected a number from 0.001 to 1000000")]
    [InlineData("benchmarks: { a: { measure: §{ http: api, path: / } } }", "a benchmark measures latency; add 'statistic'")]
    [InlineData("benchmarks: { a: { measure: { http: api, path: /, statistic: p95 }, acceptable: 2s, critical: §1s } }", "'critical' is smaller than 'acceptable'")]
    [InlineData("rollback: { mode: §auto }", "expected manual or automatic, found 'auto'")]
    [InlineData("rollback: { triggers: [ §'error_rate' ] }", "expected a condition such as 'error_rate > 5%'")]
    [InlineData("rollback: { triggers: [ §'error_rate > lots' ] }", "character 14: 'lots' is no figure. Figures are p50, p95")]
    [InlineData("rollback: { triggers: [ §'eror_rate > 5%' ] }", "character 1: 'eror_rate' is no figure; did you mean 'error_rate'?")]
    [InlineData("rollback: { triggers: [ §'error_rate > 1' ] }", "character 14: it stands beside a share, which is 0 to 1; write 1% or 0.01 (100% where all of them are meant).")]
    [InlineData("rollback: { triggers: [ §'error_rate > 100%' ] }", "character 12: error_rate is 0 to 1 (100%), so this comparison is always false and says nothing; give a limit that can be crossed, such as error_rate <= 1%.")]
    [InlineData("rollout: { gate: { conditions: [ §'availability >= 0' ] } }", "character 14: availability is 0 to 1 (100%), so this comparison is always true and says nothing")]
    [InlineData("rollback: { triggers: [ §'error_rate > 5' ] }", "character 14: error_rate is a share from 0 to 1; write 5% or 0.05.")]
    [InlineData("metrics: { m: { http: api, path: / } }\nrollback: { triggers: [ §'m.p94 > 5ms' ] }", "character 1: the metric 'm' gives no 'p94'; did you mean")]
    [InlineData("metrics: { m: { http: api, path: / }, n: { http: api, path: / } }\nrollback: { triggers: [ §'p95 > 5ms' ] }", "'p95' is given by 'm' and 'n'; say which, as in m.p95")]
    [InlineData("metrics: { m: { http: api.target, path: / } }\nrollout: { gate: { conditions: [ §'baseline.p95 > 5ms' ] } }", "the metric 'm' does not measure the baseline")]
    [InlineData("metrics: { m: { http: api.target, path: / } }\nrollout: { gate: { judge: §{} } }", "there is nothing to judge")]
    [InlineData("metrics: { canary: §{ http: api, path: / } }", "'canary' has a meaning in conditions")]
    [InlineData("metrics: { §a-b: { http: api, path: / } }", "expected a name of letters, digits and '_'")]
    [InlineData("metrics: { m: §{ path: / } }", "expected a mapping with http, prometheus, sql, router, command, k6 or jmeter, found one with 'path'")]
    [InlineData("metrics: { m: { http: api, path: /, rate: §2000/s } }", "more than 1000/s")]
    [InlineData("metrics: { m: { http: api, path: /, rate: §20 } }", "expected a rate such as 20/s or 90/m, found '20'")]
    [InlineData("metrics: { m: { http: api, path: /, expectStatus: §ok } }", "expected a status such as 200 or 2xx")]
    [InlineData("metrics: { m: §{ prometheus: 'http://p', query: 'up{job=\"{side}\"}', source: a } }", "the key 'target' is missing")]
    [InlineData("metrics: { m: { prometheus: 'http://p', query: up, source: §a } }", "the query has no {side} in it")]
    [InlineData("metrics: { m: { router: §api } }", "'api' is of kind http, not traffic; there is no traffic system.")]
    [InlineData("metrics: { m: { sql: db, query: §{ sqlite: q } } }", "there is no SQL for postgresql")]
    [InlineData("rollout: { weights: [5, §5, 100] }", "the weight 5 is not more than 5 before it")]
    [InlineData("rollout: { weights: [5, §50] }", "the last weight is 50; a rollout ends with 100")]
    [InlineData("rollout: { weights: [§0, 100] }", "expected a percentage from 0.01 to 100, without a sign, found '0'")]
    [InlineData("rollout: { gate: §{} }", "a gate without 'conditions' and without a 'judge' measures nothing")]
    [InlineData("rollout: { gate: { conditions: §[] } }", "there is no condition; expected at least one")]
    [InlineData("rollout: { gate: { conditions: ['p95 < 1s'], count: 3, failureLimit: §3 } }", "all 3 measurements may fail by this")]
    [InlineData("rollout: { gate: { conditions: ['p95 < 1s'], count: 3, interval: 10s, deadline: §20s } }", "ends before 'count' measurements of 'interval' can be taken")]
    [InlineData("rollout: { parallelRun: { system: §db } }", "'db' is of kind database, not http")]
    [InlineData("rollout: { gate: { conditions: ['p95 < 1s'], onInconclusive: §pass } }", "expected hold or rollback, found 'pass'")]
    [InlineData("rollback: { maxDuration: §0s }", "the duration '0s' is nothing")]
    [InlineData("rollback: { maxDuration: §999999999d }", "is too long")]
    public void A_mistake_of_another_part_is_told_with_its_place(string marked, string message) => Expect(SpecSamples.Least + marked, message, string.Empty);

    [Fact]
    public void Ten_mistakes_are_told_at_once_in_their_order()
    {
        var mistakes = SpecSamples.Mistakes("""
            id: .x
            nam: Shop
            strategy: BigBng
            systems:
              db:
                kind: databse
                source: sqlite:a.db
                target: postgresql://u:hunter2@h/d
                copy: { parallelism: 0 }
            dependencies:
              - { name: a, measure: { sql: dbs.target, query: q }, expect: '=> 1' }
            readiness:
              resources: { at: db, freeDisk: lots }
            rollback:
              maxDuration: soon
            """);

        mistakes.Select(mistake => (mistake.Line, mistake.Column)).ShouldBe(
            [(1, 5), (2, 1), (3, 11), (6, 11), (8, 13), (9, 26), (11, 32), (11, 64), (13, 34), (15, 16)]);
    }

    [Fact]
    public void A_reference_to_a_system_with_mistakes_is_no_second_mistake() =>
        SpecSamples.Mistakes("id: a\nsystems: { db: { kind: database, source: oops, target: sqlite:b } }\nvalidation: { rules: [ { name: a, on: db, sql: q, expect: 0 } ] }")
            .ShouldHaveSingleItem().Line.ShouldBe(2);

    [Fact]
    public void A_misspelt_key_is_read_as_the_one_that_was_meant_so_nothing_behind_it_is_hidden() =>
        SpecSamples.Mistakes(SpecSamples.Least + "rolback: { mode: auto }").Select(mistake => mistake.Message)
            .ShouldBe(["unknown key 'rolback'; did you mean 'rollback'?", "rollback.mode: expected manual or automatic, found 'auto'."]);

    [Fact]
    public void A_mistake_behind_an_alias_is_told_once() =>
        SpecSamples.Mistakes(SpecSamples.Least + "validation: { counts: &x [''], checksums: *x }").Count.ShouldBe(2, "once for each key that it is wrong for");

    [Fact]
    public void More_than_a_hundred_mistakes_end_with_how_many_more_there_are()
    {
        var mistakes = SpecSamples.Mistakes(SpecSamples.Least + string.Concat(Enumerable.Range(0, 250).Select(index => $"zzzzz{index}: 1\n")));

        mistakes.Count.ShouldBe(101);
        mistakes[^1].Message.ShouldBe("… and 150 more mistakes from here on.");
    }

    [Fact]
    public void The_exception_lists_every_mistake_with_file_line_and_column()
    {
        var exception = Should.Throw<SpecException>(() => SpecSamples.Read("id: .a\nsystems: {}\n", "my/spec.yaml"));

        exception.ErrorId.ShouldBe(ErrorIds.SpecInvalid);
        exception.Message.ReplaceLineEndings("\n").Split('\n').ShouldBe(
        [
            "my/spec.yaml(1,5): id: expected letters, digits, '-', '_' and '.', at most 80, no dot first, found '.a'.",
            "my/spec.yaml(2,10): systems: there is no system; expected at least one.",
        ]);
    }

    private static void Expect(string marked, string message, string rest)
    {
        var place = Place.Of(marked);

        var mistake = SpecSamples.Mistakes(place.Text + rest).ShouldHaveSingleItem();

        mistake.Message.ShouldContain(message);
        (mistake.Line, mistake.Column).ShouldBe((place.Line, place.Column));
    }
}
