"""Questions and changes of practice cards, of their drafts, and of who has tried them."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, delete, exists, or_, update
from sqlmodel import Session, SQLModel, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.inserts import add_new
from storage.models import Delivery, Practice, PracticeDraft, PracticeTried, PracticeVersion, Word, kept

WAITING, RETURNED, PUBLISHED = "waiting", "returned", "published"
COLUMNS = SQLModel.metadata.tables["practice"].columns
WORDS = tuple(name for name, column in COLUMNS.items() if (one := kept(column)) and one.kind == "words")


def begun_from(number: str) -> str:
    """What stands in place of a form's nonce in a draft that is begun from the observation of this number."""
    return f"from {number}"


def begun_of(once: str) -> str:
    """The number of the observation that a draft is begun from, "" where it is of its own form."""
    return once.removeprefix(begun_from("")) if once.startswith(begun_from("")) else ""


def add_draft(session: Session, row: PracticeDraft) -> bool:
    """Stores it unless its number is taken or the same form was stored before; returns whether it was stored."""
    taken = select(Practice.key).where(Practice.workspace == row.workspace, Practice.number == row.number)
    return session.exec(taken.where(Practice.key != row.key)).first() is None and add_new(session, row)


def lock_draft(session: Session, workspace: str, number: str) -> PracticeDraft | None:
    """Locks the draft until the transaction ends (SQLite has one writer anyway)."""
    rows = select(PracticeDraft).where(PracticeDraft.workspace == workspace, PracticeDraft.number == number)
    return session.exec(rows.with_for_update()).one_or_none()


def lock_draft_by_once(session: Session, workspace: str, once: str) -> PracticeDraft | None:
    """Locks what this form has made until the transaction ends."""
    rows = select(PracticeDraft).where(PracticeDraft.workspace == workspace, PracticeDraft.once == once)
    return session.exec(rows.with_for_update()).one_or_none()


def get_draft_by_once(session: Session, workspace: str, once: str) -> PracticeDraft | None:
    """What this form has made."""
    rows = select(PracticeDraft).where(PracticeDraft.workspace == workspace, PracticeDraft.once == once)
    return session.exec(rows).one_or_none()


def lock_card(session: Session, workspace: str, number: str) -> Practice | None:
    """Locks the card until the transaction ends, also one that was taken down: that has no name any more."""
    rows = select(Practice).where(Practice.workspace == workspace, Practice.number == number)
    return session.exec(rows.with_for_update()).one_or_none()


def get_card(session: Session, workspace: str, number: str) -> Practice | None:
    """The card that is published under the number."""
    rows = _standing(workspace).where(Practice.number == number)
    return session.exec(rows).one_or_none()


def _standing(workspace: str) -> SelectOfScalar[Practice]:
    return select(Practice).where(Practice.workspace == workspace, Practice.name != "")


def cards_of(session: Session, workspace: str, author: str) -> Sequence[Practice]:
    """The person's published cards, locked until the transaction ends."""
    return session.exec(_standing(workspace).where(Practice.author == author).with_for_update()).all()


def get_draft(session: Session, workspace: str, number: str) -> PracticeDraft | None:
    rows = select(PracticeDraft).where(PracticeDraft.workspace == workspace, PracticeDraft.number == number)
    return session.exec(rows).one_or_none()


def drafts_of(session: Session, workspace: str, author: str) -> Sequence[PracticeDraft]:
    """What the person is working on, the newest change first."""
    rows = select(PracticeDraft).where(PracticeDraft.workspace == workspace, PracticeDraft.author == author)
    return session.exec(rows.order_by(col(PracticeDraft.changed_on).desc(), col(PracticeDraft.number))).all()


def waiting(session: Session, workspace: str) -> Sequence[PracticeDraft]:
    """What waits for a coordinator, the longest first."""
    rows = select(PracticeDraft).where(PracticeDraft.workspace == workspace, PracticeDraft.state == WAITING)
    return session.exec(rows.order_by(col(PracticeDraft.changed_on), col(PracticeDraft.number))).all()


def published(
    session: Session,
    workspace: str,
    theme: str | None = None,
    area: str | None = None,
    keys: Collection[str] | None = None,
) -> Sequence[Practice]:
    """The cards that stand, the newest first; of one theme or area, or among these keys, where that is asked."""
    rows = _standing(workspace)
    rows = rows.where(Practice.theme == theme) if theme else rows
    rows = rows.where(Practice.area == area) if area else rows
    rows = rows if keys is None else rows.where(col(Practice.key).in_(keys))
    return session.exec(rows.order_by(col(Practice.published_on).desc(), col(Practice.number))).all()


def published_between(session: Session, workspace: str, first: date, last: date) -> Sequence[Practice]:
    """Those of which a version was published in these days, by name."""
    days = col(Practice.published_on) >= first, col(Practice.published_on) <= last
    return session.exec(_standing(workspace).where(*days).order_by(Practice.name)).all()


def keep_version(session: Session, row: Practice) -> None:
    """The card as it stands is an earlier version from here on."""
    values = {name: value for name, value in row.model_dump().items() if name in PracticeVersion.model_fields}
    session.add(PracticeVersion(practice=row.key, **values))


def version_of(session: Session, row: Practice, version: int) -> PracticeVersion | None:
    """The newest version of the card up to this number that is not the one that stands; None where none was kept."""
    these = col(PracticeVersion.practice) == row.key, col(PracticeVersion.version) <= version
    return session.exec(
        select(PracticeVersion).where(*these).order_by(col(PracticeVersion.version).desc()).limit(1)
    ).first()


def versions(session: Session, workspace: str) -> Sequence[PracticeVersion]:
    """All earlier versions that are kept, of all cards."""
    return session.exec(select(PracticeVersion).where(PracticeVersion.workspace == workspace)).all()


def drop_versions(session: Session, row: Practice) -> None:
    session.execute(delete(PracticeVersion).where(col(PracticeVersion.practice) == row.key))


def take_down(session: Session, row: Practice) -> None:
    """Number and days stay; the words go, earlier versions, what it is found by, and what is said of trying it."""
    session.execute(delete(Word).where(col(Word.workspace) == row.workspace, col(Word.subject) == row.key))
    session.execute(delete(PracticeTried).where(_of(row)))
    drop_versions(session, row)
    for name in WORDS:
        setattr(row, name, "")
    row.author, row.area, row.theme, row.stale = None, None, None, True
    session.add(row)


def put_tried(session: Session, row: PracticeTried) -> bool:
    """Stores it in place of what the person said before; returns whether the person is new."""
    is_new = add_new(session, row)
    if not is_new:
        mine = col(PracticeTried.workspace) == row.workspace, col(PracticeTried.practice) == row.practice
        these = *mine, col(PracticeTried.who) == row.who
        session.execute(update(PracticeTried).where(*these).values(named=row.named, words=row.words))
    return is_new


def lock_tried(session: Session, workspace: str, practice: str, who: str) -> PracticeTried | None:
    """What this person said of trying it, locked until the transaction ends."""
    return session.get(PracticeTried, (workspace, practice, who), with_for_update=True)


def tried(session: Session, row: Practice) -> Sequence[PracticeTried]:
    """Everybody who has tried it, in an order that tells nothing."""
    return session.exec(select(PracticeTried).where(_of(row)).order_by(PracticeTried.who)).all()


def counted(session: Session, workspace: str) -> dict[str, int]:
    """Key of a card -> how many have tried it."""
    rows = select(PracticeTried.practice, func.count()).where(PracticeTried.workspace == workspace)
    return dict(session.exec(rows.group_by(PracticeTried.practice)).all())


def take_stale(session: Session, workspace: str, kind: str) -> list[tuple[str, str, str]]:
    """(number, channel, ts) of each post of a card that shows an older state; the cards count as taken."""
    stale = select(Practice.number).where(Practice.workspace == workspace, col(Practice.stale).is_(True))
    numbers = session.exec(stale).all()
    if not numbers:
        return []
    these = col(Practice.workspace) == workspace, col(Practice.number).in_(numbers)
    session.execute(update(Practice).where(*these).values(stale=False))
    return [(number, channel, ts) for number in numbers for channel, ts in posts_of(session, workspace, kind, number)]


def posts_of(session: Session, workspace: str, kind: str, number: str) -> list[tuple[str, str]]:
    """(channel, ts) of each post of the card that stands in Slack."""
    rows = select(Delivery.channel, Delivery.ts).where(
        Delivery.workspace == workspace,
        Delivery.kind == kind,
        Delivery.state == "sent",
        col(Delivery.occurrence).like(f"{number}.%"),
    )
    return [(channel or "", ts or "") for channel, ts in session.exec(rows)]


def told_in_vain(session: Session, workspace: str, kind: str, most: int) -> Sequence[Delivery]:
    """Some messages that stand in Slack and whose button leads nowhere any more.

    They tell of a card that waits and waits no more, of a draft that came back and is gone, or of a card that was
    published and is taken down.
    """
    draft = exists().where(col(PracticeDraft.workspace) == workspace, _tells_of(PracticeDraft))
    stands = {
        WAITING: draft.where(col(PracticeDraft.state) == WAITING),
        RETURNED: draft,
        PUBLISHED: exists().where(col(Practice.workspace) == workspace, _tells_of(Practice), col(Practice.name) != ""),
    }
    in_vain = or_(*(col(Delivery.params).contains(f'"{what}"') & ~there for what, there in stands.items()))
    sent = Delivery.workspace == workspace, Delivery.kind == kind, Delivery.state == "sent"
    return session.exec(select(Delivery).where(*sent, col(Delivery.ts).is_not(None), in_vain).limit(most)).all()


def _tells_of(table: type[Practice] | type[PracticeDraft]) -> ColumnElement[bool]:
    return col(Delivery.occurrence).startswith(col(table.number) + ".")


def any_stale(session: Session, workspace: str) -> bool:
    rows = select(Practice.key).where(Practice.workspace == workspace, col(Practice.stale).is_(True)).limit(1)
    return session.exec(rows).first() is not None


def mark_stale(session: Session, workspace: str, number: str) -> None:
    """Marks its posts, if there are any, to be drawn anew."""
    these = col(Practice.workspace) == workspace, col(Practice.number) == number
    session.execute(update(Practice).where(*these).values(stale=True))


def _of(row: Practice) -> ColumnElement[bool]:
    return (col(PracticeTried.workspace) == row.workspace) & (col(PracticeTried.practice) == row.key)
