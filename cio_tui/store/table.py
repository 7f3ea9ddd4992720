"""TinyDB's `Table` over rows: the same methods and answers, each write one transaction that touches only what it changes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import Any, overload

import apsw
from tinydb.queries import QueryLike
from tinydb.table import Document, Table

from cio_tui.store.pushdown import Narrowing
from cio_tui.store.rows import quoted
from cio_tui.store.storage import SqliteStorage

Change = Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None]
_CHUNK = 1000


class DocumentTable(Table):
    """A table of documents. TinyDB's query cache is not used: two different queries can share a hash there, and an
    indexed search costs less than keeping a cache true while other processes write.
    """

    def __init__(self, storage: SqliteStorage, name: str, cache_size: int = 0, persist_empty: bool = False) -> None:
        super().__init__(storage, name, cache_size=0)
        self._database = storage
        self._rows = storage.rows(name)
        self._declared = name in storage.schema
        del cache_size
        if persist_empty:
            with storage.transaction():
                storage.ensure(name)

    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert one document; its id. A `Document` keeps its own. Raises ValueError when that id or a unique field is taken."""
        with self._database.transaction() as connection:
            self._make()
            return self._insert(connection, document)

    def insert_checked(self, document: dict[str, Any]) -> None:
        """Insert a document of our own making whose values `json_values.check` has passed; inside a transaction, for speed."""
        try:
            self._database.connection.execute(self._rows.insert, (None, *self._rows.encode_checked(document)))
        except apsw.ConstraintError as error:
            raise ValueError(f"{self.name}: {error}") from None

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Insert all or none; their ids, in order."""
        with self._database.transaction() as connection:
            self._make()
            return [self._insert(connection, document) for document in documents]

    def _insert(self, connection: apsw.Connection, document: Mapping[str, Any]) -> int:
        if not isinstance(document, Mapping):
            raise ValueError("Document is not a Mapping")
        doc_id = document.doc_id if isinstance(document, Document) else None
        try:
            connection.execute(self._rows.insert, (doc_id, *self._rows.encode(document)))
        except apsw.ConstraintError as error:
            if doc_id is not None and "doc_id" in str(error):
                raise ValueError(f"Document with ID {doc_id} already exists") from None
            raise ValueError(f"{self.name}: {error}") from None
        return connection.last_insert_rowid() if doc_id is None else int(doc_id)

    def _make(self) -> None:
        if not self._declared:
            self._database.ensure(self.name)

    def all(self) -> list[Document]:
        """Every document."""
        return list(self)

    def search(self, cond: QueryLike) -> list[Document]:
        """The documents for which `cond` holds, by id."""
        with self._database.snapshot():
            return [self._document(row_id, found) for row_id, found in self._matching(cond)]

    @overload  # type: ignore[override]  # TinyDB spells the same calls in more overloads
    def get(self, cond: QueryLike) -> Document | None: ...
    @overload
    def get(self, cond: None = None, *, doc_id: int) -> Document | None: ...
    @overload
    def get(self, cond: None = None, *, doc_ids: list[int]) -> list[Document]: ...
    @overload
    def get(
        self, cond: QueryLike | None = None, doc_id: int | None = None, doc_ids: list[int] | None = None
    ) -> Document | list[Document] | None: ...
    def get(
        self, cond: QueryLike | None = None, doc_id: int | None = None, doc_ids: list[int] | None = None
    ) -> Document | list[Document] | None:
        """The document with an id, the list of those with some ids, or the first for which `cond` holds."""
        if doc_id is not None:
            return next(iter(self._by_ids([doc_id])), None)
        if doc_ids is not None:
            return self._by_ids(sorted(set(doc_ids)))
        if cond is None:
            raise RuntimeError("You have to pass either cond or doc_id or doc_ids")
        with self._database.snapshot():
            return next((self._document(row_id, found) for row_id, found in self._matching(cond)), None)

    def contains(self, cond: QueryLike | None = None, doc_id: int | None = None) -> bool:
        """Whether some document has the id, or answers to `cond`."""
        if doc_id is not None:
            return self.get(doc_id=doc_id) is not None
        if cond is not None:
            return self.get(cond) is not None
        raise RuntimeError("You have to pass either cond or doc_id")

    def update(self, fields: Change, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Set fields, or call `fields`, on the documents with some ids, those for which `cond` holds, or all; their ids."""
        with self._database.transaction() as connection:
            return [self._store(connection, doc_id, found, fields) for doc_id, found in self._chosen(cond, doc_ids)]

    def replace(self, document: Mapping[str, Any], doc_id: int) -> None:
        """Put a document in the place of another. Raises ValueError when a unique field is taken."""
        with self._database.transaction() as connection:
            self._write(connection, doc_id, document)

    def update_multiple(self, updates: Iterable[tuple[Change, QueryLike]]) -> list[int]:
        """Several `update`s in one pass; an id stands in the answer once for each that applied to it."""
        pairs = list(updates)
        changed = []
        with self._database.transaction() as connection:
            for doc_id, found in self._chosen(None, None):
                for fields, cond in pairs:
                    if cond(found):
                        changed.append(self._store(connection, doc_id, found, fields))
        return changed

    def _store(self, connection: apsw.Connection, doc_id: int, found: dict[str, Any], fields: Change) -> int:
        if callable(fields):
            fields(found)
        else:
            found.update(fields)
        self._write(connection, doc_id, found)
        return doc_id

    def _write(self, connection: apsw.Connection, doc_id: int, document: Mapping[str, Any]) -> None:
        try:
            connection.execute(self._rows.update, (*self._rows.encode(document), doc_id))
        except apsw.ConstraintError as error:
            raise ValueError(f"{self.name}: {error}") from None

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[int]:
        """`update` the documents for which `cond` holds, or the one with a `Document`'s id; `insert` when there is none."""
        with self._database.transaction():
            return super().upsert(document, cond)

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Remove the documents with some ids, or those for which `cond` holds; the ids removed."""
        if cond is None and doc_ids is None:
            raise RuntimeError("Use truncate() to remove all documents")
        with self._database.transaction() as connection:
            removed = [doc_id for doc_id, _ in self._chosen(cond, doc_ids)]
            connection.executemany(self._rows.delete, ((doc_id,) for doc_id in removed))
        return removed

    def truncate(self) -> None:
        """Remove all documents; ids start again at 1."""
        with self._database.transaction():
            if self._exists():
                self._database.execute(f"DELETE FROM {quoted(self.name)}")

    def count(self, cond: QueryLike) -> int:
        """How many documents `cond` holds for."""
        with self._database.snapshot():
            return sum(1 for _ in self._matching(cond))

    def __len__(self) -> int:
        if not self._exists():
            return 0
        return int(self._database.fetch(f"SELECT count(*) FROM {quoted(self.name)}")[0][0])

    def __iter__(self) -> Iterator[Document]:
        """Every document by id, read in chunks, so that no read stays open while the caller works."""
        if not self._exists():
            return
        last = -(2**63)
        while True:
            chunk = self._database.fetch(f"{self._rows.select} WHERE doc_id > ? ORDER BY doc_id LIMIT {_CHUNK}", (last,))
            for row in chunk:
                yield self._document(row[0], self._rows.decode(row))
            if len(chunk) < _CHUNK:
                return
            last = chunk[-1][0]

    def _read_table(self) -> Mapping[str, Mapping[str, Any]]:  # type: ignore[override]
        return (self._database.read() or {}).get(self.name, {})

    def _exists(self) -> bool:
        return self._declared or self._database.has(self.name)

    def _matching(self, cond: QueryLike | None) -> Iterator[tuple[int, dict[str, Any]]]:
        """Ids and documents for which `cond` holds, by id: SQL narrows, the query decides."""
        if not self._exists():
            return
        sql, arguments = self._rows.select, ()
        if cond is not None:
            narrowed = Narrowing(cond, self._rows)
            if narrowed.sql:
                sql, arguments = f"{sql} WHERE {narrowed.sql}", tuple(narrowed.arguments)
        for row in self._database.stream(f"{sql} ORDER BY doc_id", arguments):
            document = self._rows.decode(row)
            if cond is None or cond(document):
                yield row[0], document

    def _chosen(self, cond: QueryLike | None, doc_ids: Iterable[int] | None) -> list[tuple[int, dict[str, Any]]]:
        if doc_ids is not None:
            wanted = list(doc_ids)
            known = {document.doc_id: dict(document) for document in self._by_ids(wanted)}
            return [(doc_id, known[doc_id]) for doc_id in wanted if doc_id in known]
        return list(self._matching(cond))

    def _by_ids(self, doc_ids: list[int]) -> list[Document]:
        if not self._exists():
            return []
        one = f"{self._rows.select} WHERE doc_id = ?"
        rows = (row for doc_id in doc_ids for row in self._database.fetch(one, (doc_id,)))
        return [self._document(row[0], self._rows.decode(row)) for row in rows]

    def _document(self, doc_id: int, found: dict[str, Any]) -> Document:
        document: Document = self.document_class(found, self.document_id_class(doc_id))
        return document
