-- Shop 2.0.5: the data. The same on every machine: the dice are a table of numbers from a fixed seed (Lehmer's generator, 48271,
-- modulus 2^31 - 1), and no function that looks at the clock or at chance is called.

PRAGMA foreign_keys = OFF;
BEGIN;

-- Dice ------------------------------------------------------------------------------------------------------------------------

CREATE TEMP TABLE dice (n INTEGER PRIMARY KEY, a, b, c, d, e, f, g, h);

-- Each row takes eight numbers of the sequence: the constants are 48271^1 to 48271^8, modulo 2147483647.
WITH RECURSIVE roll (n, x) AS (
    SELECT 1, 20050205
    UNION ALL
    SELECT n + 1, x * 854716505 % 2147483647 FROM roll WHERE n < 50000
)
INSERT INTO dice
SELECT n,
       x * 48271 % 2147483647, x * 182605794 % 2147483647, x * 1291394886 % 2147483647, x * 1914720637 % 2147483647,
       x * 2078669041 % 2147483647, x * 407355683 % 2147483647, x * 1105902161 % 2147483647, x * 854716505 % 2147483647
FROM roll;

-- Words -----------------------------------------------------------------------------------------------------------------------

CREATE TEMP TABLE word (kind TEXT, i INTEGER, v TEXT, PRIMARY KEY (kind, i)) WITHOUT ROWID;

INSERT INTO word
SELECT 'first', key, value FROM json_each('["Anna","Ben","Chloé","David","Élodie","Fatima","Gerhard","Hana","Igor","Jürgen","Katarzyna","Liam","Mária","Noah","Olga","Pedro","Quentin","Renée","Søren","Tomáš","Ursula","Václav","Wei","Xenia","Yusuf","Zoë","Ἀλέξανδρος","Наталья","דוד","ليلى","美咲","지훈","आरती","Marie-Claire","Ólafur","Þóra","İbrahim","Ngọc","Aoife","Ìfẹ́"]');

INSERT INTO word
SELECT 'last', key, value FROM json_each('["Schmidt","O''Brien","García Márquez","van der Berg","Müller","Nowak","Novák","Johansson","de la Cruz","Rossi","Dvořák","Ó Súilleabháin","Papadópoulos","Иванова","כהן","الحسن","山田","김","शर्मा","McDonald","D''Angelo","Weiß","Ångström","Öztürk","Nguyễn","Null","Smith-Jones","Fernández","Lefèvre","Çelik","Kowalczyk","Nagy","Popescu","Žukauskas","Bjørnsdóttir","St. John","Yılmaz","Ferreira","Lindqvist","True"]');

INSERT INTO word
SELECT 'street', key, value FROM json_each('["Hauptstraße","Rue de l''Église","High Street","Calle Mayor","Via Garibaldi","Dlouhá","Ulica Długa","Storgatan","Keizersgracht","Rua Augusta","Στρ. Ερμού","улица Ленина","שדרות רוטשילד","شارع الحمرا","銀座"]');

INSERT INTO word
SELECT 'thing', key, value FROM json_each('["Notebook","Teekanne","Chef''s knife","Kaffeemühle","Chess set","Puzzle, 1000 pieces","Go board (囲碁)","LP \"Blue Train\"","Crème brûlée torch","Smörgås board","Wok 32 cm","Poetry anthology","漫画 vol. 1","Detective novel","Blu-ray box","Thermos <1 l>","Salt & pepper mill","Jigsaw blade","Atlas","Spieluhr","Tablecloth 1½ m","Ćevapčići grill","Origami paper","Lampe","Desk clock"]');

INSERT INTO word
SELECT 'look', key, value FROM json_each('["red","blue","classic","XL","mini","Deluxe Edition","vintage","2nd hand","für Kinder","à la carte","50 % recycled","Øresund","No. 7","(limited)"]');

-- Places: city, postal code's form (# is a digit), country code and name, latitude and longitude.
CREATE TEMP TABLE place (i INTEGER PRIMARY KEY, city, postal, code, country, latitude, longitude);
INSERT INTO place VALUES
    (0,  'Dresden',       '01###',    'DE', 'Germany',        51.0504,  13.7373),
    (1,  'Köln',          '50###',    'DE', 'Germany',        50.9375,  6.9603),
    (2,  'Paris',         '75###',    'FR', 'France',         48.8566,  2.3522),
    (3,  'London',        'SW1A #AA', 'GB', 'United Kingdom', 51.5074, -0.1278),
    (4,  'Kraków',        '3#-###',   'PL', 'Poland',         50.0647,  19.945),
    (5,  'Praha',         '11# ##',   'CZ', 'Czechia',        50.0755,  14.4378),
    (6,  'São Paulo',     '0####-###','BR', 'Brazil',        -23.5505, -46.6333),
    (7,  '東京',          '10#-####', 'JP', 'Japan',          35.6762,  139.6503),
    (8,  'תל אביב',       '6######',  'IL', 'Israel',         32.0853,  34.7818),
    (9,  'بيروت',         NULL,       'LB', 'Lebanon',        33.8938,  35.5018),
    (10, 'Reykjavík',     '1##',      'IS', 'Iceland',        64.1466, -21.9426),
    (11, 'Abidjan',       NULL,       'CI', 'Côte d''Ivoire', 5.36,    -4.0083),
    (12, 'İstanbul',      '34###',    'TR', 'Türkiye',        41.0082,  28.9784),
    (13, 'Αθήνα',         '10# ##',   'GR', 'Greece',         37.9838,  23.7275),
    (14, 'Quito',         '17####',   'EC', 'Ecuador',       -0.1807,  -78.4678);

-- What people really leave in a free text, and what programs make of it.
INSERT INTO word
SELECT 'text', key, value FROM json_each(json_array(
    '', ' ', 'NULL', '<null>', 'null', '(null)', 'N/A', '\N', '\\N', '""', '''''', '0', '007', '1e5', '-0', 'NaN', 'infinity',
    'Robert''); DROP TABLE users;--', 'a|b;c,d' || char(9) || 'e', 'line one' || char(10) || 'line two', 'carriage' || char(13, 10) || 'return',
    '  padded  ', 'trailing newline' || char(10), 'C:\temp\new', '"quoted, with comma"', '100 % sure', '{{ name }} ${env:HOME} $1 :x @y',
    '<b>bold &amp; sure</b>', char(128512) || char(128077, 127998), char(128104, 8205, 128105, 8205, 128103), char(127465, 127466), '𝒳 ∈ ℝ',
    'caf' || char(233), 'caf' || char(101, 769), 'q' || char(803, 775), char(7691, 775), 'ﬁle', 'שלום, עולם (RTL) 123', 'مرحبا بالعالم',
    char(8238) || 'override' || char(8236), char(65279) || 'byte order mark', 'soft' || char(173) || 'hyphen', 'no' || char(160) || 'break',
    'zero' || char(8203) || 'width', 'tab' || char(9) || 'ulator', 'bell' || char(7), 'unit' || char(31) || 'separator' || char(30), 'ﷺ', 'ẞ ß SS ss',
    'Straße, Łódź, Ærø, Šibenik', 'naïve', char(65533), char(1114109), 'I ı i İ', 'delivered to the neighbour', 'please ring twice', 'great, thank you!'
));

CREATE TEMP TABLE words AS SELECT kind, count(*) AS size FROM word GROUP BY kind;

-- Every byte once: SQLite makes no blob of a number. Blobs joined by || are a text of the same bytes, until it is cast back.
CREATE TEMP TABLE byte (n INTEGER PRIMARY KEY, b BLOB);
WITH RECURSIVE
    every (bytes) AS (SELECT CAST(
        x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f' ||
        x'404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f' ||
        x'808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf' ||
        x'c0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff' AS BLOB)),
    seq (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM seq WHERE n < 255)
INSERT INTO byte SELECT n, substr(bytes, n + 1, 1) FROM seq, every;

-- A long text and a long run of bytes, to cut pieces from.
CREATE TEMP TABLE cloth (text TEXT, bytes BLOB);
WITH RECURSIVE weave (n, text, bytes) AS (
    SELECT 0, '', x''
    UNION ALL
    SELECT w.n + 1,
           w.text || (SELECT v FROM word WHERE kind = 'first' AND i = d.a % 40) || CASE d.b % 9 WHEN 0 THEN ', ' WHEN 1 THEN '. ' ELSE ' ' END
                  || (SELECT v FROM word WHERE kind = 'last' AND i = d.c % 40) || ' ',
           CAST(w.bytes || p.b || q.b || r.b || s.b AS BLOB)
    FROM weave w
    JOIN dice d ON d.n = w.n + 1
    JOIN byte p ON p.n = d.e % 256
    JOIN byte q ON q.n = d.f % 256
    JOIN byte r ON r.n = d.g % 256
    JOIN byte s ON s.n = d.h % 256
    WHERE w.n < 2100
)
INSERT INTO cloth SELECT text, bytes FROM weave ORDER BY n DESC LIMIT 1;

-- Settings --------------------------------------------------------------------------------------------------------------------

INSERT INTO settings VALUES
    ('version', '2.0.5'), ('currency', 'EUR'), ('vat', '19.00'), ('mail.from', 'shop@example.com'), ('mail.footer', ''), ('maintenance', NULL),
    ('theme', '{"name":"klar","dark":null}'), ('greeting', 'Grüß Gott ' || char(128075)), ('separator', '|'), ('null.text', 'NULL');

-- Users: sparse ids, negative ones (imported), one beyond 2^53 -------------------------------------------------------------------

CREATE TEMP TABLE person (n INTEGER PRIMARY KEY, id INTEGER);
WITH RECURSIVE seq (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM seq WHERE n < 4200)
INSERT INTO person
SELECT n, CASE WHEN n = 4200 THEN 9007199254740993 WHEN n % 23 = 0 THEN -n ELSE n * 3 + n / 1000 * 10000 END FROM seq;

INSERT INTO users
SELECT p.id,
       CASE d.a % 5 WHEN 0 THEN 'Shopper.' WHEN 1 THEN 'shopper.' ELSE substr(w.v, 1, 3) || '_' END || printf('%05d', p.n),
       CASE p.n WHEN 17 THEN 'Prince' WHEN 18 THEN 'Cher ' WHEN 19 THEN 'Anna  Schmidt' WHEN 20 THEN 'Jennifer Null' WHEN 21 THEN '<null> NULL'
                WHEN 22 THEN char(128081) || ' King' WHEN 24 THEN 'Rene' || char(769) || 'e Dupont' WHEN 25 THEN '山田太郎' WHEN 26 THEN 'José' || char(160) || 'María López'
                ELSE w.v || ' ' || l.v END,
       CASE d.d % 29 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN ' ' WHEN 3 THEN 'NULL' WHEN 4 THEN '<null>' WHEN 5 THEN 'Shopper' || p.n || '@EXAMPLE.COM'
                     WHEN 6 THEN 'kundin+' || p.n || '@bücher.example' ELSE 'shopper' || p.n || '@example.com' END,
       CASE WHEN d.e % 3 = 0 THEN NULL WHEN d.e % 50 = 1 THEN '' ELSE printf('+%d %d %07d', 30 + d.e % 60, 100 + d.f % 900, d.g % 10000000) END,
       CASE WHEN d.f % 2 = 0 THEN NULL WHEN d.f % 50 = 1 THEN ' ' ELSE printf('0%d/%06d', 150 + d.g % 30, d.h % 1000000) END,
       CASE WHEN d.g % 7 = 0 THEN NULL WHEN p.n = 31 THEN '1904-02-29' ELSE date(-1104537600 + d.h % 2160000000, 'unixepoch') END,
       d.a % 3 = 0,
       CASE WHEN p.n = 33 THEN -99.99 WHEN p.n = 34 THEN 99999999.99 WHEN d.b % 4 = 0 THEN NULL WHEN d.b % 40 = 1 THEN 0 ELSE d.c % 500000 / 100.0 END,
       CASE WHEN d.h % 9 = 0 THEN 0 ELSE d.d % 9000 END,
       CASE WHEN d.a % 6 = 0 THEN NULL ELSE printf('%08x-%04x-4%03x-%04x-%012x', d.a, d.b % 65536, d.c % 4096, 32768 + d.d % 16384, d.e * 65536 + d.f % 65536) END,
       CASE d.c % 11 WHEN 0 THEN '{}' WHEN 1 THEN '{"theme":"dark","size":' || d.d % 20 || '}' WHEN 2 THEN '{"tags":["a","ü","' || char(128512) || '"],"ratio":1.50}'
                     WHEN 3 THEN '{ "b" : 1e2 , "a" : null }' WHEN 4 THEN 'null' WHEN 5 THEN '["caf\u00e9", "\"", "\\", true]' ELSE NULL END,
       CASE WHEN d.g % 4 = 0 THEN (SELECT v FROM word WHERE kind = 'text' AND i = d.h % (SELECT size FROM words WHERE kind = 'text'))
            WHEN p.n = 35 THEN (SELECT substr(text, 1, 12000) FROM cloth) END,
       CASE WHEN d.f % 3 = 0 THEN d.f % 256 END,
       NULL,
       datetime(1420070400 + d.e % 157680000, 'unixepoch'),
       CASE WHEN d.h % 5 = 0 THEN NULL
            ELSE datetime(1577836800 + d.f % 126230400, 'unixepoch') || CASE d.g % 4 WHEN 0 THEN '' WHEN 1 THEN printf('.%03d', d.b % 1000) ELSE printf('.%06d', d.b % 1000000) END END
FROM person p
JOIN dice d ON d.n = p.n
JOIN word w ON w.kind = 'first' AND w.i = d.b % 40
JOIN word l ON l.kind = 'last' AND l.i = d.c % 40;

-- Addresses: most users have one, some more, some none ---------------------------------------------------------------------------

WITH RECURSIVE seq (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM seq WHERE n < 5200)
INSERT INTO addresses
SELECT s.n * 2 + s.n / 100 * 50,
       p.id,
       CASE d.b % 7 WHEN 0 THEN 'work' WHEN 1 THEN '' ELSE 'home' END,
       w.v || ' ' || (1 + d.c % 220) || CASE d.c % 11 WHEN 0 THEN 'a' WHEN 1 THEN ' ½' WHEN 2 THEN ', c/o "Büro"' ELSE '' END,
       l.city,
       replace(replace(replace(replace(l.postal, '####', printf('%04d', d.d % 10000)), '###', printf('%03d', d.e % 1000)), '##', printf('%02d', d.f % 100)), '#', d.g % 10),
       l.code,
       l.country,
       CASE WHEN d.h % 6 > 0 THEN l.latitude + (d.d % 20001 - 10000) / 65536.0 END,
       CASE WHEN d.h % 6 > 0 THEN l.longitude + (d.e % 20001 - 10000) / 65536.0 END
FROM seq s
JOIN dice d ON d.n = 10000 + s.n
JOIN person p ON p.n = CASE WHEN s.n <= 4000 THEN s.n ELSE 1 + d.a % 4200 END
JOIN place l ON l.i = d.f % 15
JOIN word w ON w.kind = 'street' AND w.i = d.g % 15;

UPDATE users
SET default_address_id = (SELECT min(a.id) FROM addresses a WHERE a.user_id = users.id)
WHERE users.id % 8 <> 0;

-- Categories: a tree, in which a parent may have a larger id than its children ----------------------------------------------------

INSERT INTO categories VALUES
    (500, NULL, 'Everything', 1), (-1, 500, 'Uncategorised', NULL), (10, 500, 'Books', 1), (20, 500, 'Music & Film', 2), (30, 500, 'Küche', 3), (40, 500, 'Spielzeug ' || char(129528), 4),
    (3, 10, 'Fiction', 1), (4, 10, 'Non-fiction', 2), (900, 10, '漫画', 3), (5, 3, 'Crime', 1), (6, 3, 'Poetry', NULL), (7, 900, 'Shōnen', 1),
    (21, 20, 'Vinyl', 1), (22, 20, 'Blu-ray', 2), (23, 21, '7"', 1), (24, 21, '12"', 2), (31, 30, 'Pots', 1), (32, 30, 'Knives', 2), (33, 30, 'Smörgås', 3),
    (41, 40, 'Games', 1), (42, 40, 'Puzzles', 2), (43, 41, 'Chess', 1), (44, 41, 'Go (囲碁)', 2), (1000000, 500, 'Sale -50%', 99);

CREATE TEMP TABLE shelf AS SELECT row_number() OVER (ORDER BY id) - 1 AS i, id FROM categories;

-- Products: thumbnails are bitmaps (BMP, 32 pixels wide, two colours) of many heights; some empty, some absent, one large ----------

CREATE TEMP TABLE bitmap AS
WITH RECURSIVE seq (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM seq WHERE n < 900)
SELECT s.n, CASE WHEN s.n = 77 THEN 2000 ELSE 4 + d.a % 45 END AS height, d.b AS at, d.c AS colour
FROM seq s JOIN dice d ON d.n = 20000 + s.n;

-- A number as four bytes, the lowest first.
CREATE TEMP TABLE u32 AS
SELECT v.n, CAST(p.b || q.b || x'0000' AS BLOB) AS b
FROM (SELECT height AS n FROM bitmap UNION SELECT 4 * height FROM bitmap UNION SELECT 62 + 4 * height FROM bitmap) v
JOIN byte p ON p.n = (v.n & 255)
JOIN byte q ON q.n = (v.n >> 8 & 255);

CREATE TEMP TABLE thumbnail AS
SELECT m.n,
       CAST(x'424d' || size.b || x'000000003e000000' || x'2800000020000000' || height.b || x'0100010000000000' || pixels.b || x'00000000000000000200000000000000'
            || red.b || x'3380' || x'00' || x'ffffff00' || substr(c.bytes, 1 + m.at % (length(c.bytes) - 4 * m.height), 4 * m.height) AS BLOB) AS bytes
FROM bitmap m
JOIN u32 size ON size.n = 62 + 4 * m.height
JOIN u32 height ON height.n = m.height
JOIN u32 pixels ON pixels.n = 4 * m.height
JOIN byte red ON red.n = m.colour % 256
CROSS JOIN cloth c;

INSERT INTO products
SELECT d.n * 7 - 70,
       s.id,
       CASE d.n WHEN 1 THEN 'ab-00002' WHEN 2 THEN 'AB-00002' WHEN 3 THEN 'ÄÖ 100 %' WHEN 4 THEN '0007' WHEN 5 THEN '7'
                ELSE substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 1 + d.a % 26, 1) || substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 1 + d.b % 26, 1) || printf('-%05d', d.n) END,
       w.v || CASE d.e % 4 WHEN 0 THEN '' WHEN 1 THEN ', ' || l.v WHEN 2 THEN ' / ' || l.v ELSE ' ' || l.v END || CASE d.f % 19 WHEN 0 THEN ' ' || char(127873) ELSE '' END,
       CASE d.g % 8 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN (SELECT v FROM word WHERE kind = 'text' AND i = d.h % (SELECT size FROM words WHERE kind = 'text'))
                    ELSE substr(c.text, 1 + d.h % 20000, 40 + d.a % 300) END,
       CASE d.n WHEN 899 THEN 99999999.99 WHEN 898 THEN 0 WHEN 6 THEN 0.01 ELSE (99 + d.c % 20000) / 100.0 END,
       CASE d.d % 5 WHEN 0 THEN NULL WHEN 1 THEN d.e % 40 ELSE d.e % 100000 / 1000.0 END,
       CASE WHEN d.n % 31 = 0 THEN NULL WHEN d.n % 37 = 0 THEN x'' WHEN d.n = 8 THEN x'00' WHEN d.n = 9 THEN CAST('NULL' AS BLOB) ELSE t.bytes END,
       CASE d.f % 6 WHEN 0 THEN '{"colour":"grün","sizes":[38,39.50,40]}' WHEN 1 THEN '{"pages":' || d.g % 900 || ',"isbn":"978-' || printf('%010d', d.h) || '"}'
                    WHEN 2 THEN '[]' WHEN 3 THEN '{"note":"50 % \"off\"","nested":{"a":{"b":[null,true,false]}}}' END,
       CASE WHEN d.h % 10 = 0 THEN 0 ELSE d.b % 500 END,
       d.a % 9 > 0,
       CASE WHEN d.c % 12 = 0 THEN '9999-12-31' WHEN d.c % 12 = 1 THEN date(1546300800 + d.d % 157680000, 'unixepoch') END
FROM dice d
JOIN shelf s ON s.i = d.d % (SELECT count(*) FROM shelf)
JOIN word w ON w.kind = 'thing' AND w.i = d.g % 25
JOIN word l ON l.kind = 'look' AND l.i = d.h % 14
JOIN thumbnail t ON t.n = d.n
CROSS JOIN cloth c
WHERE d.n <= 900;

-- Coupons: the key is a text, and two codes may differ by case or by normalisation only -------------------------------------------

INSERT INTO coupons
SELECT value, CASE key % 4 WHEN 0 THEN NULL WHEN 1 THEN 'seasonal' WHEN 2 THEN 'select' ELSE '' END, (5 + key * 7 % 46) / 2.0, CASE WHEN key % 5 > 0 THEN date(1640995200 + key * 3456000, 'unixepoch') END
FROM json_each(json_array('WELCOME', 'welcome', 'Welcome', 'NULL', '10%', '_', 'SOMMER ''24', char(201) || 'T' || char(201), 'E' || char(769) || 'TE' || char(769), 'ΑΘΗΝΑ', char(127873) || '2024',
    'a b', 'a  b', '\', '007', '7', 'STRASSE', 'STRAßE', 'I', 'ı', '-1', 'true', 'zz', 'ZZ', 'VIP "gold"', 'שבת'));

CREATE TEMP TABLE voucher AS SELECT row_number() OVER (ORDER BY code) - 1 AS i, code FROM coupons;

-- Orders: the total is what the lines add up to; what is paid, sent or delivered has been paid to the cent -------------------------

CREATE TEMP TABLE purchase AS
WITH RECURSIVE seq (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM seq WHERE n < 9500)
SELECT s.n,
       CASE WHEN s.n % 9 = 0 THEN 5000000000 + s.n * 13 WHEN s.n % 211 = 0 THEN -s.n ELSE 1000 + s.n * 2 END AS id,
       p.id AS user_id,
       CASE WHEN d.c % 20 < 2 THEN 'new' WHEN d.c % 20 < 4 THEN 'paid' WHEN d.c % 20 < 6 THEN 'shipped' WHEN d.c % 20 < 18 THEN 'delivered' WHEN d.c % 20 = 18 THEN 'cancelled' ELSE 'returned' END AS status,
       1546300800 + s.n * 16000 + d.d % 16000 AS placed,
       1 + d.e % 4 + (d.f % 40 = 0) * 9 AS lines
FROM seq s
JOIN dice d ON d.n = 30000 + s.n
JOIN person p ON p.n = 1 + d.a % 4200 * (20 + d.b % 80) / 100;

CREATE UNIQUE INDEX temp.purchase_n ON purchase (n);

CREATE TEMP TABLE line AS
WITH RECURSIVE
    position (l) AS (SELECT 1 UNION ALL SELECT l + 1 FROM position WHERE l < 13),
    item AS (
        SELECT u.id AS order_id, l AS line_no, (1 + d.a % 890) * 7 - 70 AS product_id, 1 + d.b % 3 * (d.c % 2) + (d.d % 300 = 0) * 500 AS qty, d.e AS luck
        FROM purchase u
        JOIN position ON l <= u.lines
        JOIN dice d ON d.n = 1 + (u.n * 5 + l * 7919) % 50000
    )
SELECT i.order_id, i.line_no, i.product_id, i.qty, c.cents,
       CASE WHEN i.luck % 6 = 0 THEN i.qty * c.cents * (5 + i.luck % 26) / 100 WHEN i.luck % 6 = 1 THEN 0 END AS discount
FROM item i
JOIN (SELECT id, CAST(round(price * 100) AS INTEGER) AS cents FROM products) c ON c.id = i.product_id;

CREATE INDEX temp.line_order ON line (order_id);

INSERT INTO "order"
SELECT u.id, u.user_id,
       CASE WHEN d.a % 15 > 0 THEN (SELECT max(a.id) FROM addresses a WHERE a.user_id = u.user_id) END,
       CASE WHEN d.b % 8 = 0 THEN v.code END,
       u.status,
       CASE d.c % 10 WHEN 0 THEN 'USD' WHEN 1 THEN 'GBP' ELSE 'EUR' END,
       (SELECT sum(l.qty * l.cents - coalesce(l.discount, 0)) FROM line l WHERE l.order_id = u.id) / 100.0,
       CASE d.d % 5 WHEN 0 THEN NULL WHEN 1 THEN 1 ELSE 0 END,
       CASE WHEN d.e % 7 = 0 THEN (SELECT v FROM word WHERE kind = 'text' AND i = d.f % (SELECT size FROM words WHERE kind = 'text')) END,
       datetime(u.placed, 'unixepoch') || CASE d.g % 3 WHEN 0 THEN printf('.%06d', d.h % 1000000) WHEN 1 THEN printf('.%d', d.h % 10) ELSE '' END,
       CASE WHEN u.status IN ('shipped', 'delivered', 'returned') THEN
           CASE d.f % 4 WHEN 0 THEN strftime('%Y-%m-%dT%H:%M:%SZ', u.placed + 90000, 'unixepoch')
                        WHEN 1 THEN strftime('%Y-%m-%dT%H:%M:%S+02:00', u.placed + 93600, 'unixepoch')
                        WHEN 2 THEN strftime('%Y-%m-%d %H:%M:%S', u.placed + 70000, 'unixepoch') || printf('.%03d-05:30', d.h % 1000)
                        ELSE strftime('%Y-%m-%d %H:%M:%S+00', u.placed + 120000, 'unixepoch') END END
FROM purchase u
JOIN dice d ON d.n = 40000 + u.n
JOIN voucher v ON v.i = d.h % (SELECT count(*) FROM voucher);

INSERT INTO order_lines SELECT order_id, line_no, product_id, qty, cents / 100.0, discount / 100.0 FROM line;

-- Some pay in two parts.
CREATE TEMP TABLE due AS
SELECT u.n, o.id AS order_id, CAST(round(o.total * 100) AS INTEGER) AS cents, u.placed
FROM purchase u JOIN "order" o ON o.id = u.id
WHERE u.status IN ('paid', 'shipped', 'delivered');

INSERT INTO payments
SELECT t.n * 10 + part, t.order_id,
       CASE d.b % 5 WHEN 0 THEN 'invoice' WHEN 1 THEN 'paypal' WHEN 2 THEN 'sepa' ELSE 'card' END,
       CASE WHEN d.a % 12 > 0 THEN t.cents WHEN part = 1 THEN t.cents / 3 ELSE t.cents - t.cents / 3 END / 100.0,
       CASE WHEN d.c % 4 > 0 THEN printf('%08X-%04X-4%03X-%04X-%012X', d.a, d.b % 65536, d.c % 4096, 32768 + d.d % 16384, d.e * 8 + part) END,
       datetime(t.placed + 60 * part + d.f % 50, 'unixepoch') || printf('.%03d', d.g % 1000)
FROM due t
JOIN dice d ON d.n = 15000 + t.n
JOIN (SELECT 1 AS part UNION ALL SELECT 2) ON part = 1 OR d.a % 12 = 0;

-- Reviews -------------------------------------------------------------------------------------------------------------------------

INSERT INTO reviews
SELECT CASE WHEN d.n % 50 = 0 THEN 26000 - d.n ELSE (d.n - 26000) * 11 END,
       (1 + d.a % 900) * 7 - 70,
       CASE WHEN d.b % 9 > 0 THEN p.id END,
       1 + (d.c % 5 + d.d % 3) * 5 / 7,
       CASE d.e % 6 WHEN 0 THEN NULL WHEN 1 THEN '' ELSE CASE d.c % 5 WHEN 0 THEN 'Never again ' || char(128545) WHEN 1 THEN 'Naja…' WHEN 2 THEN 'OK' WHEN 3 THEN 'Très bien !' ELSE '最高' END END,
       CASE d.f % 9 WHEN 0 THEN NULL WHEN 1 THEN (SELECT v FROM word WHERE kind = 'text' AND i = d.g % (SELECT size FROM words WHERE kind = 'text'))
                    ELSE substr(c.text, 1 + d.g % 30000, 20 + d.h % 140) END,
       datetime(1577836800 + d.h % 126230400, 'unixepoch') || CASE WHEN d.a % 2 = 0 THEN printf('.%06d', d.b % 1000000) ELSE '' END
FROM dice d
JOIN person p ON p.n = 1 + d.g % 4200
CROSS JOIN cloth c
WHERE d.n BETWEEN 26001 AND 29000;

-- Page views: the web server's log, some lines of it two or three times; users may be gone ---------------------------------------

CREATE TEMP TABLE visit AS
WITH RECURSIVE seq (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM seq WHERE n < 16000)
SELECT s.n,
       datetime(1672531200 + s.n * 1800 + d.a % 1800, 'unixepoch') AS viewed_at,
       CASE WHEN d.b % 2 = 0 THEN NULL WHEN d.b % 60 = 1 THEN 77000000 + d.c % 1000 ELSE p.id END AS user_id,
       CASE d.d % 6 WHEN 0 THEN '/' WHEN 1 THEN '/search?q=' || (SELECT v FROM word WHERE kind = 'last' AND i = d.e % 40) WHEN 2 THEN '/category/' || d.f % 60 WHEN 3 THEN '/cart' ELSE '/product/' || d.g % 6300 END AS path,
       CASE d.h % 7 WHEN 0 THEN 'https://example.com/' WHEN 1 THEN '' WHEN 2 THEN '-' WHEN 3 THEN 'https://example.com/?utm=' || d.e % 100 END AS referrer,
       CASE WHEN d.c % 8 > 0 THEN d.c % 9000 END AS duration_ms
FROM seq s
JOIN dice d ON d.n = 1 + (s.n * 3 + 17) % 50000
JOIN person p ON p.n = 1 + d.e % 4200;

INSERT INTO page_views
SELECT viewed_at, user_id, path, referrer, duration_ms
FROM visit
JOIN (SELECT 1 AS copy UNION ALL SELECT 97 UNION ALL SELECT 970) ON n % copy = 0
ORDER BY n, copy;

-- Exchange rates, price list, leftovers ------------------------------------------------------------------------------------------

WITH RECURSIVE seq (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM seq WHERE n < 365)
INSERT INTO exchange_rates
SELECT date(1672444800 + s.n * 86400, 'unixepoch'), m.column1,
       CASE WHEN s.n % 90 = 0 THEN CAST(m.column2 AS TEXT) WHEN s.n % 30 = 0 THEN m.column2 || '.5' ELSE m.column2 || '.' || printf('%010d', (d.a * 4 + d.b % 4 + m.column2) % 10000000000) END
FROM seq s
JOIN dice d ON d.n = 5000 + s.n
JOIN (VALUES ('USD', 1), ('JPY', 141), ('VES', 1234567890)) m;

INSERT INTO "price list"
SELECT CASE d.a % 6 WHEN 0 THEN 'NULL' WHEN 1 THEN 'select' WHEN 2 THEN '"A"' WHEN 3 THEN 'Ä' ELSE 'A' END, p.sku,
       CASE WHEN d.b % 10 > 0 THEN round(CAST(round(p.price * 100) AS INTEGER) * 100 / 119) / 100 END,
       CASE WHEN d.c % 5 > 0 THEN date(1640995200 + d.d % 63072000, 'unixepoch') END,
       CASE d.e % 12 WHEN 0 THEN NULL WHEN 1 THEN 0.1 + 0.2 WHEN 2 THEN 1e300 WHEN 3 THEN 5e-324 WHEN 4 THEN -1e-7 WHEN 5 THEN 0 ELSE d.f / 2147483647.0 END
FROM products p
JOIN dice d ON d.n = 48000 + (p.id + 70) / 7
WHERE d.g % 3 = 0;

INSERT INTO tmp_import
SELECT nullif(key, 3), value FROM json_each('["group;sku;price net;valid from","A;AB-00002;1,00;","A;AB-00002;1,00;",null,"","EOF"]');

COMMIT;
