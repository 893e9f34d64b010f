-- Shop 2.0.5: the schema as it grew, on SQLite. make-shop.sh runs it, then data.sql.

CREATE TABLE settings (
    name   VARCHAR(40) NOT NULL PRIMARY KEY,
    value  TEXT
);

-- users and addresses refer to each other: a user has a default address, an address has its user.
CREATE TABLE users (
    id                  INTEGER PRIMARY KEY,
    login               VARCHAR(40) NOT NULL UNIQUE,
    full_name           VARCHAR(80) NOT NULL,
    email               VARCHAR(120),
    phone               VARCHAR(30),
    mobile              VARCHAR(30),
    birth_date          DATE,
    newsletter          BOOLEAN NOT NULL DEFAULT 0,
    credit_limit        DECIMAL(10,2),
    loyalty_points      INTEGER NOT NULL DEFAULT 0,
    external_id         UUID,
    preferences         JSON,
    notes               TEXT,
    legacy_flags        INTEGER,
    default_address_id  INTEGER REFERENCES addresses (id) DEFERRABLE INITIALLY DEFERRED,
    created_at          TIMESTAMP NOT NULL,
    last_seen_at        TIMESTAMP
);

CREATE TABLE addresses (
    id            INTEGER PRIMARY KEY,
    user_id       INTEGER NOT NULL REFERENCES users (id),
    kind          VARCHAR(10) NOT NULL DEFAULT 'home',
    street        VARCHAR(120) NOT NULL,
    city          VARCHAR(80) NOT NULL,
    postal_code   VARCHAR(12),
    country_code  CHAR(2) NOT NULL,
    country_name  VARCHAR(60) NOT NULL,
    latitude      REAL,
    longitude     REAL
);

CREATE TABLE categories (
    id         INTEGER PRIMARY KEY,
    parent_id  INTEGER REFERENCES categories (id),
    name       VARCHAR(60) NOT NULL,
    position   INTEGER
);

CREATE TABLE products (
    id               INTEGER PRIMARY KEY,
    category_id      INTEGER NOT NULL REFERENCES categories (id),
    sku              VARCHAR(20) NOT NULL UNIQUE,
    name             VARCHAR(120) NOT NULL,
    description      TEXT,
    price            DECIMAL(10,2) NOT NULL,
    weight_kg        REAL,
    thumbnail        BLOB,
    attributes       JSON,
    stock            INTEGER NOT NULL DEFAULT 0,
    active           BOOLEAN NOT NULL DEFAULT 1,
    discontinued_on  DATE
);

CREATE TABLE coupons (
    code         VARCHAR(20) NOT NULL PRIMARY KEY,
    "group"      VARCHAR(30),
    percent      DECIMAL(5,2) NOT NULL,
    valid_until  DATE
);

CREATE TABLE "order" (
    id           INTEGER PRIMARY KEY,
    user_id      INTEGER NOT NULL REFERENCES users (id),
    address_id   INTEGER REFERENCES addresses (id),
    coupon_code  VARCHAR(20) REFERENCES coupons (code),
    status       VARCHAR(12) NOT NULL,
    currency     CHAR(3) NOT NULL,
    total        DECIMAL(12,2) NOT NULL,
    gift         BOOLEAN,
    comment      TEXT,
    placed_at    TIMESTAMP NOT NULL,
    shipped_at   TIMESTAMPTZ
);

CREATE TABLE order_lines (
    order_id    INTEGER NOT NULL REFERENCES "order" (id),
    line_no     INTEGER NOT NULL,
    product_id  INTEGER NOT NULL REFERENCES products (id),
    qty         INTEGER NOT NULL,
    unit_price  DECIMAL(10,2) NOT NULL,
    discount    DECIMAL(10,2),
    PRIMARY KEY (order_id, line_no)
) WITHOUT ROWID;

CREATE TABLE payments (
    id         INTEGER PRIMARY KEY,
    order_id   INTEGER NOT NULL REFERENCES "order" (id),
    method     VARCHAR(16) NOT NULL,
    amount     DECIMAL(12,2) NOT NULL,
    reference  UUID,
    paid_at    TIMESTAMP NOT NULL
);

-- Never used in version 2, and still there.
CREATE TABLE gift_cards (
    id           INTEGER PRIMARY KEY,
    code         VARCHAR(24) NOT NULL UNIQUE,
    user_id      INTEGER REFERENCES users (id),
    balance      DECIMAL(10,2) NOT NULL,
    valid_until  DATE
);

CREATE TABLE reviews (
    id          INTEGER PRIMARY KEY,
    product_id  INTEGER NOT NULL REFERENCES products (id),
    user_id     INTEGER REFERENCES users (id),
    rating      SMALLINT NOT NULL CHECK (rating BETWEEN 1 AND 5),
    title       VARCHAR(80),
    body        TEXT,
    created_at  TIMESTAMP NOT NULL
);

-- Written by the web server: no key, and the same row twice is two page views.
CREATE TABLE page_views (
    viewed_at    TIMESTAMP NOT NULL,
    user_id      INTEGER,
    path         VARCHAR(200) NOT NULL,
    referrer     TEXT,
    duration_ms  INTEGER
);

-- Ten decimals do not survive an eight-byte float at every size, so the rate is kept as text.
CREATE TABLE exchange_rates (
    day       DATE NOT NULL,
    currency  CHAR(3) NOT NULL,
    rate      DECIMAL TEXT(20,10) NOT NULL,
    PRIMARY KEY (day, currency)
);

-- Imported from a spreadsheet, header line and all.
CREATE TABLE "price list" (
    "group"        VARCHAR(30) NOT NULL,
    sku            VARCHAR(20) NOT NULL,
    "price ""net""" DECIMAL(10,2),
    "valid from"   DATE,
    "%"            REAL,
    PRIMARY KEY ("group", sku)
);

-- Left behind by an import; version 3 does not take it.
CREATE TABLE tmp_import (
    line  INTEGER,
    text  TEXT
);

CREATE INDEX users_email ON users (email);
CREATE INDEX addresses_user ON addresses (user_id);
CREATE INDEX order_user ON "order" (user_id, placed_at);
CREATE INDEX order_open ON "order" (placed_at) WHERE status = 'new';
CREATE INDEX payments_order ON payments (order_id);
CREATE INDEX reviews_product ON reviews (product_id);

CREATE VIEW order_totals AS
SELECT o.id, u.full_name, o.placed_at, o.total, count(*) AS lines
FROM "order" o
JOIN users u ON u.id = o.user_id
JOIN order_lines l ON l.order_id = o.id
GROUP BY o.id, u.full_name, o.placed_at, o.total;
