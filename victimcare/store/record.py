"""What every record is: an id, a version, who made it and when, coded facts in columns, the rest in a sealed part."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, ClassVar, cast, dataclass_transform
from uuid import UUID

from sqlalchemy import Date, ForeignKey, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, declared_attr, mapped_column, object_session
from sqlalchemy.orm.attributes import flag_modified, instance_state

from victimcare.store.ids import new_id
from victimcare.store.rights import Right
from victimcare.store.types import Id, Instant

Touched = Callable[[Any, set[UUID]], None]


class Table(DeclarativeBase):
    """Everything in the schema. Only `store` derives from it directly."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {UUID: Id, datetime: Instant, date: Date, str: String}


def link(table: str, *, optional: bool = False, index: bool = True) -> Any:
    """A column that names a row of `table`, checked when the transaction ends.

    Deferred, since without `relationship()` the unit of work knows no order between tables.
    """
    key = ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")
    return mapped_column(key, index=index, default=None) if optional else mapped_column(key, index=index)


class SealedText:
    """A text that may be read only by who holds the key: kept in the row's sealed part, never in a column.

    Reading it opens the part through the session: raises NoKey, or ReadNotNoted. Absent text reads as "".
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: type) -> Any:
        if instance is None:
            return self
        written = instance.__dict__.get("_sealed_written")
        if written is not None and self.name in written:
            return written[self.name]
        session = object_session(instance)
        if session is None or is_new(instance):
            return ""
        return cast(Any, session).open_part(instance).get(self.name, "")

    def __set__(self, instance: Any, value: str) -> None:
        if not isinstance(value, str):
            raise TypeError(f"{self.name} takes text")
        instance.__dict__.setdefault("_sealed_written", {})[self.name] = value
        # The unit of work does not see a change of the sealed part; a column every Record has makes it look.
        if "made_by" in instance.__dict__:
            flag_modified(instance, "made_by")


@dataclass_transform(kw_only_default=True, field_specifiers=(mapped_column,))
class Derived(MappedAsDataclass, Table, kw_only=True, repr=False, eq=False):
    """A table recomputed from records by query: no version, no audit, written only inside `session.derived()`."""

    __abstract__ = True


@dataclass_transform(kw_only_default=True, field_specifiers=(mapped_column,))
class Record(MappedAsDataclass, Table, kw_only=True, repr=False, eq=False):
    """A row that counts as evidence: versioned, signed for in the audit, its text sealed."""

    __abstract__ = True
    __write_right__: ClassVar[Right]
    __append_only__: ClassVar[bool] = False
    __deletable__: ClassVar[bool] = False
    __withdrawable__: ClassVar[bool] = False
    __makes_case_key__: ClassVar[bool] = False
    __has_bytes__: ClassVar[bool] = False  # it has columns parts and size, and bytes in sealed_bytes
    __touches__: ClassVar[Any] = None  # Touched | None: a type checker would take a callable for a method
    __sealed_fields__: ClassVar[tuple[str, ...]] = ()

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id, init=False)
    version: Mapped[int] = mapped_column(init=False)
    made_at: Mapped[datetime] = mapped_column(init=False)
    made_by: Mapped[UUID] = mapped_column(init=False)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 (SQLAlchemy passes the class)
        return {"version_id_col": cls.__table__.c.version, "eager_defaults": False}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if not cls.__dict__.get("__abstract__") and not hasattr(cls, "__write_right__"):
            raise TypeError(f"{cls.__name__} says no __write_right__")
        cls.__sealed_fields__ = tuple(name for name, value in vars(cls).items() if isinstance(value, SealedText))
        super().__init_subclass__(**kwargs)


def is_new(record: Record) -> bool:
    """Whether `record` has never been written. (`record in session.new` would build the whole set each time it is asked.)"""
    return instance_state(record).key is None


def case_of(record: Record) -> UUID | None:
    """The case whose key seals `record`; None means the office key."""
    if record.__makes_case_key__:
        return record.id
    found: UUID | None = getattr(record, "case_id", None)
    return found
