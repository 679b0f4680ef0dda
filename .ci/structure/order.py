"""Whether the words of a tree stand in the order of their source, each piece in an element of its own.

In: a `Tree`, and the pieces of a chapter or the cells of a record. Out: what is missing, joined with other words, or out of order.
"""
import bisect
import re
import unicodedata

from source import FOLIO, squeezed

INLINE = {"Span", "Link", "Ruby", "RB", "Reference", "Quote", "Code", "Strong", "Em"}


class Noted(str):
    """Words of a note, without its label."""


class Drawn(str):
    """The words on a drawing, which has its alternative text for who reads aloud."""


def blocks(element, without=("RT",)):
    """The runs of words that stand by themselves, in order: what one element of a block says, without what blocks in it say."""
    run = []
    for kid in element.kids:
        if isinstance(kid, str):
            run.append(kid)
        elif hasattr(kid, "standard"):
            if kid.standard in without:
                continue
            if kid.standard == "Figure":
                # words on a drawing: each stands by itself
                yield from _run(run)
                run = []
                yield Drawn(squeezed(kid.text(without)))
            elif kid.standard == "Note":
                yield from _run(run)
                run = []
                yield from (Noted(words) for words in blocks(kid, (*without, "Lbl")))
            elif kid.standard in INLINE:
                run.append(kid.text(without))
            else:
                yield from _run(run)
                run = []
                yield from blocks(kid, without)
    yield from _run(run)


def _run(run):
    words = squeezed("".join(run))
    if words:
        yield words


# a head may carry a label of the layout's: its number, the ward, 事例
MOST_LABEL = 16


def _is(piece, block):
    if FOLIO in piece.text:
        return re.fullmatch("(?:[0-9]+|–|冊子[0-9]+)".join(map(re.escape, piece.text.split(FOLIO))), block) is not None
    if isinstance(block, Drawn):
        return piece.text in block
    if piece.kind == "note":
        return isinstance(block, Noted) and piece.text == block
    if piece.kind in ("heading", "title"):
        return piece.text in block and len(block) - len(piece.text) <= MOST_LABEL
    return piece.text == block


def faults(pieces, said):
    """What is wrong with the order of `pieces` in the runs `said`. Notes stand where their page ends, in an order of their own."""
    for own in ([piece for piece in pieces if piece.kind != "note"], [piece for piece in pieces if piece.kind == "note"]):
        yield from _out_of_order(own, said)


def _out_of_order(pieces, said):
    """Those that stand in most of their order are the measure."""
    places = [[index for index, block in enumerate(said) if _is(piece, block)] for piece in pieces]
    kept = _longest_ascent(places)
    for number, piece in enumerate(pieces):
        if number in kept:
            continue
        if places[number] and piece.is_free:
            continue
        if places[number]:
            yield f"{piece.kind} 「{piece.text}」 does not stand where the source has it"
        else:
            joined = [block for block in said if piece.text in block]
            yield f"{piece.kind} 「{piece.text}」 " + (
                f"is joined with other words: 「{min(joined, key=len)}」" if joined else "is missing"
            )


def _longest_ascent(places):
    """The numbers of most pieces that can be found one after the other, each at one of its places."""
    ends, chain = [], {}  # the least place that a chain of each length ends at; (number, place) to what is before it
    for number, own in enumerate(places):
        for place in reversed(own):
            at = bisect.bisect_left(ends, (place, -1))
            chain[number, place] = ends[at - 1] if at else None
            ends[at : at + 1] = [(place, number)]
    kept, last = set(), ends[-1] if ends else None
    while last is not None:
        place, number = last
        kept.add(number)
        last = chain[number, place]
    return kept


def faults_of_cells(cells, said):
    """What is wrong with the order of `cells`, each of which stands within a run."""
    at = 0
    for cell in cells:
        words = squeezed(unicodedata.normalize("NFKC", cell))
        found = next((index for index in range(at, len(said)) if words in said[index]), None)
        if found is not None:
            at = found
        elif any(words in block for block in said):
            yield f"「{cell}」 stands before what comes before it in its record"
        else:
            yield f"「{cell}」 is missing"
