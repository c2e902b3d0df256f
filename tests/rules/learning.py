"""`make weights`: what labelled sentences give for bot/rules/learned, a logistic regression for each answer.

The sentences are invented, and stand in `learned/` and in the older sets beside it. The sets that judge (`unseen_*`)
are never learned from.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from bot.rules import learned
from bot.rules.urgency import SENTENCES
from bot.rules.words import KINDS
from tests.rules.sets import rows

HERE = Path(__file__).parent
DEMO = HERE.parents[1] / "bot" / "demo"
LEAST = 4  # sentences that must have a piece before it counts
MOST = 24_000  # pieces of a question that are kept, the heaviest
CLOSE = 30.0  # how closely the weights follow the sentences: the larger the closer

Labelled = list[tuple[str, str]]


def observations() -> Labelled:
    """Observations with their kinds."""
    files = [HERE / "learned" / "observations.tsv", *HERE.glob("labelled_*.tsv"), *DEMO.glob("*observations.tsv")]
    return [(row["text"], row["kind"]) for file in sorted(files) for row in rows(file)]


def of_channels() -> Labelled:
    """Texts that belong to another channel ("danger", "notice"), and each sentence of those that do not ("clean")."""
    told = [(row["text"], row["channel"]) for row in rows(HERE / "learned" / "channels.tsv")]
    clean = [text for text, channel in told if channel == "clean"] + [text for text, _ in observations()]
    other = [one for one in told if one[1] != "clean"]
    return other + [(sentence, "clean") for text in clean for sentence in {text, *SENTENCES.split(text)}]


def of_kinds() -> Labelled:
    """Observations, and danger that is filed all the same, which is nothing good."""
    return observations() + [(text, "E") for text, channel in of_channels() if channel == "danger"]


def weights(labelled: Labelled, answers: Sequence[Sequence[str]]) -> dict[str, tuple[int, ...]]:
    """Piece -> its weight for each answer, which stands for some labels; in hundredths, of the heaviest pieces."""
    texts, labels = zip(*labelled, strict=True)
    found = [learned.pieces(text) for text in texts]
    counted = Counter(piece for some in found for piece in some)
    known = {piece: place for place, piece in enumerate(sorted(p for p, times in counted.items() if times >= LEAST))}
    cells = [(row, known[one], len(some) ** -0.5) for row, some in enumerate(found) for one in some if one in known]
    at, of, values = zip(*cells, strict=True)
    table = csr_matrix((values, (at, of)), shape=(len(texts), len(known)))
    columns = np.array([_column(table, np.isin(labels, list(answer))) for answer in answers])
    kept = sorted(known, key=lambda piece: -np.abs(columns[:, known[piece]]).max())[:MOST]
    return {piece: tuple(np.rint(learned.SCALE * columns[:, known[piece]]).astype(int)) for piece in sorted(kept)}


def _column(table: csr_matrix, is_so: np.ndarray) -> np.ndarray:
    """The weight of each piece for what is so; both sides count the same, however many texts they have."""
    sign = np.where(is_so, 1, -1)
    share = CLOSE * np.where(is_so, 0.5 / is_so.mean(), 0.5 / (~is_so).mean())

    def loss(weight: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (table @ weight)
        pull = -share * sign / (1 + np.exp(np.minimum(margin, 50)))
        return weight @ weight / 2 + (share * np.logaddexp(0, -margin)).sum(), weight + table.T @ pull

    return minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x


def write(question: str, labelled: Labelled, answers: dict[str, Sequence[str]]) -> None:
    lines = ["\t".join(["piece", *answers])]
    lines += ["\t".join([piece, *map(str, row)]) for piece, row in weights(labelled, list(answers.values())).items()]
    file = Path(learned.__file__).with_name(f"{question}.tsv")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write("channel", of_channels(), {"another": ("danger", "notice"), "danger": ["danger"], "notice": ["notice"]})
    write("kind", of_kinds(), {kind: kind for kind in KINDS})
