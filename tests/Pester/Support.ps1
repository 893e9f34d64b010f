# Dot-sourced by the tests: the module under test, and small databases and specs in a directory of each test file's own.

Import-Module $env:MIGRATIONTOOLS_MODULE -Force

# Three tables: a key of numbers, a key of two columns, and none.
function New-Database([string] $Path) {
    sqlite3 $Path @'
create table customers (id integer primary key, name text not null, note text);
insert into customers values (1, 'Ada', null), (2, 'Grace', ''), (3, 'Käthe', 'NULL'), (7, 'Edsger', 'x');
create table prices (sku text not null, country text not null, price numeric, customer integer references customers (id), primary key (sku, country));
insert into prices values ('a', 'de', 1.5, 1), ('a', 'fr', 2, 2), ('b', 'de', 3.25, null);
create table visits (at text, page text);
insert into visits values ('2024-01-01', '/'), ('2024-01-01', '/'), ('2024-01-02', '/cart');
'@
}

# A spec that moves old.db to new.db; -More is put at its end.
function New-Spec([string] $Path = 'migration.yaml', [string] $More = '') {
    Set-Content -LiteralPath $Path -Value @"
id: small
name: The small shop moves
systems:
  shop: { kind: database, source: 'sqlite:old.db', target: 'sqlite:new.db' }
$More
"@
}

# A fresh directory with old.db and migration.yaml, and the location in it.
function Enter-Place {
    $place = New-Item -ItemType Directory -Path (Join-Path $TestDrive ([guid]::NewGuid().ToString('n')))
    Push-Location $place
    New-Database old.db
    New-Spec
}

# The lines of the default view on a terminal of 120 columns.
function Get-View([object[]] $Objects) { ($Objects | Out-String -Width 120) -split '\r?\n' | ForEach-Object TrimEnd }

# The stable id of the error that a script block writes.
function Get-ErrorId([scriptblock] $Script) {
    try { $null = & $Script; 'none' }
    catch { ($_.FullyQualifiedErrorId -split ',')[0] }
}

# The names of a cmdlet's parameter sets.
function Get-SetName([string] $Command) { (Get-Command $Command).ParameterSets.Name | Sort-Object }
