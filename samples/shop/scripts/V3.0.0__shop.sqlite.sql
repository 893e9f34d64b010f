-- Shop 3.0.0 on SQLite. Declared types are those that PostgreSQL has, so that both engines hold the same values.

CREATE TABLE settings (
    name   VARCHAR(40) NOT NULL PRIMARY KEY,
    value  TEXT
);

CREATE TABLE countries (
    code  CHAR(2) NOT NULL PRIMARY KEY CHECK (length(code) = 2),
    name  VARCHAR(60) NOT NULL UNIQUE
);

-- A customer and the default address refer to each other: both sides are checked when the transaction ends.
CREATE TABLE customers (
    id                  INTEGER PRIMARY KEY,
    login               VARCHAR(40) NOT NULL UNIQUE,
    first_name          VARCHAR(80) NOT NULL CHECK (first_name <> ''),
    last_name           VARCHAR(80),
    email               VARCHAR(254),
    birth_date          DATE,
    wants_newsletter    BOOLEAN NOT NULL DEFAULT 0 CHECK (wants_newsletter IN (0, 1)),
    credit_limit        DECIMAL(12,2),
    loyalty_points      BIGINT NOT NULL DEFAULT 0 CHECK (loyalty_points >= 0),
    tier                VARCHAR(8) NOT NULL DEFAULT 'basic' CHECK (tier IN ('basic', 'silver', 'gold')),
    external_id         UUID,
    preferences         JSON,
    notes               TEXT,
    default_address_id  BIGINT REFERENCES addresses (id) DEFERRABLE INITIALLY DEFERRED,
    registered_at       TIMESTAMP NOT NULL,
    last_seen_at        TIMESTAMP
);

CREATE TABLE addresses (
    id            INTEGER PRIMARY KEY,
    customer_id   BIGINT NOT NULL REFERENCES customers (id) DEFERRABLE INITIALLY DEFERRED,
    kind          VARCHAR(10) NOT NULL DEFAULT 'home',
    street        VARCHAR(120) NOT NULL,
    city          VARCHAR(80) NOT NULL,
    postal_code   VARCHAR(12),
    country_code  CHAR(2) NOT NULL REFERENCES countries (code),
    latitude      DOUBLE PRECISION CHECK (latitude BETWEEN -90 AND 90),
    longitude     DOUBLE PRECISION CHECK (longitude BETWEEN -180 AND 180)
);

CREATE TABLE contact_points (
    customer_id  BIGINT NOT NULL REFERENCES customers (id),
    kind         VARCHAR(8) NOT NULL CHECK (kind IN ('phone', 'mobile')),
    value        VARCHAR(30) NOT NULL,
    PRIMARY KEY (customer_id, kind)
);

CREATE TABLE categories (
    id         INTEGER PRIMARY KEY,
    parent_id  BIGINT REFERENCES categories (id),
    name       VARCHAR(60) NOT NULL,
    position   INTEGER
);

CREATE TABLE products (
    id               INTEGER PRIMARY KEY,
    category_id      BIGINT NOT NULL REFERENCES categories (id),
    sku              VARCHAR(40) NOT NULL UNIQUE,
    name             VARCHAR(120) NOT NULL,
    description      TEXT,
    price            DECIMAL(12,2) NOT NULL CHECK (price >= 0),
    weight_kg        DOUBLE PRECISION,
    thumbnail        BLOB,
    attributes       JSON,
    stock_on_hand    INTEGER NOT NULL DEFAULT 0 CHECK (stock_on_hand >= 0),
    is_active        BOOLEAN NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
    discontinued_on  DATE
);

CREATE TABLE coupons (
    code         VARCHAR(20) NOT NULL PRIMARY KEY,
    campaign     VARCHAR(30),
    percent      DECIMAL(5,2) NOT NULL CHECK (percent > 0 AND percent <= 100),
    valid_until  DATE
);

CREATE TABLE orders (
    id                   INTEGER PRIMARY KEY,
    customer_id          BIGINT NOT NULL REFERENCES customers (id),
    shipping_address_id  BIGINT REFERENCES addresses (id),
    coupon_code          VARCHAR(20) REFERENCES coupons (code),
    status               VARCHAR(12) NOT NULL CHECK (status IN ('new', 'paid', 'shipped', 'delivered', 'cancelled', 'returned')),
    currency             CHAR(3) NOT NULL,
    total                DECIMAL(14,2) NOT NULL CHECK (total >= 0),
    is_gift              BOOLEAN NOT NULL DEFAULT 0 CHECK (is_gift IN (0, 1)),
    note                 TEXT,
    placed_at            TIMESTAMP NOT NULL,
    shipped_at           TIMESTAMPTZ
);

CREATE TABLE order_lines (
    order_id    BIGINT NOT NULL REFERENCES orders (id),
    line_no     INTEGER NOT NULL,
    product_id  BIGINT NOT NULL REFERENCES products (id),
    quantity    INTEGER NOT NULL CHECK (quantity > 0),
    unit_price  DECIMAL(12,2) NOT NULL CHECK (unit_price >= 0),
    discount    DECIMAL(12,2) CHECK (discount >= 0),
    PRIMARY KEY (order_id, line_no)
);

CREATE TABLE payments (
    id         INTEGER PRIMARY KEY,
    order_id   BIGINT NOT NULL REFERENCES orders (id),
    method     VARCHAR(16) NOT NULL,
    amount     DECIMAL(14,2) NOT NULL,
    reference  UUID,
    paid_at    TIMESTAMP NOT NULL
);

CREATE TABLE gift_cards (
    id           INTEGER PRIMARY KEY,
    code         VARCHAR(24) NOT NULL UNIQUE,
    customer_id  BIGINT REFERENCES customers (id),
    balance      DECIMAL(12,2) NOT NULL CHECK (balance >= 0),
    valid_until  DATE
);

CREATE TABLE reviews (
    id           INTEGER PRIMARY KEY,
    product_id   BIGINT NOT NULL REFERENCES products (id),
    customer_id  BIGINT REFERENCES customers (id),
    rating       SMALLINT NOT NULL CHECK (rating BETWEEN 1 AND 5),
    title        VARCHAR(80),
    body         TEXT,
    created_at   TIMESTAMP NOT NULL
);

-- A log: no key, the same row twice is two page views, and customers in it may be gone.
CREATE TABLE page_views (
    viewed_at    TIMESTAMP NOT NULL,
    customer_id  BIGINT,
    path         VARCHAR(200) NOT NULL,
    referrer     TEXT,
    duration_ms  INTEGER
);

CREATE TABLE exchange_rates (
    day       DATE NOT NULL,
    currency  CHAR(3) NOT NULL,
    rate      DECIMAL TEXT(20,10) NOT NULL,
    PRIMARY KEY (day, currency)
);

CREATE TABLE "price list" (
    "group"         VARCHAR(30) NOT NULL,
    sku             VARCHAR(20) NOT NULL,
    "price ""net""" DECIMAL(12,2),
    "valid from"    DATE,
    "%"             DOUBLE PRECISION,
    PRIMARY KEY ("group", sku)
);

CREATE INDEX customers_email ON customers (email);
CREATE INDEX addresses_customer ON addresses (customer_id);
CREATE INDEX products_category ON products (category_id);
CREATE INDEX orders_customer ON orders (customer_id, placed_at);
CREATE INDEX orders_open ON orders (placed_at) WHERE status = 'new';
CREATE INDEX order_lines_product ON order_lines (product_id);
CREATE INDEX payments_order ON payments (order_id);
CREATE INDEX reviews_product ON reviews (product_id);
CREATE INDEX reviews_customer ON reviews (customer_id);

CREATE VIEW customer_orders AS
SELECT c.id AS customer_id, c.first_name, c.last_name, c.tier, count(o.id) AS orders, coalesce(sum(o.total), 0) AS revenue
FROM customers c
LEFT JOIN orders o ON o.customer_id = c.id AND o.status NOT IN ('cancelled', 'returned')
GROUP BY c.id, c.first_name, c.last_name, c.tier;
