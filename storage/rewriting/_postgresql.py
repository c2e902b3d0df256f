"""PostgreSQL: the fresh copy is a table of its own, which is renamed when the old one is dropped with its files."""

from sqlalchemy import Connection, text

from storage.rewriting._shapes import Door, Names

INDEXES = text(
    """
    WITH made AS (
        SELECT relname, indrelid = to_regclass(:table) AS old,
            regexp_replace(pg_get_indexdef(indexrelid), ' INDEX .* USING', '') AS how
        FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
        WHERE indrelid IN (to_regclass(:table), to_regclass(:copy))
    )
    SELECT format('ALTER INDEX %I RENAME TO %I', copied.relname, made.relname)
    FROM made JOIN made AS copied USING (how) WHERE made.old AND NOT copied.old
    """
)
USED = text(  # an index that was never written to has one page
    """
    SELECT pg_relation_size(oid) > 0 OR pg_indexes_size(oid) > CAST(current_setting('block_size') AS int)
        * (SELECT count(*) FROM pg_index WHERE indrelid = pg_class.oid)
    FROM pg_class WHERE oid = to_regclass(:table)
    """
)
GRANTS = text(
    """
    SELECT format('GRANT %s ON %s TO %s', privilege_type, CAST(:copy AS text), coalesce(quote_ident(rolname), 'PUBLIC'))
    FROM pg_class CROSS JOIN aclexplode(relacl) AS one LEFT JOIN pg_roles ON pg_roles.oid = one.grantee
    WHERE pg_class.oid = to_regclass(:table) AND one.grantee <> relowner
    """
)


def left_over(connection: Connection, names: Names) -> list[str]:
    """Statements that take the copy away; before it the trigger that writes to it."""
    there = connection.execute(text("SELECT to_regclass(:copy) IS NOT NULL"), {"copy": names.copy})
    if not there.scalar_one():
        return []
    return [f"DROP FUNCTION IF EXISTS {names.copy}() CASCADE", f"DROP TABLE IF EXISTS {names.copy}"]


def drop(connection: Connection, statement: str) -> None:
    """The files go with it."""
    connection.exec_driver_sql(statement)


def begin(connection: Connection, names: Names) -> bool:
    """Makes an empty copy that follows what is changed; False if there is no row (then old files are dropped)."""
    if connection.execute(text(f"SELECT 1 FROM {names.table} LIMIT 1")).first() is None:  # noqa: S608 - our own names
        _empty(connection, names)
        return False
    hold(connection, names)
    connection.execute(
        text(f"CREATE TABLE {names.copy} (LIKE {names.table} INCLUDING ALL) WITH (autovacuum_enabled = off)")
    )
    connection.execute(
        text(
            f"""
            CREATE FUNCTION {names.copy}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF TG_OP <> 'INSERT' THEN DELETE FROM {names.copy} WHERE {names.same_key("OLD")}; END IF;
                IF TG_OP <> 'DELETE' THEN INSERT INTO {names.copy} SELECT NEW.*; END IF;
                RETURN NULL;
            END $$
            """  # noqa: S608
        )
    )
    connection.execute(
        text(
            f"CREATE TRIGGER {names.copy} AFTER INSERT OR UPDATE OR DELETE ON {names.table}"
            f" FOR EACH ROW EXECUTE FUNCTION {names.copy}()"
        )
    )
    return True


def _empty(connection: Connection, names: Names) -> None:
    if connection.execute(USED, {"table": names.table}).scalar_one():
        connection.execute(text(f"LOCK TABLE {names.table} IN ACCESS EXCLUSIVE MODE"))
        if connection.execute(text(f"SELECT 1 FROM {names.table} LIMIT 1")).first() is None:  # noqa: S608
            connection.execute(text(f"TRUNCATE {names.table}"))


def hold(connection: Connection, names: Names) -> None:
    """Keeps all writers away until the transaction ends, so that none is half-way while rows are copied."""
    connection.execute(text(f"LOCK TABLE {names.table} IN SHARE ROW EXCLUSIVE MODE"))
    connection.execute(text("SET LOCAL enable_seqscan = off"))


def polish(door: Door, names: Names) -> None:
    """The copy is as good to ask as a table that was vacuumed."""
    door.alone(f"VACUUM (ANALYZE) {names.copy}")


def take_place(connection: Connection, names: Names) -> None:
    """Drops the table and gives its names and grants to the copy."""
    connection.execute(text(f"LOCK TABLE {names.table} IN ACCESS EXCLUSIVE MODE"))
    if connection.execute(text(names.missing)).scalar_one():
        raise RuntimeError("the copy is not what the table is")
    both = {"table": names.table, "copy": names.copy}
    renamings = connection.execute(INDEXES, both).scalars().all()
    grants = connection.execute(GRANTS, both).scalars().all()
    for statement in (
        *grants,
        f"DROP TABLE {names.table}",
        f"DROP FUNCTION {names.copy}()",
        f"ALTER TABLE {names.copy} RENAME TO {names.table}",
        f"ALTER TABLE {names.table} RESET (autovacuum_enabled)",
        *renamings,
    ):
        connection.exec_driver_sql(statement)


def finish(door: Door) -> None:
    """The samples that the planner has kept of what was there are written anew too (by the database's owner only)."""
    door.alone("VACUUM FULL pg_statistic")
